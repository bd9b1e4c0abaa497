"""Records that make no sense are named with the reason, and everything else is not."""

import pytest

from phb_tui.domain.records.changes import Value
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.services.person import unreadable_records
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import conversation, visits
from tests import hostile
from tests.screens.app_harness import agreed, planned, rhys, talk
from tests.screens.screen_harness import choose, lines, opened_screen, shown, somebody

ODD: dict[str, tuple[str, dict[str, Value], str]] = {
    "no statement": ("answer", {"words": "Yes"}, "It does not say which statement it is about."),
    "newer statement": ("other_voice", {"statement": "S9-I9"}, "The statement it is about is from a newer phb-tui."),
    "unknown answer": ("answer", {"statement": "S1-I1", "answer": "maybe"}, "Answer: maybe is not one of the choices."),
    "newer kind": (hostile.NEWER, {"words": "a"}, "It is of a kind that a newer phb-tui made."),
    "parentless": ("action", {"what": "Ring", "goal_id": "nobody"}, "What it belongs to is not on this laptop."),
    "unknown choice": ("money_choice", {"option": "barter"}, "barter is not one of the choices."),
    "number": ("task", {"what": 7}, "there is a number in place of words."),
    "second person": ("person", {"given_name": "Ann"}, "It is a second record about who the person is."),
    "broken plan": ("plan_version", {"number": "1", "plan": "{"}, "cannot be read on this laptop."),
}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.parametrize("name", ODD)
def test_a_record_that_makes_no_sense_is_named(laptop: Session, name: str) -> None:
    """Each sort of record that makes no sense is named, with the reason."""
    kind, values, why = ODD[name]
    person = somebody(laptop)
    hostile.keep(laptop, [hostile.state(laptop, kind, "odd-one", person.record_id, values)])
    found = unreadable_records.of_person(laptop, person.record_id)
    assert [(one.record.record_id, one.why[-len(why) :]) for one in found] == [("odd-one", why)]


def test_what_this_version_writes_is_never_odd(laptop: Session) -> None:
    """Nothing that is written with this version is named: a visit, answers, a plan and its version, tasks."""
    person = rhys(laptop)
    visit = talk(laptop, person)
    voice = conversation.other_voice(laptop, visit, laptop.content.statements[0])
    about = {"statement": laptop.content.statements[0].id, "visit_id": visit.record_id}
    editing.save(laptop, voice, {**about, "who": "Bea", "words": "Never"})
    visits.start(laptop, person.record_id)
    planned(laptop, person)
    agreed(laptop, person)
    assert unreadable_records.of_person(laptop, person.record_id) == []


@pytest.mark.anyio
async def test_the_person_s_page_leads_to_what_is_odd(laptop: Session) -> None:
    """The person's page says how many records cannot be shown as they should, and Enter names them."""
    person = somebody(laptop)
    assert record_lists.everything(laptop, person.record_id)
    hostile.keep(laptop, [hostile.state(laptop, "answer", "odd-one", person.record_id, {"words": "Yes"})])
    async with opened_screen(laptop, PersonOverviewScreen(person.record_id)) as pilot:
        assert "1 record cannot be shown as it should" in lines(pilot, "#tasks")
        await choose(pilot, "#tasks", "1 record cannot be shown")
        assert "It does not say which statement it is about." in shown(pilot, "#page-words")
