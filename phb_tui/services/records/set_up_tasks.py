"""Which set-up tasks a person's plan takes, and which of those that were made it takes no longer."""

from collections.abc import Iterator

from phb_tui.content import completeness_rules
from phb_tui.content.completeness_rules import SetUpTask
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import REMOVED, YES, Record, Value
from phb_tui.services.records import reading
from phb_tui.services.session import Session
from phb_tui.store import records

ONE_OFF, WHAT_IF = "one_off", "what_if"
USUAL_WAY = "direct_payment"
"""How a budget is managed that says nothing else."""


def agreed_way(session: Session, person_id: str) -> str:
    """The way of managing that was agreed; of a one-off budget its own, so that nothing else has to be filled in."""
    way = reading.read(session, "setup", record_ids.single_id(person_id, "setup"), person_id).text("management")
    if way or not is_one_off(session, person_id):
        return way
    return next((budget.text("management") for budget in _budgets(session, person_id)), "") or USUAL_WAY


def wanted(session: Session, person_id: str, way: str) -> tuple[SetUpTask, ...]:
    """The tasks that a way of managing takes; a one-off budget takes few."""
    return completeness_rules.set_up_tasks(way, one_off=is_one_off(session, person_id))


def is_one_off(session: Session, person_id: str) -> bool:
    """Whether every budget of a person is one-off or, while there is none, what was said about eligibility."""
    if budgets := _budgets(session, person_id):
        return all(budget.text("nature") == ONE_OFF for budget in budgets)
    found = reading.read(session, "eligibility", record_ids.single_id(person_id, "eligibility"), person_id)
    return found.text("nature") == ONE_OFF


def superseded(session: Session, person_id: str, way: str) -> Iterator[tuple[Record, dict[str, Value]]]:
    """Tasks that were made and are not wanted now, to be removed, and removed ones that are wanted again."""
    names = {record_ids.task_id(person_id, task.id) for task in wanted(session, person_id, way)}
    for task in records.of_person(session.store.db, session.team_id, person_id, "task"):
        off = task.text(REMOVED) == YES
        if task.text("made_for") and task.record_id not in names and not off and task.text("done") != YES:
            yield task, {REMOVED: YES, "closed_for_way": way}
        elif task.record_id in names and off and task.text("closed_for_way"):
            yield task, {REMOVED: "", "closed_for_way": ""}


def _budgets(session: Session, person_id: str) -> list[Record]:
    """A person's budgets but those that were only tried out."""
    found = records.of_person(session.store.db, session.team_id, person_id, "budget")
    return [each for each in found if each.text(REMOVED) != YES and each.text("purpose") != WHAT_IF]
