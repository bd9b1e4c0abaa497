"""The conversation as a nurse has it: statements, answers, words, history, what is saved."""

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import OptionList

from phb_tui import errors
from phb_tui.app.phb_app import PhbApp
from phb_tui.domain.records.changes import Record
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.visit.conversation import ConversationScreen
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.start import last_place
from phb_tui.services.visit import conversation, visits
from phb_tui.store import key_values
from tests.screens.app_harness import opened, rhys
from tests.screens.screen_harness import painted, type_words

pytestmark = pytest.mark.anyio


async def talk_to(
    app: PhbApp, pilot: Pilot[int], session: Session, person: Record, statement: str = "S1-I1"
) -> ConversationScreen:
    """The conversation, at a statement."""
    visit = visits.start(session, person.record_id)
    await app.push_screen(PersonOverviewScreen(person.record_id))
    screen = ConversationScreen(visit, int(statement[1]), statement)
    await app.push_screen(screen)
    await pilot.pause()
    return screen


def kept(session: Session, screen: ConversationScreen, statement: str) -> Record:
    """What is kept about a statement."""
    return conversation.statement_answer(session, screen.visit, session.content.statement(statement)).answer


async def test_all_27_statements_are_walked_in_place(session: Session) -> None:
    """PgDn goes through every step's statements on one screen and stays at the last."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        screen = await talk_to(app, pilot, session, person)
        seen = [screen.statement.id]
        for _ in range(28):
            await pilot.press("pagedown")
            seen.append(screen.statement.id)
        assert app.screen is screen
        assert list(dict.fromkeys(seen)) == [s.id for s in session.content.statements]


async def test_a_number_answers_and_moving_on_starts_fresh(session: Session) -> None:
    """A digit chooses the answer that has it; the next statement starts as not asked today."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        screen = await talk_to(app, pilot, session, person)
        await pilot.press("2")
        await pilot.pause()
        assert "(•) 2 Partly" in painted(pilot)
        await pilot.press("pagedown")
        await pilot.pause()
        assert "(•) 4 Not asked" in painted(pilot)
        assert kept(session, screen, "S1-I1").text("answer") == "partly"


async def test_fast_keys_land_where_they_were_meant(session: Session) -> None:
    """Keys pressed faster than the screen can follow go to the fields they were meant for."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        screen = await talk_to(app, pilot, session, person)
        for key in ["3", "tab", *"abc", "tab", *"def", "pagedown", "1", "tab", *"ghi"]:
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        for _ in range(30):
            await pilot.pause(0.02)
        app.autosaver.save_all()
        first, second = kept(session, screen, "S1-I1"), kept(session, screen, "S1-I2")
        assert (first.text("answer"), first.text("words"), first.text("said_by")) == ("not_yet", "abc", "def")
        assert (second.text("answer"), second.text("words")) == ("yes", "ghi")


async def test_words_are_kept_when_the_field_is_left_and_only_once(session: Session) -> None:
    """Leaving a field makes one change of everything typed in it."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        screen = await talk_to(app, pilot, session, person)
        await pilot.press("tab")
        await type_words(pilot, "not so sure")
        await pilot.press("tab")
        await pilot.pause()
        answer = kept(session, screen, "S1-I1")
        assert answer.text("words") == "not so sure"
        assert len(editing.history(session, answer, "words")) == 1
        assert "Saved on this laptop" in painted(pilot)


async def test_what_would_make_it_true_becomes_a_task(session: Session) -> None:
    """The words are in the list of things to do as soon as the field is left."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        await talk_to(app, pilot, session, person)
        await pilot.press("tab", "tab", "tab")
        await type_words(pilot, "a ramp")
        await pilot.press("pagedown")
        await pilot.pause()
        assert [a.text("what") for a in record_lists.of(session, "task", person.record_id)] == ["a ramp"]


async def test_f4_shows_earlier_words_and_puts_them_back(session: Session) -> None:
    """Every value of a field is listed with who and when; Enter puts one back, and nothing between is lost."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        screen = await talk_to(app, pilot, session, person)
        answer = kept(session, screen, "S1-I1")
        for words in ("first", "second"):
            answer = conversation.save_answer(session, screen.visit, answer, {"words": words})
        screen.reload()
        await pilot.press("tab", "f4")
        await pilot.pause()
        assert "first" in painted(pilot)
        listed = app.screen.query_one(OptionList)
        listed.highlighted = 1
        await pilot.press("enter")
        await pilot.pause()
        answer = kept(session, screen, "S1-I1")
        assert answer.text("words") == "first"
        assert [v.value for v in editing.history(session, answer, "words")] == ["first", "second", "first"]


async def test_ctrl_z_takes_typing_back(session: Session) -> None:
    """Every field has undo."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        screen = await talk_to(app, pilot, session, person)
        await pilot.press("tab")
        await type_words(pilot, "oops")
        await pilot.press("ctrl+z")
        assert screen.query_one("#field-words", TextField).text == ""


async def test_a_disk_that_refuses_keeps_the_words_on_the_screen(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When nothing can be saved a sentence says so, the words and the screen stay, and going on waits."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        screen = await talk_to(app, pilot, session, person)
        await pilot.press("tab")
        await type_words(pilot, "kept here")
        pages = session.store.db.conn.execute("PRAGMA page_count").fetchone()[0]
        session.store.db.conn.execute(f"PRAGMA max_page_count = {pages}")
        monkeypatch.setattr(editing, "save", _full)
        await pilot.press("pagedown")
        await pilot.pause()
        text = painted(pilot)
        assert "There is a problem: These words are not saved yet" in text
        assert "kept here" in text
        assert screen.statement.id == "S1-I1"
        monkeypatch.undo()
        session.store.db.conn.execute("PRAGMA max_page_count = 1000000")
        await pilot.press("pagedown")
        assert kept(session, screen, "S1-I1").text("words") == "kept here"


def _full(*_args: object) -> Record:
    raise errors.NotSaved("These words are not saved yet: the disk is full.")


async def test_words_that_arrive_do_not_overwrite_what_is_being_typed(session: Session) -> None:
    """While somebody types in a field, changes from others wait beside it."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        screen = await talk_to(app, pilot, session, person)
        await pilot.press("tab")
        await type_words(pilot, "mine")
        answer = kept(session, screen, "S1-I1")
        conversation.save_answer(session, screen.visit, answer, {"words": "theirs"})
        screen.reload()
        assert screen.query_one("#field-words", TextField).text == "mine"


async def test_closing_and_opening_again_goes_back_to_the_statement(session: Session) -> None:
    """The place is kept: the same person, step, statement and colours."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        await talk_to(app, pilot, session, person, "S4-I2")
        app.remember()
    assert last_place.recall(session).statement == "S4-I2"
    async with opened(session) as (app, pilot):
        await pilot.pause()
        assert isinstance(app.screen, ConversationScreen)
        assert app.screen.statement.id == "S4-I2"


async def test_a_place_from_a_newer_version_keeps_nobody_out(session: Session) -> None:
    """What a newer phb-tui remembered beside the place is passed over."""
    key_values.put(session.store.db, {"place": '{"screen": "person", "person_id": "gone", "in_2030": true}'})
    assert last_place.recall(session).screen == "person"
    async with opened(session) as (_, pilot):
        assert "Your people" in painted(pilot)


async def test_a_wide_window_shows_all_statements_beside_the_card(session: Session) -> None:
    """At 160 columns the list of every step's statements stands beside the card, the present one marked."""
    person = rhys(session)
    async with opened(session, (160, 48)) as (app, pilot):
        screen = await talk_to(app, pilot, session, person, "S2-I3")
        await pilot.pause()
        listed = screen.query_one("#list", OptionList)
        statements = [option for option in listed.options if not option.disabled]
        assert len(statements) == 27
        assert listed.highlighted_option
        assert listed.highlighted_option.id == "S2-I3"


async def test_an_answer_belongs_to_the_statement_it_was_pressed_on(session: Session) -> None:
    """A number and PgDn, pressed at once again and again, answer each statement and never the next one."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        screen = await talk_to(app, pilot, session, person)
        for key in ["1", "pagedown", "2", "pagedown", "up", "enter", "pagedown", "5", "pagedown"]:
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        for _ in range(40):
            await pilot.pause(0.02)
        given = [kept(session, screen, f"S1-I{number}").text("answer") for number in range(1, 6)]
        assert given == ["yes", "partly", "not_yet", "rather_not_say", ""]


@pytest.mark.parametrize(("statement", "key"), [("S6-I4", "pagedown"), ("S1-I1", "pageup")])
async def test_after_the_end_no_digit_writes_over_an_answer(session: Session, statement: str, key: str) -> None:
    """PgDn at the last statement, and PgUp at the first, say that there is no further one and let go of the keys."""
    person = rhys(session)
    end = session.content.statements[-1].id if key == "pagedown" else statement
    async with opened(session) as (app, pilot):
        screen = await talk_to(app, pilot, session, person, end)
        await pilot.press("1", key, "3")
        await pilot.pause()
        assert screen.statement.id == end
        assert kept(session, screen, end).text("answer") == "yes"
        seen = " ".join(painted(pilot).split())
        assert ("This is the last of the statements" if key == "pagedown" else "This is the first of the") in seen


async def test_a_number_where_words_belong_makes_no_task(session: Session) -> None:
    """Digits pressed in "What would make it true?" are kept as typed, make no task, and the screen says so."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        screen = await talk_to(app, pilot, session, person)
        await pilot.press("tab", "tab", "tab", "2", "2", "pagedown")
        await pilot.pause()
        assert kept(session, screen, "S1-I1").text("would_help") == "22"
        assert record_lists.of(session, "task", person.record_id) == []
        assert '"22" has no words, so no task comes of it' in " ".join(painted(pilot).split())


async def test_each_voice_says_that_the_other_is_there(session: Session) -> None:
    """After F7 the person's own words stay to be read, and back there a line says what somebody else said."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        screen = await talk_to(app, pilot, session, person)
        await pilot.press("tab")
        await type_words(pilot, "I manage")
        await pilot.press("f7")
        await pilot.pause()
        assert 'In their own words: "I manage".' in painted(pilot)
        await type_words(pilot, "Bea")
        await pilot.press("tab")
        await type_words(pilot, "He does not")
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen
        assert 'F7: Bea said "He does not"' in painted(pilot)
        await pilot.press("pagedown")
        await pilot.pause()
        assert "He does not" not in painted(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, PersonOverviewScreen)
