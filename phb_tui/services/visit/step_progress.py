"""Progress of the six steps."""

from dataclasses import dataclass

from phb_tui.content import forms, sections
from phb_tui.content.sections import Section
from phb_tui.domain.plan import i_statements
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import n_
from phb_tui.services.decision import ways
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, record_checks, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import conversation
from phb_tui.store import records


@dataclass(frozen=True, slots=True)
class StepProgress:
    """How far a person is in one step.

    Attributes:
        number: 1 to 6.
        said: Statements with an answer, at any visit.
        of: Statements in the step.
        completed: Whether somebody said the step is done.
        written: Whether there is a record of one of its parts.
    """

    number: int
    said: int
    of: int
    completed: bool
    written: bool

    @property
    def has_begun(self) -> bool:
        """Whether anything of it was said, written or done."""
        return self.completed or self.said > 0 or self.written


def progress(session: Session, person_id: str) -> list[StepProgress]:
    """How far a person is in each of the six steps."""
    heard = {r.text("statement") for r in conversation.all_answers(session, person_id) if i_statements.is_answered(r)}
    kinds = records.kinds_of_person(session.store.db, session.team_id, person_id)
    begun = {each.step for each in sections.sections() if not kinds.isdisjoint(each.begun_by)}
    return [
        StepProgress(
            number=step.number,
            said=sum(1 for statement in step.statements if statement.id in heard),
            of=len(step.statements),
            completed=step_record(session, person_id, step.number).text("completed") == "yes",
            written=step.number in begun,
        )
        for step in session.content.steps
    ]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Something to check before a step is completed.

    Attributes:
        sentence: What it is.
        place: The screen that shows it, as other screens know it: "talk:2", "list:goal"; "" when it is a record.
        record: The record it is in, with what was read of it; None when it is in none.
        field: The field of that record; "" when it is about the whole.
    """

    sentence: str
    place: str
    record: Record | None = None
    field: str = ""


def unfinished(session: Session, person_id: str, section: Section) -> list[Unfinished]:
    """Unanswered statements, invalid fields and missing items of one step."""
    kinds = {part.kind for part in section.parts if part.kind}
    found = []
    told = progress(session, person_id)[section.step - 1]
    if told.said < told.of:
        words = n_(
            "{count} statement is not answered yet.", "{count} statements are not answered yet.", told.of - told.said
        )
        found.append(Unfinished(words.format(count=told.of - told.said), f"talk:{section.step}"))
    for record in record_lists.of_kinds(session, sorted(kinds), person_id):
        found += [Unfinished(p.sentence, "", record, p.field) for p in record_checks.problems(session, record)]
    if "setup" in kinds:
        found += [Unfinished(sentence, "one:setup") for sentence in ways.differences(session, person_id)]
    for item in plan_versions.missing_items(session, person_id):
        if item.rule.place in kinds:
            place = "" if item.record else _place(item.rule.place)
            found.append(Unfinished(item.rule.say, place, item.record))
    return found


def _place(kind: str) -> str:
    return f"one:{kind}" if forms.form(kind).single else f"list:{kind}"


def step_record(session: Session, person_id: str, number: int) -> Record:
    """The record of a step; empty when nothing is saved."""
    return editing.read(session, "step", record_ids.step_id(person_id, number), person_id)


def complete(session: Session, person_id: str, number: int) -> None:
    """Mark a step as completed, or undo it.

    Raises:
        NotSaved: The disk refuses.
    """
    record = step_record(session, person_id, number)
    editing.save(session, record, {"completed": "" if record.text("completed") == "yes" else "yes"})
