"""What employing costs beside pay: holiday, National Insurance, pension, sick pay (rules R5 to R10)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from phb_tui.domain.budget.amounts.pence import half_up, shown
from phb_tui.domain.budget.inputs import JOINT, Budget, Policy, Worker
from phb_tui.domain.budget.law.ages import band_on, is_under_21
from phb_tui.domain.budget.law.rates import Rates
from phb_tui.domain.budget.periods import YEAR_DAYS, TaxYear, annual_slice
from phb_tui.domain.budget.working.employments import Earned, Employment
from phb_tui.domain.budget.working.lines import RECURRING, Line
from phb_tui.domain.budget.working.sentences import days_shown, share_shown, whole_year
from phb_tui.i18n import _, n_

_WHOLE = 10_000
_WEEK = 7


@dataclass(frozen=True, slots=True)
class OnCosts:
    """Lines of one worker, and their National Insurance by tax year for the allowance."""

    lines: tuple[Line, ...]
    insurance: Mapping[TaxYear, int]


def of_worker(budget: Budget, rates: Rates, policy: Policy, employment: Employment) -> OnCosts:
    """Holiday, National Insurance and pension of each tax year, and sick pay put by."""
    found: list[Line] = []
    insurance: dict[TaxYear, int] = {}
    gross_of_all = 0
    for earned in employment.earned:
        if earned.base == 0:  # a tax year without pay has no lines
            continue
        holiday = half_up(Fraction(earned.base * policy.holiday, _WHOLE))
        gross = earned.base + holiday
        gross_of_all += gross
        words = (
            _("All their pay in this tax year, training too: {base}").format(base=shown(earned.base)),
            _("{share} of {base} = {sum}").format(
                share=share_shown(policy.holiday), base=shown(earned.base), sum=shown(holiday)
            ),
        )
        found.append(
            _line(employment, f"holiday {earned.year}", _("Paid holiday, and who comes instead"), words, holiday)
        )
        owed, working = _insurance(rates, employment.worker, earned, gross)
        insurance[earned.year] = owed
        found.append(_line(employment, f"ni {earned.year}", _("Employer National Insurance"), working, owed))
        found.append(_pension(rates, employment, earned, gross))
    found.append(_sick_pay(budget, rates, policy, employment, gross_of_all))
    return OnCosts(tuple(found), insurance)


def _line(  # noqa: PLR0913 - what a line has
    employment: Employment, name: str, what: str, working: tuple[str, ...], pence: int, *, provisional: bool = False
) -> Line:
    who = employment.worker.name
    return Line(
        f"{employment.worker.id} {name}", f"{who}: {what}" if who else what, working, pence, RECURRING,
        employment.way, employment.stream, provisional,
    )  # fmt: skip


def _of_year(rates: Rates, name: str, earned: Earned) -> Fraction:
    """A rate of the tax year, looked up on the worker's first day in it; `check_rates` has seen that there is one."""
    return rates.value(name, earned.first) or Fraction(0)


def _insurance(rates: Rates, worker: Worker, earned: Earned, gross: int) -> tuple[int, tuple[str, ...]]:
    if is_under_21(band_on(worker.age, worker.turns_on, earned.last)):
        return 0, (_("Nothing is owed for anyone under 21."),)
    rate = _of_year(rates, "ni_rate", earned)
    annual = int(_of_year(rates, "ni_threshold", earned))
    threshold = annual_slice(annual, earned.days)
    above = max(0, gross - threshold)
    owed = half_up(rate * above)
    return owed, (
        _gross_words(earned, gross),
        _("Nothing is owed up to {annual} a year.").format(annual=shown(annual)),
        *_slice_words(annual, earned.days, threshold),
        _("{share} of ({gross} - {threshold}) = {sum}").format(
            share=_share(rate), gross=shown(gross), threshold=shown(threshold), sum=shown(owed)
        )
        if above
        else _("{gross} is not above {threshold}, so nothing is owed.").format(
            gross=shown(gross), threshold=shown(threshold)
        ),
        _("This is an estimate: payroll works it out for each time of pay."),
    )


def _gross_words(earned: Earned, gross: int) -> str:
    return _("Pay with paid holiday: {base} + {holiday} = {gross}").format(
        base=shown(earned.base), holiday=shown(gross - earned.base), gross=shown(gross)
    )


def _slice_words(annual: int, days: int, part: int) -> Iterator[str]:
    """What of an annual amount counts for the days of a slice, and why; nothing where all of it does."""
    if part != annual:
        yield _("From their first to their last day of work in this tax year: {days}").format(days=days_shown(days))
        yield whole_year()
        yield _("Their part of it: {annual} x {days} / 364 = {part}").format(
            annual=shown(annual), days=days_shown(days), part=shown(part)
        )


def _share(rate: Fraction) -> str:
    return share_shown(half_up(rate * _WHOLE))


def _pension(rates: Rates, employment: Employment, earned: Earned, gross: int) -> Line:
    worker = employment.worker
    band = band_on(worker.age, worker.turns_on, earned.last)
    trigger, low, high = (
        int(_of_year(rates, name, earned)) for name in ("pension_trigger", "pension_low", "pension_high")
    )
    rate = _of_year(rates, "pension_rate", earned)
    yearly = Fraction(gross) if earned.days >= YEAR_DAYS else Fraction(gross * YEAR_DAYS, earned.days)
    low_part, high_part = annual_slice(low, earned.days), annual_slice(high, earned.days)
    costs = half_up(rate * max(0, min(gross, high_part) - low_part))
    is_in = worker.pension == "opted_in" or (worker.pension == "auto" and band == "22_plus" and yearly >= trigger)
    sums = (
        _("{share} of ({gross} - {low}) = {sum}").format(
            share=_share(rate), gross=shown(min(gross, high_part)), low=shown(low_part), sum=shown(costs)
        )
        if gross > low_part
        else _("{gross} is not above {low}, so nothing is paid.").format(gross=shown(gross), low=shown(low_part))
    )
    working = [
        _gross_words(earned, gross),
        _("It is counted from {low} of pay a year.").format(low=shown(low)),
        *_slice_words(low, earned.days, low_part),
    ]
    if gross > high_part:
        working.append(_("It is counted up to {high} of pay a year.").format(high=shown(high)))
        working += [words for words in _slice_words(high, earned.days, high_part) if words not in working]
    if is_in:
        working.append(sums)
        working.append(_("This is an estimate: payroll works it out for each time of pay."))
    elif worker.pension == "opted_out":
        working = [_("They have opted out.")]
    else:
        working.append(_("The law does not enrol them, so nothing is paid. If they asked to join, it would be this:"))
        working.append(sums)
    change = (
        rates.open_change("pension_trigger", earned.last)
        if band == "22_plus" and worker.pension != "opted_out"
        else None
    )
    return _line(
        employment, f"pension {earned.year}", _("Employer pension"), tuple(working), costs if is_in else 0,
        provisional=change is not None,
    )  # fmt: skip


def _sick_pay(budget: Budget, rates: Rates, policy: Policy, employment: Employment, gross: int) -> Line:
    first, last = employment.earned[0].first, employment.earned[-1].last
    days = (last - first).days + 1
    day = budget.period.first
    flat, share = rates.value("ssp_flat", day) or Fraction(0), rates.value("ssp_share", day)
    average = None if not share else share * gross * _WEEK / days
    weekly = half_up(flat if average is None else min(flat, average))
    times = min(Fraction(1), Fraction(budget.period.days, YEAR_DAYS)) if budget.replaces else Fraction(1)
    whole = weekly * policy.ssp_weeks
    pence = half_up(whole * times)
    working = list(_sick_week(flat, share or Fraction(0), average, gross, days))
    working.append(
        n_(
            "Enough for {count} week of being ill is put by: {count} week x {weekly} = {sum}",
            "Enough for {count} weeks of being ill is put by: {count} weeks x {weekly} = {sum}",
            policy.ssp_weeks,
        ).format(count=policy.ssp_weeks, weekly=shown(weekly), sum=shown(whole))
    )
    if times != 1:
        working.append(whole_year())
        working.append(
            _("This budget is shorter: {sum} x {days} / 364 = {part}").format(
                sum=shown(whole), days=days_shown(budget.period.days), part=shown(pence)
            )
        )
    return _line(
        employment, "ssp", _("Sick pay put by"), tuple(working), pence,
        provisional=rates.open_change("ssp_flat", day) is not None,
    )  # fmt: skip


def _sick_week(flat: Fraction, share: Fraction, average: Fraction | None, gross: int, days: int) -> Iterator[str]:
    """What a week of sick pay is: the flat amount, or a share of the average week where that is less."""
    if average is None or average >= flat:
        yield _("A week of sick pay is {flat} at most.").format(flat=shown(int(flat)))
        return
    yield _("A week of sick pay is {share} of their average week.").format(share=_share(share))
    yield _("All their pay over {days}: {share} of {gross} x 7 / {number} = {weekly}").format(
        days=days_shown(days), share=_share(share), gross=shown(gross), number=days, weekly=shown(half_up(average))
    )


def allowance(budget: Budget, rates: Rates, insurance: Mapping[TaxYear, int]) -> Iterator[Line]:
    """The Employment Allowance, a credit for each tax year of at most the insurance (rule R8).

    Args:
        budget: The budget.
        rates: For the allowance of the year.
        insurance: What is owed for the workers that count, by tax year.
    """
    for year, owed in sorted(insurance.items()):
        annual = int(rates.value("employment_allowance", max(year.period.first, budget.period.first)) or 0)
        used = budget.used.get(year, 0)
        credit = min(owed, max(0, annual - used))
        working = _(
            "The allowance is {annual} a year; {used} of it is used elsewhere. It pays {credit} of {owed}."
        ).format(annual=shown(annual), used=shown(used), credit=shown(credit), owed=shown(owed))
        yield Line(f"allowance {year}", _("Employment Allowance"), (working,), -credit, RECURRING, budget.way, JOINT)
