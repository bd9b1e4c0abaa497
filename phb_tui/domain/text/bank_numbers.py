"""Numbers of accounts and cards in a text, which this program has no use for and does not want to keep.

What is looked for: eight figures of an account, six of a sort code written 11-22-33 or named one, 13 to 19 of a card
that its check figure fits, and an IBAN. Dates, telephone numbers and NHS numbers are none of them. It never stops
anybody from keeping a text: it says so.
"""

import re
import unicodedata
from datetime import date

_LONGEST = 4_000
"""Letters that are looked through: more stands in no field of this sort."""
_RUN = re.compile(r"(?<![\w+])\d+(?:[ .\-\u2010-\u2015/]\d+)*(?!\w)")
_GROUPS = re.compile(r"\d+")
_IBAN = re.compile(r"(?<!\w)gb ?\d\d(?: ?[a-z]){4}(?: ?\d){14}(?!\w)")
_NAMED = re.compile(
    r"(?:sort ?code|account (?:no\b|num|nr)|acc(?:oun)?t?\.? no\b|card (?:no\b|num)|iban)\D{0,20}\d[\d \-]{3,}"
)
_SORT_CODE, _ACCOUNT, _CARD = [2, 2, 2], 8, range(13, 20)
_SHORT_ACCOUNT, _SHORT_CARD_GROUP = 7, 4
_CENTURY = 2000


def has_one(text: str) -> bool:
    """Whether a text seems to hold the number of an account or a card, or a sort code."""
    words = unicodedata.normalize("NFKC", text[:_LONGEST]).lower()
    if not any(letter.isdigit() for letter in words):
        return False
    return bool(_NAMED.search(words) or _IBAN.search(words)) or any(map(_is_one, _RUN.findall(words)))


def _is_one(run: str) -> bool:
    """Whether figures that stand together are such a number."""
    groups = _GROUPS.findall(run)
    sizes, figures = [len(group) for group in groups], "".join(groups)
    if run.startswith(("0", "44")) and len(figures) in {10, 11, 12} and sizes[:3] != _SORT_CODE:
        return False  # a telephone number
    if len(figures) in _CARD and min(sizes) >= _SHORT_CARD_GROUP - 1 and _fits_its_check_figure(figures):
        return True
    if sizes[:3] == _SORT_CODE and (len(sizes) > len(_SORT_CODE) and sizes[3] in {_SHORT_ACCOUNT, _ACCOUNT}):
        return True
    if sizes == _SORT_CODE:
        return "/" not in run and not _is_short_date(groups)
    return any(size == _ACCOUNT and not _is_date(group) for size, group in zip(sizes, groups, strict=True))


def _fits_its_check_figure(figures: str) -> bool:
    """Whether the last figure is the check figure of the others (Luhn's rule, as on every card)."""
    doubled = (int(figure) * (2 - index % 2) for index, figure in enumerate(reversed(figures), start=1))
    return sum(found - 9 if found > 9 else found for found in doubled) % 10 == 0  # noqa: PLR2004


def _is_short_date(groups: list[str]) -> bool:
    """Whether three pairs of figures can be a day: 27-03-27 or 27.3.27, the year last."""
    day, month, year = map(int, groups)
    return _exists(_CENTURY + year, month, day)


def _is_date(figures: str) -> bool:
    """Whether eight figures without a gap are a day: 27032027 or 20270327."""
    return _exists(int(figures[4:]), int(figures[2:4]), int(figures[:2])) or _exists(
        int(figures[:4]), int(figures[4:6]), int(figures[6:])
    )


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return 1900 <= date(year, month, day).year <= 2199  # noqa: PLR2004 - the years that the program knows
    except ValueError:
        return False
