"""Reads the two lists that a budget's fields hold: what is used of the Employment Allowance, and school terms."""

import re

from phb_tui.domain.budget.amounts import figures
from phb_tui.domain.budget.periods import Period, TaxYear
from phb_tui.domain.budget.reading.fields import Fields, read_day
from phb_tui.i18n import _

_USED = re.compile(r"(\d{4})\s*[/-]\s*(\d{2}|\d{4})\s*:?\s+(.+)", re.ASCII)
_DASH = re.compile(r"\s+(?:-|\N{EN DASH}|to)\s+")


def _lines(fields: Fields, name: str) -> list[str]:
    return [line.strip() for line in fields.text(name).splitlines() if line.strip()]


def allowance_used(fields: Fields, name: str) -> dict[TaxYear, int]:
    """Pence by tax year, from lines such as "2026/27 9,800.00"; lines of one year add up."""
    used: dict[TaxYear, int] = {}
    for line in _lines(fields, name):
        found = _USED.fullmatch(line)
        pence = figures.read_money(found[3]) if found else None
        year = TaxYear(int(found[1])) if found else None
        if year is None or pence is None or not found or (year.begins + 1) % 100 != int(found[2]) % 100:
            fields.contradict(name, _("Write a tax year and an amount on each line, for example 2026/27 9,800.00."))
            continue
        used[year] = used.get(year, 0) + pence
    return used


def terms(fields: Fields, name: str) -> tuple[Period, ...]:
    """School terms, from lines such as "4 1 2027 - 12 2 2027"; both days are included."""
    found = []
    for line in _lines(fields, name):
        days = [read_day(part) for part in _DASH.split(line)]
        first, last = days if len(days) == 2 else (None, None)  # noqa: PLR2004 - from and to
        if first is None or last is None or last < first:
            fields.contradict(name, _("Write the first and last day of each term, for example 4 1 2027 - 12 2 2027."))
            continue
        found.append(Period(first, last))
    return tuple(found)
