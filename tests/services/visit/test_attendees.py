"""Who is present at a visit, in one order on every laptop."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import visits
from tests.screens.screen_harness import somebody, unlocked_laptop


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An unlocked laptop."""
    with unlocked_laptop(tmp_path) as found:
        yield found


def test_the_person_stands_first_among_those_present(session: Session) -> None:
    """The person comes first and the others by name, though the ids of these records are of chance."""
    for _ in range(4):  # four people, because chance gives the right order now and then
        person = somebody(session, given_name="Rhys", family_name="Price")
        visit = visits.start(session, person.record_id)
        for name in ("Zoe Example", "bea Example", "Cai Example"):
            new = record_lists.new(session, "contact", person.record_id)
            visits.mark_present(session, visit, editing.save(session, new, {"name": name}))
        visits.mark_present(session, visit, person)
        names = [record.text("name") for record in visits.attendees(session, visit)]
        assert names == ["Rhys Price", session.nurse.name, "bea Example", "Cai Example", "Zoe Example"]
