"""The plan's beginnings: About Me, outcomes, actions and how far each step has come."""

from dataclasses import dataclass

from phb_tui.domain import ids, statements
from phb_tui.domain.changes import Record
from phb_tui.services import talking, writing
from phb_tui.services.session import Session
from phb_tui.store import records


@dataclass(frozen=True, slots=True)
class StepProgress:
    """How far a person is in one step.

    Attributes:
        number: 1 to 6.
        said: Statements with an answer, at any visit.
        of: Statements in the step.
        completed: Whether somebody said the step is done.
    """

    number: int
    said: int
    of: int
    completed: bool


def about_me(session: Session, person_id: str) -> Record:
    """A person's About Me; without fields when it is not begun."""
    return writing.read(session, "about_me", ids.about_me_id(person_id), person_id)


def outcomes(session: Session, person_id: str) -> list[Record]:
    """What the person wants to change or keep, oldest first."""
    return _there(session, person_id, "outcome")


def actions(session: Session, person_id: str) -> list[Record]:
    """Every action, oldest first: those under an outcome and those that follow from an answer."""
    return _there(session, person_id, "action")


def actions_of(session: Session, outcome: Record) -> list[Record]:
    """The actions under one outcome, oldest first."""
    found = actions(session, outcome.person_id or "")
    return [action for action in found if action.text("outcome_id") == outcome.record_id]


def new_outcome(session: Session, person_id: str) -> Record:
    """An outcome that does not exist until something is kept in it."""
    return writing.new_record(session, "outcome", person_id)


def new_action(session: Session, outcome: Record) -> Record:
    """An action under an outcome, kept as soon as it has words; see `keep_action`."""
    return writing.new_record(session, "action", outcome.person_id)


def remove(session: Session, record: Record) -> Record:
    """Take an outcome or action off the list; it stays in the history and can be put back."""
    return writing.keep(session, record, {"removed": "yes"})


def progress(session: Session, person_id: str) -> list[StepProgress]:
    """How far a person is in each of the six steps."""
    heard = {r.text("statement") for r in talking.all_answers(session, person_id) if statements.is_answered(r)}
    return [
        StepProgress(
            number=step.number,
            said=sum(1 for statement in step.statements if statement.id in heard),
            of=len(step.statements),
            completed=step_record(session, person_id, step.number).text("completed") == "yes",
        )
        for step in session.content.steps
    ]


def step_record(session: Session, person_id: str, number: int) -> Record:
    """What is noted about one step; without fields when nothing is."""
    return writing.read(session, "step", ids.step_id(person_id, number), person_id)


def _there(session: Session, person_id: str, kind: str) -> list[Record]:
    found = records.of_person(session.store.db, session.team_id, person_id, kind)
    return [record for record in found if record.text("removed") != "yes"]
