"""The colours of a text field follow the app's theme and the focus."""

import pytest

from phb_tui.screens.design.themes import THEMES
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.session import Session
from tests.screens.app_harness import SCREENS, opened, rhys

pytestmark = pytest.mark.anyio


async def test_a_field_takes_the_colours_of_another_theme(session: Session) -> None:
    """After each change of the theme a field that was painted before is painted as one that is new."""
    async with opened(session) as (app, pilot):
        await app.push_screen(SCREENS["conversation"](app, session, rhys(session)))
        await pilot.pause()
        field = app.screen.query_one("#field-words", TextField)
        seen = []
        for theme in THEMES:
            app.theme = theme.name
            await pilot.pause()
            base = field._theme.base_style
            assert base is not None
            assert base.bgcolor == field.rich_style.bgcolor
            assert base.color == field.rich_style.color
            seen.append((base.color, base.bgcolor))
        assert len(set(seen)) == len(THEMES)
