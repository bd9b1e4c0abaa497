"""Whose names are offered where a name is asked."""

from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import names_here, visits
from phb_tui.store import device_status
from phb_tui.store.database import transaction
from tests.screens.screen_harness import somebody


def around(session: Session, person_id: str, kind: str, **values: str) -> None:
    editing.save(session, record_lists.new(session, kind, person_id), dict(values))


def names(session: Session, person_id: str, *sources: str) -> list[str]:
    return [named.name for named in names_here.offers(session, person_id, sources)]


def test_names_come_from_the_visit_the_person_those_around_them_and_the_team(laptop: Session) -> None:
    """Each source has its own names, in the order in which the sources are asked for."""
    person_id = somebody(laptop).record_id
    around(laptop, person_id, "contact", name="Beth Example", relationship="child")
    around(laptop, person_id, "contact", name="Gone", end_date="2026-01-01")
    around(laptop, person_id, "professional", name="Tom Sample", role="district nurse")
    with transaction(laptop.store.db):
        device_status.save_roster(laptop.store.db, {"people": [["nurse-2", "Sam Officer"]]})
    visit = visits.start(laptop, person_id)
    around(laptop, person_id, "attendee", visit_id=visit.record_id, name="Carys Neighbour", role="neighbour")
    assert names(laptop, person_id, "person") == ["Rhys Price"]
    assert names(laptop, person_id, "present") == ["Carys Neighbour", "Ada Okafor"]
    assert names(laptop, person_id, "contacts", "professionals") == ["Beth Example", "Tom Sample"]
    assert names(laptop, person_id, "team") == ["Ada Okafor", "Sam Officer"]
    found = names_here.offers(laptop, person_id, ("contacts", "professionals", "person"))
    assert [named.who for named in found] == ["Daughter or son", "district nurse", "The person"]


def test_a_name_of_two_sources_is_offered_once(laptop: Session) -> None:
    """Who is at the visit and in the person's life is one line."""
    person_id = somebody(laptop).record_id
    around(laptop, person_id, "contact", name="Beth Example")
    visit = visits.start(laptop, person_id)
    around(laptop, person_id, "attendee", visit_id=visit.record_id, name="Beth Example")
    assert names(laptop, person_id, "present", "contacts") == ["Beth Example", "Ada Okafor"]


def test_somebody_new_has_no_names_yet(laptop: Session) -> None:
    """About a person of whom nothing is kept, only the team is offered."""
    assert names(laptop, "new", "present", "person", "contacts", "team") == ["Ada Okafor"]


def test_those_who_are_paid_to_help_are_offered(laptop: Session) -> None:
    """A worker is offered with how they work, until they have left."""
    person_id = somebody(laptop).record_id
    around(laptop, person_id, "worker", name="Maria Invented", employed_as="employed")
    around(laptop, person_id, "worker", name="Gone", end_date="2026-01-01")
    found = names_here.offers(laptop, person_id, ("workers", "contacts"))
    assert [(named.name, named.who) for named in found] == [("Maria Invented", "Employed by the person, or for them")]
