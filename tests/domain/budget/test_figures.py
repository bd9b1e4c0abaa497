"""Figures as people type them are read exactly, kept in one form, and never guessed."""

import sys
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.domain.budget.amounts import figures

TYPES: dict[str, figures.Figure[Any]] = {
    "money": figures.MONEY,
    "hours": figures.HOURS,
    "percent": figures.PERCENT,
    "count": figures.COUNT,
    "amount": figures.AMOUNT,
}
LIKELY = st.from_regex(r"\A[£ ]?\d{0,9}[,.:h ]?\d{0,3}[,.]?\d{0,2} ?(%|p|h|min|£)?\Z") | st.text(max_size=12)


@pytest.mark.parametrize("name", TYPES)
@given(typed=LIKELY)
def test_tidying_twice_is_tidying_once(name: str, typed: str) -> None:
    """What is kept stays as it is, means what was typed, and is either read or a problem."""
    figure = TYPES[name]
    read, tidy, problem = figure.read, figure.tidy, figure.problem
    kept = tidy(typed)
    assert tidy(kept) == kept
    assert read(kept) == read(typed)
    assert (problem(kept) == "") == (read(kept) is not None or kept == "")


@pytest.mark.parametrize("name", TYPES)
@given(typed=LIKELY)
def test_what_is_shown_can_be_read_back(name: str, typed: str) -> None:
    """A value as a reader sees it means the same when somebody types it."""
    figure = TYPES[name]
    read, tidy, show = figure.read, figure.tidy, figure.show
    kept = tidy(typed)
    assert read(show(kept)) == read(kept)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1250", "1250.00"), ("£1,250", "1250.00"), ("1,250.5", "1250.50"), ("14.50", "14.50"), (".5", "0.50"),
     ("50p", "0.50"), (" 1 250 ", "1250.00"), ("12£", "12.00"), ("9,999,999.99", "9999999.99"), ("١٢", "12.00")],
)  # fmt: skip
def test_money_is_kept_with_two_places(typed: str, kept: str) -> None:
    """Every usual way to write an amount becomes one."""
    assert figures.MONEY.tidy(typed) == kept
    assert figures.MONEY.problem(kept) == ""


@pytest.mark.parametrize(
    "typed", ["1,25", "12,50", "14,50", "£14.505", "-5", "1e3", "10000000", "1,2345", "five", "1.2.3", "5.5p", "£", "."]
)
def test_money_is_never_guessed(typed: str) -> None:
    """What can be read in two ways, or is below nought, or has half pennies stays as typed and is asked about."""
    assert figures.MONEY.tidy(typed) == typed
    assert figures.MONEY.problem(typed).startswith("Enter an amount in pounds")


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("7", 420), ("7.5", 450), ("7:30", 450), ("7h30", 450), ("7 h 20", 440), ("45 min", 45), ("7 hours", 420),
     ("0.25", 15), ("168", 10080)],
)  # fmt: skip
def test_hours_are_read_to_the_minute(typed: str, minutes: int) -> None:
    """Every usual way to write a time becomes minutes."""
    assert figures.read_hours(typed) == minutes


@pytest.mark.parametrize("typed", ["7.33", "7:60", "169", "-1", "7,5", "1:2:3", "h", "7 o'clock"])
def test_hours_are_never_rounded(typed: str) -> None:
    """What is no whole number of minutes, or more than a week has, is asked about."""
    assert figures.HOURS.problem(figures.HOURS.tidy(typed)).startswith("Enter hours")


@pytest.mark.parametrize(("typed", "hundredths"), [("5", 500), ("5%", 500), ("12.07", 1207), ("100", 10000), ("0", 0)])
def test_a_percentage_has_two_places(typed: str, hundredths: int) -> None:
    """A share from 0 to 100 is read in hundredths."""
    assert figures.read_percent(typed) == hundredths


@pytest.mark.parametrize("typed", ["101", "12.075", "-1", "half", "100.01"])
def test_no_percentage_is_over_100(typed: str) -> None:
    """What is over 100, below nought or finer than a hundredth is asked about."""
    assert figures.PERCENT.problem(typed).startswith("Enter a percentage")


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("typed", ["9" * 5_000, "0" * 5_000, "1," * 5_000, "." + "1" * 5_000, "9" * 16 + "p"])
def test_thousands_of_figures_are_a_problem(name: str, typed: str) -> None:
    """However many figures are pasted, reading them raises nothing and they are asked about."""
    figure = TYPES[name]
    read, tidy, problem = figure.read, figure.tidy, figure.problem
    assert tidy(typed) == typed
    assert read(typed) is None
    assert problem(typed)


def test_an_amount_is_above_nought() -> None:
    """Miles and visits may have three places, and none at all is no amount."""
    assert figures.read_amount("1,250.125") == Fraction(1250125, 1000)
    assert figures.read_amount("0") is None
    assert figures.read_amount("1.2345") is None
    assert figures.COUNT.problem("10000").startswith("Enter a whole number")


def test_a_long_text_for_a_figure_is_not_remembered() -> None:
    """Whoever sends thousands of long texts where amounts belong does not fill central's memory."""
    for read in (figures.read_money, figures.read_hours):
        for text in ("7" + " " * 200, "x" * 100_000):
            before = sys.getrefcount(text)
            assert read(text) == (None if text[0] == "x" else read("7"))
            assert sys.getrefcount(text) == before
