"""How central takes a change: pure, field by field, and no clock in sight.

Three outcomes for a field. *Applied*: the author's screen showed the held value, so the new one replaces it.
*Same*: both wrote the same. *Conflict*: the author's screen showed something else, so both are kept, the one that
reached central first in front, until a person decides. What the screen showed travels in `Change.before`.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from phb_tui.domain.changes import Change, FieldState, RecordState, Side, Value


class Outcome(StrEnum):
    """What became of a change or of one field in it."""

    APPLIED = "applied"
    SAME = "same"
    CONFLICT = "conflict"
    REFUSED = "refused"


def merge_field(held: FieldState | None, change: Change, name: str, seq: int) -> tuple[FieldState, Outcome]:
    """Take one field of a change.

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
    sides = tuple(side for side in held.sides if not _superseded(side, change, name))
    if value == held.value:
        return (held if sides == held.sides else replace(held, sides=sides)), Outcome.SAME
    if change.before.get(name) == held.value:
        return _written(value, change, seq, sides), Outcome.APPLIED
    aside = Side(value, change.device_id, change.op_no, change.author, change.at, seq)
    return replace(held, sides=(*sides, aside)), Outcome.CONFLICT


def merge_record(state: RecordState | None, change: Change, seq: int) -> tuple[RecordState, Outcome]:
    """Take a whole change into the record it names.

    Args:
        state: The record as central holds it, or None when it is new.
        change: The change.
        seq: The team sequence this change gets.

    Returns:
        The record afterwards (its `seq` moved only if something in it did) and the gravest outcome of its fields.
    """
    fields = dict(state.fields) if state else {}
    outcomes = set()
    for name in change.fields:
        fields[name], outcome = merge_field(fields.get(name), change, name, seq)
        outcomes.add(outcome)
    held = state.fields if state else {}
    moved = state is None or fields != dict(held)
    last = seq if moved or state is None else state.seq
    merged = RecordState(change.team_id, change.kind, change.record_id, change.person_id, last, fields)
    gravest = next(o for o in (Outcome.CONFLICT, Outcome.APPLIED, Outcome.SAME) if o in outcomes)
    return merged, gravest


def on_top(state: Mapping[str, FieldState], waiting: list[Change]) -> dict[str, Value]:
    """Central's word with a device's own unanswered changes on top, oldest first: what its screens show."""
    shown = {name: held.value for name, held in state.items()}
    for change in waiting:
        shown.update(change.fields)
    return shown


def decided(state: Mapping[str, FieldState], waiting: list[Change]) -> dict[str, FieldState]:
    """Central's word without the sides that a device's own unanswered changes settle: they are decided here already."""
    settled = {(name, side_id) for change in waiting for name in change.fields for side_id in change.resolves}
    return {
        name: replace(held, sides=tuple(side for side in held.sides if (name, side.id) not in settled))
        for name, held in state.items()
    }


def _written(value: Value, change: Change, seq: int, sides: tuple[Side, ...]) -> FieldState:
    return FieldState(value, seq, change.device_id, change.op_no, change.author, change.at, sides)


def _superseded(side: Side, change: Change, name: str) -> bool:
    """Whether the change stands in for this side.

    It does when a person decided so, and when the same device writes on over it, its screen still showing it.
    """
    own = side.device_id == change.device_id and side.value == change.before.get(name)
    return own or side.id in change.resolves
