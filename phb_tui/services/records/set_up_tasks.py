"""A person's tasks of setting up: which are made, which are not needed any more, and when each is due."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from phb_tui.content import completeness_rules, forms
from phb_tui.content.completeness_rules import SetUpTask
from phb_tui.domain.budget import purposes
from phb_tui.domain.calendar import dates
from phb_tui.domain.people import workers
from phb_tui.domain.plan import set_up
from phb_tui.domain.plan.set_up import Situation
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import REMOVED, YES, Change, Record, Value
from phb_tui.services.records import reading
from phb_tui.services.session import Session
from phb_tui.store import records

ONE_OFF = "one_off"
USUAL_WAY = "direct_payment"
"""How a budget is managed that says nothing else."""
MADE_FOR = "made_for"
"""Field of a task of setting up: the way it was made for."""
DECIDING: Mapping[str, frozenset[str]] = {
    "setup": frozenset({"management", "start_date"}),
    "worker": frozenset({"employed_as", "start_date", "end_date", REMOVED}),
    "budget": frozenset({"nature", "purpose", "management", REMOVED}),
    "eligibility": frozenset({"nature"}),
}
"""Fields that decide which tasks are needed and by when, by kind of record."""

Edits = Iterator[tuple[Record, dict[str, Value]]]
"""Tasks, each with what is to be written in it."""


class Around:
    """What is known about a person, with what is about to be kept over it.

    Args:
        session: The session.
        person_id: The person.
        coming: Records that are about to be kept, by id.
    """

    def __init__(self, session: Session, person_id: str, coming: Mapping[str, Record] | None = None) -> None:
        self._session, self._person_id, self._coming = session, person_id, coming or {}

    def single(self, kind: str) -> Record:
        """The record that a person has one of."""
        record_id = record_ids.single_id(self._person_id, kind)
        held = self._coming.get(record_id)
        return held or reading.read(self._session, kind, record_id, self._person_id)

    def all_of(self, kind: str) -> list[Record]:
        """Every record of a kind that is not removed."""
        found = records.of_person(self._session.store.db, self._session.team_id, self._person_id, kind)
        there = {record.record_id: record for record in found}
        there |= {record_id: record for record_id, record in self._coming.items() if record.kind == kind}
        return [record for record in there.values() if record.text(REMOVED) != YES]


def agreed_way(session: Session, person_id: str) -> str:
    """The way of managing that was agreed; of a one-off budget its own, so that nothing else has to be filled in."""
    return situation(session, person_id).way


def wanted(session: Session, person_id: str) -> tuple[SetUpTask, ...]:
    """The tasks that are needed as things are, in their order."""
    now = situation(session, person_id)
    return tuple(task for task in completeness_rules.set_up_tasks() if not set_up.why_not(task, now))


def situation(session: Session, person_id: str, coming: Mapping[str, Record] | None = None) -> Situation:
    """What decides about a person's tasks.

    Args:
        session: The session.
        person_id: The person.
        coming: Records that are about to be kept, by id.
    """
    around = Around(session, person_id, coming)
    budgets = purposes.meant(around.all_of("budget"))
    agreed = around.single("setup")
    if budgets:
        is_one_off = all(budget.text("nature") == ONE_OFF for budget in budgets)
    else:
        is_one_off = around.single("eligibility").text("nature") == ONE_OFF
    way = agreed.text("management")
    if not way and is_one_off:
        way = next((budget.text("management") for budget in budgets), "") or USUAL_WAY
    employed = [each for each in around.all_of("worker") if workers.is_employed(each, session.today)]
    return Situation(way, is_one_off, bool(employed), _first_day(employed, agreed))


def edits(session: Session, person_id: str, coming: Mapping[str, Record] | None = None, *, make: bool = False) -> Edits:
    """What is to be written in tasks: those that are not needed now, those that are again, and those that are new.

    Args:
        session: The session.
        person_id: The person.
        coming: Records that are about to be kept, by id.
        make: Whether every task that is needed is made; otherwise only those of an employer, once others were made.
    """
    now, around = situation(session, person_id, coming), Around(session, person_id, coming)
    db, team_id = session.store.db, session.team_id
    held = {record.record_id: record for record in records.of_person(db, team_id, person_id, "task")}
    begun = any(record.text(MADE_FOR) and record.text(REMOVED) != YES for record in held.values())
    for task in completeness_rules.set_up_tasks():
        record = held.get(record_ids.task_id(person_id, task.id))
        if record is not None:
            if found := set_up.change(record, task, now, session.today):
                yield record, found
        elif not set_up.why_not(task, now) and (make or (begun and task.employs)):
            when = set_up.new(task, now, _since(around, task, session.today), session.today)
            empty = reading.read(session, "task", record_ids.task_id(person_id, task.id), person_id)
            yield empty, {"what": task.what, "who": task.who, MADE_FOR: now.way, **when}


def decides(change: Change) -> bool:
    """Whether a change has to do with which tasks are needed."""
    return bool(change.person_id) and not DECIDING.get(change.kind, frozenset()).isdisjoint(change.fields)


def rank(person_id: str) -> dict[str, int]:
    """The places of the tasks of setting up in their order, by the id of a person's own."""
    return {record_ids.task_id(person_id, task.id): n for n, task in enumerate(completeness_rules.set_up_tasks())}


def _first_day(employed: Sequence[Record], agreed: Record) -> date | None:
    """The first day of those who are employed, else the day on which the support starts."""
    starts = [day for each in employed if (day := dates.first_day(each.text("start_date")))]
    return min(starts, default=dates.first_day(agreed.text("start_date")))


def _since(around: Around, task: SetUpTask, today: date) -> date:
    """The day from which a task's number of weeks counts."""
    named = (field.partition(".") for field in task.since)
    kept = (around.single(kind).text(name) for kind, _dot, name in named if forms.known(kind))
    return min((day for day in map(dates.first_day, kept) if day is not None), default=today)
