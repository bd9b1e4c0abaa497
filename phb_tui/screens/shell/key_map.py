"""The keys that mean the same on every screen."""

from __future__ import annotations

from typing import NamedTuple

from phb_tui.i18n import N_


class KeyMeaning(NamedTuple):
    """What a key means everywhere.

    Attributes:
        key: The key.
        action: The id of the bindings that it has, whatever a screen calls them.
        words: Its meaning, as a message to be looked up.
    """

    key: str
    action: str
    words: str


KEY_MAP = (
    KeyMeaning("f1", "help", N_("Help")),
    KeyMeaning("f2", "family", N_("Family view, on and off")),
    KeyMeaning("f3", "find", N_("Find a person")),
    KeyMeaning("f4", "history", N_("Earlier, and last time")),
    KeyMeaning("f5", "sync", N_("Sync")),
    KeyMeaning("f6", "more", N_("More about this")),
    KeyMeaning("f7", "add", N_("Add here")),
    KeyMeaning("f8", "alerts", N_("Alerts")),
    KeyMeaning("f9", "menu", N_("Menu: everything you can do here")),
    KeyMeaning("escape", "back", N_("Back; everything is kept")),
    KeyMeaning("ctrl+p", "finder", N_("Find a person, a screen or a word")),
)
"""The keys in their order; a screen that has no use for one leaves it without any."""

OTHERS = (
    N_("Tab and Shift+Tab move between fields. The arrows move in a list. Enter goes on."),
    N_("A line opens by the digit or letter at its left, by Enter or by a click."),
    N_("PgDn and PgUp turn pages. Ctrl+Down and Ctrl+Up do so too, and so does a click on their names at the bottom."),
)
"""What the other keys do everywhere."""
