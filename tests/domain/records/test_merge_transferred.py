"""What becomes of two teams' pictures of one record when a handover brings them together."""

from msgspec.structs import replace

from phb_tui.domain.records import merge
from phb_tui.domain.records.changes import YES, Change, RecordState, SyncPosition, Value


def test_pictures_meet_only_when_they_are_of_one_thing() -> None:
    """What comes with a handover takes nothing off a list, and sealed records meet only when they say the same."""
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
