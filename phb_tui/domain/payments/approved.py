"""What an approved version of a budget says about payments, read from what the version holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from phb_tui.domain.budget import version_content
from phb_tui.domain.budget.inputs import Policy
from phb_tui.domain.budget.periods import Period
from phb_tui.domain.budget.reading.fields import read_day
from phb_tui.domain.budget.reading.records import read_budget
from phb_tui.domain.budget.totals import CONTINGENCY
from phb_tui.domain.budget.version_content import FINAL, VersionLine
from phb_tui.domain.budget.working.lines import ONE_OFF, RECURRING, START_UP
from phb_tui.domain.records.changes import Value

NOTIONAL, SEVERAL_WAYS = "notional", "mixed"
INSTALMENT, ADJUSTMENT = "instalment", "adjustment"
_NATURES = {
    INSTALMENT: RECURRING, ADJUSTMENT: RECURRING, CONTINGENCY: RECURRING, START_UP: START_UP, ONE_OFF: ONE_OFF,
}  # fmt: skip
"""Each sort of payment, with the nature of the lines that it is for."""
_MOST_PENCE = 10**15
_MOST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Approved:
    """A version of a budget that a decision approved.

    Attributes:
        version_id: Its record's id.
        fields: What it holds.
        decided_on: The day of the first decision that approved it, as 2026-11-30; "" when it is not known.
    """

    version_id: str
    fields: Mapping[str, Value]
    decided_on: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a version says about payments; amounts in pence, without what is notional.

    Attributes:
        budget_id, number: Of which budget it is, and which version.
        replaces: Id of the budget that it takes the place of; "" for none.
        decided_on: The day of the decision; the first day of the calendar when it is not known.
        every: How often instalments are paid: four_weeks, month or once.
        recurring: What is paid by instalments.
        once: Lines of what is paid once, each with its id, by what they are for: start_up, one_off.
        contingency: What is put by and held by the person.
        ways: How each sort of payment is managed.
    """

    version_id: str
    budget_id: str
    number: int
    replaces: str
    decided_on: date
    period: Period
    every: str
    recurring: int
    once: Mapping[str, Mapping[str, int]]
    contingency: int
    ways: Mapping[str, str]


def read(approved: Approved) -> Content | None:
    """Read a version; None when it cannot be read or is not one that may be paid."""
    fields = approved.fields
    texts = {name: text for name, text in fields.items() if isinstance(text, str)}
    records = version_content.read_inputs(texts.get("inputs", ""))
    lines = version_content.read_lines(texts.get("lines", ""))
    if texts.get("for") != FINAL or records is None or lines is None:
        return None
    budget = read_budget(records, Policy()).budget
    if budget is None or any(abs(line.pence) > _MOST_PENCE for line in lines):
        return None
    paid = [line for line in lines if line.way != NOTIONAL]
    return Content(
        version_id=approved.version_id,
        budget_id=texts.get("budget_id", "") or budget.id,
        number=_number(fields.get("number")),
        replaces=records.budget.get("replaces_id", "").strip(),
        decided_on=read_day(approved.decided_on) or date.min,
        period=budget.period,
        every=budget.pay_every,
        recurring=max(0, sum(line.pence for line in paid if line.nature == RECURRING)),
        once={what: _once(paid, what) for what in (START_UP, ONE_OFF)},
        contingency=_contingency(fields),
        ways={what: _way(paid, nature) for what, nature in _NATURES.items()},
    )


def _once(lines: Iterable[VersionLine], nature: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        if line.nature == nature:
            found[line.id] = found.get(line.id, 0) + line.pence
    return found


def _way(lines: Iterable[VersionLine], nature: str) -> str:
    ways = {line.way for line in lines if line.nature == nature}
    return ways.pop() if len(ways) == 1 else SEVERAL_WAYS if ways else ""


def _contingency(fields: Mapping[str, Value]) -> int:
    """What is put by, where the person holds it: then it is part of the first year's total."""
    named = ("contingency", "recurring", "start", "one_off", "first")
    found = [_pence(fields.get(f"total_{name}")) for name in named]
    contingency, recurring, start, one_off, first = found
    return contingency if contingency > 0 and recurring + start + one_off + contingency == first else 0


def _pence(value: object) -> int:
    return value if type(value) is int and abs(value) <= _MOST_PENCE else 0


def _number(value: Value) -> int:
    if isinstance(value, str):
        return int(value) if value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS else 0
    return _pence(value)
