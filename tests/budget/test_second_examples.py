"""The worked examples with known pence come out of the second calculation, line by line."""

from datetime import date

import pytest

from tests.budget.second_calculation import split, work_out
from tests.budget.second_dates import bank_holidays_between
from tests.budget.second_examples import WEEKDAYS, cost, example_a, example_b, example_e, example_h, given, pence, shift


def test_example_a_with_the_allowance() -> None:
    """Every line and total of facts.md 4.4 comes out."""
    result = work_out(example_a())
    assert result["problems"] == []
    assert pence(result) == {
        "a 2026/27": 33600 * 52,
        "a bank 2026/27": 50400,
        "b 2026/27": 22400 * 52,
        "b2 2026/27": 12400 * 52,
        "c 2026/27": 12400 * 52,
        "A training": 22400,
        "B training": 22400,
        "C training": 22400,
        "insurance": 12000,
        "payroll": 44200,
        "course": 27000,
        "dbs": 14850,
        "umbrella": 3924,
        "advert": 15000,
        "A holiday 2026/27": 219674,
        "A ni 2026/27": 230951,
        "A pension 2026/27": 42470,
        "A ssp": 24650,
        "B holiday 2026/27": 221122,
        "B ni 2026/27": 232968,
        "B pension 2026/27": 42874,
        "B ssp": 24650,
        "C holiday 2026/27": 80531,
        "C ni 2026/27": 37160,
        "C pension 2026/27": 0,
        "C ssp": 23008,
        "allowance 2026/27": -501079,
    }
    assert result["totals"] == {
        "recurring": 5081379,
        "weekly": 97719,
        "contingency": 390876,
        "start": 33774,
        "one_off": 0,
        "first": 5506029,
    }
    assert [part["pence"] for part in result["instalments"]] == [390879, *[390875] * 12]
    assert result["payments"] == [
        {"what": "start_up", "due_on": "2026-04-06", "pence": 33774},
        {"what": "contingency", "due_on": "2026-04-06", "pence": 390876},
    ]
    assert result["provisional"] == [f"{line} 2026/27" for line in ("a", "b", "b2", "c")]


def test_example_a_without_the_allowance() -> None:
    """Without the allowance the totals are those of facts.md 4.4 and there is no credit."""
    result = work_out(example_a("unsure"))
    totals = result["totals"]
    assert (totals["recurring"], totals["weekly"], totals["contingency"]) == (5582458, 107355, 429420)
    assert totals["first"] == 6045652
    assert "allowance 2026/27" not in pence(result)


def test_opting_in_costs_what_the_example_says() -> None:
    """Example A's third worker who opts in gets a pension of 37.12."""
    opted = example_a()
    opted["workers"][2]["pension"] = "opted_in"
    assert pence(work_out(opted))["C pension 2026/27"] == 3712


def test_example_b_with_the_allowance() -> None:
    """Every line of example B's fixture comes out."""
    result = work_out(example_b())
    assert result["problems"] == []
    found = pence(result)
    years = ("2026/27", "2027/28")
    assert [found["s1 2026/27"], found["s2 2026/27"], found["s2 2027/28"]] == [766920, 28980, 1680840]
    assert [found["s1 bank 2026/27"], found["s2 bank 2026/27"], found["s2 bank 2027/28"]] == [23100, 0, 14490]
    assert [found["s3 2026/27"], found["s4 2026/27"], found["s4 2027/28"]] == [245760, 16080, 562800]
    assert [found["pa1 training"], found["pa2 training"]] == [15840, 15360]
    wanted = {
        "night": [85000, 175000],
        "pa1 holiday": [100765, 204626],
        "pa1 ni": [115616, 234719],
        "pa1 pension": [21897, 44450],
        "pa2 holiday": [43718, 89052],
        "pa2 ni": [0, 73753],
        "pa2 pension": [0, 0],
        "allowance": [-115616, -234719 - 73753],
    }
    assert {name: [found[f"{name} {year}"] for year in years] for name in wanted} == wanted
    assert (found["pa1 ssp"], found["pa2 ssp"]) == (24650, 24650)
    assert result["totals"] == {
        "recurring": 4258178,
        "weekly": 81888,
        "contingency": 327552,
        "start": 27516,
        "one_off": 0,
        "first": 4613246,
    }
    assert [part["pence"] for part in result["instalments"]] == [327554, *[327552] * 12]
    assert set(result["provisional"]) == {"s2 2026/27", "s2 2027/28", "s4 2026/27", "s4 2027/28", "pa1 pension 2027/28"}


def test_example_b_without_the_allowance() -> None:
    """Without the allowance example B's totals and instalments come out."""
    result = work_out(example_b("not_claimed"))
    totals = result["totals"]
    assert (totals["recurring"], totals["weekly"], totals["contingency"]) == (4682266, 90044, 360176)
    assert totals["first"] == 5069958
    assert [part["pence"] for part in result["instalments"]] == [360178, *[360174] * 12]


def test_example_b_if_the_second_worker_were_older_or_opted_in() -> None:
    """What example B says it would cost if the worker of 20 were 21, or opted in to a pension."""
    older = example_b()
    older["workers"][1] = {"id": "pa2", "age": "21", "pension": "opted_in"}
    found = pence(work_out(older))
    assert (found["pa2 ni 2026/27"], found["pa2 pension 2026/27"], found["pa2 pension 2027/28"]) == (36162, 6006, 12257)


@pytest.mark.parametrize(("health", "social", "wanted"), [("50", "50", (50442, 50441)), ("60", "40", (60530, 40353))])
def test_example_c_is_paid_once_and_shared(health: str, social: str, wanted: tuple[int, int]) -> None:
    """The one-off budget of example C is 1,008.83, and the odd penny goes to health."""
    budget = {
        "nature": "one_off",
        "start_date": "2026-12-07",
        "end_date": "2027-12-05",
        "health": health,
        "social": social,
    }
    result = work_out(
        given(
            budget,
            [],
            cost("laptop", "equipment", "379.00"),
            cost("gym", "activity", "29.99", many="12"),
            cost("course", "activity", "144.95"),
            cost("bus", "mileage", "12.50", many="10"),
        )
    )
    assert pence(result) == {"laptop": 37900, "gym": 35988, "course": 14495, "bus": 12500}
    assert result["totals"] == {
        "recurring": 0,
        "weekly": 0,
        "contingency": 0,
        "start": 0,
        "one_off": 100883,
        "first": 100883,
    }
    assert (result["by_stream"]["health"], result["by_stream"]["social"]) == wanted
    assert result["instalments"] == []
    assert result["payments"] == [{"what": "one_off", "due_on": "2026-12-07", "pence": 100883}]


@pytest.mark.parametrize(
    ("repairs", "price", "contribution", "wanted"),
    [("420", "1850", "1425", 227000), ("", "1850", "1425", 185000), ("", "1600", "0", 160000)],
)
def test_example_d_counts_what_the_nhs_pays(repairs: str, price: str, contribution: str, wanted: int) -> None:
    """A wheelchair budget is the NHS's part; the contribution is information."""
    chair = cost("chair", "wheelchair", price, contribution=contribution)
    lines = [chair, cost("repairs", "repair", repairs)] if repairs else [chair]
    budget = {"nature": "wheelchair", "start_date": "2026-12-07", "end_date": "2027-12-05", "management": "third_party"}
    result = work_out(given(budget, [], *lines))
    assert (result["totals"]["first"], result["problems"]) == (wanted, [])
    assert result["by_way"] == {"third_party": wanted}


def test_a_contribution_anywhere_else_is_a_problem_and_the_line_counts() -> None:
    """Only a wheelchair budget may have a contribution."""
    budget = {"start_date": "2026-12-07", "end_date": "2027-12-05"}
    result = work_out(given(budget, [], cost("chair", "wheelchair", "10", contribution="5")))
    assert (result["totals"]["first"], result["problems"]) == (1000, [{"id": "chair", "field": "contribution"}])


def test_example_e_has_three_funders_and_terms() -> None:
    """Every line, total and stream of example E comes out."""
    result = work_out(example_e("9,800.00"))
    assert result["problems"] == []
    assert pence(result) == {
        "term 2026/27": 226800,
        "term 2027/28": 583800,
        "holiday 2026/27": 84000,
        "holiday 2027/28": 420000,
        "pa training": 14000,
        "insurance": 12000,
        "payroll": 44200,
        "task": 18000,
        "nights": 126000,
        "app": 24900,
        "pa holiday 2026/27": 39203,
        "pa ni 2026/27": 35644,
        "pa pension 2026/27": 6189,
        "pa holiday 2027/28": 121159,
        "pa ni 2027/28": 112700,
        "pa pension 2027/28": 19760,
        "pa ssp": 24650,
        "allowance 2026/27": -35644,
        "allowance 2027/28": -112700,
    }
    assert result["by_stream"] == {"health": 895669, "social": 604728, "education": 264264}
    totals = result["totals"]
    assert (totals["recurring"], totals["weekly"], totals["contingency"]) == (1739761, 33457, 66914)
    assert (totals["one_off"], totals["first"]) == (24900, 1831575)


def test_example_e_pays_what_is_left_when_the_allowance_is_nearly_used() -> None:
    """Had 10,460.00 been used, insurance of 316.44 would be left to pay in 2026/27."""
    found = pence(work_out(example_e("10,460.00")))
    assert found["pa ni 2026/27"] + found["allowance 2026/27"] == 31644


def test_example_f_is_managed_by_a_third_party() -> None:
    """A third party's hours and its fee are all there is, without what employing costs."""
    budget = {
        "start_date": "2026-04-06",
        "end_date": "2027-04-04",
        "management": "third_party",
        "contingency_weeks": "2",
    }
    result = work_out(
        given(
            budget,
            [{"id": "isf", "employed_as": "provider"}],
            shift("week", "isf", WEEKDAYS, "7", "24.60"),
            shift("weekend", "isf", "sat sun", "4:00", "26.90"),
            {"id": "fee", "kind": "management_fee", "percent": "5"},
        )
    )
    assert pence(result) == {"week 2026/27": 4477200, "weekend 2026/27": 1119040, "fee": 279812}
    assert result["totals"] == {
        "recurring": 5876052,
        "weekly": 113001,
        "contingency": 226002,
        "start": 0,
        "one_off": 0,
        "first": 6102054,
    }
    assert [part["pence"] for part in result["instalments"]] == [452004] * 13
    assert result["by_way"] == {"third_party": 5876052}


def test_example_h_takes_over_from_a() -> None:
    """The smaller budget that replaces A from 30 November comes out up to its recurring total."""
    result = work_out(example_h())
    found = pence(result)
    assert (found["a 2026/27"], found["a bank 2026/27"], found["A holiday 2026/27"]) == (604800, 28000, 76379)
    assert found["b 2026/27"] + found["b2 2026/27"] == 626400
    assert (found["B holiday 2026/27"], found["A pension 2026/27"], found["B pension 2026/27"]) == (75606, 14795, 14580)
    assert (found["insurance"], found["payroll"], found["A ssp"] + found["B ssp"]) == (4154, 15300, 17066)
    assert found["A ni 2026/27"] + found["B ni 2026/27"] == 159754 == -found["allowance 2026/27"]
    assert (result["totals"]["recurring"], result["totals"]["weekly"]) == (1477080, 82060)


@pytest.mark.parametrize(("hours", "rate", "wanted"), [("3:15", "13.55", 4404), ("0:15", "13.50", 338)])
def test_example_k_rounds_half_a_penny_up(hours: str, rate: str, wanted: int) -> None:
    """Pay is rounded half up once a line."""
    day = {"start_date": "2026-12-07", "end_date": "2026-12-07"}
    found = pence(work_out(given(day, [{"id": "pa", "age": "22_plus"}], shift("s", "pa", "mon", hours, rate))))
    assert found["s 2026/27"] == wanted


def test_example_k_paid_holiday_of_fifty_pence() -> None:
    """12.07% of 0.50 is 0.06."""
    day = {"start_date": "2026-12-07", "end_date": "2026-12-07"}
    found = pence(work_out(given(day, [{"id": "pa", "age": "22_plus"}], shift("s", "pa", "mon", "1", "0.50"))))
    assert found["pa holiday 2026/27"] == 6


@pytest.mark.parametrize(
    ("total", "shares", "wanted"),
    [(100, [33_33, 33_33, 33_34], [33, 33, 34]), (1, [50_00, 50_00, 0], [1, 0, 0])],
)
def test_example_k_shares(total: int, shares: list[int], wanted: list[int]) -> None:
    """Shares go by the largest remainder, ties in the order of the streams."""
    assert split(total, shares) == wanted


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        (date(2026, 4, 6), date(2027, 4, 5), 9),
        (date(2026, 4, 1), date(2027, 3, 31), 10),
        (date(2027, 4, 6), date(2028, 4, 5), 6),
        (date(2026, 12, 7), date(2027, 12, 5), 8),
        (date(2027, 1, 4), date(2028, 1, 2), 7),
    ],
)
def test_bank_holidays_are_those_of_england_and_wales(first: date, last: date, wanted: int) -> None:
    """The numbers of bank holidays that rule R4 gives come out."""
    assert len(bank_holidays_between(first.toordinal(), last.toordinal())) == wanted
