"""People who are paid to help: who is employed, and which checks before their first day are not written down yet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import REMOVED, YES, Record
from phb_tui.domain.text import letters
from phb_tui.i18n import N_

EMPLOYED = frozenset({"employed", "live_in"})
"""How somebody works for whom the person, or who acts for them, is the employer."""
CHECKED = EMPLOYED | {"self_employed"}
"""How somebody works whom no organisation checks."""
AHEAD = timedelta(days=14)
"""How long before the first day a check that is missing is brought up."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Check:
    """A check that is not written down yet.

    Attributes:
        field: The field of the worker in which it is.
        what: What it is, as a message to be looked up.
        day: The day by which it is to be done; None while nobody knows when they start.
    """

    field: str
    what: str
    day: date | None


def has_ended(worker: Record, today: date) -> bool:
    """Whether somebody does not work any more."""
    return worker.text(REMOVED) == YES or dates.is_past(worker.text("end_date"), today)


def is_employed(worker: Record, today: date) -> bool:
    """Whether somebody is employed by the person, or for them, and has not ended."""
    return worker.text("employed_as") in EMPLOYED and not has_ended(worker, today)


def missing_checks(worker: Record, support_starts: str, today: date) -> list[Check]:
    """The checks of somebody that are not written down yet; none of one who has ended, or whom an organisation checks.

    The right to work, insurance and the DBS check come before the first day, the contract by it.

    Args:
        worker: Their record.
        support_starts: When the support starts, as kept; it counts where their own first day is not written down.
        today: A check after it has not happened.
    """
    if worker.text("employed_as") not in CHECKED or has_ended(worker, today):
        return []
    first = dates.first_day(worker.text("start_date")) or dates.first_day(support_starts)
    before = max(first, date.min + _ONE_DAY) - _ONE_DAY if first else None
    found = [Check("dbs", N_("DBS check"), before)] if worker.text("dbs") in {"", "not_yet"} else []
    return [*found, *_of_an_employer(worker, before, first, today)]


def due_checks(worker: Record, support_starts: str, today: date, until: date) -> list[Check]:
    """The checks that are missing and to be done by a day, or brought up by it; arguments as in `missing_checks`."""
    found = missing_checks(worker, support_starts, today)
    return [check for check in found if check.day is not None and check.day <= until]


def _of_an_employer(worker: Record, before: date | None, first: date | None, today: date) -> Iterator[Check]:
    if worker.text("employed_as") not in EMPLOYED:
        return
    if not dates.is_due(worker.text("right_to_work_on"), today):
        yield Check("right_to_work_on", N_("right to work in the UK"), before)
    if worker.text("insured") != YES:
        yield Check("insured", N_("insurance of the employer"), before)
    if not dates.is_due(worker.text("contract_on"), today):
        yield Check("contract_on", N_("signed contract"), first)


def names_that_ended(workers: Iterable[Record], today: date) -> set[str]:
    """Folded names of those who do not work any more; not the name of somebody who still does."""
    found = list(workers)
    gone, there = set[str](), set[str]()
    for worker in found:
        (gone if has_ended(worker, today) else there).add(folded(worker.text("name")))
    return gone - there - {""}


def folded(name: str) -> str:
    """A name without accents, capitals and double spaces, to be compared."""
    return " ".join(letters.fold(name).split())
