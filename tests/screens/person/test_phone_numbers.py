"""Phone numbers stand where the people around a person stand."""

import pytest

from phb_tui.content.sections import section
from phb_tui.domain.records.changes import Record
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.person.section import SectionScreen
from phb_tui.services.person import phone_numbers
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import opened_screen, painted, somebody

pytestmark = pytest.mark.anyio


def contact(session: Session, person: Record, name: str, number: str = "", **values: str) -> Record:
    new = record_lists.new(session, "contact", person.record_id)
    return editing.save(session, new, {"name": name, "contact": number, **values})


async def test_a_list_of_people_has_their_numbers(session: Session) -> None:
    """A line about somebody in the person's life has the name, who they are and the number."""
    person = somebody(session)
    contact(session, person, "Beth Example", "01632 960 001", relationship="child")
    async with opened_screen(session, SectionScreen(person.record_id, section("people"))) as pilot:
        assert "Beth Example - Daughter or son - 01632 960 001" in painted(pilot)


async def test_a_carers_number_stands_on_the_persons_page(session: Session) -> None:
    """The person's page has the name and the number of their carer, at 80 columns."""
    person = somebody(session)
    contact(session, person, "Bea Price", "01632 960 002")
    contact(session, person, "Beth Example", "01632 960 001", is_carer="yes")
    async with opened_screen(session, PersonOverviewScreen(person.record_id)) as pilot:
        assert "Beth Example 01632 960 001" in painted(pilot)


def test_who_is_rung_first(session: Session) -> None:
    """A carer with a number comes first, then whoever has one; nobody without one, and nobody who has left."""
    person = somebody(session)
    assert phone_numbers.first_to_ring(session, person.record_id) is None
    contact(session, person, "Gone", "01632 960 003", end_date="2026-01-01")
    contact(session, person, "Silent", is_carer="yes")
    assert phone_numbers.first_to_ring(session, person.record_id) is None
    friend = contact(session, person, "Bea Price", "01632 960 002")
    assert phone_numbers.first_to_ring(session, person.record_id) == friend
    carer = contact(session, person, "Beth Example", "01632 960 001", is_carer="yes")
    assert phone_numbers.first_to_ring(session, person.record_id) == carer
