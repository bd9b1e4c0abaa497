"""The NHS number: ten digits, the last a check on the others (NHS Data Dictionary, modulus 11)."""

import re

DIGITS = 10


def tidy(typed: str) -> str:
    """Ten digits as 999 000 0018, however they were spaced; anything else as it was typed."""
    digits = re.sub(r"[\s\-\u2010-\u2015.]", "", typed)
    if len(digits) == DIGITS and digits.isascii() and digits.isdigit():
        return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    return typed.strip()


def problem(typed: str) -> str:
    """What is wrong with an NHS number, as a sentence; "" when nothing is or when there is none."""
    digits = tidy(typed).replace(" ", "")
    if not digits:
        return ""
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return "Enter an NHS number of 10 digits, for example 999 000 0018, or leave it empty."
    if check_digit(digits[:9]) != int(digits[9]):
        return "This is not an NHS number: one of its digits is wrong. Check it against a letter or leave it empty."
    return ""


def check_digit(nine: str) -> int:
    """The tenth digit for nine digits; 10 when there is none and the number is never given out."""
    remainder = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return 0 if remainder == 0 else 11 - remainder
