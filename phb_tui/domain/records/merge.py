"""Merge of a change into central's state: pure, field by field, independent of clocks.

Three outcomes for a field. *Applied*: the author's screen showed the held value, so the new one replaces it.
*Same*: both wrote the same. *Conflict*: the author's screen showed something else, so both are kept, the one that
reached central first in front, until a person decides. What the screen showed travels in `Change.before`.

Nothing written goes away with a record that somebody took off its list without having seen it: writing beats taking
off. The record stays, and "taken off" stands beside it as the other side of a conflict.
"""

from collections.abc import Mapping
from enum import StrEnum

from msgspec.structs import replace

from phb_tui.domain.records.changes import REMOVED, YES, Change, ConflictingValue, FieldState, RecordState, Value

SEALED_BY = {"plan_version": "number", "budget_version": "number", "decision": "outcome"}
"""Kinds of record that become immutable once a field has a value."""


class Outcome(StrEnum):
    """Result of merging a change or one of its fields."""

    APPLIED = "applied"
    SAME = "same"
    CONFLICT = "conflict"
    REFUSED = "refused"


def merge_field(held: FieldState | None, change: Change, name: str, seq: int) -> tuple[FieldState, Outcome]:
    """Merge one field of a change.

    Args:
        held: The field as central holds it, or None when nobody wrote it yet.
        change: The change.
        name: The field in it.
        seq: The team sequence this change gets.

    Returns:
        The field afterwards and what happened. The result is `held` itself when nothing moved.
    """
    value = change.fields[name]
    if held is None:
        return _written(value, change, seq, ()), Outcome.APPLIED
    sides = held.sides and tuple(side for side in held.sides if not _superseded(side, change, name))
    if value == held.value:
        if any(side.id in change.resolves for side in held.sides):  # decided: who did stands with what they chose
            return _written(value, change, seq, sides), Outcome.SAME
        return (held if sides == held.sides else replace(held, sides=sides)), Outcome.SAME
    if change.before.get(name) == held.value:
        return _written(value, change, seq, sides), Outcome.APPLIED
    aside = ConflictingValue(value, change.device_id, change.op_no, change.author, change.at, seq)
    return replace(held, sides=(*sides, aside)), Outcome.CONFLICT


def merge_record(state: RecordState | None, change: Change, seq: int) -> tuple[RecordState, Outcome]:
    """Merge a whole change into its record.

    Args:
        state: The record as central holds it, or None when it is new.
        change: The change.
        seq: The team sequence this change gets.

    Returns:
        The record afterwards (its `seq` moved only if something in it did) and the gravest outcome of its fields.
    """
    if state is None:
        return _new_record(change, seq), Outcome.APPLIED
    held = state.fields
    fields = dict(held)
    gravest = Outcome.SAME
    for name in change.fields:
        fields[name], outcome = merge_field(held.get(name), change, name, seq)
        if outcome is Outcome.CONFLICT or gravest is Outcome.SAME:
            gravest = outcome
    if unseen := _unseen_by_removal(held, change):
        fields[REMOVED] = _removal_overridden(held.get(REMOVED), held[unseen], change, seq)
        gravest = Outcome.CONFLICT
    elif gravest is not Outcome.SAME and _was_removed_unseen(held, change):
        fields[REMOVED] = _restored_by_edit(held[REMOVED], change, seq)
        gravest = Outcome.CONFLICT
    merged = replace(state, seq=seq, fields=fields) if fields != held else state
    return merged, gravest


def merge_as_conflicts(state: RecordState | None, change: Change, seq: int) -> tuple[RecordState, Outcome]:
    """Merge a change by a team that no longer has the person: every difference becomes a conflicting value.

    A record that nobody wrote in before begins with it. In any other, each value that differs becomes a side of a
    conflict, so nothing is replaced, decided, taken off its list or put back on it until the team decides.

    Args:
        state: The record as the team that has the person holds it, or None when it is new.
        change: The change.
        seq: The sequence this change gets in that team.

    Returns:
        The record afterwards and the gravest outcome of its fields.
    """
    if state is None:
        return _new_record(change, seq), Outcome.APPLIED
    fields = dict(state.fields)
    for name, value in change.fields.items():
        aside = ConflictingValue(value, change.device_id, change.op_no, change.author, change.at, seq)
        held = fields.get(name) or _empty_field(state)
        sides = tuple(side for side in held.sides if not _is_own(side, change, name))
        if value != held.value:
            sides = (*sides, aside)
        if sides != held.sides:
            fields[name] = replace(held, sides=sides)
    if fields == state.fields:
        return state, Outcome.SAME
    return replace(state, seq=seq, fields=fields), Outcome.CONFLICT


def is_immutable(state: RecordState, change: Change) -> bool:
    """Whether a change would alter an immutable record, such as an agreed plan version."""
    if not _is_sealed(state):
        return False
    held = {name: field.value for name, field in state.fields.items()}
    return any(held.get(name) != value for name, value in change.fields.items())


def can_merge(here: RecordState, come: RecordState) -> bool:
    """Whether two teams' states of one record can be merged: same kind, and equal if immutable."""
    if (here.kind, here.person_id) != (come.kind, come.person_id):
        return False
    values = [{name: held.value for name, held in state.fields.items()} for state in (here, come)]
    return values[0] == values[1] or not (_is_sealed(here) or _is_sealed(come))


def merge_transferred(here: RecordState, come: RecordState, seq: int) -> RecordState:
    """Merge two teams' states of one record at a transfer; differences become conflicting values.

    Args:
        here: The record as the team that gets the person has it.
        come: The record as it comes; `can_merge` allowed it.
        seq: The sequence of the handover in the team that gets the person.
    """
    fields = dict(here.fields)
    for name, theirs in come.fields.items():
        ours = fields.get(name)
        if ours is None and name != REMOVED:
            fields[name] = theirs
            continue
        ours = ours or _empty_field(here)  # what comes takes nothing off a list
        known = {side.id for side in ours.sides}
        sides = [side for side in theirs.sides if side.id not in known]
        if theirs.value != ours.value:
            aside = ConflictingValue(theirs.value, theirs.device_id, theirs.op_no, theirs.author, theirs.at, seq)
            sides += [aside] if aside.id not in known else []
        fields[name] = replace(ours, sides=(*ours.sides, *sides))
    return replace(here, seq=seq, fields=fields)


def overlay_pending(state: Mapping[str, FieldState], waiting: list[Change]) -> dict[str, Value]:
    """Central's state with a device's unsent changes applied, oldest first: what its screens show."""
    shown = {name: held.value for name, held in state.items()}
    for change in waiting:
        shown.update(change.fields)
    return shown


def without_resolved(state: Mapping[str, FieldState], waiting: list[Change]) -> dict[str, FieldState]:
    """Central's state without conflicting values that a device's unsent changes resolve."""
    settled = {(name, side_id) for change in waiting for name in change.fields for side_id in change.resolves}
    return {
        name: replace(held, sides=tuple(side for side in held.sides if (name, side.id) not in settled))
        for name, held in state.items()
    }


def count_conflicts(state: Mapping[str, FieldState], waiting: list[Change]) -> int:
    """How many of central's fields are in a conflict that no unsent change of a device resolves."""
    return sum(1 for held in without_resolved(state, waiting).values() if held.sides)


def upcoming_conflicts(
    state: RecordState, waiting: list[Change], shown: Mapping[str, Value]
) -> dict[str, tuple[ConflictingValue, ...]]:
    """The fields that a device's unsent changes will put in conflict at central.

    Args:
        state: The record as central last sent it.
        waiting: The unsent changes of the record, oldest first.
        shown: What the device's screens show.

    Returns:
        Each of these fields with the values that are not shown.
    """
    merged = state
    for change in waiting:
        merged, _outcome = merge_record(merged, change, merged.seq)
    return {
        name: tuple(side for side in (_as_side(held), *held.sides) if side.value != shown.get(name))
        for name, held in merged.fields.items()
        if held.sides and held != state.fields.get(name)
    }


def _as_side(held: FieldState) -> ConflictingValue:
    return ConflictingValue(held.value, held.device_id, held.op_no, held.author, held.at, held.seq)


def _new_record(change: Change, seq: int) -> RecordState:
    """State of a record that is created by a change."""
    wrote = seq, change.device_id, change.op_no, change.author, change.at
    fields = {name: FieldState(value, *wrote) for name, value in change.fields.items()}
    return RecordState(change.team_id, change.kind, change.record_id, change.person_id, seq, fields)


def _written(value: Value, change: Change, seq: int, sides: tuple[ConflictingValue, ...]) -> FieldState:
    return FieldState(value, seq, change.device_id, change.op_no, change.author, change.at, sides)


def _empty_field(state: RecordState) -> FieldState:
    """State of a field that nobody wrote: empty since the record was created."""
    first = min(state.fields.values(), key=lambda held: (held.seq, held.op_no), default=None)
    if first is None:
        return FieldState(None, state.seq, "", 0, "", "")
    return replace(first, value=None, sides=())


def _is_sealed(state: RecordState) -> bool:
    seal = state.fields.get(SEALED_BY[state.kind]) if state.kind in SEALED_BY else None
    return seal is not None and seal.value not in {None, ""}


def _unseen_by_removal(held: Mapping[str, FieldState], change: Change) -> str:
    """Name of a field whose value the author of a removal had not seen; "" if there is none."""
    off = held.get(REMOVED)
    if change.fields.get(REMOVED) != YES or (off is not None and off.value == YES):
        return ""
    shown = change.before
    return next((n for n in held if n != REMOVED and (held[n].value or None) != (shown.get(n) or None)), "")


def _was_removed_unseen(held: Mapping[str, FieldState], change: Change) -> bool:
    """Whether a record was removed without the author knowing."""
    known = REMOVED in change.fields or change.before.get(REMOVED) == YES
    return not known and REMOVED in held and held[REMOVED].value == YES


def _removal_overridden(held: FieldState | None, written: FieldState, change: Change, seq: int) -> FieldState:
    """State of `removed` after an edit beats a removal: not removed, the removal as conflicting value."""
    aside = ConflictingValue(YES, change.device_id, change.op_no, change.author, change.at, seq)
    if held is None:
        held = FieldState(None, seq, written.device_id, written.op_no, written.author, written.at)
    sides = tuple(side for side in held.sides if not _superseded(side, change, REMOVED))
    return replace(held, sides=(*sides, aside))


def _restored_by_edit(held: FieldState, change: Change, seq: int) -> FieldState:
    """State of `removed` after an edit of a removed record: restored, the removal as conflicting value."""
    aside = ConflictingValue(YES, held.device_id, held.op_no, held.author, held.at, seq)
    return _written(None, change, seq, (*held.sides, aside))


def _superseded(side: ConflictingValue, change: Change, name: str) -> bool:
    """Whether a change replaces a conflicting value.

    It does when a person decided so, and when the same device writes on over it, its screen still showing it.
    """
    return _is_own(side, change, name) or side.id in change.resolves


def _is_own(side: ConflictingValue, change: Change, name: str) -> bool:
    """Whether the change's own device wrote this value and its screen still showed it."""
    return side.device_id == change.device_id and side.value == change.before.get(name)
