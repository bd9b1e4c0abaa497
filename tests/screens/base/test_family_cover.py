"""What only staff may read: never painted in family view, nor while a visit is open unless staff ask to see it."""

import pytest
from textual.widgets import OptionList

from phb_tui.content import sections
from phb_tui.content.forms import FINISHED
from phb_tui.screens.conflicts.resolve import ConflictScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.person.section import SectionScreen
from phb_tui.screens.plan.preview import PreviewScreen
from phb_tui.screens.shell.leave_family_view import LeaveFamilyViewScreen
from phb_tui.screens.visit.alerts import AlertsScreen
from phb_tui.screens.visit.today import TodayScreen
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import visits
from tests import counts
from tests.screens.app_harness import SCREENS, opened
from tests.screens.screen_harness import somebody
from tests.screens.staff_only_data import SECRET, every_screen, planted
from tests.screens.team_harness import painted

pytestmark = pytest.mark.anyio
SIZES = [(80, 24), (160, 48)] if counts.STEP == 1 else [(80, 24)]


@pytest.mark.parametrize("family", [True, False], ids=["family view", "open visit"])
@pytest.mark.parametrize("size", SIZES)
async def test_no_screen_paints_what_only_staff_may_read(session: Session, size: tuple[int, int], family: bool) -> None:  # noqa: FBT001 - a case
    """In family view, and while a visit is open, no screen paints a word of what is for staff, wherever it is."""
    person = planted(session)
    assert visits.open_now(session, person.record_id)
    wrong: dict[str, list[str]] = {}
    async with opened(session, size) as (app, pilot):
        for number, (name, make) in enumerate(every_screen(app, session, person).items()):
            if number % counts.STEP:
                continue  # the same widgets hide the same fields: `make long` looks at every screen
            if not family and name in {"caseload", "menu", "help", "outbox"}:
                continue  # these are about everybody, and opened on purpose
            app.family = family
            await app.push_screen(make())
            await pilot.pause()
            seen = painted(pilot)
            for option_list in app.screen.query(OptionList):
                for line in range(
                    min(option_list.option_count, 3) if name.startswith(("list", "section")) else 0
                ):  # what stands beside a line follows it
                    option_list.highlighted = line
                    await pilot.pause()
                    seen += painted(pilot)
            if SECRET in seen:
                wrong[name] = [line.strip() for line in seen.splitlines() if SECRET in line][:2]
            while len(app.screen_stack) > 3:
                app.pop_screen()
            app.family = False
        await pilot.pause()
    assert wrong == {}


async def test_the_secrets_are_painted_when_no_visit_is_open(session: Session) -> None:
    """The sweep can fail: once the visit is closed and nobody turned the laptop, staff see all of it."""
    person = planted(session)
    visit = visits.open_now(session, person.record_id)
    assert visit
    editing.save(session, visits.closing(session, visit), {"visit_id": visit.record_id, FINISHED: "yes"})
    assert visits.open_now(session, person.record_id) is None
    async with opened(session) as (app, pilot):
        for make in (lambda: PersonOverviewScreen(person.record_id), lambda: AlertsScreen(person.record_id),
                     lambda: ConflictScreen(person.record_id)):  # fmt: skip
            await app.push_screen(make())
            await pilot.pause()
            assert SECRET in painted(pilot)


async def test_staff_alerts_fold_while_a_visit_is_open(session: Session) -> None:
    """At the table the head says how many staff alerts there are; F8 says to turn the laptop, Enter shows them."""
    person = somebody(session, take_care="Dog loose")
    new = record_lists.new(session, "flag", person.record_id)
    editing.save(session, new, {"what": "Son threatened staff", "kind": "safeguarding"})
    visits.read_alerts(session, person)
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        await pilot.pause()
        assert "! 2 staff alerts: F8" in painted(pilot)
        assert "threatened" not in painted(pilot)
        await pilot.press("f8")
        await pilot.pause()
        rows = [line.strip() for line in painted(pilot).splitlines() if line.strip()]
        assert rows[1] == "For staff: turn the laptop to you, then press Enter."
        assert "threatened" not in painted(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "Son threatened staff" in painted(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "threatened" not in painted(pilot)


async def test_staff_can_see_and_write_what_is_hidden_below(session: Session) -> None:
    """F8, Enter, Enter shows everything on the page below, marked as such, until that page is left."""
    person = somebody(session)
    visit = visits.start(session, person.record_id)
    editing.save(session, visit, {"notes": "Ask about bruises"})
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        await app.push_screen(FormScreen(visit))
        await pilot.pause()
        assert "bruises" not in painted(pilot)
        assert "Notes for staff: for staff, F8 shows it" in painted(pilot)
        await pilot.press("f8", "enter", "enter")
        await pilot.pause()
        assert "bruises" in painted(pilot)
        assert "[ For staff ]" in painted(pilot)
        await pilot.press("f1", "escape")
        await pilot.pause()
        assert "bruises" not in painted(pilot)


async def test_a_note_for_staff_can_be_written_at_the_table(session: Session) -> None:
    """A field for staff that is empty takes words while a visit is open, and hides them when it is opened again."""
    person = somebody(session)
    visit = visits.start(session, person.record_id)
    async with opened(session) as (app, pilot):
        await app.push_screen(FormScreen(visit))
        await pilot.pause()
        app.screen.query_one("#field-notes").focus()
        await pilot.press(*"Bruise", "escape")
        await pilot.pause()
        read = editing.read(session, "visit", visit.record_id, visit.person_id)
        assert read.text("notes") == "Bruise"
        await app.push_screen(FormScreen(read))
        await pilot.pause()
        assert "Bruise" not in painted(pilot)


async def test_a_consent_is_written_at_the_table_and_folds_afterwards(session: Session) -> None:
    """A consent can be added while a visit is open; then it folds into a line that staff open with Enter twice."""
    person = somebody(session)
    visits.start(session, person.record_id)
    async with opened(session) as (app, pilot):
        await app.push_screen(SectionScreen(person.record_id, sections.section("consent")))
        await pilot.press("enter")
        await pilot.pause()
        assert "Consent to what?" in painted(pilot)
        await pilot.press("tab", *"Bea", "escape")
        await pilot.pause()
        text = painted(pilot)
        assert "Bea" not in text
        assert "1 for staff: open them" in text
        await pilot.press("up", "enter")
        await pilot.pause()
        assert "For staff: turn the laptop to you, then press Enter." in painted(pilot)
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert "Bea" in painted(pilot)


async def test_family_view_is_marked_in_words_and_shape(session: Session) -> None:
    """The head says that family view is on, on every screen it may show, and for somebody without alerts."""
    person = somebody(session)
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        await pilot.press("f2")
        for screen in (TodayScreen(person.record_id), PreviewScreen(person.record_id), None):
            await pilot.pause()
            assert painted(pilot).splitlines()[0].strip().startswith("[ Family view")
            if screen:
                await app.push_screen(screen)


async def test_f8_in_family_view_asks_for_the_word_first(session: Session) -> None:
    """F8 in family view shows nothing before the word; then it shows the alerts, and family view is over."""
    person = somebody(session, take_care="Dog loose")
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        await pilot.press("f2", "f8")
        await pilot.pause()
        assert isinstance(app.screen, LeaveFamilyViewScreen)
        assert "Dog" not in painted(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert painted(pilot).strip().startswith("[ Family view")
        assert "Dog" not in painted(pilot)
        await pilot.press("f8", *"staff", "enter")
        await pilot.pause()
        assert not app.family
        assert "Dog loose" in painted(pilot)


KEYS = [
    ["ctrl+p"], ["f3"], ["f4"], ["f5"], ["f6"], ["f7"], ["f9"], ["ctrl+s"], ["f1"], ["down", "enter"], ["escape"],
    ["ctrl+p", "F", "i", "n", "d", "enter"], ["f9", "up", "enter"], ["f2", "down", "enter"],
]  # fmt: skip


@pytest.mark.parametrize("where", counts.some(["person overview", "today", "form"]))
async def test_no_key_leads_round_family_view(session: Session, where: str) -> None:
    """No global key, menu or palette shows a word for staff in family view, or ends it."""
    person = planted(session)
    async with opened(session, (160, 48)) as (app, pilot):
        below = len(app.screen_stack)
        for keys in KEYS if where == "person overview" else KEYS[::3]:
            for name in dict.fromkeys(["person overview", where]):
                await app.push_screen(SCREENS[name](app, session, person))
            await pilot.press("f2")
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
                assert (SECRET in painted(pilot), app.family) == (False, True), keys
            while len(app.screen_stack) > below:
                await app.pop_screen()
            app.family = False


async def test_what_staff_typed_as_a_date_is_not_said_at_the_table(session: Session) -> None:
    """While a visit is open the last line never quotes a date field that only staff may read."""
    person = somebody(session)
    flag = record_lists.new(session, "flag", person.record_id)
    editing.save(session, flag, {"what": "Son threatened staff", "kind": "safeguarding"})
    visits.read_alerts(session, person)
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        await pilot.press("f8", "enter", "escape")
        await app.push_screen(FormScreen(editing.read(session, "flag", flag.record_id, person.record_id)))
        await pilot.pause()
        await pilot.press("f8", "enter", "enter")
        app.screen.query_one("#field-end_date").focus()
        await pilot.press(*"he hit her", "escape")
        await pilot.pause()
        assert editing.read(session, "flag", flag.record_id, person.record_id).text("end_date") == "he hit her"
        assert isinstance(app.screen, PersonOverviewScreen)
        assert "hit her" not in painted(pilot)


async def test_what_a_date_was_taken_for_is_not_said_for_ever(session: Session) -> None:
    """It is said on the screen that one comes back to, and no longer on the next, nor to the family."""
    person = somebody(session)
    async with opened(session) as (app, pilot):
        for leave in (lambda: app.push_screen(TodayScreen(person.record_id)), lambda: pilot.press("f2")):
            await app.push_screen(PersonOverviewScreen(person.record_id))
            await app.push_screen(FormScreen(record_lists.new(session, "task", person.record_id)))
            await pilot.pause()
            app.screen.query_one("#field-by_when").focus()
            await pilot.press(*"4 12 2099", "escape")
            await pilot.pause()
            assert "By when: Friday 4 December 2099" in painted(pilot)
            await leave()
            await pilot.pause()
            assert "By when" not in painted(pilot)
            app.family = False
