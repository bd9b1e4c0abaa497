"""Statutory review dates of a budget, counted from the first direct payment and from eligibility.

The dates are those of rule R20: three months after the first direct payment (regulation 17 of SI 2010/1000: at least
once within the first three months, then at intervals not exceeding twelve), three months after eligibility for NHS
Continuing Healthcare or children's continuing care, and from then on twelve months after the last review.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_

DIRECT_PAYMENTS = {"direct_payment", "managed_account", "mixed"}
"""Ways of managing the money that include direct payments."""
CONTINUING_CARE = ("cohort:adult_nhs_chc", "cohort:chc_fast_track", "cohort:cyp_continuing_care")
"""Eligibility groups (cohorts) whose eligibility has to be reviewed."""
KINDS = ("care_plan", "setup", "eligibility")
"""Kinds of record with the dates; a person has one of each."""
FIRST, AGAIN = 3, 12
"""Months to the first review, and between later reviews."""
SINCE_PAID = N_("3 months since first payment")
SINCE_ELIGIBLE = N_("3 months since found eligible")
SINCE_REVIEW = N_("12 months since the last review")
"""What a review is counted from."""


@dataclass(frozen=True, slots=True)
class Review:
    """A review that falls due.

    Attributes:
        why: What it is counted from, as a message to be looked up.
        due: The day by which it is due.
    """

    why: str
    due: date


def by_law(care_plan: Record, setup: Record, eligibility: Record, today: date) -> list[Review]:
    """The next statutory reviews, the earliest first.

    Args:
        care_plan: Holds the day of the last review.
        setup: Holds the way the money is managed and the first payment.
        eligibility: Holds why the person has a budget and since when.
        today: A review after it has not happened: its year is wrong, and it satisfies nothing.
    """
    reviewed = care_plan.text("reviewed_on")
    last = dates.last_day(reviewed) if dates.is_due(reviewed, today) else None
    found: list[Review] = []
    if setup.text("management") in DIRECT_PAYMENTS:
        since = dates.first_day(setup.text("first_payment"))
        found += _next(since, last, SINCE_PAID)
    if any(eligibility.text(tick) == "yes" for tick in CONTINUING_CARE):
        since = dates.first_day(eligibility.text("decided_on"))
        found += _next(since, last, SINCE_ELIGIBLE)
    return sorted(found, key=lambda review: review.due)


def _next(since: date | None, last: date | None, first: str) -> Iterator[Review]:
    """The next review counted from one start date; none without a start date."""
    if since is not None and last is not None and last >= since:
        yield Review(SINCE_REVIEW, dates.add_months(last, AGAIN))
    elif since is not None:
        yield Review(first, dates.add_months(since, FIRST))
