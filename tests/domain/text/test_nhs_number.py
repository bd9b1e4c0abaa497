"""The NHS number as it is typed, pasted and checked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.domain.field_types import problem, tidy
from phb_tui.domain.text import nhs_number

TODAY = date(2026, 11, 25)
UNSEEN = [
    "\u200b",
    "\u200c",
    "\u200d",
    "\ufeff",
    "\u00ad",
    "\u2060",
    "\u00a0",
    "\u202f",
    "\u2007",
    " ",
    "-",
    "\u2011",
    "\x00",
    "\u202a",
    "\u034f",
    "\u115f",
    "\u2800",
    "\u3164",
    "\ufe0f",
    "\uffa0",
    "\U000e0101",
]


@pytest.mark.parametrize("digit", "0123456789")
def test_one_digit_ten_times_is_nobodys_number(digit: str) -> None:
    """Ten equal digits are refused in words, though the check digit of each fits."""
    assert "nobody's" in nhs_number.problem(digit * 10)


@given(st.lists(st.sampled_from(UNSEEN), min_size=11, max_size=11), st.sampled_from([0x30, 0xFF10, 0x0660, 0x1D7CE]))
def test_letters_that_nobody_sees_do_not_make_a_right_number_wrong(between: list[str], zero: int) -> None:
    """Whatever invisible letters stand in it and however wide its digits are, a right number stays a right one."""
    digits = [chr(zero + int(digit)) for digit in "9990000018"]
    typed = "".join(a + b for a, b in zip(between, [*digits, ""], strict=True))
    assert tidy("nhs_number", typed, TODAY) == "999 000 0018"
    assert problem("nhs_number", typed, TODAY) == ""


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("date", "\ufeff27 3\u00a02027\u200b", "2027-03-27"),
        ("postcode", "ne1\u200b 4lp", "NE1 4LP"),
        ("score", "\u200b7", "7"),
    ],
)
def test_letters_that_nobody_sees_are_taken_out_of_whatever_is_not_words(kind: str, typed: str, kept: str) -> None:
    """A date, a postcode and a score that were pasted with invisible letters are what they look like."""
    assert tidy(kind, typed, TODAY) == kept
    assert problem(kind, kept, TODAY) == ""
