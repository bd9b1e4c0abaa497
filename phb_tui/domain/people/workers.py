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
INSURED = "insured"
"""Field of a worker: whether whoever employs them is insured."""
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


def missing_checks(worker: Record, support_starts: str, today: date, *, is_insured: bool = False) -> list[Check]:
    """The checks of somebody that are not written down yet; none of one who has ended, or whom an organisation checks.

    The right to work, insurance and the DBS check come before the first day, the contract by it.

    Args:
        worker: Their record.
        support_starts: When the support starts, as kept; it counts where their own first day is not written down.
        today: A check after it has not happened.
        is_insured: Whether the employer's insurance is known, or asked of somebody else: it is one for everybody.
    """
    if worker.text("employed_as") not in CHECKED or has_ended(worker, today):
        return []
    first = dates.first_day(worker.text("start_date")) or dates.first_day(support_starts)
    before = max(first, date.min + _ONE_DAY) - _ONE_DAY if first else None
    found = [Check("dbs", N_("DBS check"), before)] if worker.text("dbs") in {"", "not_yet"} else []
    asked = _of_an_employer(worker, before, first, today)
    return [*found, *(check for check in asked if not (is_insured and check.field == INSURED))]


def due_by(checks: Iterable[Check], until: date) -> list[Check]:
    """The checks that are to be done by a day, or brought up by it."""
    return [check for check in checks if check.day is not None and check.day <= until]


def asked_for_insurance(workers: Iterable[Record], today: date) -> Record | None:
    """The one of several who are employed with whom the employer's insurance is asked for; None where it is known.

    It is the employer's, and covers everybody who is employed: it is asked once, with whoever begins first.
    """
    employed = [each for each in workers if is_employed(each, today)]
    if any(each.text(INSURED) == YES for each in employed):
        return None
    return min(employed, key=lambda each: (dates.sort_key(each.text("start_date")), each.record_id), default=None)


def _of_an_employer(worker: Record, before: date | None, first: date | None, today: date) -> Iterator[Check]:
    if worker.text("employed_as") not in EMPLOYED:
        return
    if not dates.is_due(worker.text("right_to_work_on"), today):
        yield Check("right_to_work_on", N_("right to work in the UK"), before)
    if worker.text("insured") != YES:
        yield Check(INSURED, N_("insurance of the employer"), before)
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
