"""The worked examples come out to the penny, line by line."""

from fractions import Fraction

import pytest

from phb_tui.content import rates
from phb_tui.domain.budget import work
from phb_tui.domain.budget.amounts import pence
from phb_tui.domain.budget.comparison import Comparison, compare
from phb_tui.domain.budget.inputs import Policy
from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.budget.work import Worked
from tests.domain.budget import examples


def worked(records: Records) -> Worked:
    """A budget with the shipped rates and no policy."""
    return work.work(records, rates.shipped(), Policy())


def amounts(found: Worked) -> dict[str, int]:
    """Pence by the id of each line."""
    return {line.id: line.pence for line in found.lines}


def totals(found: Worked) -> tuple[int, int, int, int]:
    """Recurring, weekly, contingency and the first year."""
    return found.totals.recurring, found.totals.weekly, found.totals.contingency, found.totals.first


def of_worker(name: str, year: str, *figures: int) -> dict[str, int]:
    """Holiday, National Insurance and pension of a worker in a tax year."""
    return {f"{name} {what} {year}": each for what, each in zip(("holiday", "ni", "pension"), figures, strict=True)}


def test_three_assistants_in_one_tax_year() -> None:
    """Example A, with and without the allowance."""
    found = worked(examples.a())
    assert amounts(found) == {
        "a 2026/27": 24 * 1400 * 52, "a bank 2026/27": 50400, "b 2026/27": 16 * 1400 * 52, "b2 2026/27": 8 * 1550 * 52,
        "c 2026/27": 644800, "training A": 22400, "training B": 22400, "training C": 22400, "insurance": 12000,
        "payroll": 44200, "courses": 27000, "dbs": 14850, "umbrella": 3924, "recruitment": 15000,
        **of_worker("A", "2026/27", 219674, 230951, 42470), "A ssp": 24650,
        **of_worker("B", "2026/27", 221122, 232968, 42874), "B ssp": 24650,
        **of_worker("C", "2026/27", 80531, 37160, 0), "C ssp": 23008,
        "allowance 2026/27": -501079,
    }  # fmt: skip
    assert totals(found) == (5081379, 97719, 390876, 5506029)
    assert found.totals.start == 33774
    assert [each.pence for each in found.instalments] == [390879, *[390875] * 12]
    assert [(each.what, each.pence) for each in found.payments] == [("start_up", 33774), ("contingency", 390876)]
    assert totals(worked(examples.a("unsure"))) == (5582458, 107355, 429420, 6045652)


def test_two_assistants_over_two_tax_years() -> None:
    """Example B, with and without the allowance."""
    found = worked(examples.b())
    assert amounts(found) == {
        "s1 2026/27": 766920, "s1 bank 2026/27": 23100, "s2 2026/27": 28980, "s2 bank 2026/27": 0,
        "s2 2027/28": 1680840, "s2 bank 2027/28": 14490, "s3 2026/27": 245760, "s4 2026/27": 16080,
        "s4 2027/28": 562800, "s5 2026/27": 85000, "s5 2027/28": 175000, "training 1": 15840, "training 2": 15360,
        "insurance": 12000, "payroll": 44200, "courses": 18000, "dbs": 9900, "umbrella": 2616, "recruitment": 15000,
        **of_worker("pa1", "2026/27", 100765, 115616, 21897), **of_worker("pa1", "2027/28", 204626, 234719, 44450),
        **of_worker("pa2", "2026/27", 43718, 0, 0), **of_worker("pa2", "2027/28", 89052, 73753, 0),
        "pa1 ssp": 24650, "pa2 ssp": 24650, "allowance 2026/27": -115616, "allowance 2027/28": -308472,
    }  # fmt: skip
    assert totals(found) == (4258178, 81888, 327552, 4613246)
    assert [each.pence for each in found.instalments] == [327554, *[327552] * 12]
    assert set(found.provisional) == {"s2 2026/27", "s2 2027/28", "s4 2026/27", "s4 2027/28", "pa1 pension 2027/28"}
    assert totals(worked(examples.b("not_claimed"))) == (4682266, 90044, 360176, 5069958)


def test_what_opting_in_to_a_pension_would_cost_is_said() -> None:
    """Example B: the assistant who is not enrolled could be, for 60.06 and 122.57."""
    lines = {line.id: " ".join(line.working) for line in worked(examples.b()).lines}
    assert "60.06" in lines["pa2 pension 2026/27"]
    assert "122.57" in lines["pa2 pension 2027/28"]


@pytest.mark.parametrize(("shares", "health"), [(("50", "50"), 50442), (("60", "40"), 60530)])
def test_a_one_off_budget_is_divided_to_the_penny(shares: tuple[str, str], health: int) -> None:
    """Example C: an odd penny goes to health, and there is one payment."""
    found = worked(examples.c(*shares))
    assert found.totals.one_off == found.totals.first == 100883
    assert found.by_stream == {"health": health, "social": 100883 - health, "education": 0}
    assert [(each.what, each.pence) for each in found.payments] == [("one_off", 100883)]
    assert found.instalments == ()


def test_a_wheelchair_counts_the_part_of_the_nhs() -> None:
    """Example D: the contribution is information and in no total."""
    assert worked(examples.d("1425.00", "1850.00", "third_party", "420.00")).totals.first == 227000
    assert worked(examples.d("1425.00", "1850.00", "notional")).payments == ()
    assert worked(examples.d("", "1600.00", "third_party")).totals.first == 160000


def test_a_child_in_term_and_holidays() -> None:
    """Example E, and what a smaller rest of the allowance costs."""
    found = worked(examples.e())
    expected = {
        "term 2026/27": 226800, "holiday 2026/27": 84000, "term 2027/28": 583800, "holiday 2027/28": 420000,
        "training": 14000, "insurance": 12000, "payroll": 44200, "task": 18000, "nights": 126000, "app": 24900,
        **of_worker("pa", "2026/27", 39203, 35644, 6189), **of_worker("pa", "2027/28", 121159, 112700, 19760),
        "pa ssp": 24650, "allowance 2026/27": -35644, "allowance 2027/28": -112700,
    }  # fmt: skip
    assert amounts(found) == expected
    assert found.by_stream == {"health": 895669, "social": 604728, "education": 264264}
    assert totals(found) == (1739761, 33457, 66914, 1831575)
    assert amounts(worked(examples.e("2026/27 10,460.00")))["allowance 2026/27"] == -4000


def test_a_third_party_budget_has_no_employment_lines() -> None:
    """Example F: hours at the provider's rates and its fee."""
    found = worked(examples.f())
    assert amounts(found) == {
        "week 2026/27": 1480920, "week 2027/28": 2996280, "weekend 2026/27": 365840, "weekend 2027/28": 753200,
        "fee": 279812,
    }  # fmt: skip
    assert totals(found) == (5876052, 113001, 226002, 6102054)
    assert [each.pence for each in found.instalments] == [452004] * 13


def test_less_at_a_review() -> None:
    """Example H, up to its new recurring sum."""
    found = worked(examples.h())
    assert amounts(found) == {
        "a 2026/27": 604800, "a bank 2026/27": 28000, "b 2026/27": 403200, "b2 2026/27": 223200, "insurance": 4154,
        "payroll": 15300, **of_worker("A", "2026/27", 76379, 80415, 14795), "A ssp": 8533,
        **of_worker("B", "2026/27", 75606, 79339, 14580), "B ssp": 8533, "allowance 2026/27": -159754,
    }  # fmt: skip
    assert found.totals.recurring == 1477080
    assert found.totals.weekly == 82060


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [(Fraction(13, 4) * 1355, 4404), (Fraction(1350, 4), 338), (Fraction(50 * 1207, 10000), 6), (Fraction(-5, 2), -2)],
)
def test_halves_go_up(exact: Fraction, rounded: int) -> None:
    """Example K: rounding is once and halves go up."""
    assert pence.half_up(exact) == rounded


@pytest.mark.parametrize(
    ("sum_", "shares", "parts"),
    [(100, (3333, 3333, 3334), [33, 33, 34]), (1, (5000, 5000, 0), [1, 0, 0]), (-1, (5000, 5000, 0), [0, -1, 0])],
)
def test_a_sum_is_divided_without_a_rest(sum_: int, shares: tuple[int, ...], parts: list[int]) -> None:
    """Example K: the largest rest gets the odd penny, and of equal ones the first."""
    given = dict(zip(("health", "social", "education"), shares, strict=True))
    assert list(pence.divided(sum_, given).values()) == parts


@pytest.mark.parametrize(
    ("instead", "overlap", "expected"),
    [
        (141680, 3, Comparison(7367360, 2285981, 310, 425040, 1827167)),
        (92308, 0, Comparison(4800016, -281363, -59, 0, -315137)),
        (0, 3, Comparison(0, -5081379, None, 0, -5115153)),
    ],
)
def test_a_budget_is_held_against_the_usual_package(instead: int, overlap: int, expected: Comparison) -> None:
    """Example J: what is avoided, in percent, and in the first year; a dearer budget is shown as dearer."""
    found = worked(examples.a())
    assert compare(found.totals, 364, instead, overlap) == expected
