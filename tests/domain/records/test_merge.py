"""How central takes a change."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from phb_tui.domain.records.changes import (
    Authorship,
    Change,
    ConflictingValue,
    FieldState,
    Record,
    RecordState,
    SyncPosition,
    Value,
    write,
)
from phb_tui.domain.records.merge import Outcome, is_immutable, merge_field, merge_record, overlay_pending

VALUES = st.one_of(st.none(), st.integers(), st.text(max_size=5))


def change(value: Value, before: Value, device: str = "d1", op_no: int = 1, resolves: tuple[str, ...] = ()) -> Change:
    return Change(
        "t",
        device,
        "answer",
        "r",
        None,
        {"words": value},
        {"words": before},
        SyncPosition(),
        "nurse",
        "now",
        resolves,
        op_no,
    )


def held(value: Value, *sides: ConflictingValue, device: str = "d0") -> FieldState:
    return FieldState(value, 1, device, 1, "somebody", "then", sides)


def side(value: Value, device: str = "d1", op_no: int = 1) -> ConflictingValue:
    return ConflictingValue(value, device, op_no, "nurse", "then", 2)


@given(VALUES)
def test_the_first_value_of_a_field_is_applied(value: Value) -> None:
    """A field nobody wrote yet takes whatever is written."""
    state, outcome = merge_field(None, change(value, None), "words", 7)
    assert (state.value, state.seq, outcome) == (value, 7, Outcome.APPLIED)


@given(VALUES, VALUES)
def test_a_value_typed_over_the_held_one_is_applied(old: Value, new: Value) -> None:
    """Whoever had the held value on the screen replaces it, without a conflict."""
    state, _ = merge_field(held(old), change(new, old), "words", 7)
    assert (state.value, state.sides) == (new, ())


@given(VALUES, VALUES, VALUES)
def test_a_value_typed_over_another_one_keeps_both(current: Value, before: Value, new: Value) -> None:
    """Whoever had something else on the screen never replaces the held value; both are there afterwards."""
    state, _ = merge_field(held(current), change(new, before), "words", 7)
    if before != current:
        assert state.value == current
    assert new in {state.value, *(s.value for s in state.sides)}


def test_the_same_value_twice_is_no_conflict() -> None:
    """Two people who write the same agree."""
    state, outcome = merge_field(held("60 ml"), change("60 ml", "50 ml"), "words", 7)
    assert (state.sides, outcome) == ((), Outcome.SAME)


def test_numbers_and_the_words_for_them_are_different() -> None:
    """The number 1 and the word "1" are not the same value."""
    _, outcome = merge_field(held(1), change("1", None), "words", 7)
    assert outcome is Outcome.CONFLICT


def test_writing_on_over_ones_own_unanswered_words_leaves_one_side() -> None:
    """A device that writes on without knowing of the conflict replaces its own side, not the other's words."""
    state, _ = merge_field(held("theirs", side("mine 1")), change("mine 2", "mine 1", op_no=2), "words", 7)
    assert [s.value for s in state.sides] == ["mine 2"]


def test_a_side_stays_until_somebody_decides() -> None:
    """Writing over the value in front does not make the other side go away."""
    state, _ = merge_field(held("theirs", side("mine")), change("theirs, longer", "theirs", "d2"), "words", 7)
    assert (state.value, [s.value for s in state.sides]) == ("theirs, longer", ["mine"])


def test_a_side_its_author_no_longer_saw_stays() -> None:
    """What a device wrote in a conflict stays when the same device writes again without having it on the screen."""
    late = change("mine 2", "shown long ago", op_no=2)
    state, outcome = merge_field(held("theirs", side("mine 1")), late, "words", 7)
    assert ([s.value for s in state.sides], outcome) == (["mine 1", "mine 2"], Outcome.CONFLICT)


def listed(kind: str = "answer", **values: Value) -> RecordState:
    fields = {name: FieldState(value, 1, "d0", 1, "somebody", "then") for name, value in values.items()}
    return RecordState("t", kind, "r", None, 1, fields)


def test_words_in_a_record_taken_off_bring_it_back() -> None:
    """Whoever writes in a record without knowing that it was taken off its list has it back, as a conflict."""
    merged, outcome = merge_record(listed(words="a", removed="yes"), change("b", "a"), 2)
    assert (merged.fields["words"].value, merged.fields["removed"].value) == ("b", None)
    assert [s.value for s in merged.fields["removed"].sides] == ["yes"]
    assert outcome is Outcome.CONFLICT


def test_taking_off_takes_no_words_that_were_not_seen() -> None:
    """A record stays on its list when it holds words that were not on the screen of whoever takes it off."""
    off = replace(change(None, "seen"), fields={"removed": "yes"}, before={"words": "seen", "removed": None})
    merged, outcome = merge_record(listed(words="written meanwhile"), off, 2)
    assert (merged.fields["words"].value, merged.fields["removed"].value) == ("written meanwhile", None)
    assert ([s.value for s in merged.fields["removed"].sides], outcome) == (["yes"], Outcome.CONFLICT)
    merged, _ = merge_record(listed(words="seen"), off, 2)
    assert merged.fields["removed"].value == "yes"


def test_what_is_agreed_takes_no_other_value_and_no_new_field() -> None:
    """An agreed version of a plan is never altered; the same words may come again."""
    agreed = listed("plan_version", number="1", plan="as agreed")
    again = replace(change(None, None), kind="plan_version", fields={"plan": "as agreed"})
    assert not is_immutable(agreed, again)
    assert is_immutable(agreed, replace(again, fields={"plan": "other"}))
    assert is_immutable(agreed, replace(again, fields={"added": "later"}))
    assert not is_immutable(listed("plan_version", plan="begun"), replace(again, fields={"plan": "other"}))


def test_a_decision_settles_the_sides_it_names() -> None:
    """A change that resolves the sides leaves one value."""
    decision = change("mine", "theirs", "d2", resolves=("d1:1",))
    state, outcome = merge_field(held("theirs", side("mine")), decision, "words", 7)
    assert (state.value, state.sides, outcome) == ("mine", (), Outcome.APPLIED)


def test_two_different_decisions_are_a_new_conflict() -> None:
    """The second of two decisions made without seeing each other is kept beside the first."""
    first = held("mine", device="d2")
    late = change("something else", "theirs", "d3", resolves=("d1:1",))
    state, outcome = merge_field(first, late, "words", 7)
    assert (state.value, [s.value for s in state.sides], outcome) == ("mine", ["something else"], Outcome.CONFLICT)


def test_different_fields_of_one_record_merge() -> None:
    """Two people in two fields of one record do not meet."""
    state, _ = merge_record(None, change("words", None), 1)
    other = Change(
        "t", "d2", "answer", "r", None, {"answer": "yes"}, {"answer": None}, SyncPosition(), "b", "now", (), 1
    )
    both, outcome = merge_record(state, other, 2)
    assert {name: f.value for name, f in both.fields.items()} == {"words": "words", "answer": "yes"}
    assert outcome is Outcome.APPLIED


def test_a_change_that_moves_nothing_sends_nothing_down() -> None:
    """A record keeps its sequence when a change leaves it as it is."""
    state, _ = merge_record(None, change("a", None), 1)
    again, outcome = merge_record(state, change("a", "b", "d2"), 2)
    assert (again, outcome) == (state, Outcome.SAME)


def test_waiting_changes_stand_on_top_in_order() -> None:
    """A screen shows central's word with this laptop's waiting changes over it, the newest last."""
    state = RecordState("t", "answer", "r", None, 1, {"words": held("central")})
    assert overlay_pending(state.fields, [change("one", "central"), change("two", "one")]) == {"words": "two"}


def test_writing_the_same_value_is_no_change() -> None:
    """Nothing is written when nothing differs."""
    record = Record("t", "answer", "r", None, {"words": "a"})
    assert write(record, {"words": "a"}, Authorship("t", "d", "n", "now")) is None


def test_a_change_tells_what_the_screen_showed() -> None:
    """A change carries the old value of each field it changes and of no other."""
    record = Record("t", "answer", "r", None, {"words": "a", "answer": "yes"})
    made = write(record, {"words": "b"}, Authorship("t", "d", "n", "now"))
    assert made
    assert made.before == {"words": "a"}


def test_no_words_in_a_printed_change() -> None:
    """Printing a change, a record or a side never shows what somebody said."""
    shown = repr(change("zqsecret", "zqbefore")) + repr(Record("t", "answer", "r", None, {"words": "zqrecord"}))
    shown += repr(held("zqheld", side("zqside")))
    assert "zq" not in shown


@given(st.text(), st.text())
def test_the_hash_covers_the_words(one: str, other: str) -> None:
    """Two changes have the same hash only when they say the same."""
    assert (change(one, None).hash == change(other, None).hash) == (one == other)


def test_a_field_without_a_name_seals_nothing() -> None:
    """Only the fields that seal a kind of record make it immutable, however an odd field is named."""
    values = {"": held("odd"), "number": held("1")}
    for kind in ("answer", "person"):
        state = RecordState("t", kind, "r", None, 1, values)
        assert not is_immutable(state, change("new", None))
    assert is_immutable(RecordState("t", "plan_version", "r", None, 1, values), change("new", None))
