"""Names that are offered where a name is asked: who is at the visit, the person, who is around or paid, the team."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from phb_tui.domain.calendar import dates
from phb_tui.domain.people import person_facts
from phb_tui.domain.records.changes import Record
from phb_tui.errors import UnknownRecord
from phb_tui.i18n import _
from phb_tui.services.person import caseload
from phb_tui.services.records import record_lists, roster
from phb_tui.services.session import Session
from phb_tui.services.visit import visits


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whose name is offered.

    Attributes:
        name: The name.
        who: Who they are, such as "Daughter or son"; "" when that is not known.
    """

    name: str
    who: str


def offers(session: Session, person_id: str, sources: Iterable[str]) -> list[Named]:
    """The names of some sources, each name once.

    Args:
        session: The session.
        person_id: The person that the record is about.
        sources: Names of `SOURCES`, most likely first.
    """
    found: dict[str, Named] = {}
    for source in sources:
        for named in _SOURCES[source](session, person_id):
            if named.name.strip():
                found.setdefault(named.name.casefold(), named)
    return list(found.values())


def _person(session: Session, person_id: str) -> Iterator[Named]:
    try:
        person = caseload.person(session, person_id)
    except UnknownRecord:
        return  # somebody new, of whom nothing is kept yet
    yield Named(person_facts.full_name(person), _("The person"))


def _present(session: Session, person_id: str) -> Iterator[Named]:
    visit = visits.todays(session, person_id)
    there = visits.attendees(session, visit) if visit else []
    for record in sorted(there, key=lambda record: record.text("speaks_for") == "nhs"):  # who asks comes last
        yield Named(record.text("name"), record.text("role"))


def _around(kind: str) -> Callable[[Session, str], Iterator[Named]]:
    def found(session: Session, person_id: str) -> Iterator[Named]:
        for record in record_lists.of(session, kind, person_id):
            if not record_lists.has_ended(session, record):
                yield Named(record.text("name"), _who(session, record))

    return found


def _who(session: Session, record: Record) -> str:
    return " ".join(record_lists.display(session, record, visits.KNOWN[record.kind]).split())


def _workers(session: Session, person_id: str) -> Iterator[Named]:
    for record in record_lists.of(session, "worker", person_id):
        if not record_lists.has_ended(session, record):
            yield Named(record.text("name"), record_lists.display(session, record, "employed_as"))


def _team(session: Session, _person_id: str) -> Iterator[Named]:
    for name in sorted(roster.printed_names(session).values(), key=str.casefold):
        yield Named(name, _("in your team"))


def _payees(session: Session, person_id: str) -> Iterator[Named]:
    """Who was paid before, the last one first, with the amount and the day."""
    found = record_lists.of(session, "purchase", person_id)
    for record in sorted(found, key=lambda each: dates.sort_key(each.text("date")), reverse=True):
        shown = (record_lists.display(session, record, name) for name in ("amount", "date"))
        yield Named(" ".join(record.text("payee").split()), ", ".join(filter(None, shown)))


_SOURCES: Mapping[str, Callable[[Session, str], Iterator[Named]]] = {
    "present": _present,
    "person": _person,
    "contacts": _around("contact"),
    "professionals": _around("professional"),
    "workers": _workers,
    "team": _team,
    "payees": _payees,
}
