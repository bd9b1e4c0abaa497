"""SNOMED CT identifiers: 6 to 18 digits, the last one a Verhoeff check digit (SNOMED CT Release File Specification)."""

from datetime import date

from phb_tui.i18n import _

_SHORTEST, _LONGEST = 6, 18
_PERMUTED = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9), (1, 5, 7, 6, 2, 8, 3, 0, 9, 4), (5, 8, 0, 3, 7, 9, 6, 1, 4, 2),
    (8, 9, 1, 6, 0, 4, 3, 5, 2, 7), (9, 4, 5, 3, 1, 2, 6, 8, 7, 0), (4, 2, 8, 6, 5, 7, 3, 9, 0, 1),
    (2, 7, 9, 3, 8, 0, 6, 4, 1, 5), (7, 0, 4, 6, 9, 1, 3, 2, 5, 8),
)  # fmt: skip
_FIVE, _TEN = 5, 10


def is_identifier(code: str) -> bool:
    """Whether a text is a SNOMED CT identifier with a valid check digit."""
    if not (code.isascii() and code.isdecimal() and _SHORTEST <= len(code) <= _LONGEST):
        return False
    check = 0
    for place, digit in enumerate(reversed(code)):
        check = _combined(check, _PERMUTED[place % 8][int(digit)])
    return check == 0


def tidy(typed: str, today: date) -> str:
    """Normalise to one code a line, without its term; a line without a code is unchanged."""
    del today
    return "\n".join(_tidy_line(line) for line in typed.splitlines())


def problem(kept: str) -> str:
    """Validate codes, one a line: an error as a sentence, "" if valid. Empty lines are ignored."""
    for line in kept.splitlines():
        if line and not is_identifier(line):
            return _("{code} is not a SNOMED CT code. Check its digits, or leave it out.").format(code=line)
    return ""


def _tidy_line(line: str) -> str:
    """The digits of "73211009 | Diabetes mellitus |"; other text is unchanged."""
    code = line.partition("|")[0].strip()
    return code if code.isdecimal() else line.strip()


def _combined(a: int, b: int) -> int:
    """Product of two elements of the dihedral group of order ten (Verhoeff)."""
    if a < _FIVE:
        return (a + b) % _FIVE if b < _FIVE else _FIVE + (a + b - _FIVE) % _FIVE
    return _FIVE + (a - _FIVE - b) % _FIVE if b < _FIVE else (a - b) % _FIVE
