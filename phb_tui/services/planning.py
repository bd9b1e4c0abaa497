"""How far each of the six steps has come."""

from dataclasses import dataclass

from phb_tui.domain import ids, statements
from phb_tui.domain.changes import Record
from phb_tui.services import talking, writing
from phb_tui.services.session import Session


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


def complete(session: Session, person_id: str, number: int) -> None:
    """Say that a step is done, or take it back.

    Raises:
        NotSaved: The disk refuses.
    """
    record = step_record(session, person_id, number)
    writing.keep(session, record, {"completed": "" if record.text("completed") == "yes" else "yes"})
