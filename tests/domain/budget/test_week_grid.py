"""The week as it would be: the same days and hours that are paid."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.content import rates
from phb_tui.domain.budget import week_grid, work
from phb_tui.domain.budget.inputs import Budget, Policy
from phb_tui.domain.budget.periods import tax_years
from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.budget.week_grid import Week
from phb_tui.domain.budget.working import shift_lines
from tests.domain.budget import examples
from tests.domain.budget.examples import shift

RATES = rates.shipped()


def read(records: Records) -> Budget:
    """The budget of some records."""
    found = work.work(records, RATES, Policy()).budget
    assert found is not None
    return found


def hours(week: Week) -> dict[str, list[Fraction | int]]:
    """Hours of each day, by who comes and the sort of hours."""
    return {
        f"{comes.worker.name} {comes.sort}": [Fraction(minutes, 60) for minutes in comes.minutes]
        for comes in week.comes
    }


def test_everybody_stands_at_their_days() -> None:
    """Example B, its first week: Maria on weekdays, Tom at the weekend and one night."""
    week = week_grid.week(read(examples.b()), RATES, 0)
    assert week.period.first == date(2026, 12, 7)
    assert hours(week) == {
        "Maria day": [7, 7, 7, 7, 7, 0, 0], "Tom day": [0, 0, 0, 0, 0, 6, 6], "Tom sleep_in": [0, 0, 0, 0, 0, 1, 0]
    }  # fmt: skip
    assert all(week.inside)
    assert (week.holidays, week.in_term) == ((), ())


def test_a_bank_holiday_is_named_with_what_it_changes() -> None:
    """Example B at Christmas: Maria is paid half as much again. Example E at Easter: Nia does not come."""
    christmas = week_grid.week(read(examples.b()), RATES, 2)
    assert [(each.day, [(w.name, more) for w, more in each.more]) for each in christmas.holidays] == [
        (date(2026, 12, 25), [("Maria", 5000)])
    ]
    easter = week_grid.week(read(examples.e()), RATES, 11)
    assert [(each.day, [worker.name for worker in each.off]) for each in easter.holidays] == [
        (date(2027, 3, 26), ["Nia"])
    ]
    assert hours(easter)["Nia day"] == [3, 3, 3, 3, 0, 0, 0]
    assert easter.in_term == (True, True, True, True, False, False, False)


def test_fortnights_and_days_outside_the_budget() -> None:
    """A budget that begins on a Wednesday: Monday and Tuesday are not in it, and every other fortnight is free."""
    records = Records(
        examples.budget("2026-12-09", "2027-02-03"),
        [{"id": "w", "name": "Jo", "employed_as": "agency"}],
        [shift("s", "w", "20.00", examples.on("4", "mon", "thu"), weeks="first_fortnight")],
    )
    budget = read(records)
    assert week_grid.week(budget, RATES, 0).inside == (False, False, True, True, True, True, True)
    found = [hours(week_grid.week(budget, RATES, number))["Jo day"] for number in range(week_grid.count(budget))]
    assert [(each[0], each[3]) for each in found] == [
        (0, 4), (4, 4), (4, 0), (0, 0), (0, 4), (4, 4), (4, 0), (0, 0), (0, 0)
    ]  # fmt: skip
    assert week_grid.week(budget, RATES, 99) == week_grid.week(budget, RATES, 8)


WEEKS = st.sampled_from(["every", "term", "holiday", "first_fortnight", "second_fortnight"])
BANK = st.fixed_dictionaries({"bank_holidays": st.sampled_from(["as_usual", "off"]), "bank_hours": st.just("2")})
HOURS = st.dictionaries(
    st.sampled_from(["mon", "tue", "fri", "sun"]), st.sampled_from(["3", "7:30", "0:20"]), min_size=1
)
LINE = st.builds(
    lambda days, weeks, bank, begins: {**days, "weeks": weeks, **bank, "from_date": begins},
    HOURS | st.just({"weekly": "20"}), WEEKS, BANK, st.sampled_from(["", "2027-03-30"]),
)  # fmt: skip


@pytest.mark.parametrize("name", ["A", "B", "E", "F"])
def test_the_weeks_of_an_example_have_all_its_hours(name: str) -> None:
    """Every minute that is paid stands in one week, and none twice."""
    _compare({"A": examples.a(), "B": examples.b(), "E": examples.e(), "F": examples.f()}[name])


@given(lines=st.lists(LINE, min_size=1, max_size=4), first=st.dates(date(2027, 3, 15), date(2027, 3, 28)))
def test_the_weeks_have_all_the_hours(lines: list[dict[str, str]], first: date) -> None:
    """Whatever the weeks, bank holidays and first days: the weeks together have the hours that are paid."""
    shifts = [shift(f"s{number}", f"w{number % 2}", "20.00", {}, **line) for number, line in enumerate(lines)]
    workers = [{"id": f"w{number}", "employed_as": "agency"} for number in range(2)]
    _compare(Records(examples.budget(first.isoformat(), "2027-06-06", term_dates=examples.TERMS), workers, shifts))


def _compare(records: Records) -> None:
    budget = read(records)
    weeks = [week_grid.week(budget, RATES, number) for number in range(week_grid.count(budget))]
    shown = sum((comes.total for week in weeks for comes in week.comes), Fraction(0))
    paid = Fraction(0)
    for each in budget.shifts:
        within = budget.period.overlap(each.first, each.last)
        for part in tax_years(within).values() if within else ():
            paid += shift_lines.worked(budget, RATES, each, part).total
    assert shown == paid
    assert [day for week in weeks for day, is_in in zip(week.period, week.inside, strict=True) if is_in] == list(
        budget.period
    )
