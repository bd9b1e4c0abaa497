"""The two start dates from which reviews are counted: the first payment, and eligibility."""

from datetime import date

import pytest

from phb_tui.domain.plan import review_dates
from phb_tui.domain.records.changes import Record, Value


def record(kind: str, **values: Value) -> Record:
    """A record of somebody."""
    return Record("team", kind, kind, "person", values)


def due(reviewed_on: str = "", management: str = "", first_payment: str = "", **eligibility: Value) -> list[str]:
    """The days on which reviews are due, as they are at the end of the calendar."""
    return due_on(date.max, reviewed_on, management, first_payment, **eligibility)


def due_on(today: date, reviewed_on: str, management: str, first_payment: str, **eligibility: Value) -> list[str]:
    """The days on which reviews are due, as they are on a day."""
    found = review_dates.by_law(
        record("care_plan", reviewed_on=reviewed_on),
        record("setup", management=management, first_payment=first_payment),
        record("eligibility", **eligibility),
        today,
    )
    return [review.due.isoformat() for review in found]


@pytest.mark.parametrize(
    ("way", "counts"),
    [("direct_payment", True), ("managed_account", True), ("mixed", True), ("notional", False), ("third_party", False)],
)
def test_direct_payments_are_reviewed_three_months_after_the_first(way: str, *, counts: bool) -> None:
    """A managed account and a mixture count as direct payments; the end of a month is clamped."""
    assert due(management=way, first_payment="2026-11-30") == (["2027-02-28"] if counts else [])


@pytest.mark.parametrize("tick", ["cohort:adult_nhs_chc", "cohort:cyp_continuing_care", "cohort:chc_fast_track"])
def test_continuing_care_is_reviewed_three_months_after_eligibility(tick: str) -> None:
    """NHS Continuing Healthcare and children's continuing care are reviewed from the day of eligibility."""
    assert due(decided_on="2026-03-01", **{tick: "yes"}) == ["2026-06-01"]
    assert due(decided_on="2026-03-01", **{"cohort:nhs_wheelchair": "yes"}) == []


def test_both_start_dates_count_and_the_earlier_review_comes_first() -> None:
    """Somebody with both has two dates; a review satisfies both until twelve months later."""
    both: dict[str, Value] = {"decided_on": "2026-01-15", "cohort:adult_nhs_chc": "yes"}
    assert due("", "direct_payment", "2026-03-01", **both) == ["2026-04-15", "2026-06-01"]
    assert due("2026-06-10", "direct_payment", "2026-03-01", **both) == ["2027-06-10", "2027-06-10"]


def test_a_review_before_the_first_payment_does_not_count() -> None:
    """What was reviewed before the start date does not move the first review."""
    assert due("2026-02-01", "direct_payment", "2026-03-01") == ["2026-06-01"]


@pytest.mark.parametrize("reviewed_on", ["2027-03-01", "2026-11-26", "2027", "about 2027-01"])
def test_a_review_in_the_future_has_not_happened(reviewed_on: str) -> None:
    """A last review with a wrong year does not move the date by which the first review is due."""
    assert due_on(date(2026, 11, 25), reviewed_on, "direct_payment", "2026-06-30") == ["2026-09-30"]
    assert due_on(date(2027, 12, 31), reviewed_on, "direct_payment", "2026-06-30") != ["2026-09-30"]


def test_a_leap_day_is_clamped() -> None:
    """Twelve months after 29 February is 28 February."""
    assert due("2028-02-29", "direct_payment", "2027-12-01") == ["2029-02-28"]
    assert date(2029, 2, 28).isoformat() == "2029-02-28"


@pytest.mark.parametrize("kept", ["", "soon", "\x00", "9" * 5000])
def test_an_invalid_start_date_gives_no_review(kept: str) -> None:
    """What is no date makes no review and never raises."""
    assert due("", "direct_payment", kept) == []


def test_a_date_at_the_end_of_the_calendar_is_due_on_its_last_day() -> None:
    """Three months after the last month there is, no reader raises."""
    assert due("", "direct_payment", "9999-12") == ["9999-12-31"]
