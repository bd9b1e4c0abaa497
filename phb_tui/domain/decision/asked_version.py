"""What a kept version of a budget says to whoever decides about it: its number, nature, amounts and who built it."""

from collections.abc import Mapping
from dataclasses import dataclass

from phb_tui.domain.budget import version_content
from phb_tui.domain.records.changes import Value

ONGOING, WHEELCHAIR = "ongoing", "wheelchair"
_MOST_DIGITS = 6


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


def read_version(values: Mapping[str, Value]) -> AskedVersion | None:
    """Read the fields of a version; None when it is not kept yet, damaged, or of a program that keeps it otherwise."""
    number = read_number(values.get("number"))
    weekly, first, budget_id = (values.get(name) for name in ("total_weekly", "total_first", "budget_id"))
    built_by = version_content.read_built_by(_text(values.get("built_by")))
    inputs = version_content.read_inputs(_text(values.get("inputs")))
    if not number or built_by is None or inputs is None:
        return None
    if not isinstance(weekly, int) or not isinstance(first, int) or not isinstance(budget_id, str):
        return None
    nature = inputs.budget.get("nature", "").strip() or ONGOING
    contribution = nature != WHEELCHAIR and any(cost.get("contribution", "").strip() for cost in inputs.costs)
    is_final = values.get("for") == version_content.FINAL
    return AskedVersion(budget_id, number, is_final, nature, weekly, first, built_by, contribution)


def read_number(kept: Value) -> int:
    """The number of a version of a plan or a budget, kept as text or as a whole number; 0 when it cannot be read."""
    if isinstance(kept, str):
        return int(kept) if kept.isascii() and kept.isdecimal() and len(kept) <= _MOST_DIGITS else 0
    return kept if isinstance(kept, int) and 0 < kept < 10**_MOST_DIGITS else 0


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""
