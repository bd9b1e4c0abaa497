"""A record as central keeps it and sends it: two JSON texts, what its fields hold and where each value came from.

They are apart so that a laptop can keep what a field holds just as it came, without reading the rest.
"""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from phb_tui.domain.changes import FieldState, RecordState, Side, Value

_read = msgspec.json.decode
_json = msgspec.json.Encoder(order="sorted").encode


class Row(NamedTuple):
    """One record in the form in which it is kept and sent. A tuple, for tens of thousands are made at once.

    Attributes:
        seq: The team sequence of the last thing that happened to it.
        values: JSON, {field: value}.
        origins: JSON, {field: [seq, device_id, op_no, author, at, [side, ...]]}; the sides only when there are some,
            each [value, device_id, op_no, author, at, seq].
        gone: The team the record was handed over to; "" while it is this team's.
        conflicts: How many of its fields have other sides.
    """

    record_id: str
    kind: str
    person_id: str | None
    seq: int
    values: str
    origins: str
    gone: str = ""
    conflicts: int = 0

    def __repr__(self) -> str:
        """Which record it is, and nothing of what anybody said."""
        return f"Row({self.kind}, {self.record_id}, {self.seq})"


def row_of(state: RecordState) -> Row:
    """A record as it is kept and sent."""
    values = _write({name: held.value for name, held in state.fields.items()})
    origins = origins_json(state.fields)
    conflicts = sum(1 for held in state.fields.values() if held.sides)
    return Row(state.record_id, state.kind, state.person_id, state.seq, values, origins, state.gone, conflicts)


def state_of(team_id: str, row: Row) -> RecordState:
    """A record from the form in which it is kept and sent."""
    fields = field_states(row.values, row.origins)
    return RecordState(team_id, row.kind, row.record_id, row.person_id, row.seq, fields, row.gone)


def origins_json(fields: Mapping[str, FieldState]) -> str:
    """Where the values came from, as JSON with one spelling."""
    return _write({name: _origin(held) for name, held in fields.items()})


def field_states(values: str, origins: str) -> dict[str, FieldState]:
    """The fields from their two texts."""
    held: dict[str, Value] = _read(values)
    return {name: _field(held.get(name), *origin) for name, origin in _read(origins).items()}


def _origin(held: FieldState) -> list[object]:
    found: list[object] = [held.seq, held.device_id, held.op_no, held.author, held.at]
    if held.sides:
        found.append([[s.value, s.device_id, s.op_no, s.author, s.at, s.seq] for s in held.sides])
    return found


def _field(  # noqa: PLR0913, PLR0917 - the members of an origin, in their order
    value: Value,
    seq: int,
    device_id: str,
    op_no: int,
    author: str,
    at: str,
    sides: list[tuple[Value, str, int, str, str, int]] | None = None,
) -> FieldState:
    return FieldState(value, seq, device_id, op_no, author, at, tuple(Side(*side) for side in sides or ()))


def _write(words: object) -> str:
    return _json(words).decode()
