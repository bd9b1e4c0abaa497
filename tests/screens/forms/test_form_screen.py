"""A form: everything is kept, problems are named only by Continue."""

import pytest
from textual.widgets import Button, OptionList

from phb_tui.content import forms
from phb_tui.errors import NotSaved
from phb_tui.screens.forms.child_records import Marks
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.person import caseload
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import visits
from phb_tui.store import local_writes
from tests.screens.screen_harness import (
    ScreenBelow,
    arrive,
    log_length,
    opened_screen,
    painted,
    press_continue,
    shown,
    somebody,
    type_in,
    words,
)

pytestmark = pytest.mark.anyio


def wrong_number(laptop: Session) -> FormScreen:
    return FormScreen(somebody(laptop, nhs_number="943 476 5910"))


async def test_leaving_a_field_keeps_it_as_one_change(laptop: Session) -> None:
    """Leaving a field keeps its words as one change."""
    person = somebody(laptop)
    before = log_length(laptop)
    async with opened_screen(laptop, FormScreen(person)) as pilot:
        await type_in(pilot, "family_name", "ap Huw")
        await pilot.press("tab")
        await pilot.pause()
        assert caseload.person(laptop, person.record_id).text("family_name") == "Priceap Huw"
        assert log_length(laptop) == before + 1


async def test_looking_at_a_form_changes_nothing(laptop: Session) -> None:
    """Going through a form without typing makes no change."""
    person = somebody(laptop)
    before = log_length(laptop)
    async with opened_screen(laptop, FormScreen(person)) as pilot:
        await pilot.press(*["tab"] * 6, "pagedown", "pagedown", "escape")
        assert log_length(laptop) == before


async def test_somebody_new_is_not_there_until_something_is_written(laptop: Session) -> None:
    """An untouched form about somebody new leaves nobody in the list."""
    async with opened_screen(laptop, FormScreen(caseload.add(laptop))) as pilot:
        await press_continue(pilot)
        await pilot.press("escape")
    assert caseload.count(laptop) == 0


async def test_the_first_words_about_somebody_new_put_them_in_the_list(laptop: Session) -> None:
    """A name typed and left puts somebody new in the list, and on the head of the screen."""
    async with opened_screen(laptop, FormScreen(caseload.add(laptop))) as pilot:
        await type_in(pilot, "given_name", "Nia")
        await pilot.press("enter")
        await pilot.pause()
        assert caseload.count(laptop) == 1
        assert shown(pilot, "#head").startswith("Nia")


async def test_enter_goes_on_to_the_next_field(laptop: Session) -> None:
    """Enter in a field of one row goes to the next field."""
    async with opened_screen(laptop, FormScreen(somebody(laptop))) as pilot:
        assert words(pilot, "given_name").has_focus
        await pilot.press("enter")
        await pilot.pause()
        assert words(pilot, "family_name").has_focus


async def test_enter_after_the_last_field_comes_to_continue(laptop: Session) -> None:
    """Enter in the last field goes to Continue."""
    async with opened_screen(laptop, FormScreen(somebody(laptop))) as pilot:
        words(pilot, "date_of_birth").focus()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app.screen.query_one(Button).has_focus


async def test_a_wrong_number_stays_as_typed_and_is_saved(laptop: Session) -> None:
    """A wrong NHS number stays in the field as typed, is saved, and nothing is said about it."""
    person = somebody(laptop)
    async with opened_screen(laptop, FormScreen(person)) as pilot:
        await type_in(pilot, "nhs_number", "12 ask mum")
        await pilot.press("tab")
        await pilot.pause()
        assert words(pilot, "nhs_number").text == "12 ask mum"
        assert caseload.person(laptop, person.record_id).text("nhs_number") == "12 ask mum"
        assert "problem" not in painted(pilot)


async def test_continue_names_a_problem_at_the_top_and_at_the_field(laptop: Session) -> None:
    """Continue names a problem in the box at the top and, after "Error:", at the field."""
    async with opened_screen(laptop, wrong_number(laptop)) as pilot:
        await press_continue(pilot)
        listed = pilot.app.screen.query_one("#problem-list", OptionList)
        assert listed.has_focus
        assert shown(pilot, "#error-nhs_number") == f"Error: {listed.options[0].prompt}"
        assert "There is a problem" in painted(pilot)


async def test_enter_on_a_problem_goes_to_its_field(laptop: Session) -> None:
    """Enter on a line of the box goes to the field it is about."""
    async with opened_screen(laptop, wrong_number(laptop)) as pilot:
        await press_continue(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert words(pilot, "nhs_number").has_focus


async def test_a_click_on_a_problem_goes_to_its_field(laptop: Session) -> None:
    """A click on a line of the box goes to the field it is about."""
    async with opened_screen(laptop, wrong_number(laptop)) as pilot:
        await press_continue(pilot)
        await pilot.click("#problem-list", offset=(5, 1))
        await pilot.pause()
        assert words(pilot, "nhs_number").has_focus


async def test_continue_again_goes_on_in_spite_of_the_problem(laptop: Session) -> None:
    """Continue a second time with the same problem goes on: nothing is refused."""
    async with opened_screen(laptop, wrong_number(laptop)) as pilot:
        await press_continue(pilot)
        await press_continue(pilot)
        assert words(pilot, "communication").has_focus
        assert "There is a problem" not in painted(pilot)


async def test_another_problem_is_named_before_going_on(laptop: Session) -> None:
    """Continue stops again when the problem is not the one it named."""
    async with opened_screen(laptop, wrong_number(laptop)) as pilot:
        await press_continue(pilot)
        await type_in(pilot, "date_of_birth", "in spring")
        await press_continue(pilot)
        assert pilot.app.screen.query_one("#problem-list", OptionList).option_count == 2


async def test_a_corrected_field_lets_continue_go_on(laptop: Session) -> None:
    """Continue goes on at once when the problem was corrected."""
    async with opened_screen(laptop, wrong_number(laptop)) as pilot:
        await press_continue(pilot)
        await pilot.press("enter", "backspace", "9")
        await press_continue(pilot)
        assert words(pilot, "communication").has_focus


async def test_turning_the_page_names_no_problem(laptop: Session) -> None:
    """PgDn goes to the next page whatever is wrong on this one."""
    async with opened_screen(laptop, wrong_number(laptop)) as pilot:
        await pilot.press("pagedown")
        await pilot.pause()
        assert words(pilot, "communication").has_focus
        assert "problem" not in painted(pilot)


async def test_turning_the_page_keeps_what_is_being_typed(laptop: Session) -> None:
    """PgDn in the middle of a word keeps it."""
    person = somebody(laptop)
    async with opened_screen(laptop, FormScreen(person)) as pilot:
        await type_in(pilot, "family_name", "-Jones")
        await pilot.press("pagedown")
        assert caseload.person(laptop, person.record_id).text("family_name") == "Price-Jones"


async def test_a_page_does_not_turn_while_its_words_are_not_saved(
    laptop: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk refuses, the words stay in the field, the page stays, and the screen says so."""

    def refuse(*_: object) -> None:
        raise NotSaved("The disk is full.")

    async with opened_screen(laptop, FormScreen(somebody(laptop))) as pilot:
        await type_in(pilot, "family_name", "!")
        monkeypatch.setattr(local_writes, "commit_changes", refuse)
        await pilot.press("pagedown")
        await pilot.pause()
        assert words(pilot, "family_name").text == "Price!"
        assert "Page 1 of 4" in shown(pilot, "#head")
        assert "The disk is full." in shown(pilot, "#saved")


async def test_continue_on_the_last_page_goes_back(laptop: Session) -> None:
    """Continue on the last page goes back to where the form was opened."""
    async with opened_screen(laptop, FormScreen(somebody(laptop), page=len(forms.form("person").pages) - 1)) as pilot:
        await press_continue(pilot)
        assert isinstance(pilot.app.screen, ScreenBelow)


async def test_a_field_being_typed_in_is_not_overwritten(laptop: Session) -> None:
    """When changes arrive, a field somebody is typing in keeps their words and the focus."""
    person = somebody(laptop)
    screen = FormScreen(person)
    async with opened_screen(laptop, screen) as pilot:
        await type_in(pilot, "known_as", "i")
        arrive(laptop, person, {"known_as": "Mr Price", "family_name": "Pryce"})
        screen.reload()
        await pilot.pause()
        assert words(pilot, "known_as").text == "Rhysi"
        assert words(pilot, "known_as").has_focus


async def test_other_fields_show_what_arrived(laptop: Session) -> None:
    """When changes arrive, the fields nobody is typing in show them."""
    person = somebody(laptop)
    screen = FormScreen(person)
    async with opened_screen(laptop, screen) as pilot:
        await type_in(pilot, "known_as", "i")
        arrive(laptop, person, {"date_of_birth": "1950-03-01"})
        screen.reload()
        assert words(pilot, "date_of_birth").text == "1 March 1950"


async def test_family_view_hides_what_only_staff_see(laptop: Session) -> None:
    """In family view the fields for staff are not on the screen."""
    person = somebody(laptop, take_care="Dog", nhs_number="999 000 0018")
    async with opened_screen(laptop, FormScreen(person)) as pilot:
        words(pilot, "nhs_number").focus()
        await pilot.app.run_action("family")
        await pilot.pause()
        assert "999 000" not in painted(pilot)
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        assert "Dog" not in painted(pilot)


async def test_a_problem_the_family_cannot_see_does_not_stop_continue(laptop: Session) -> None:
    """In family view Continue names no problem of a hidden field."""
    async with opened_screen(laptop, wrong_number(laptop)) as pilot:
        await pilot.app.run_action("family")
        await pilot.pause()
        await press_continue(pilot)
        assert words(pilot, "communication").has_focus


async def test_the_form_of_a_visit_keeps_where_it_was(laptop: Session) -> None:
    """The form of a visit keeps its fields in the visit."""
    visit = visits.start(laptop, somebody(laptop).record_id)
    async with opened_screen(laptop, FormScreen(visit)) as pilot:
        await type_in(pilot, "notes", "Ring twice")
        await press_continue(pilot)
        assert editing.read(laptop, "visit", visit.record_id, visit.person_id).text("notes") == "Ring twice"
        assert isinstance(pilot.app.screen, ScreenBelow)


async def test_a_form_of_one_page_offers_no_other_pages(laptop: Session) -> None:
    """PgDn is not offered where there is one page."""
    visit = visits.start(laptop, somebody(laptop).record_id)
    async with opened_screen(laptop, FormScreen(visit)) as pilot:
        assert "PgDn" not in shown(pilot, "#hints")


@pytest.mark.parametrize("key", ["enter", "tab"])
async def test_going_on_never_comes_to_remove_before_continue(session: Session, key: str) -> None:
    """After the last field of a page comes Continue: a key too many closes a form, and does not remove its record."""
    person_id = somebody(session).record_id
    budget = editing.save(session, record_lists.new(session, "budget", person_id), {"name": "From December"})
    async with opened_screen(session, FormScreen(budget)) as pilot:
        if key == "enter":  # in a list it chooses
            [*pilot.app.screen.query(TextField)][-1].focus()
        for _ in range(40):
            focused = pilot.app.focused
            if not isinstance(pilot.app.screen, FormScreen) or (focused and focused.id == "continue"):
                break
            assert not isinstance(focused, Marks)
            await pilot.press(key)
            await pilot.pause()
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "continue"
        await pilot.press("tab")
        assert isinstance(pilot.app.focused, Marks)
    assert record_lists.is_listed(editing.read(session, "budget", budget.record_id, person_id))
