"""Opening a screen does its work once: styling, painting, reading."""

from collections import Counter
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

from phb_tui.screens.frame.head import HeadBar
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.services.session import Session
from tests.screens.app_harness import opened, rhys

pytestmark = pytest.mark.anyio


async def test_a_screen_that_opens_is_painted_once(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often a screen that opens is laid out, it is painted once, and what is painted is the whole."""
    paints: list[str] = []

    def counted(sort: str) -> None:
        before = getattr(Compositor, sort)

        def paint(self: Compositor, *given: Any, **named: Any) -> object:
            paints.append(sort)
            return before(self, *given, **named)

        monkeypatch.setattr(Compositor, sort, paint)

    async with opened(session) as (app, pilot):
        counted("render_full_update")
        counted("render_partial_update")
        await app.push_screen(PersonOverviewScreen(rhys(session).record_id))
        await pilot.pause()
        assert paints == ["render_full_update"]


async def test_a_screen_that_opens_is_styled_once(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules are matched once with each widget of a screen that opens, which are most of what opening costs."""
    styled: Counter[DOMNode] = Counter()
    before = Stylesheet.apply

    def apply(self: Stylesheet, node: DOMNode, **named: Any) -> None:
        styled[node] += 1
        before(self, node, **named)

    async with opened(session) as (app, pilot):
        monkeypatch.setattr(Stylesheet, "apply", apply)
        await app.push_screen(PersonOverviewScreen(rhys(session).record_id))
        await pilot.pause()
        assert styled[app.screen.query_one(HeadBar)] == 1
