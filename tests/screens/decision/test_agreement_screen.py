"""The agreements of a person: the one in force first, and what it says below."""

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from phb_tui.content import forms
from phb_tui.content.sections import section
from phb_tui.domain.records.changes import Record
from phb_tui.screens.decision.agreement import AgreementScreen
from phb_tui.screens.decision.letters import LettersScreen
from phb_tui.screens.forms.child_records import Marks
from phb_tui.screens.forms.field_row import FieldRow
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.lists.line_list import LineList
from phb_tui.screens.person.section import SectionScreen
from phb_tui.screens.plan.copies import CopiesScreen
from phb_tui.services.person import reminders
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import app_of, lines, opened_screen, painted, somebody
from tests.services.decision.samples import decision_about, kept_version, request_for

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("family", [True, False])
async def test_the_agreement_in_force_is_read_together(session: Session, *, family: bool) -> None:
    """It stands first, its sentences stand below, and the next line has its own; Enter opens it, F7 adds another."""
    person_id = somebody(session).record_id
    signed = {"signed_on": "2025-01-10", "nhs_signed_on": "2025-01-10"}
    for start, kind in (("2025-02-01", "notional"), ("2026-02-01", "direct_payment")):
        new = record_lists.new(session, "agreement", person_id)
        editing.save(session, new, {"kind": kind, "holder": "person", "start_date": start, **signed})
    async with opened_screen(session, AgreementScreen(person_id)) as pilot:
        app = app_of(pilot)
        app.family = family
        assert isinstance(app.screen, AgreementScreen)
        app.screen.reload()
        shown = lines(pilot, "#agreements")
        assert "Direct payment, from 1 February 2026" in shown[0]
        assert "In force" in shown[0]
        assert "A newer one is in force" in shown[1]

        def says() -> str:
            return str(app.screen.query_one("#sentences", Static).content)

        assert says().startswith(
            "The money is paid to you as a direct payment.\nIt is from 1 February 2026 on.\nYou hold"
        )
        await pilot.press("down")
        assert says().startswith("The NHS keeps the money")
        await pilot.press("up", "enter")
        assert isinstance(app.screen, FormScreen)
        assert app.screen.record.text("kind") == "direct_payment"
        await pilot.press("escape", "f7")
        assert isinstance(app.screen, FormScreen)
        assert app.screen.record.fields == {}


@pytest.mark.parametrize("family", [True, False])
async def test_what_stands_against_an_agreement_is_said_to_staff(session: Session, *, family: bool) -> None:
    """Below its sentences, such as an account that does not fit; the family reads only what it says."""
    person_id = somebody(session).record_id
    new = record_lists.new(session, "agreement", person_id)
    editing.save(session, new, {"kind": "managed_account", "account": "own_separate"})
    async with opened_screen(session, AgreementScreen(person_id)) as pilot:
        app = app_of(pilot)
        app.family = family
        assert isinstance(app.screen, AgreementScreen)
        app.screen.reload()
        says = str(app.screen.query_one("#sentences", Static).content)
        assert ("does not fit what was agreed" in says) is not family
        assert "It is not signed yet." in says


async def test_the_step_names_another_way_and_leads_to_it(session: Session) -> None:
    """A way that was agreed against the person's wish stands in the step, and opens where the way is written."""
    person_id = somebody(session).record_id
    for kind, name, way in (("money_choice", "option", "notional"), ("setup", "management", "direct_payment")):
        editing.save(session, record_lists.single(session, kind, person_id), {name: way})
    async with opened_screen(session, SectionScreen(person_id, section("step-5"))) as pilot:
        shown = lines(pilot, "#parts")
        place = next(n for n, line in enumerate(shown) if "The person prefers: Notional budget." in line)
        app_of(pilot).screen.query_one("#parts").highlighted = place  # type: ignore[attr-defined]
        await pilot.press("enter")
        screen = app_of(pilot).screen
        assert isinstance(screen, FormScreen)
        assert screen.record.kind == "setup"


SIGNED = {
    "kind": "direct_payment", "holder": "person", "terms": "March 2026",
    "signed_by": "Annie Example", "signed_on": "2026-11-20",
}  # fmt: skip


def an_agreement(session: Session) -> Record:
    """One that the person's side has signed."""
    return editing.save(session, record_lists.new(session, "agreement", somebody(session).record_id), {**SIGNED})


async def test_what_was_signed_is_read_in_the_form_and_only_the_rest_can_be_written(session: Session) -> None:
    """No page has a field for it, nothing removes it, and the signature of the NHS is asked for at once."""
    agreement = an_agreement(session)
    async with opened_screen(session, AgreementScreen(agreement.person_id or "")) as pilot:
        screen = app_of(pilot).screen
        await pilot.press("enter")
        form = app_of(pilot).screen
        assert isinstance(form, FormScreen)
        assert {row.field.name for row in form.query(FieldRow)} == {"signed_role", "nhs_signed_by", "nhs_signed_on"}
        assert "Annie Example" in " ".join(painted(pilot).split())
        assert "This was signed, so it stays as it is." in " ".join(painted(pilot).split())
        assert "remove" not in {option.id for option in form.query_one(Marks).options}
        await pilot.press("pageup", "pageup", "pageup", "pageup")
        assert {row.field.name for row in form.query(FieldRow)} == {"end_date"}
        assert "What was agreed? Direct payment" in " ".join(painted(pilot).split())
        await pilot.press("pagedown", "3", "escape")
        assert app_of(pilot).screen is screen
    kept = editing.read(session, "agreement", agreement.record_id, agreement.person_id)
    assert kept.fields == agreement.fields


async def test_a_signature_that_is_given_in_the_form_fixes_the_page_at_once(session: Session) -> None:
    """With the last of the name and the day, the fields of the person's side become what was signed."""
    new = record_lists.new(session, "agreement", somebody(session).record_id)
    editing.save(session, new, {**SIGNED, "signed_by": ""})
    begun = editing.read(session, "agreement", new.record_id, new.person_id)
    async with opened_screen(session, FormScreen(begun, forms.page_of("agreement", "signed_by"))) as pilot:
        form = app_of(pilot).screen
        assert "signed_by" in {row.field.name for row in form.query(FieldRow)}
        await pilot.press(*"Annie", "tab")
        assert "signed_by" not in {row.field.name for row in form.query(FieldRow)}
        await pilot.press("escape")
    assert editing.read(session, "agreement", new.record_id, new.person_id).text("signed_by") == "Annie"


async def test_signing_anew_is_asked_for_once_and_makes_another_agreement(session: Session) -> None:
    """S says what it does, s again makes one with the same words; l leads to the letter."""
    agreement = an_agreement(session)
    person_id = agreement.person_id or ""
    async with opened_screen(session, AgreementScreen(person_id)) as pilot:
        await pilot.press("s")
        assert "Press s once more" in " ".join(painted(pilot).split())
        assert len(record_lists.of(session, "agreement", person_id)) == 1
        await pilot.press("s")
        assert isinstance(app_of(pilot).screen, FormScreen)
        (_old, new) = record_lists.of(session, "agreement", person_id)
        assert (new.text("terms"), new.text("signed_by")) == ("March 2026", "")
        await pilot.press("escape", "l")
        assert isinstance(app_of(pilot).screen, CopiesScreen)
        assert "letter about the agreement" in " ".join(painted(pilot).split())


async def test_letters_are_listed_and_one_that_waits_says_why(session: Session) -> None:
    """Each opens where it is read and printed; a decision that is not confirmed has to wait."""
    agreement = an_agreement(session)
    person_id = agreement.person_id or ""
    request = request_for(session, kept_version(session, person_id))
    decision_about(session, request, outcome="declined", alternatives="A gym")
    async with opened_screen(session, LettersScreen(person_id)) as pilot:
        shown = lines(pilot, "#letters")
        assert "The letter about the decision of 22 November 2026" in shown[0]
        assert "It can be printed when the team server has confirmed the decision." in " ".join(shown[0].split())
        assert "The letter about the agreement that was signed on 20 November 2026" in shown[1]
        await pilot.press("2")
        assert isinstance(app_of(pilot).screen, CopiesScreen)


async def test_a_way_that_differs_moves_no_digit_and_tasks_are_asked_for_once(session: Session) -> None:
    """What differs takes no digit, so 7 stays To do; Create set-up tasks says what it makes before it makes it."""
    person_id = somebody(session).record_id
    editing.save(session, record_lists.single(session, "money_choice", person_id), {"option": "notional"})
    async with opened_screen(session, SectionScreen(person_id, section("step-5"))) as pilot:
        screen = app_of(pilot).screen
        before = dict(screen.query_one("#parts", LineList)._shown)
        editing.save(session, record_lists.single(session, "setup", person_id), {"management": "direct_payment"})
        assert isinstance(screen, SectionScreen)
        screen.reload()
        await pilot.pause()
        after = dict(screen.query_one("#parts", LineList)._shown)
        assert any("The person prefers" in line for line in lines(pilot, "#parts"))
        assert after == before
        assert after["list:task"] == "7"
        await pilot.press(after["screen:make_tasks"])
        assert record_lists.of(session, "task", person_id) == []
        assert "Choose this line once more to make them." in " ".join(painted(pilot).split())
        await pilot.press(after["screen:make_tasks"])
        assert len(record_lists.of(session, "task", person_id)) > 5


async def test_the_step_says_how_many_tasks_the_agreed_way_still_needs(session: Session) -> None:
    """Nothing while no way is agreed; then their number until they are made, and again when the way has changed."""
    person_id = somebody(session).record_id

    def said(pilot: Pilot[int]) -> str:
        screen = app_of(pilot).screen
        assert isinstance(screen, SectionScreen)
        screen.reload()
        return next(line for line in lines(pilot, "#parts") if "Create set-up tasks" in line)

    async with opened_screen(session, SectionScreen(person_id, section("step-5"))) as pilot:
        assert " new" not in said(pilot)
        key = dict(app_of(pilot).screen.query_one("#parts", LineList)._shown)["screen:make_tasks"]
        for way in ("direct_payment", "third_party"):
            editing.save(session, record_lists.single(session, "setup", person_id), {"management": way})
            count = reminders.count_new_tasks(session, person_id)
            assert count > 0
            assert f"{count} new" in said(pilot)
            await pilot.press(key, key)
            assert reminders.count_new_tasks(session, person_id) == 0
            assert " new" not in said(pilot)
        await pilot.press(key)
        assert app_of(pilot).saved == "Every task that is needed is there"


async def test_the_last_row_says_that_there_is_more_to_read_whenever_there_is(session: Session) -> None:
    """PgDn is shown for sentences that do not fit as soon as their line is highlighted, and for no others."""
    person_id = somebody(session).record_id
    ticks = dict.fromkeys(forms.form("agreement").by_name["read:records"].names(), "yes")
    more = {"terms": "March 2026", "notice_weeks": "4", "keep_records_years": "6", "holder": "person"}
    for values in ({**ticks, **more}, {"kind": "notional", "signed_on": "2025-01-10", "nhs_signed_on": "2025-01-10"}):
        editing.save(session, record_lists.new(session, "agreement", person_id), values)
    async with opened_screen(session, AgreementScreen(person_id)) as pilot:
        says = app_of(pilot).screen.query_one("#says")
        for key in ("down", "up", "down", "down"):
            await pilot.press(key)
            await pilot.pause()
            assert ("PgDn" in painted(pilot).splitlines()[-1]) is (says.max_scroll_y > 0)
        assert says.max_scroll_y == 0
        await pilot.press("up")
        await pilot.pause()
        assert says.max_scroll_y > 0
