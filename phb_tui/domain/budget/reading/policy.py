"""The part of the team's policy that a budget is worked out with, read from its JSON; unknown keys are left alone."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from phb_tui.domain.budget.amounts import figures
from phb_tui.domain.budget.inputs import HOLIDAY, SSP_WEEKS, LocalRate, Policy
from phb_tui.domain.budget.periods import Period
from phb_tui.domain.budget.reading.fields import read_day
from phb_tui.domain.text import exact_json


def parsed(text: str) -> dict[str, Any]:
    """The policy in a record's JSON, with every figure as the text that stands there; empty when it cannot be read."""
    found = exact_json.read(text, whole=str)
    return found if isinstance(found, dict) else {}


def read_policy(given: Mapping[str, object]) -> Policy:
    """Read a policy; what cannot be read counts as left out, because a laptop must not stop at another's mistake."""
    held = _text(given.get("contingency_held"))
    return Policy(
        contingency_weeks=figures.read_count(_text(given.get("contingency_weeks"))),
        contingency_held=held if held in {"person", "nhs"} else "",
        ssp_weeks=_or(figures.read_count(_text(given.get("ssp_weeks"))), SSP_WEEKS),
        holiday=_or(figures.read_percent(_text(given.get("holiday"))), HOLIDAY),
        terms=tuple(period for each in _list(given.get("terms")) if (period := _period(each)) is not None),
        rates=tuple(rate for each in _list(given.get("rates")) if (rate := _rate(each)) is not None),
    )


def _or(found: int | None, otherwise: int) -> int:
    return otherwise if found is None else found


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, (bool, list, dict)) else str(value).strip()


def _list(value: object) -> Sequence[Mapping[str, object]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _day(value: object) -> date | None:
    return read_day(_text(value))


def _period(given: Mapping[str, object]) -> Period | None:
    first, last = _day(given.get("from")), _day(given.get("to"))
    return Period(first, last) if first and last and first <= last else None


def _rate(given: Mapping[str, object]) -> LocalRate | None:
    low, high = (figures.read_money(_text(given.get(name))) for name in ("low", "high"))
    if low is None or high is None:
        return None
    what, sort, employed_as = (_text(given.get(name)) for name in ("what", "sort", "employed_as"))
    return LocalRate(what, sort, employed_as, _day(given.get("from")), low, high)
