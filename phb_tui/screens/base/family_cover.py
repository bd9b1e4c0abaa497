"""Hides what only staff may read: always in family view, and while a visit is open until staff ask to see it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, cast

from textual.widgets import Static

from phb_tui.i18n import _
from phb_tui.screens.base import transferred_person

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

    from phb_tui.domain.records.changes import Record
    from phb_tui.screens.base.protocols import Coverable


SEEN, STILL_THERE = 60.0, 3600.0
"""Seconds for which an open visit is not looked for again; and for which the family is still there after it was
closed."""


def visit_is_open(screen: Coverable, person: Record | None) -> bool:
    """Return whether the family may be reading the screen: a visit was started and not closed, or was until just now.

    A visit can be closed on this laptop or on a colleague's while the family still sits there, and one goes on with
    the plan and the budget, so staff-only content stays hidden for an hour after it was seen open.
    """
    if person is None:
        return False
    visited, now = screen.phb_app.visited_at, time.monotonic()
    last = visited.get(person.record_id)
    if last is not None and now - last < SEEN:
        return True
    from phb_tui.services.visit import visits  # noqa: PLC0415 - the unlock screen comes here and needs no services

    if visits.open_now(screen.session, person.record_id) is not None:
        last = visited[person.record_id] = now
    return last is not None and now - last < STILL_THERE


def hides(screen: Coverable) -> bool:
    """Return whether the screen must not show what only staff may read."""
    if screen.phb_app.family:
        return True
    return not screen.uncovered and visit_is_open(screen, transferred_person.person_of(screen))


def is_covered(screen: Coverable) -> bool:
    """Return whether the whole middle of the screen has to be hidden."""
    if screen.phb_app.family:
        return not screen.FAMILY_SAFE or screen.staff_only()
    return screen.staff_only() and not screen.started_empty and hides(screen)


def inherit(screen: Coverable) -> None:
    """Uncover a screen that was opened from one that staff have uncovered."""
    stack = screen.phb_app.screen_stack
    under = stack[-2] if len(stack) > 1 and stack[-1] is cast("Screen[Any]", screen) else stack[-1]
    if getattr(under, "uncovered", False) and under.staff_only():  # type: ignore[attr-defined]
        screen.uncovered = True


def show(screen: Coverable) -> None:
    """Cover or uncover the middle of the screen, as its state requires."""
    covered, shown = is_covered(screen), cast("Screen[Any]", screen)
    cover, body = shown.query_one("#cover", Static), shown.query_one("#body")
    if covered:
        cover.update(_words(screen))
    if covered == body.disabled:
        return
    if covered:
        shown.set_focus(None)
    body.disabled = covered  # so that it takes no key
    body.set_class(covered, "hidden")
    cover.set_class(not covered, "hidden")
    if not covered:
        _focus(shown)


def uncover(screen: Coverable) -> None:
    """Show all of a screen until it is left: staff have turned the laptop to themselves."""
    screen.uncovered = True
    screen.reload()
    screen.refresh_frame()


def _words(screen: Coverable) -> str:
    if screen.phb_app.family:
        return _("Only staff may read this. F2 ends family view. Esc goes back.")
    return _("For staff: turn the laptop to you, then press Enter.")


def _focus(screen: Screen[Any]) -> None:
    """Give the focus to the screen's default widget."""
    wanted: str = screen.AUTO_FOCUS or "*"
    found: Widget | None = next((widget for widget in screen.query(wanted) if widget.focusable), None)
    if found is not None:
        screen.set_focus(found, scroll_visible=False)
