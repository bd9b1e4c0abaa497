"""Reads an amount of a statement to whole pence: "1,234.56", "£12.50", "-12.50", "(12.50)", "12.50 DR"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from phb_tui.domain.budget.amounts.figures import MOST_PENCE
from phb_tui.domain.budget.amounts.pence import HUNDRED
from phb_tui.domain.text import letters

OUT, IN = "out", "in"
_LONGEST = 40
"""Letters of the longest text that can be an amount."""
_AMOUNT = re.compile(
    r"(?P<before>dr|cr)?(?P<open>\()?(?P<minus>[-+]?)(?:£|gbp)?(?P<inner>[-+]?)"
    r"(?P<whole>\d{1,3}(?:,\d{3}){1,3}|\d{1,9})?(?:\.(?P<places>\d{1,2})0*)?"
    r"(?:£|gbp)?(?P<after>[-+]?)(?P<close>\))?(?P<mark>dr|cr)?",
    re.ASCII,
)
_DASHES = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u2010": "-", "\u2011": "-"})
_COMMA_FOR_POINT = str.maketrans({",": ".", ".": ","})
_MARKS = {
    "dr": OUT, "debit": OUT, "d": OUT, "db": OUT, "out": OUT, "money out": OUT, "paid out": OUT, "withdrawal": OUT,
    "cr": IN, "credit": IN, "c": IN, "in": IN, "money in": IN, "paid in": IN, "deposit": IN,
}  # fmt: skip
"""What stands in a column that says which way the money went."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as it stands in a cell.

    Attributes:
        pence: Whole pence; below nought where it has a minus sign or stands in brackets.
        way: `OUT` or `IN` where DR or CR stands beside it; else "".
    """

    pence: int
    way: str = ""


def read(text: str, *, comma: bool = False) -> Amount | None:
    """The amount in a cell; None when it is none.

    Args:
        text: The cell.
        comma: Whether the comma stands before the pence, as on the continent.
    """
    if len(text) > _LONGEST:
        return None
    packed = "".join(letters.seen(text).lower().translate(_DASHES).split())
    found = _AMOUNT.fullmatch(packed.translate(_COMMA_FOR_POINT) if comma else packed)
    if not found or not (found["whole"] or found["places"]) or bool(found["open"]) != bool(found["close"]):
        return None
    signs = [sign for sign in (found["minus"], found["inner"], found["after"], "-" if found["open"] else "") if sign]
    marks = [mark for mark in (found["before"], found["mark"]) if mark]
    pence = int((found["whole"] or "0").replace(",", "")) * HUNDRED + int((found["places"] or "").ljust(2, "0"))
    if len(signs) > 1 or len(marks) > 1 or pence > MOST_PENCE:
        return None
    return Amount(-pence if signs == ["-"] else pence, _MARKS[marks[0]] if marks else "")


def way(text: str) -> str:
    """Which way the money went, of a cell such as "DR" or "Credit"; "" when it says nothing about it."""
    return _MARKS.get(letters.fold(text), "")


def has_comma(texts: Iterable[str]) -> bool:
    """Whether the amounts of a column have a comma before the pence: more of them can be read so than otherwise."""
    cells = list(texts)
    with_comma, with_point = (sum(read(text, comma=comma) is not None for text in cells) for comma in (True, False))
    return with_comma > with_point
