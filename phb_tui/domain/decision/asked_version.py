"""What a kept version of a budget says to whoever decides about it: its number, nature, amounts and who built it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import msgspec
from msgspec import Struct, field

from phb_tui.domain.budget import version_content
from phb_tui.domain.records.changes import Value

ONGOING, WHEELCHAIR = "ongoing", "wheelchair"
_MOST_DIGITS = 6
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class AskedVersion:
    """A kept version of a budget, as far as a decision needs it.

    Attributes:
        budget_id: The budget.
        number: From 1.
        is_final: Whether it was kept to be decided about.
        nature: ongoing, one_off or wheelchair; ongoing where the budget says nothing.
        weekly, first: In pence, a week and in the first year.
        built_by: Staff ids of everybody who wrote in it.
        has_contribution: Whether the person is to pay a part of a budget that is not for a wheelchair.
    """

    budget_id: str
    number: int
    is_final: bool
    nature: str
    weekly: int
    first: int
    built_by: frozenset[str]
    has_contribution: bool


class _Kept(Struct):
    """The fields of a version that a decision needs, as they are kept; its lines, which are long, are left out."""

    number: Value = None
    budget_id: Value = None
    purpose: Value = field(default=None, name="for")
    total_weekly: Value = None
    total_first: Value = None
    built_by: Value = None
    inputs: Value = None


class _Budget(Struct):
    id: str
    nature: str = ""


class _Cost(Struct):
    id: str
    contribution: str = ""


class _Inputs(Struct):
    """What a decision needs of what a version was worked out from."""

    budget: _Budget
    costs: list[_Cost]


_kept = msgspec.json.Decoder(_Kept)
_inputs, _built_by = msgspec.json.Decoder(_Inputs), msgspec.json.Decoder(frozenset[str])


def read_version(values: Mapping[str, Value]) -> AskedVersion | None:
    """Read the fields of a version; None when it is not kept yet, damaged, or of a program that keeps it otherwise."""
    given = (values.get(name) for name in _Kept.__struct_encode_fields__)
    return _read(_Kept(*given))


def read_stored(values: str) -> AskedVersion | None:
    """Read the same from the JSON of a version's fields, without the time that it takes to read its lines.

    Args:
        values: As `record_codec.Row.values`.
    """
    kept = _decoded(_kept, values)
    return _read(kept) if kept else None


def stored_number(values: str) -> int:
    """The number of a version of a plan or a budget, from the JSON of its fields; 0 when it cannot be read."""
    kept = _decoded(_kept, values)
    return read_number(kept.number) if kept else 0


def read_number(kept: Value) -> int:
    """The number of a version of a plan or a budget, kept as text or as a whole number; 0 when it cannot be read."""
    if isinstance(kept, str):
        return int(kept) if kept.isascii() and kept.isdecimal() and len(kept) <= _MOST_DIGITS else 0
    return kept if isinstance(kept, int) and 0 < kept < 10**_MOST_DIGITS else 0


def _read(kept: _Kept) -> AskedVersion | None:
    number, weekly, first = read_number(kept.number), kept.total_weekly, kept.total_first
    built_by, inputs = _decoded(_built_by, kept.built_by), _decoded(_inputs, kept.inputs)
    if not number or built_by is None or inputs is None:
        return None
    if not isinstance(weekly, int) or not isinstance(first, int) or not isinstance(kept.budget_id, str):
        return None
    nature = inputs.budget.nature.strip() or ONGOING
    contribution = nature != WHEELCHAIR and any(cost.contribution.strip() for cost in inputs.costs)
    is_final = kept.purpose == version_content.FINAL
    return AskedVersion(kept.budget_id, number, is_final, nature, weekly, first, built_by, contribution)


def _decoded(decoder: "msgspec.json.Decoder[Read]", text: Value) -> Read | None:
    """What a JSON text holds; None for anything else, and for one that holds something else."""
    try:
        return decoder.decode(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):  # no JSON, other types, letters that cannot be encoded
        return None
