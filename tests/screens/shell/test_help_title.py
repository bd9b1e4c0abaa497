"""Help says at its top which screen it explains."""

import pytest

from phb_tui.content.sections import section
from phb_tui.screens.person.section import SectionScreen
from phb_tui.screens.shell.help import HelpScreen
from phb_tui.services.session import Session
from tests.screens.screen_harness import opened_screen, shown

pytestmark = pytest.mark.anyio


async def test_help_names_the_step_that_it_was_opened_from(session: Session) -> None:
    """Not "Section", which is the same for every step and part."""
    async with opened_screen(session, HelpScreen(SectionScreen("somebody", section("step-5")), [])) as pilot:
        assert shown(pilot, "#head").startswith("Help: Step 5 of 6: ")
