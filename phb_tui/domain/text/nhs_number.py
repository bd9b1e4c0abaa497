"""NHS numbers: ten digits, the last a check digit (NHS Data Dictionary, modulus 11)."""

import re

from phb_tui.domain.text import letters
from phb_tui.i18n import _

DIGITS = 10


def tidy(typed: str) -> str:
    """Format ten digits as 999 000 0018; other text is unchanged."""
    digits = digits_of(typed)
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if digits else typed.strip()


def digits_of(typed: str) -> str:
    """The ten digits of an NHS number without separators; "" when there are not ten.

    Letters that nobody sees and digits of another width, which come with what is pasted, make no difference.
    """
    digits = re.sub(r"[\s\-\u2010-\u2015\u2212.]", "", letters.seen(typed))
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else ""


def problem(typed: str) -> str:
    """Validate an NHS number: an error as a sentence, "" if valid or empty."""
    digits = digits_of(typed)
    if not digits:
        wrong = _("Enter an NHS number of 10 digits, for example 999 000 0018, or leave it empty.")
        return wrong if letters.seen(typed).strip() else ""
    if len(set(digits)) == 1:
        return _("This is nobody's NHS number: it is one digit ten times. Check it against a letter or leave it empty.")
    if check_digit(digits[:9]) != int(digits[9]):
        return _("This is not an NHS number: one of its digits is wrong. Check it against a letter or leave it empty.")
    return ""


def last_four(kept: str) -> str:
    """The last four digits of a stored number; "" when it is invalid."""
    return digits_of(kept)[-4:]


def check_digit(nine: str) -> int:
    """Check digit for nine digits; 10 when no number with them is ever issued."""
    remainder = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return 0 if remainder == 0 else 11 - remainder
