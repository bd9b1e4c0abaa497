"""The two ways a row changes, the log, the drafts and a field's history."""

import json
from datetime import date

import pytest
import sqlcipher3.dbapi2 as driver
from msgspec.structs import replace

from phb_tui.domain.people import search_terms
from phb_tui.domain.records.changes import (
    Authorship,
    Change,
    ConflictingValue,
    FieldState,
    Record,
    RecordState,
    SyncPosition,
    write,
)
from phb_tui.domain.records.record_codec import row_of
from phb_tui.store import change_log, local_writes, records, remote_writes, sync_state
from phb_tui.store.database import transaction
from phb_tui.store.encrypted_store import EncryptedStore
from phb_tui.store.people import caseload
from tests import received

STAMP = Authorship("t", "here", "nurse", "2026-11-23T09:00:00.000Z")


def read(store: EncryptedStore, record_id: str = "r", kind: str = "answer") -> Record:
    return records.get(store.db, "t", record_id) or Record("t", kind, record_id, "p", {})


def keep(store: EncryptedStore, **values: str) -> Change:
    change = write(read(store), values, STAMP)
    assert change
    return local_writes.commit_changes(store.db, [change])[0]


def from_central(value: str, *sides: ConflictingValue, seq: int = 5) -> RecordState:
    state = FieldState(value, seq, "there", 1, "officer", "2026-11-22T09:00:00.000Z", sides)
    return RecordState("t", "answer", "r", "p", seq, {"words": state})


def receive(store: EncryptedStore, state: RecordState) -> None:
    with transaction(store.sync_db):
        received.apply_rows(store.sync_db, [row_of(state)], "t")


def test_the_row_and_the_log_are_written_together(store: EncryptedStore) -> None:
    """A kept change is in the row and in the log."""
    keep(store, words="hello")
    assert (read(store).text("words"), change_log.count_pending(store.db, "t")) == ("hello", 1)


def test_changes_are_numbered_without_a_gap_and_chained(store: EncryptedStore) -> None:
    """Each change names the hash of the one before."""
    first, second, third = keep(store, words="a"), keep(store, words="b"), keep(store, answer="yes")
    assert [c.op_no for c in (first, second, third)] == [1, 2, 3]
    assert [c.prev for c in (first, second, third)] == ["", first.hash, second.hash]
    assert change_log.verify(store.db, "t") == 0


def test_an_edited_log_is_noticed(store: EncryptedStore) -> None:
    """Changing a word in the log breaks its chain at that change."""
    keep(store, words="a")
    keep(store, words="b")
    store.db.conn.execute("""UPDATE change_log SET fields = '{"words":"forged"}' WHERE op_no = 1""")
    assert change_log.verify(store.db, "t") == 1


def test_the_log_cannot_be_deleted_from(store: EncryptedStore) -> None:
    """The database itself refuses to forget a change."""
    keep(store, words="a")
    with pytest.raises(driver.DatabaseError, match="never deleted"):
        store.db.conn.execute("DELETE FROM change_log")


def test_several_changes_are_kept_all_or_none(store: EncryptedStore) -> None:
    """If the last of several cannot be kept, none is."""
    good = write(read(store), {"words": "a"}, STAMP)
    bad = write(read(store, "other", kind=""), {"words": "b"}, STAMP)
    assert good
    assert bad
    with pytest.raises(driver.IntegrityError):
        local_writes.commit_changes(store.db, [good, bad])
    assert change_log.count_pending(store.db, "t") == 0


def test_a_draft_is_found_again_as_a_change(store: EncryptedStore) -> None:
    """What was being typed when the laptop stopped is kept by the next start, with what the screen showed before."""
    keep(store, words="before")
    typing = write(read(store), {"words": "before and mo"}, STAMP)
    assert typing
    local_writes.save_draft(store.db, typing)
    local_writes.save_draft(store.db, write(read(store), {"words": "before and more"}, STAMP) or typing)
    (found,) = local_writes.drafts(store.db, "here")
    assert (found.fields, found.before) == ({"words": "before and more"}, {"words": "before"})
    local_writes.commit_changes(store.db, [found])
    assert (read(store).text("words"), local_writes.drafts(store.db, "here")) == ("before and more", [])


def test_leaving_a_field_ends_its_draft(store: EncryptedStore) -> None:
    """A kept change leaves no draft of the same field behind, and those of other fields alone."""
    for name in ("words", "answer"):
        typing = write(read(store), {name: "x"}, STAMP)
        assert typing
        local_writes.save_draft(store.db, typing)
    keep(store, words="done")
    assert [draft.fields for draft in local_writes.drafts(store.db, "here")] == [{"answer": "x"}]


def test_leaving_a_field_ends_its_draft_and_no_other(store: EncryptedStore) -> None:
    """What is being typed in another field or record is still found again."""
    for record_id, name in (("r", "words"), ("r", "answer"), ("other", "words")):
        typed = write(read(store, record_id), {name: "typed"}, STAMP)
        assert typed
        local_writes.save_draft(store.db, typed)
    keep(store, words="done")
    left = [(draft.record_id, *draft.fields) for draft in local_writes.drafts(store.db, "here")]
    assert sorted(left) == [("other", "words"), ("r", "answer")]


def test_centrals_word_goes_under_waiting_changes(store: EncryptedStore) -> None:
    """What a nurse wrote and did not send yet stays on her screen when something else arrives."""
    keep(store, words="mine")
    receive(store, from_central("theirs"))
    assert read(store).text("words") == "mine"


def test_centrals_word_is_shown_once_nothing_waits(store: EncryptedStore) -> None:
    """After central has answered, its word is what screens show."""
    keep(store, words="mine")
    with transaction(store.db):
        change_log.acknowledge(store.db, "t", 1, {})
    receive(store, from_central("theirs"))
    assert read(store).text("words") == "theirs"


def test_an_open_conflict_comes_with_the_record(store: EncryptedStore) -> None:
    """A record in conflict shows the value in front and carries the others."""
    side = ConflictingValue("mine", "here", 1, "nurse", "2026-11-23T09:00:00.000Z", 5)
    receive(store, from_central("theirs", side))
    assert read(store).open == {"words": (side,)}
    assert [r.record_id for r in records.in_conflict(store.db, "t")] == ["r"]


HERS = ConflictingValue("hers", "elsewhere", 1, "colleague", "2026-11-23T09:00:00.000Z", 5)


def decide(store: EncryptedStore, *sides: ConflictingValue) -> None:
    """Keep the value in front and no other."""
    record = read(store)
    made = write(record, {"words": record.fields["words"]}, STAMP, tuple(side.id for side in sides))
    assert made
    local_writes.commit_changes(store.db, [made])


def test_a_value_decided_against_stays_in_the_history(store: EncryptedStore) -> None:
    """What a colleague wrote stands in the field's history on the laptop that decided against it, before and after."""
    receive(store, from_central("theirs", HERS))
    decide(store, HERS)
    assert read(store).open == {}
    assert "hers" in [version.value for version in change_log.history(store.db, "t", "r", "words")]
    with transaction(store.db):
        change_log.acknowledge(store.db, "t", 1, {})
    receive(store, from_central("theirs", seq=6))
    assert "hers" in [version.value for version in change_log.history(store.db, "t", "r", "words")]


def test_a_conflict_whose_decision_is_kept_aside_is_open_again(store: EncryptedStore) -> None:
    """The laptop whose decision central did not take shows both versions again, as all others do."""
    receive(store, from_central("theirs", HERS))
    decide(store, HERS)
    with transaction(store.db):
        change_log.acknowledge(store.db, "t", 1, {1: "Because."})
        remote_writes.hide_rejected(store.db, "t", [1])
    assert read(store).open == {"words": (HERS,)}
    assert [record.record_id for record in records.in_conflict(store.db, "t")] == ["r"]


def test_of_two_conflicts_the_one_that_is_decided_is_no_longer_open(store: EncryptedStore) -> None:
    """Until central knows of a decision, the record's other conflict stays open alone, whatever central sends."""
    held = FieldState("theirs", 5, "there", 1, "officer", "2026-11-22T09:00:00.000Z", (HERS,))
    both = RecordState("t", "answer", "r", "p", 5, {"words": held, "answer": held})
    receive(store, both)
    decide(store, HERS)
    for _ in range(2):
        assert set(read(store).open) == {"answer"}
        receive(store, replace(both, seq=6))


def test_a_field_has_its_whole_history(store: EncryptedStore) -> None:
    """Every value a field ever had is there, this laptop's and everyone else's, newest first."""
    receive(store, from_central("theirs"))
    keep(store, words="mine")
    keep(store, answer="yes")
    found = change_log.history(store.db, "t", "r", "words")
    assert [(v.value, v.author) for v in found] == [("mine", "nurse"), ("theirs", "officer")]


def test_a_change_acknowledged_once_waits_again_when_central_lost_it(store: EncryptedStore) -> None:
    """A central that was restored from a backup gets the work again."""
    keep(store, words="a")
    keep(store, words="b")
    with transaction(store.db):
        change_log.acknowledge(store.db, "t", 2, {})
    with transaction(store.db):
        change_log.acknowledge(store.db, "t", 1, {})
    assert [c.op_no for c in change_log.pending(store.db, "t", 10)] == [2]


def test_a_refused_change_is_kept_with_its_reason(store: EncryptedStore) -> None:
    """What central kept aside is listed with its sentence and waits no longer."""
    keep(store, words="a")
    with transaction(store.db):
        change_log.acknowledge(store.db, "t", 1, {1: "Because."})
    assert [why for _, why in change_log.quarantined(store.db, "t")] == ["Because."]
    assert change_log.count_pending(store.db, "t") == 0


def test_fields_and_kinds_from_a_newer_version_survive(store: EncryptedStore) -> None:
    """A record of a kind this version does not know is kept word for word and can be changed around."""
    state = FieldState("later", 1, "there", 1, "officer", "then")
    unknown = RecordState("t", "kind-of-2030", "r", "p", 1, {"words": state, "field-of-2030": state})
    receive(store, unknown)
    keep(store, words="now")
    assert read(store).fields == {"words": "now", "field-of-2030": "later"}
    row = store.db.conn.execute("SELECT origins FROM record").fetchone()[0]
    assert "field-of-2030" in json.loads(row)


def test_teams_do_not_see_each_other(store: EncryptedStore) -> None:
    """A record of another team is not found under this one's."""
    keep(store, words="ours")
    assert records.get(store.db, "another", "r") is None
    assert sync_state.read(store.db, "another").position == SyncPosition()


def person(store: EncryptedStore, record_id: str, given: str, family: str) -> None:
    record = Record("t", "person", record_id, record_id, {})
    change = write(record, {"given_name": given, "family_name": family, "nhs_number": "999 000 0018"}, STAMP)
    assert change
    local_writes.commit_changes(store.db, [change])


def found(store: EncryptedStore, typed: str) -> list[str]:
    return caseload.find(store.db, "t", search_terms.asked(typed, date(2026, 11, 25)))


def test_people_are_listed_by_family_name(store: EncryptedStore) -> None:
    """The list is in the order of family names, whatever their capitals."""
    for number, family in enumerate(["Zed", "adams", "Baker"]):
        person(store, f"p{number}", "A", family)
    rows = caseload.page(store.db, "t", 0, 10)
    assert [row.person.text("family_name") for row in rows] == ["adams", "Baker", "Zed"]
    assert caseload.count(store.db, "t") == 3


@pytest.mark.parametrize("typed", ["car", "PRAWF", "prawf c", "999 000", 'car"', "carys* OR"])
def test_people_are_found_by_the_beginning_of_any_name(store: EncryptedStore, typed: str) -> None:
    """Part of any name or of the NHS number finds a person, accents or not, and nothing typed breaks the search."""
    person(store, "p1", "Carys", "Präwf")
    expected = [] if typed == "carys* OR" else ["p1"]
    assert found(store, typed) == expected


def test_a_renamed_person_is_found_by_the_new_name_only(store: EncryptedStore) -> None:
    """Search follows the record."""
    person(store, "p1", "Old", "Name")
    change = write(records.get(store.db, "t", "p1") or read(store), {"given_name": "New"}, STAMP)
    assert change
    local_writes.commit_changes(store.db, [change])
    assert (found(store, "old"), found(store, "new")) == ([], ["p1"])
