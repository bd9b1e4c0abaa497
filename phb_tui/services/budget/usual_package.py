"""A budget beside the usual package of care: what is written about it, and what follows; for staff only."""

from dataclasses import dataclass

from phb_tui.domain.budget import comparison
from phb_tui.domain.budget.amounts import figures
from phb_tui.domain.budget.comparison import Comparison
from phb_tui.domain.budget.reading.fields import read_day
from phb_tui.domain.budget.work import Worked
from phb_tui.domain.records.changes import Record
from phb_tui.services.budget import budgets
from phb_tui.services.session import Session

FIELDS = ("instead", "instead_basis", "instead_words", "overlap_weeks")
FUNDING_FIELDS = ("released", "released_from", "funding_from")


@dataclass(frozen=True, slots=True)
class UsualPackage:
    """A budget beside the usual package.

    Attributes:
        budget: Its record, with what is written about the package.
        worked: The budget, worked out.
        found: The comparison; None where the days of the budget or the cost of the package are not known.
        is_known: Whether it is written how the cost of the package is known.
        overlap: For how many weeks both run.
        released: Pence that the old service no longer costs while the budget runs; None where nothing is written.
    """

    budget: Record
    worked: Worked
    found: Comparison | None
    is_known: bool
    overlap: int
    released: int | None


def read(session: Session, budget: Record) -> UsualPackage:
    """Compare a budget with what is written about the usual package; what cannot be read counts as not written."""
    worked = budgets.worked(session, budgets.read(session, budget))
    instead, released = (figures.read_money(budget.text(name)) for name in ("instead", "released"))
    overlap = figures.read_count(budget.text("overlap_weeks")) or 0
    found = freed = None
    if worked.budget is not None:
        period = worked.budget.period
        if instead is not None:
            found = comparison.compare(worked.totals, period.days, instead, overlap)
        if released is not None:
            freed = comparison.released(period, released, read_day(budget.text("released_from")))
    is_known = budget.text("instead_basis") not in {"", "not_known"}
    return UsualPackage(budget, worked, found, is_known, overlap, freed)
