"""Trend of a person's answers from visit to visit; "not asked today" is not counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from phb_tui.domain.plan.i_statements import Answer, is_answered
from phb_tui.domain.records.changes import Record


@dataclass(frozen=True, slots=True)
class Point:
    """Counts after one visit.

    Attributes:
        date: The visit's date as kept.
        true: Statements that were true then: the newest answer at or before that visit was "yes".
        heard: Statements that had been answered by then.
    """

    date: str
    true: int
    heard: int


def points(statement_ids: Sequence[str], answers: Iterable[Record], visits: Iterable[Record]) -> list[Point]:
    """A point for each visit at which one of some statements was answered, oldest first.

    Args:
        statement_ids: The statements to count, such as those of one step.
        answers: Every answer of the person.
        visits: Every visit to the person.
    """
    said: dict[str, dict[str, str]] = {}
    for record in answers:
        if record.text("statement") in statement_ids and is_answered(record):
            said.setdefault(record.text("visit_id"), {})[record.text("statement")] = record.text("answer")
    latest: dict[str, str] = {}
    found = []
    for visit in sorted(visits, key=lambda visit: (visit.text("date"), visit.record_id)):
        if visit.record_id in said:
            latest |= said[visit.record_id]
            true = sum(1 for answer in latest.values() if answer == Answer.YES)
            found.append(Point(visit.text("date"), true, len(latest)))
    return found
