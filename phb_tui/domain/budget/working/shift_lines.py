"""Pay of shifts: one line for each shift and tax year, and one for what bank holidays cost more (rules R3 and R4)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from phb_tui.domain.budget.amounts import figures
from phb_tui.domain.budget.amounts.figures import HOUR
from phb_tui.domain.budget.amounts.pence import HUNDRED, half_up, shown
from phb_tui.domain.budget.inputs import Budget, Shift
from phb_tui.domain.budget.law.rates import Rates
from phb_tui.domain.budget.periods import Period, tax_year, tax_years
from phb_tui.domain.budget.working import shift_days
from phb_tui.domain.budget.working.lines import RECURRING, Line
from phb_tui.domain.budget.working.sentences import (
    days_shown,
    from_to,
    hours_shown,
    is_shown_whole,
    pence_of,
    share_shown,
)
from phb_tui.i18n import _, n_

_WHOLE = 100 * HUNDRED


@dataclass(slots=True)
class Worked:
    """What of a shift falls into a period.

    Attributes:
        period: The days from its first to its last one in the tax year.
        days: The days that count, by the minutes worked on each; with `weekly`, all by 0.
        total: Minutes, exactly.
        bank: Minutes on bank holidays.
        bank_days: How many bank holidays count.
        last_bank: The last of them.
    """

    period: Period
    days: Counter[int] = field(default_factory=Counter)
    total: Fraction = Fraction(0)
    bank: int = 0
    bank_days: int = 0
    last_bank: date | None = None


def worked(budget: Budget, rates: Rates, shift: Shift, part: Period) -> Worked:
    """Count the days and minutes of a shift in a part of the budget."""
    found = Worked(part)
    for stretch in shift_days.periods(budget, shift, part):
        banks = shift_days.holidays(rates, stretch)
        if not shift.minutes:
            found.days[0] += stretch.days
            found.bank += shift.bank_minutes * len(banks)
        else:
            banks = [day for day in banks if shift.minutes[day.weekday()]]
            for minutes, count in zip(shift.minutes, shift_days.weekdays(stretch), strict=True):
                found.days[minutes] += count
            for day in banks:
                minutes = shift.minutes[day.weekday()]
                found.bank += minutes
                found.days[minutes] -= shift.bank_holidays == "off"
        found.bank_days += len(banks)
        if banks and (shift.minutes or shift.bank_minutes):
            found.last_bank = banks[-1]
    if shift.minutes:
        found.total = Fraction(sum(minutes * count for minutes, count in found.days.items()))
    else:
        found.total = Fraction(shift.weekly * found.days[0], shift_days.WEEK)
        if shift.bank_holidays == "off":
            found.total = max(Fraction(0), found.total - found.bank)
    return found


def lines(budget: Budget, rates: Rates, shift: Shift) -> Iterator[Line]:
    """The lines of one shift."""
    within = budget.period.overlap(shift.first, shift.last)
    if within is None:
        year = tax_year(budget.period.first)
        words = _("No day of it is in this budget, so it is 0.00.")
        yield Line(f"{shift.id} {year}", _label(shift), (words,), 0, RECURRING, shift.way, shift.stream, is_care=True)
        return
    for year, part in tax_years(within).items():
        found = worked(budget, rates, shift, part)
        wage = shift.worker.is_employed and shift.sort != "sleep_in"
        pence = half_up(found.total / HOUR * shift.rate)
        yield Line(
            f"{shift.id} {year}", _label(shift), tuple(_working(shift, found, pence)), pence, RECURRING,
            shift.way, shift.stream,
            provisional=(wage and rates.open_change("nmw_21", part.last) is not None)
            or (shift.bank_holidays == "off" and _is_after_announced(rates, found)),
            is_care=True,
        )  # fmt: skip
        if shift.bank_holidays == "premium":
            more = Fraction(found.bank, HOUR) * shift.rate * Fraction(shift.premium, _WHOLE)
            yield Line(
                f"{shift.id} bank {year}", _("{shift}, bank holidays").format(shift=_label(shift)),
                (_bank_working(shift, found, half_up(more)),), half_up(more), RECURRING, shift.way, shift.stream,
                provisional=_is_after_announced(rates, found), is_care=True,
            )  # fmt: skip


def _is_after_announced(rates: Rates, found: Worked) -> bool:
    return found.last_bank is not None and found.last_bank > rates.holidays_announced_to


def _label(shift: Shift) -> str:
    who = shift.worker.name or _("Someone")
    return f"{who}: {shift.what}" if shift.what else who


def _unit(shift: Shift, minutes: Fraction | int) -> str:
    """Minutes of a shift in its own unit: hours, nights or days."""
    if not shift.is_counted:
        return hours_shown(minutes)
    count = Fraction(minutes) / HOUR
    number = pence_of(count * HUNDRED).removesuffix(".00") if is_shown_whole(count) else f"{int(minutes):,} / {HOUR}"
    if shift.sort == "sleep_in":
        return n_("{count} night", "{count} nights", 1 if count == 1 else 2).format(count=number)
    return n_("{count} day", "{count} days", 1 if count == 1 else 2).format(count=number)


def _working(shift: Shift, found: Worked, pence: int) -> Iterator[str]:
    period, hours, is_whole = from_to(found.period), _unit(shift, found.total), True
    if shift.minutes:
        parts = [
            _("{days} x {hours}").format(days=days_shown(count), hours=_unit(shift, minutes))
            for minutes, count in sorted(found.days.items(), reverse=True)
            if minutes and count
        ]
        counted = _(" and ").join(parts) or days_shown(0)
    else:
        counted = _("{days} / 7 x {hours}").format(days=days_shown(found.days[0]), hours=_unit(shift, shift.weekly))
        is_off = shift.bank_holidays == "off" and found.bank
        if is_off:
            counted = _("{counted}, less {hours} on bank holidays").format(
                counted=counted, hours=_unit(shift, found.bank)
            )
        is_whole = is_shown_whole(found.total / HOUR) if shift.is_counted else found.total.denominator == 1
        if is_off and not found.total:
            yield _("{period}: {counted}, so nothing is left.").format(period=period, counted=counted)
            return
    if is_whole:
        yield _("{period}: {counted} = {hours}").format(period=period, counted=counted, hours=hours)
    else:  # the hours that are shown are rounded: somebody who goes on with them gets another amount
        about = figures.decimal(found.total / HOUR, thousands=True)
        yield _("{period}: {counted}, about {number}").format(period=period, counted=counted, number=about)
        hours = f"({counted})"
    if shift.minutes and shift.bank_holidays == "off" and found.bank_days:
        yield n_("{count} bank holiday is left out.", "{count} bank holidays are left out.", found.bank_days).format(
            count=found.bank_days
        )
    yield _("{hours} x {rate} = {sum}").format(hours=hours, rate=shown(shift.rate), sum=shown(pence))
    if shift.weeks != "every":
        yield _("The weeks are not all the same: the days were counted one by one to be safe.")


def _bank_working(shift: Shift, found: Worked, pence: int) -> str:
    more = Fraction(shift.rate * shift.premium, _WHOLE)
    return n_(
        "On {count} bank holiday {share} more: {hours} x {rate} = {sum}",
        "On {count} bank holidays {share} more: {hours} x {rate} = {sum}",
        found.bank_days,
    ).format(
        count=found.bank_days,
        share=share_shown(shift.premium),
        hours=_unit(shift, found.bank),
        rate=pence_of(more)
        if is_shown_whole(more / HUNDRED)
        else _("{rate} x {share}").format(rate=shown(shift.rate), share=share_shown(shift.premium)),
        sum=shown(pence),
    )
