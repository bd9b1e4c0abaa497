"""Words of the working: dates, hours, shares and sums as a person reads and checks them."""

from fractions import Fraction

from phb_tui.domain.budget.amounts import figures
from phb_tui.domain.budget.amounts.pence import HUNDRED, shown
from phb_tui.domain.budget.periods import Period
from phb_tui.domain.calendar import dates
from phb_tui.i18n import _, n_

__all__ = [
    "days_shown",
    "from_to",
    "hours_shown",
    "is_shown_whole",
    "odd_pennies_first",
    "pence_of",
    "share_shown",
    "whole_year",
]

_PLACES = 1000
"""What three places after the point can show."""


def from_to(period: Period) -> str:
    """A period in words: "7 December 2026 to 31 March 2027"."""
    return _("{first} to {last}").format(
        first=dates.in_words(period.first.isoformat()), last=dates.in_words(period.last.isoformat())
    )


def days_shown(count: int) -> str:
    """A number of days in words: "1 day", "83 days"."""
    return n_("{count} day", "{count} days", count).format(count=f"{count:,}")


def hours_shown(minutes: Fraction | int) -> str:
    """Minutes in words: "7 hours", "7 h 30"."""
    count, rest = divmod(minutes, figures.HOUR)
    if rest == 0:
        return n_("{count} hour", "{count} hours", count).format(count=f"{count:,}")
    return figures.hours_shown(Fraction(minutes))


def is_shown_whole(number: Fraction) -> bool:
    """Whether three places after the point are all of a number, so that somebody can go on with them."""
    return (number * _PLACES).denominator == 1


def whole_year() -> str:
    """Why annual amounts are divided by 364."""
    return _("364 days are 52 weeks, which count as a whole year.")


def odd_pennies_first() -> str:
    """That the first of several payments is another amount than the others because of the odd pennies (rule R13)."""
    return _("The first payment has the odd pennies, which cannot be divided.")


def share_shown(hundredths: int) -> str:
    """Hundredths of a percent in words: "12.07%"."""
    return f"{figures.decimal(Fraction(hundredths, HUNDRED))}%"


def pence_of(exact: Fraction | int) -> str:
    """Pence as pounds, with the part of a penny where there is one: "6.60", "6.605"."""
    if Fraction(exact).denominator == 1:
        return shown(int(exact))
    return figures.decimal(Fraction(exact) / HUNDRED, thousands=True)
