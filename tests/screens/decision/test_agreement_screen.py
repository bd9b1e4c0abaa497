"""The agreements of a person: the one in force first, and what it says below."""

import pytest
from textual.widgets import Static

from phb_tui.content.sections import section
from phb_tui.screens.decision.agreement import AgreementScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.person.section import SectionScreen
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import app_of, lines, opened_screen, somebody

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
