"""Encodes a record as two JSON texts for storage and transport: field values, and the origin of each value.

They are apart so that a laptop can keep what a field holds just as it came, without reading the rest.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from phb_tui.domain.records.changes import Change, ConflictingValue, FieldState, RecordState, Value
from phb_tui.domain.text.short_cache import cached_if_short

_read = msgspec.json.decode
_encoder = msgspec.json.Encoder(order="sorted")
_json = _encoder.encode


class Row(NamedTuple):
    """An encoded record. A tuple, since tens of thousands are created at once.

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
    transferred_to: str = ""
    conflicts: int = 0

    def __repr__(self) -> str:
        """Which record it is, and nothing of what anybody said."""
        return f"Row({self.kind}, {self.record_id}, {self.seq})"


def row_of(state: RecordState) -> Row:
    """Encode a record."""
    values = _write({name: held.value for name, held in state.fields.items()})
    origins = origins_json(state.fields)
    # Sides are a list of lists, and seldom there.
    conflicts = sum(1 for held in state.fields.values() if held.sides) if "[[" in origins else 0
    r = state
    return Row._make((r.record_id, r.kind, r.person_id, r.seq, values, origins, r.transferred_to, conflicts))


def rows_begun(begun: Sequence[tuple[Change, int]]) -> list[Row]:
    """Encode new records, with the same result as `merge_record` and `row_of` but faster.

    Args:
        begun: The first change of each record, and the team sequence it gets.
    """
    values = _lines([change.fields for change, _seq in begun])
    origins = _lines([(seq, c.device_id, c.op_no, c.author, c.at) for c, seq in begun])
    return [
        Row._make((c.record_id, c.kind, c.person_id, seq, held, origin.join(_around(tuple(c.fields))), "", 0))
        for (c, seq), held, origin in zip(begun, values, origins, strict=True)
    ]


@cached_if_short(1_000, 10_000, lambda names: sum(map(len, names)))
def _around(names: tuple[str, ...]) -> list[str]:
    """JSON before and after the origin, when it is the same for all of these fields."""
    fields = ",".join(f"{_write(name)}:\0" for name in sorted(names))  # JSON itself never has a NUL
    return f"{{{fields}}}".split("\0")


def state_of(team_id: str, row: Row) -> RecordState:
    """Decode a record."""
    fields = field_states(row.values, row.origins)
    return RecordState(team_id, row.kind, row.record_id, row.person_id, row.seq, fields, row.transferred_to)


def origins_json(fields: Mapping[str, FieldState]) -> str:
    """Encode the origins of the fields as canonical JSON."""
    return _write({name: _origin(held) for name, held in fields.items()})


def field_states(values: str, origins: str) -> dict[str, FieldState]:
    """Decode the fields from their two texts."""
    held: dict[str, Value] = _read(values)
    return {
        name: FieldState(held.get(name), *origin) if len(origin) == _ALONE else _in_conflict(held.get(name), *origin)
        for name, origin in _read(origins).items()
    }


_ALONE = len(FieldState.__struct_fields__) - 2
"""Number of members of an origin without conflicting values."""
ORIGIN_IN_CONFLICT = _ALONE + 1
"""Number of members of an origin with conflicting values."""


def _origin(held: FieldState) -> tuple[object, ...]:
    if held.sides:
        sides = [[s.value, s.device_id, s.op_no, s.author, s.at, s.seq] for s in held.sides]
        return held.seq, held.device_id, held.op_no, held.author, held.at, sides
    return held.seq, held.device_id, held.op_no, held.author, held.at


def _in_conflict(value: Value, *origin: Any) -> FieldState:  # noqa: ANN401 - what JSON holds
    return replace(FieldState(value, *origin[:_ALONE]), sides=tuple(ConflictingValue(*side) for side in origin[_ALONE]))


def _lines(words: Sequence[object]) -> list[str]:
    """Encode each value as JSON without a line break."""
    return _encoder.encode_lines(words).decode().split("\n")[: len(words)]


def _write(words: object) -> str:
    return _json(words).decode()
