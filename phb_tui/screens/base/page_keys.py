"""Keys that turn pages.

PgDn and PgUp need a second key on most laptops. Ctrl with an arrow is sent by Windows Terminal, GNOME Terminal and
tmux; Alt with an arrow is not used, for Windows Terminal moves between its panes by it. macOS keeps Ctrl with an arrow
for itself: there the names of the keys in the last row are clicked, or Fn and an arrow are pressed.
"""

from __future__ import annotations

from textual.binding import Binding

from phb_tui.i18n import N_

NEXT, PREVIOUS = N_("Next"), N_("Previous")


def page_keys(action: str, following: str, previous: str) -> tuple[Binding, Binding]:
    """The keys for the next and the previous page.

    Args:
        action: The name of the screen's action, which takes 1 or -1.
        following: What the key for the next page does, as a message to be looked up.
        previous: What the key for the previous one does.
    """
    return (
        Binding("pagedown,ctrl+down", f"{action}(1)", NEXT, id="next", tooltip=following, priority=True),
        Binding("pageup,ctrl+up", f"{action}(-1)", PREVIOUS, id="before", tooltip=previous, priority=True),
    )
