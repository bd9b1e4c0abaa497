"""What central's process remembers of sealed versions is believed only while the team's history is still the same."""

from phb_tui.central.exchange.money.known_versions import KnownVersion, KnownVersions, of_team
from phb_tui.central.storage.models import Team
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
    known = KnownVersions(Team("north", "North", 1, 5, "chain", NOTHING, 1))
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
        first.chain = "another"
        office.nia.send(office.nia.write("alert 2", {"words": "w"}))
        assert known() is not first
