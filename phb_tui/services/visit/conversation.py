"""Conversation: the answers to the I statements at a visit."""

from dataclasses import dataclass

from phb_tui.content.steps import Statement, Step
from phb_tui.domain.plan import i_statements, trends
from phb_tui.domain.plan.trends import Point
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record, Value
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import visits

__all__ = [
    "Point",
    "StatementAnswer",
    "all_answers",
    "answers",
    "answers_before",
    "at_visit",
    "latest",
    "other_voice",
    "other_voices",
    "save_answer",
    "statement_answer",
    "trend",
]


@dataclass(frozen=True, slots=True)
class StatementAnswer:
    """The answers to one statement: of this visit and of the one before.

    Attributes:
        statement: The statement.
        answer: The answer of this visit; without fields when there is none yet.
        last_time: The newest answer of an earlier visit, or None.
        last_date: That visit's date as kept; "" when there was none.
    """

    statement: Statement
    answer: Record
    last_time: Record | None
    last_date: str


def statement_answer(session: Session, visit: Record, statement: Statement) -> StatementAnswer:
    """The answers to a statement at this visit and at the last earlier one that has any."""
    answer_id = record_ids.answer_id(visit.record_id, statement.id)
    answer = editing.read(session, "answer", answer_id, visit.person_id)
    before, when = next(iter(answers_before(session, visit, statement.id)), (None, ""))
    return StatementAnswer(statement, answer, before, when)


def other_voice(session: Session, visit: Record, statement: Statement) -> Record:
    """What somebody else, such as a carer, said about a statement at this visit; a record of its own."""
    voice_id = record_ids.other_voice_id(visit.record_id, statement.id)
    return editing.read(session, "other_voice", voice_id, visit.person_id)


def save_answer(session: Session, visit: Record, record: Record, values: dict[str, Value]) -> Record:
    """Save part of an answer together with its follow-up task.

    Args:
        session: The session.
        visit: The visit it was said at.
        record: The answer as the screen showed it.
        values: Any of answer, words, said_by and would_help.

    Returns:
        The answer as it is now.

    Raises:
        NotSaved: The disk refuses; nothing changed.
    """
    known = record.text("statement")
    statement_id = known or next(
        s.id for s in session.content.statements if record_ids.answer_id(visit.record_id, s.id) == record.record_id
    )
    if not known:
        values = {**values, "statement": statement_id, "visit_id": visit.record_id}
    return editing.save(session, record, values)


def answers(session: Session, visit: Record) -> dict[str, Record]:
    """Every answer of a visit by statement id."""
    return {record.text("statement"): record for record in at_visit(session, visit)}


def at_visit(session: Session, visit: Record) -> list[Record]:
    """All answers of a visit, including duplicates and those without a known statement."""
    found = all_answers(session, visit.person_id or "")
    return [record for record in found if record.text("visit_id") == visit.record_id]


def all_answers(session: Session, person_id: str) -> list[Record]:
    """All answers of a person at any visit."""
    return record_lists.of(session, "answer", person_id)


def other_voices(session: Session, visit: Record) -> list[Record]:
    """All records of what somebody else said at a visit."""
    found = record_lists.of(session, "other_voice", visit.person_id or "")
    return [record for record in found if record.text("visit_id") == visit.record_id]


def trend(session: Session, person_id: str, step: Step) -> list[Point]:
    """Number of true statements of a step after each visit at which one was answered."""
    asked = [statement.id for statement in step.statements]
    return trends.points(asked, all_answers(session, person_id), visits.visits(session, person_id))


def latest(session: Session, person_id: str) -> dict[str, tuple[Record, str]]:
    """The newest answer to each answered statement, with its visit's date as stored."""
    days = {visit.record_id: (visit.text("date"), visit.record_id) for visit in visits.visits(session, person_id)}
    found = [r for r in all_answers(session, person_id) if i_statements.is_answered(r) and r.text("visit_id") in days]
    found.sort(key=lambda record: days[record.text("visit_id")])
    return {record.text("statement"): (record, days[record.text("visit_id")][0]) for record in found}


def answers_before(session: Session, visit: Record, statement_id: str) -> list[tuple[Record, str]]:
    """The answers to a statement at earlier visits, newest first, each with its visit's date as kept."""
    days = {v.record_id: (v.text("date"), v.record_id) for v in visits.visits(session, visit.person_id or "")}
    here = (visit.text("date"), visit.record_id)
    found = [
        (days[record.text("visit_id")], record)
        for record in all_answers(session, visit.person_id or "")
        if record.text("statement") == statement_id
        and record.text("visit_id") in days
        and i_statements.is_answered(record)
    ]
    before = sorted((pair for pair in found if pair[0] < here), key=lambda pair: pair[0], reverse=True)
    return [(record, day) for (day, _visit_id), record in before]
