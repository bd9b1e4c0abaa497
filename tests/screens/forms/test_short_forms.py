"""A record and its first child in one short form: two records, one screen, and the rest is details one asks for."""

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from phb_tui.content import forms
from phb_tui.domain.records.changes import Record
from phb_tui.screens.forms.field_row import FieldRow
from phb_tui.screens.forms.form import FormScreen
from phb_tui.services.records import draft_recovery, editing, record_lists
from phb_tui.services.session import Session
from tests.screens.app_harness import planned
from tests.screens.screen_harness import (
    ScreenBelow,
    app_of,
    arrive,
    lines,
    log_length,
    opened_screen,
    painted,
    press_continue,
    somebody,
    type_in,
    type_words,
    words,
)

pytestmark = pytest.mark.anyio
SHORT = [kind for kind in forms.kinds() if forms.form(kind).short]
PARENTS = [kind for kind in forms.kinds() if forms.form(kind).pages[0].child]


def new(session: Session, kind: str) -> Record:
    return record_lists.new(session, kind, somebody(session).record_id)


def of(session: Session, kind: str, like: Record) -> list[Record]:
    return record_lists.of(session, kind, like.person_id or "")


async def fill(pilot: Pilot[int], *texts: str) -> None:
    """Type in one field after the other, with Tab between them, and leave the last one."""
    for text in texts:
        await type_words(pilot, text)
        await pilot.press("tab")
    await pilot.pause()


def test_these_kinds_have_short_forms() -> None:
    """A goal, an action, a contact and a contingency each have one short page; two of them with their first child."""
    assert SHORT == ["action", "contact", "contingency", "goal"]
    assert PARENTS == ["contingency", "goal"]


@pytest.mark.parametrize("kind", PARENTS)
def test_a_childs_fields_are_its_own_and_typed(kind: str) -> None:
    """What stands on the parent's page are fields of the child's form that are typed, so that Tab goes through them."""
    child = forms.form(kind).pages[0].child
    assert child is not None
    named = forms.form(child.kind).by_name
    assert all(named[name].type not in forms.CHOSEN for name in child.fields)
    assert forms.form(child.kind).under == kind


async def test_a_goal_and_its_action_are_two_records(session: Session) -> None:
    """Typed on one screen with Tab from field to field, the goal and its action are kept as a record each."""
    goal = new(session, "goal")
    async with opened_screen(session, FormScreen(goal)) as pilot:
        await fill(pilot, "Sing again", "Ask for a lift", "Bea", "4/12")
        assert "Friday 4 December 2026" in painted(pilot)
    (kept,), (action,) = of(session, "goal", goal), of(session, "action", goal)
    assert (kept.record_id, kept.text("words")) == (goal.record_id, "Sing again")
    assert (action.text("what"), action.text("who"), action.text("by_when")) == ("Ask for a lift", "Bea", "2026-12-04")
    assert action.text("goal_id") == goal.record_id
    assert "what" not in kept.fields


async def test_a_contingency_says_who_to_call(session: Session) -> None:
    """Trigger, what to do, who to call and the number stand on one screen; who to call is a record of its own."""
    plan = new(session, "contingency")
    async with opened_screen(session, FormScreen(plan)) as pilot:
        await fill(pilot, "Beth is ill", "Ring the agency", "Tom Sample", "01632 960 001")
    (kept,), (call,) = of(session, "contingency", plan), of(session, "emergency_contact", plan)
    assert (kept.text("triggers"), kept.text("response")) == ("Beth is ill", "Ring the agency")
    assert (call.text("name"), call.text("contact"), call.text("contingency_id")) == (
        "Tom Sample", "01632 960 001", kept.record_id,
    )  # fmt: skip


@pytest.mark.parametrize("kind", SHORT)
async def test_no_child_is_kept_of_a_short_form_that_was_looked_through(session: Session, kind: str) -> None:
    """Tab through every field, Continue and Esc make no record, not of the child either."""
    record = new(session, kind)
    before = log_length(session)
    async with opened_screen(session, FormScreen(record)) as pilot:
        await pilot.press(*["tab"] * 9, "pagedown", "pageup", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ScreenBelow)
    assert log_length(session) == before


async def test_no_child_is_kept_when_only_the_record_was_written(session: Session) -> None:
    """A goal without an action is one record."""
    goal = new(session, "goal")
    async with opened_screen(session, FormScreen(goal)) as pilot:
        await fill(pilot, "Sing again", "", "", "")
    assert of(session, "action", goal) == []


async def test_an_action_that_is_there_is_changed_and_not_made_again(session: Session) -> None:
    """The fields show the first action that is still to be done, and what is typed changes that record."""
    goal = planned(session, somebody(session))
    async with opened_screen(session, FormScreen(goal)) as pilot:
        assert words(pilot, "action-what").text == "Ask about a lift"
        await type_in(pilot, "action-who", " and Tom")
        await pilot.press("tab")
        await pilot.pause()
        assert "Ask about a lift - Bea and Tom" in "".join(lines(pilot, "#held-action"))
    (action,) = of(session, "action", goal)
    assert action.text("who") == "Bea and Tom"


async def test_an_action_taken_off_the_list_leaves_its_fields(session: Session) -> None:
    """What somebody took off the list is no longer in the fields, and what is typed then is another action."""
    goal = planned(session, somebody(session))
    async with opened_screen(session, FormScreen(goal)) as pilot:
        (action,) = of(session, "action", goal)
        record_lists.remove(session, action)
        pilot.app.screen.reload()  # type: ignore[attr-defined]
        await pilot.pause()
        assert words(pilot, "action-what").text == ""
        await type_in(pilot, "action-what", "Ask the bus")
        await pilot.press("tab")
        await pilot.pause()
    (other,) = of(session, "action", goal)
    assert (other.text("what"), other.record_id != action.record_id) == ("Ask the bus", True)


async def test_an_action_that_arrives_does_not_take_the_words_being_typed(session: Session) -> None:
    """While somebody types the first action, another one that comes in is listed, and both are kept."""
    goal = planned(session, somebody(session))
    record_lists.remove(session, of(session, "action", goal)[0])
    theirs = record_lists.new(session, "action", goal.person_id or "")
    async with opened_screen(session, FormScreen(goal)) as pilot:
        await type_in(pilot, "action-what", "Ask the bus")
        arrive(session, theirs, {"what": "Ask the choir", "goal_id": goal.record_id})
        pilot.app.screen.reload()  # type: ignore[attr-defined]
        await pilot.pause()
        assert words(pilot, "action-what").text == "Ask the bus"
        await pilot.press("tab")
        await pilot.pause()
    assert {action.text("what") for action in of(session, "action", goal)} == {"Ask the bus", "Ask the choir"}


async def test_a_childs_draft_knows_its_parent(session: Session) -> None:
    """What a crash left of an action that was being typed belongs to its goal."""
    goal = planned(session, somebody(session))
    record_lists.remove(session, of(session, "action", goal)[0])
    async with opened_screen(session, FormScreen(goal)) as pilot:
        await type_in(pilot, "action-what", "Ask the bus")
        app_of(pilot).autosaver.save_draft()
        draft_recovery.recover(session)
        (action,) = of(session, "action", goal)
        assert (action.text("what"), action.text("goal_id")) == ("Ask the bus", goal.record_id)


async def test_continue_names_what_is_wrong_with_a_child(session: Session) -> None:
    """A date of the action that nobody can read is a problem at its field; Enter on its line goes there."""
    goal = new(session, "goal")
    async with opened_screen(session, FormScreen(goal)) as pilot:
        await fill(pilot, "Sing again", "Ask for a lift", "Bea", "in spring sometime")
        await press_continue(pilot)
        assert pilot.app.screen.query_one("#problem-list", OptionList).has_focus
        await pilot.press("enter")
        await pilot.pause()
        assert words(pilot, "action-by_when").has_focus


async def test_a_child_without_its_record_is_said_once(session: Session) -> None:
    """Esc from a form in which only the action was written says that the goal is empty; Esc again leaves."""
    goal = new(session, "goal")
    async with opened_screen(session, FormScreen(goal)) as pilot:
        await pilot.press("tab", *"Sing", "escape")
        await pilot.pause()
        assert "Write what you want to change or keep." in painted(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ScreenBelow)
    assert [action.text("what") for action in of(session, "action", goal)] == ["Sing"]
    (kept,) = of(session, "goal", goal)
    assert record_lists.line(session, kept) == record_lists.UNSAID


async def test_a_record_is_written_after_its_child(session: Session) -> None:
    """Who writes the action first and then goes up to the goal has one goal with both, and may remove it at once."""
    goal = new(session, "goal")
    async with opened_screen(session, FormScreen(goal)) as pilot:
        await pilot.press("tab")
        await fill(pilot, "Ask for a lift")
        assert "Remove" in "".join(lines(pilot, "#marks"))
        words(pilot, "words").focus()
        await fill(pilot, "Sing again")
    (kept,), (action,) = of(session, "goal", goal), of(session, "action", goal)
    assert (kept.text("words"), action.text("goal_id")) == ("Sing again", kept.record_id)


async def test_a_childs_field_has_its_own_history(session: Session) -> None:
    """F4 in a field of the action shows what stood in that field of the action."""
    goal = planned(session, somebody(session))
    (action,) = of(session, "action", goal)
    editing.save(session, action, {"who": "Tom"})
    async with opened_screen(session, FormScreen(goal)) as pilot:
        await type_in(pilot, "action-who", "")
        shown = app_of(pilot)
        asked: list[tuple[str, str]] = []
        shown.show_history = lambda record, field: asked.append((record.record_id, field))  # type: ignore[attr-defined]
        await pilot.press("f4")
        await pilot.pause()
    assert asked == [(action.record_id, "who")]


@pytest.mark.parametrize("kind", SHORT)
async def test_continue_ends_after_the_short_page(session: Session, kind: str) -> None:
    """Continue leads to no page of details: these are asked for."""
    record = planned(session, somebody(session)) if kind == "goal" else new(session, kind)
    if kind in {"contact", "contingency"}:
        record = editing.save(session, record, {"name": "x", "triggers": "y"})
    async with opened_screen(session, FormScreen(record)) as pilot:
        await press_continue(pilot)
        assert isinstance(pilot.app.screen, ScreenBelow)


@pytest.mark.parametrize("way", ["f6", "line"])
async def test_details_are_counted_and_asked_for(session: Session, way: str) -> None:
    """The short page says how much of the details is filled in; F6 and its line open them, and Continue goes on."""
    goal = editing.save(session, planned(session, somebody(session)), {"codes": "74732009"})
    async with opened_screen(session, FormScreen(goal)) as pilot:
        assert lines(pilot, "#more") == ["More details: 2 of 5 filled in"]
        if way == "line":
            pilot.app.screen.query_one("#more").focus()
        await pilot.press("f6" if way == "f6" else "enter")
        await pilot.pause()
        assert words(pilot, "importance").has_focus
        assert "More details" in painted(pilot)
        await press_continue(pilot)
        assert words(pilot, "codes").has_focus


async def test_the_details_of_a_form_of_several_pages_are_counted_on_its_last_one(session: Session) -> None:
    """The form of a person says after its fourth page what is filled in of the rest, and not before."""
    person = somebody(session, alias="Rees")
    async with opened_screen(session, FormScreen(person)) as pilot:
        assert "More details:" not in painted(pilot)
    async with opened_screen(session, FormScreen(person, 3)) as pilot:
        assert lines(pilot, "#more") == ["More details: 1 of 7 filled in"]


async def test_the_family_sees_the_fields_of_a_child(session: Session) -> None:
    """In family view the action stays on the goal's page, and no details for staff are counted."""
    goal = planned(session, somebody(session))
    async with opened_screen(session, FormScreen(goal)) as pilot:
        await pilot.app.run_action("family")
        await pilot.pause()
        assert [row.place for row in pilot.app.screen.query(FieldRow)] == [
            "words", "action-what", "action-who", "action-by_when", "why",
        ]  # fmt: skip
        assert lines(pilot, "#more") == ["More details: 1 of 3 filled in"]


async def test_the_family_is_counted_no_details_for_staff(session: Session) -> None:
    """In family view the details of a contact are counted without what only staff may read."""
    contact = new(session, "contact")
    counts = []
    for family in (False, True):
        async with opened_screen(session, FormScreen(contact)) as pilot:
            app_of(pilot).family = family
            pilot.app.screen.reload()  # type: ignore[attr-defined]
            await pilot.pause()
            (line,) = lines(pilot, "#more")
            counts.append(int(line.split(" of ")[1].split()[0]))
    staff = [field for field in forms.form("contact").fields() if field.staff_only]
    assert counts[0] - counts[1] == len(staff) > 0
