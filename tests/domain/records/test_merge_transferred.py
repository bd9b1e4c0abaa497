"""Merging two teams' states of one record at a transfer."""

from msgspec.structs import replace

from phb_tui.domain.records import merge
from phb_tui.domain.records.changes import YES, Change, RecordState, SyncPosition, Value


def test_states_merge_only_for_one_kind_and_person_and_equal_if_sealed() -> None:
    """Differences become conflicting values, none removes a record; sealed records merge only when they are equal."""
    here = state("alert", words="here")
    met = merge.merge_transferred(here, state("alert", words="come", removed=YES, reason="r"), 9)
    assert {name: (held.value, [side.value for side in held.sides]) for name, held in met.fields.items()} == {
        "words": ("here", ["come"]), "removed": (None, [YES]), "reason": ("r", []),
    }  # fmt: skip
    assert not merge.can_merge(here, state("note", words="here"))
    assert not merge.can_merge(here, replace(here, person_id="mair"))
    sealed = state("plan_version", number=1, plan="as agreed")
    assert merge.can_merge(sealed, sealed)
    assert not merge.can_merge(sealed, state("plan_version", plan="other"))
    assert not merge.can_merge(state("plan_version", plan="other"), sealed)


def state(kind: str, **fields: Value) -> RecordState:
    change = Change(
        "north", "n1", kind, "r", "rhys", fields, {}, SyncPosition(), "ann", "2026-11-25T09:00:00.000Z", (), 1
    )
    return merge.merge_record(None, change, 1)[0]
