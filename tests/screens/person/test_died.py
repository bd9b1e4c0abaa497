"""Death is written down with who said it; what follows is worked out, so that taking it back opens everything again."""

import pytest

from phb_tui.domain.calendar import dates
from phb_tui.domain.people import person_facts
from phb_tui.domain.records.changes import Record, Value
from phb_tui.screens.caseload.people_row import line_words
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.person.tasks import TasksScreen
from phb_tui.screens.visit.today import TodayScreen
from phb_tui.services.person import caseload, reminders
from phb_tui.services.records import editing, record_checks, record_lists
from phb_tui.services.session import Session
from phb_tui.services.sync import sync_service
from phb_tui.services.visit import visits
from tests.screens.screen_harness import lines, opened_screen, painted, shown, somebody, type_in

pytestmark = pytest.mark.anyio


def busy(session: Session) -> Record:
    """Somebody with a visit to come, a late task, an overdue review and a carer without an offer."""
    person = somebody(session, next_visit="2026-12-01")
    written: list[tuple[str, dict[str, Value]]] = [
        ("task", {"what": "Ring the bank", "by_when": "2026-11-01"}),
        ("goal", {"words": "Sing", "review_date": "2026-11-01"}),
        ("contact", {"name": "Bea", "is_carer": "yes"}),
        ("action", {"what": "Ask about a lift", "by_when": "soon"}),
    ]
    for kind, values in written:
        editing.save(session, record_lists.new(session, kind, person.record_id), values)
    plan = record_lists.single(session, "care_plan", person.record_id)
    editing.save(session, plan, {"review_date": "2026-10-01"})
    return caseload.person(session, person.record_id)


def test_nothing_is_due_any_more_and_nothing_is_written(session: Session) -> None:
    """The person leaves what is due and the reviews by one change; taking the date back opens everything again."""
    person = busy(session)
    before = reminders.due(session, person.record_id)
    line = caseload.lines(session, 0, 9)[0]
    assert len(before) >= 4
    assert (line.next_visit, line.review_overdue) == ("1 Dec 2026", True)
    changes = sync_service.status(session).waiting
    died = editing.save(session, person, {"died_on": "3 March 2026", "died_said_by": "Bea, his sister"})
    assert sync_service.status(session).waiting == changes + 1
    assert reminders.due(session, person.record_id) == []
    gone = caseload.lines(session, 0, 9)[0]
    assert (gone.next_visit, gone.review_overdue, gone.died) == ("", False, "3 Mar 2026")
    assert "died 3 Mar 2026" in line_words(gone, 74)
    assert len(reminders.to_do(session, person.record_id)) == 2
    editing.save(session, died, {"died_on": ""})
    assert [item.words for item in reminders.due(session, person.record_id)] == [item.words for item in before]
    assert caseload.lines(session, 0, 9)[0] == line


@pytest.mark.parametrize(
    ("kept", "sentence"),
    [
        ("2026-03-03", "Rhys died on 3 March 2026."),
        ("2026-03", "Rhys died in March 2026."),
        ("about 2026", "Rhys died in about 2026."),
        ("some time last week", "Rhys has died: some time last week."),
        ("", ""),
        (" ", ""),
    ],
)
def test_the_sentence_says_what_is_known(kept: str, sentence: str) -> None:
    """A day, a month, a year or words: each makes a calm sentence, and none makes none."""
    assert person_facts.death(Record("t", "person", "p", "p", {"given_name": "Rhys", "died_on": kept})) == sentence


@pytest.mark.parametrize("typed", ["n/a", "N/A.", "no", "-", "?", "none", "Not applicable", "alive", "\u200b"])
def test_words_that_say_nobody_died_are_no_death(session: Session, typed: str) -> None:
    """They stop no clock and no screen says that the person has died; the field still asks for a date."""
    person = editing.save(session, busy(session), {"died_on": typed})
    assert not person_facts.has_died(person)
    assert person_facts.death(person) == ""
    assert caseload.lines(session, 0, 9)[0].died == ""
    assert reminders.due(session, person.record_id)


async def test_every_screen_says_it_and_the_family_reads_only_that(session: Session) -> None:
    """At the top of each screen; turned to the family, without who said it and without what it means for the office."""
    person = editing.save(session, busy(session), {"died_on": "3 March 2026", "died_said_by": "Bea, his sister"})
    about = person.record_id
    for screen in (PersonOverviewScreen(about), TodayScreen(about), TasksScreen(about), FormScreen(person)):
        async with opened_screen(session, screen, (160, 48)) as pilot:
            assert "Rhys died on 3 March 2026. Reviews and tasks are no longer due." in shown(pilot, "#alerts-head")
            pilot.app.action_family()  # type: ignore[attr-defined]
            await pilot.pause()
            assert "Rhys died on 3 March 2026." in shown(pilot, "#alerts-head")
            assert "no longer due." not in shown(pilot, "#alerts-head")
            assert "his sister" not in painted(pilot)


@pytest.mark.parametrize("turned", [True, False], ids=["family view", "a visit is open"])
async def test_words_in_the_place_of_the_date_are_for_staff(session: Session, *, turned: bool) -> None:
    """What others may read is that the person has died; words about how, and who said it, are on no screen for them."""
    words: dict[str, Value] = {"died_on": "found by Bea, police are there", "died_said_by": "Bea, his sister"}
    person = editing.save(session, busy(session), words)
    if not turned:
        visits.start(session, person.record_id)
    async with opened_screen(session, PersonOverviewScreen(person.record_id), (160, 48)) as pilot:
        if turned:
            assert "police" in painted(pilot)
            pilot.app.action_family()  # type: ignore[attr-defined]
            await pilot.pause()
        assert "Rhys has died." in shown(pilot, "#alerts-head")
        assert not any(word in painted(pilot) for word in ("police", "sister"))


async def test_tasks_stay_and_are_shown_as_no_longer_due(session: Session) -> None:
    """What was open is still listed, under a heading that says it; nothing is called late."""
    person = editing.save(session, busy(session), {"died_on": "3 March 2026"})
    async with opened_screen(session, TasksScreen(person.record_id)) as pilot:
        listed = lines(pilot, "#to-do")
        assert "No longer due" in listed
        assert "Due now" not in listed
        assert any(line.startswith("Ring the bank") for line in listed)


@pytest.mark.parametrize("typed", ["yesterday", "3/3/26", "3 March 2026"])
def test_a_death_of_these_days_is_read_and_not_questioned(session: Session, typed: str) -> None:
    """It is no birth: a day of this year, or a year of two figures, is a date, and nobody asks to check the year."""
    died = editing.save(session, somebody(session), {"died_on": typed})
    assert dates.parse(died.text("died_on"))
    assert [problem.field for problem in record_checks.problems(session, died)] == []


async def test_death_is_written_and_taken_back_by_keys(session: Session) -> None:
    """From the person's menu to the field; the head says it on leaving the field, and no longer once it is empty."""
    person = somebody(session)
    async with opened_screen(session, PersonOverviewScreen(person.record_id)) as pilot:
        await pilot.press("ctrl+d")
        await pilot.pause()
        await type_in(pilot, "died_on", "3 3 2026")
        await pilot.press("tab")
        await pilot.pause()
        assert "Rhys died on 3 March 2026." in shown(pilot, "#alerts-head")
        await pilot.press("shift+tab", "ctrl+u", "tab")
        await pilot.pause()
        assert "died on" not in shown(pilot, "#alerts-head")
    assert caseload.person(session, person.record_id).text("died_on") == ""
