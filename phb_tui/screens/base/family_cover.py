"""What is not for the family is covered: in family view always, while a visit is open until staff ask to see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from textual.widgets import Static

from phb_tui.i18n import _
from phb_tui.screens.base import transferred_person

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

    from phb_tui.domain.records.changes import Record
    from phb_tui.screens.base.protocols import Coverable


def visit_is_open(screen: Coverable, person: Record | None) -> bool:
    """Whether the family may read along: a visit was started and not closed, or they still sit at the table.

    A visit is closed at the table, by whoever is there or by a colleague's laptop: what only staff may read stays
    folded until the list of people is shown.
    """
    if person is None:
        return False
    if screen.host.at_table == person.record_id:
        return True
    from phb_tui.services.visit import visits  # noqa: PLC0415 - the unlock screen comes here and needs no services

    if visits.open_now(screen.session, person.record_id) is None:
        return False
    screen.host.at_table = person.record_id
    return True


def hides(screen: Coverable) -> bool:
    """Whether the screen must not show what only staff may read."""
    if screen.host.family:
        return True
    return not screen.staff and visit_is_open(screen, transferred_person.whose(screen))


def is_covered(screen: Coverable) -> bool:
    """Whether nothing of the screen's middle may be shown."""
    if screen.host.family:
        return not screen.FAMILY_SAFE or screen.staff_only()
    return screen.staff_only() and not screen.begun_here and hides(screen)


def inherit(screen: Coverable) -> None:
    """What is opened from a page that staff uncovered needs not be uncovered again."""
    stack = screen.host.screen_stack
    under = stack[-2] if len(stack) > 1 and stack[-1] is cast("Screen[Any]", screen) else stack[-1]
    if getattr(under, "staff", False) and under.staff_only():  # type: ignore[attr-defined]
        screen.staff = True


def show(screen: Coverable) -> None:
    """Cover the screen's middle, or uncover it, as it has to be now."""
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
    """Staff turned the laptop to themselves: show all of this screen until it is left."""
    screen.staff = True
    screen.reload()
    screen.refresh_frame()


def _words(screen: Coverable) -> str:
    if screen.host.family:
        return _("Only staff may read this. F2 ends family view. Esc goes back.")
    return _("For staff: turn the laptop to you, then press Enter.")


def _focus(screen: Screen[Any]) -> None:
    """Give the focus as the screen would have had it."""
    wanted: str = screen.AUTO_FOCUS or "*"
    found: Widget | None = next((widget for widget in screen.query(wanted) if widget.focusable), None)
    if found is not None:
        screen.set_focus(found, scroll_visible=False)
