"""What central's process remembers of sealed versions is believed only while the team's history is still the same."""

from phb_tui.central.exchange.money.known_versions import KnownVersion, KnownVersions, of_team
from phb_tui.central.storage.models import Team
from phb_tui.domain.decision.asked_version import AskedVersion
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.checksum import NOTHING
from tests import postgres
from tests.central.decision.office import Office

DEAR, CHEAP = "1600.00", "100.00"
"""Above and below what a team lead may decide a week."""


def test_another_history_is_read_anew() -> None:
    """A backup that was put back may hold another version under the same id and number in the same epoch."""
    for price, why in ((CHEAP, ""), (DEAR, "above what you may decide"), (CHEAP, "")):
        with postgres.storage_on("sqlite") as storage:
            office = Office(storage)
            office.keep(price, budget_id="budget")
            version_id = record_ids.budget_version_id("budget", 1)
            office.lea.send()
            said = office.nia.send(office.nia.write("r", office.asking(version_id, to="panel"), "request")).refused
            assert not said
            assert why in office.decide("r")
            assert bool(office.held(record_ids.decision_id("r", 1))) == (price == CHEAP)


def test_what_an_exchange_wrote_itself_is_not_remembered() -> None:
    """It may still be rolled back, and another change then gets the same number."""
    known = KnownVersions()
    known.seq = 5
    for seq, found in ((5, True), (6, False)):
        known.remember("v", seq, KnownVersion("plan_version", "rhys", 1))
        assert (known.get("v", seq) is not None) == found


def test_a_history_that_went_on_is_the_same() -> None:
    """What was read stays known while the team's chain still goes through the position at which it was read."""
    with postgres.storage_on("sqlite") as storage:
        office = Office(storage)

        def known() -> KnownVersions:
            team = storage.read({"north"}, lambda tables: tables.team("north"))
            assert team
            return storage.read({"north"}, lambda tables: of_team(tables, team))

        first = known()
        office.nia.send(office.nia.write("alert", {"words": "w"}))
        assert known() is first
        first.moment = ("another", first.moment[1])
        office.nia.send(office.nia.write("alert 2", {"words": "w"}))
        assert known() is not first


def test_the_same_changes_at_another_time_are_another_history() -> None:
    """What came by a handover may differ under one chain after a backup was put back, so nothing is believed."""

    def known(at: str) -> KnownVersions:
        with postgres.storage_on("sqlite") as storage:
            storage.write({"again"}, lambda tables: tables.add_team("again", "Again"))
            entry = (1, "device", 1, "rhys", "hash", "chain", "handed over", "", at, "{}")
            storage.write({"again"}, lambda tables: tables.append("again", [entry]))
            team = Team("again", "Again", 1, 1, "chain", NOTHING, 1)
            return storage.read({"again"}, lambda tables: of_team(tables, team))

    first = known("2026-11-26T10:00:00.000Z")
    assert known("2026-11-26T10:00:00.000Z") is first
    assert known("2026-11-26T10:00:00.001Z") is not first


def test_a_version_of_many_letters_is_not_remembered() -> None:
    """Whoever sends versions with long texts does not fill central's memory."""
    known = KnownVersions()
    for nature, author, found in (
        ("ongoing", "nia", True),
        ("x" * 2_000, "nia", False),
        ("ongoing", "n" * 2_000, False),
    ):
        version = AskedVersion("budget", 1, True, nature, 1, 52, frozenset({author}), False)
        known.remember(nature + author, 0, KnownVersion("budget_version", "rhys", 1, version))
        assert (known.get(nature + author, 0) is not None) == found
