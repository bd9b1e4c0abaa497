"""The caseload: count, pages of lines, search, adding a person."""

from dataclasses import dataclass

from phb_tui.domain.calendar import dates
from phb_tui.domain.people import person_facts, search_terms
from phb_tui.domain.plan.i_statements import step_of
from phb_tui.domain.records.changes import Record
from phb_tui.errors import UnknownRecord
from phb_tui.services.person import overdue_reviews
from phb_tui.services.records import roster
from phb_tui.services.records.editing import new_record
from phb_tui.services.session import Session
from phb_tui.store import records
from phb_tui.store.people import caseload
from phb_tui.store.people.caseload import MOST_FOUND, Row

__all__ = ["MOST_FOUND", "Line", "add", "count", "find", "lines", "lines_of", "person", "row_of", "transferred_to"]


@dataclass(frozen=True, slots=True)
class Line:
    """One person in the list.

    Attributes:
        person_id: The person.
        name: The full name, family name last.
        born: The date of birth in short form; "" when unknown.
        nhs_number: As kept; "" when there is none.
        next_visit: In short words; "" when none is planned.
        step: The last step with an answer; 0 for none.
        waiting: Whether a change about them has not been sent.
        conflict: Whether a record about them has an open conflict.
        same_name: Whether somebody else on the list has the same name.
        same_number: Whether somebody else on the list has the same NHS number.
        review_overdue: Whether a review is due by today.
        died: When they died, in short words; "" else.
    """

    person_id: str
    name: str
    born: str
    nhs_number: str
    next_visit: str
    step: int
    waiting: bool
    conflict: bool
    same_name: bool = False
    same_number: bool = False
    review_overdue: bool = False
    died: str = ""


def count(session: Session) -> int:
    """The number of people in the caseload."""
    return caseload.count(session.store.db, session.team_id)


def lines(session: Session, start: int, most: int) -> list[Line]:
    """One page of the list, in order of family name."""
    return [_line(session, row) for row in caseload.page(session.store.db, session.team_id, start, most)]


def row_of(session: Session, person_id: str) -> int | None:
    """The index of a person in that order, from 0; None when they are not in the list."""
    return caseload.row_of(session.store.db, session.team_id, person_id)


def find(session: Session, typed: str) -> list[str]:
    """Search the caseload; return at most `MOST_FOUND` person ids.

    The text may be part of a name, NHS number, phone number, name of a contact, or a date of birth.
    """
    return caseload.find(session.store.db, session.team_id, search_terms.asked(typed, session.today))


def lines_of(session: Session, person_ids: list[str]) -> list[Line]:
    """The lines of some people, in the order given."""
    return [_line(session, row) for row in caseload.by_ids(session.store.db, session.team_id, person_ids)]


def add(session: Session) -> Record:
    """A new person's record; they are listed as soon as a field of it is saved."""
    return new_record(session, "person", None)


def person(session: Session, person_id: str) -> Record:
    """Read a person's record.

    Raises:
        UnknownRecord: They are not on this laptop.
    """
    found = records.get(session.store.db, session.team_id, person_id)
    # What was typed when they left waits here until it has gone after them; that is not the person.
    if found is None or found.kind != "person" or records.transferred_to(session.store.db, session.team_id, person_id):
        raise UnknownRecord("This person is not on this laptop. Press F5 to get the newest changes, then look again.")
    return found


def transferred_to(session: Session, person_id: str) -> str:
    """The name of the team a person was transferred to; "" while they are this team's."""
    to = records.transferred_to(session.store.db, session.team_id, person_id)
    return dict(roster.teams(session)).get(to, to)


def _line(session: Session, row: Row) -> Line:
    return Line(
        person_id=row.person.record_id,
        name=person_facts.full_name(row.person),
        born=person_facts.date_of_birth(row.person),
        nhs_number=person_facts.shown_nhs_number(row.person, whole=True),
        next_visit="" if person_facts.has_died(row.person) else dates.in_short(row.person.text("next_visit")),
        step=max((step_of(statement) for statement in row.answered), default=0),
        waiting=row.waiting,
        conflict=row.conflict,
        same_name=row.same_name,
        same_number=row.same_number,
        review_overdue=bool(overdue_reviews.overdue(session, row.person, row.review_records)),
        died=" ".join(dates.in_short(row.person.text("died_on")).split()) if person_facts.has_died(row.person) else "",
    )
