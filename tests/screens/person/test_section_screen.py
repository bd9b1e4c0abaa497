"""What is kept together: its lines, whatever parts it is made of."""

import pytest

from phb_tui.content import forms
from phb_tui.content.sections import Part, Section
from phb_tui.screens.navigation import registry
from phb_tui.screens.person.section import SectionScreen
from phb_tui.services.session import Session
from tests.screens.screen_harness import app_of, lines, opened_screen, somebody

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("step", [0, 3])
async def test_a_screen_can_be_part_of_any_section(session: Session, step: int) -> None:
    """A section without a step lists a screen of its own too, as a step does."""
    parts = (Part(kind="strength"), Part(screen="to_do", title="Everything to do"))
    named = Section(id="tried", step=step, parts=parts) if step else Section(id="tried", title="Tried", parts=parts)
    async with opened_screen(session, SectionScreen(somebody(session).record_id, named)) as pilot:
        assert any("Everything to do" in line for line in lines(pilot, "#parts"))


@pytest.mark.parametrize("family", [True, False])
async def test_a_screen_for_staff_has_no_line_while_the_family_may_be_reading(
    session: Session, *, family: bool
) -> None:
    """A part that says so stands in no section in family view, and otherwise it does."""
    part = Part(screen="to_do", title="Everything to do", staff=True)
    named = Section(id="tried", title="Tried", parts=(Part(kind="strength"), part))
    async with opened_screen(session, SectionScreen(somebody(session).record_id, named)) as pilot:
        app = app_of(pilot)
        app.family = family
        assert isinstance(app.screen, SectionScreen)
        app.screen.reload()
        assert any("Everything to do" in line for line in lines(pilot, "#parts")) is not family


def test_a_list_with_a_screen_of_its_own_names_one_that_there_is() -> None:
    """A kind's form can name only screens of the registry, for its records and for their list."""
    for kind in forms.kinds():
        form = forms.form(kind)
        assert form.list_screen in {"", *registry.NAMES}, kind
        assert not form.has_screen or kind in registry.NAMES, kind
