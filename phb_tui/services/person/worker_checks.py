"""Checks of those who are paid to help: what is not written down yet, for lists, reminders and what is due."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from phb_tui.domain.calendar import dates
from phb_tui.domain.people import workers
from phb_tui.domain.people.workers import AHEAD, Check
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import YES, Record
from phb_tui.i18n import _
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

INSURANCE = "insurance"
"""Id of the task of setting up that takes out the employer's insurance."""
__all__ = ["AHEAD", "DueChecks", "due", "is_over", "still_missing"]


@dataclass(frozen=True, slots=True)
class DueChecks:
    """The checks of one worker that are due.

    Attributes:
        worker: Whose they are.
        words: Who it is and which checks are missing.
        day: The earliest day by which one of them is to be done.
        field: The field of the first one.
    """

    worker: Record
    words: str
    day: date
    field: str


def due(session: Session, everything: record_lists.Everything, until: date) -> Iterator[DueChecks]:
    """For each worker of a person the checks that are missing and to be done by a day.

    Args:
        session: The session.
        everything: The person's records by kind.
        until: The day.
    """
    starts = "".join(record.text("start_date") for record in everything.get("setup", ())[:1])
    there = everything.get("worker", ())
    asked = _asked_for_insurance(session, there, everything.get("task", ()))
    for worker in there:
        is_insured = worker.record_id != asked
        found = workers.due_by(workers.missing_checks(worker, starts, session.today, is_insured=is_insured), until)
        if not found:
            continue
        name = " ".join(worker.text("name").split()) or _("Someone who is paid")
        words = _("{name}, not seen yet: {checks}").format(name=name, checks=_named(found))
        yield DueChecks(worker, words, min(check.day for check in found if check.day is not None), found[0].field)


def still_missing(session: Session, worker: Record) -> str:
    """What is missing for a worker, and by when, as a sentence; "" for nothing."""
    person_id = worker.person_id or ""
    starts = record_lists.single(session, "setup", person_id).text("start_date")
    there, tasks = (record_lists.of(session, kind, person_id) for kind in ("worker", "task"))
    is_insured = worker.record_id != _asked_for_insurance(session, there, tasks)
    found = workers.missing_checks(worker, starts, session.today, is_insured=is_insured)
    if not found:
        return ""
    day = found[0].day
    if day is None:
        return _("Not seen yet: {checks}").format(checks=_named(found))
    when = dates.in_words(day.isoformat())
    return _("Not seen yet, due by {day}: {checks}").format(day=when, checks=_named(found))


def _asked_for_insurance(session: Session, there: Iterable[Record], tasks: Iterable[Record]) -> str:
    """Id of the worker with whom the employer's insurance is asked for; "" where it is known, or its task is done."""
    found = workers.asked_for_insurance(there, session.today)
    if found is None:
        return ""
    task_id = record_ids.task_id(found.person_id or "", INSURANCE)
    is_done = any(task.record_id == task_id and task.text("done") == YES for task in tasks)
    return "" if is_done else found.record_id


def is_over(session: Session, record: Record, everything: record_lists.Everything) -> bool:
    """Whether a record has ended, or is the sign-off of an assistant who does not work any more."""
    if record.kind != "competency" or record_lists.has_ended(session, record):
        return record_lists.has_ended(session, record)
    gone = workers.names_that_ended(everything.get("worker", ()), session.today)
    return workers.folded(record.text("assistant")) in gone


def _named(found: list[Check]) -> str:
    return ", ".join(_(check.what) for check in found)
