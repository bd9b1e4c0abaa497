"""Choosing an answer in a form: what is chosen stays until it is taken back on purpose."""

import pytest

from phb_tui.content import forms
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.visit.today import TodayScreen
from phb_tui.screens.widgets.choice_list import ChoiceList
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import visits
from tests.screens.screen_harness import choose, lines, opened_screen, painted, somebody

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("again", ["enter", "space", "1", "click"])
async def test_what_is_chosen_stays_when_it_is_chosen_once_more(session: Session, again: str) -> None:
    """Enter on the chosen answer, which is how people go on, keeps it; so do Space, its number and a click."""
    record = record_lists.single(session, "money_choice", somebody(session).record_id)
    async with opened_screen(session, FormScreen(record)) as pilot:
        choice = pilot.app.screen.query(ChoiceList).first()
        choice.focus()
        await pilot.press("1")
        await pilot.pause()
        chosen = editing.read(session, record.kind, record.record_id, record.person_id).text(choice.asked.name)
        assert chosen
        if again == "click":
            await pilot.click(choice, offset=(6, 0))
        else:
            await pilot.press(again)
        await pilot.pause()
        now = editing.read(session, record.kind, record.record_id, record.person_id)
        assert now.text(choice.asked.name) == chosen


async def test_an_answer_is_taken_back_on_purpose(session: Session) -> None:
    """Backspace takes the chosen answer back; the hints and F9 offer it only while something is chosen."""
    record = record_lists.single(session, "money_choice", somebody(session).record_id)
    async with opened_screen(session, FormScreen(record)) as pilot:
        choice = pilot.app.screen.query(ChoiceList).first()
        choice.focus()
        await pilot.pause()
        assert "Take back" not in painted(pilot)
        await pilot.press("1")
        await pilot.pause()
        assert "Take back" in painted(pilot)
        await pilot.press("backspace")
        await pilot.pause()
        assert not editing.read(session, record.kind, record.record_id, record.person_id).text(choice.asked.name)


async def test_enter_never_takes_a_tick_away(session: Session) -> None:
    """Enter ticks, and leaves what is ticked; Space takes a tick away."""
    record = record_lists.single(session, "information", somebody(session).record_id)
    async with opened_screen(session, FormScreen(record)) as pilot:
        choice = next(found for found in pilot.app.screen.query(ChoiceList) if found.many)
        choice.focus()
        await pilot.press("enter", "enter")
        await pilot.pause()
        ticked = editing.read(session, record.kind, record.record_id, record.person_id)
        assert record_lists.ticked(ticked, choice.asked.name)
        await pilot.press("space")
        await pilot.pause()
        empty = editing.read(session, record.kind, record.record_id, record.person_id)
        assert not record_lists.ticked(empty, choice.asked.name)


async def test_a_visit_is_closed_with_nothing_filled_in(session: Session) -> None:
    """The button of the closing page closes the visit, whatever else was filled in, and the screen says so."""
    person_id = somebody(session).record_id
    visit = visits.start(session, person_id)
    async with opened_screen(session, TodayScreen(person_id)) as pilot:
        await choose(pilot, "#visit", "Close the visit")
        button = pilot.app.screen.query_one("#continue")
        assert "Close the visit" in painted(pilot)
        button.focus()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert "Closed visit: read or correct it" in lines(pilot, "#visit")
        assert "Done and saved: Close the visit" in painted(pilot)
    assert visits.closing(session, visit).text("visit_id") == visit.record_id


async def test_after_the_last_page_no_key_writes_in_it(session: Session) -> None:
    """PgDn on the last page of a form says so and lets go of the keys."""
    record = record_lists.single(session, "care_plan", somebody(session).record_id)
    async with opened_screen(session, FormScreen(record)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, FormScreen)
        await pilot.press(*["pagedown"] * (len(screen.form.pages) + 1), "1", "x")
        await pilot.pause()
        assert "This is the last page." in painted(pilot)
        assert editing.read(session, record.kind, record.record_id, record.person_id).fields == {}


async def test_two_keys_for_one_thing_are_hinted_once(session: Session) -> None:
    """An answer that can be taken back with Del or Backspace has one hint, named as on the keyboard."""
    record = record_lists.new(session, "contact", somebody(session).record_id)
    async with opened_screen(session, FormScreen(record)) as pilot:
        pilot.app.screen.query_one(ChoiceList).focus()
        await pilot.press("3")
        await pilot.pause()
        hints = painted(pilot).splitlines()[-1]
        assert hints.count("Take back") == 1
        assert "Del  Take back" in hints


async def test_nothing_to_choose_from_says_so(session: Session) -> None:
    """A question whose answers are other records says that there are none yet, and no key chooses that."""
    goal = record_lists.new(session, "goal", somebody(session).record_id)
    async with opened_screen(session, FormScreen(goal, 1)) as pilot:
        assert "Nothing to choose from yet" in painted(pilot)
        pilot.app.screen.query_one("#field-need_id").focus()
        await pilot.press("enter", "1", "space")
        await pilot.pause()
    assert not editing.read(session, "goal", goal.record_id, goal.person_id).fields


async def test_what_is_missing_can_be_added_where_it_is_chosen(session: Session) -> None:
    """A line under the choices opens the form of a new one, which is chosen when one comes back."""
    person_id = somebody(session).record_id
    shift = record_lists.new(session, "shift", person_id)
    async with opened_screen(session, FormScreen(shift)) as pilot:
        await choose(pilot, "#field-worker_id", "+")
        await pilot.press(*"Maria", "escape")
        await pilot.pause()
        assert lines(pilot, "#field-worker_id")[0].endswith("Maria")
        maria = record_lists.of(session, "worker", person_id)[0]
        assert editing.read(session, "shift", shift.record_id, person_id).text("worker_id") == maria.record_id
        await choose(pilot, "#field-worker_id", "+")
        await pilot.press("escape")
        await pilot.pause()
        assert len(record_lists.of(session, "worker", person_id)) == 1


async def test_a_record_cannot_be_chosen_for_itself(session: Session) -> None:
    """A budget that takes the place of another one is not offered itself."""
    person_id = somebody(session).record_id
    one, two = (
        editing.save(session, record_lists.new(session, "budget", person_id), {"name": name}) for name in ("One", "Two")
    )
    field = forms.field("budget", "replaces_id")
    assert field is not None
    assert list(record_lists.options(session, field, two)) == [one.record_id]


async def test_each_line_of_a_long_list_of_choices_has_a_key(session: Session) -> None:
    """After the ninth one the lines have letters, as those of other lists have; digits stay what they were."""
    codes = {f"code-{number}": f"Choice {number}" for number in range(1, 13)}
    record = record_lists.single(session, "money_choice", somebody(session).record_id)
    async with opened_screen(session, FormScreen(record)) as pilot:
        choice = pilot.app.screen.query(ChoiceList).first()
        choice.show(record, codes)
        choice.focus()
        await pilot.pause()
        assert [str(option.prompt)[4] for option in choice.options] == list("123456789abc")
        for key, number in (("9", 9), ("a", 10), ("c", 12)):
            await pilot.press(key)
            await pilot.pause()
            kept = editing.read(session, record.kind, record.record_id, record.person_id)
            assert kept.text(choice.asked.name) == f"code-{number}"
            choice.show(kept, codes)
        await pilot.press("d")
        await pilot.pause()
        kept = editing.read(session, record.kind, record.record_id, record.person_id)
        assert kept.text(choice.asked.name) == "code-12", "no line stands at d"
