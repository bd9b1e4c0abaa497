"""What every screen may ask of the app."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.app import App
from textual.filter import LineFilter

from phb_tui.screens.widgets.clean_lines import OnlyLetters

if TYPE_CHECKING:
    from phb_tui.domain.records.changes import Record
    from phb_tui.screens.base.autosave import Keeper
    from phb_tui.services.session import Session
    from phb_tui.services.sync.sync_service import Status
    from phb_tui.settings import Settings


_ONLY_LETTERS = OnlyLetters()


def _at_once(do: Callable[[], object]) -> None:
    do()


class Host(App[int]):
    """The app as its screens know it.

    Attributes:
        settings: What the app was told from outside.
        keeper: Keeps what is typed.
        family: Whether the laptop is turned to the person and family.
        status: What the badge says; None until the store is open.
        saved: The last words about saving; "" before anything was.
        when_still: Does something that changes what is shown, once nobody is about to press what they see.
        at_table: With whom the family may still read along, after their visit was seen open; "" for nobody.
        only_back: Whether nothing is shown but the way back to central, after too long without it.
    """

    settings: Settings
    keeper: Keeper
    family: bool = False
    status: Status | None = None
    saved: str = ""
    at_table: str = ""
    only_back: bool = False
    when_still: Callable[[Callable[[], object]], object] = staticmethod(_at_once)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line goes through on its way out; the last takes out what would steer the terminal."""
        return [*super().get_line_filters(), _ONLY_LETTERS]

    @property
    def session(self) -> Session:
        """The unlocked laptop. Only the unlock and set-up screens come before it."""
        raise NotImplementedError

    @property
    def is_open(self) -> bool:
        """Whether the store is open."""
        raise NotImplementedError

    def refresh_status(self) -> None:
        """Read the badge again and show it."""
        raise NotImplementedError

    def turn(self, *, then_back: bool = False) -> None:
        """Turn the laptop to the family, or ask before turning it back.

        Args:
            then_back: Whether leaving family view then also goes back one screen.
        """
        raise NotImplementedError

    def exchange(self, *, quietly: bool = False) -> None:
        """Exchange with central, in the background."""
        raise NotImplementedError

    def lock_now(self) -> None:
        """Lock: everything is kept, and the process that holds the key ends."""
        raise NotImplementedError

    def let_in(self) -> None:
        """Central may have been in touch: open what was shut, if it was."""
        raise NotImplementedError

    def left(self, person: Record, team: str) -> None:
        """Another team has a person whose record is open: say so, and offer the way back to the list."""
        raise NotImplementedError

    def show_history(self, record: Record, field: str) -> None:
        """Show what a field held before."""
        raise NotImplementedError

    def open_part(self, person_id: str, name: str) -> None:
        """Open a screen about a person by its name: "talk-2", "money", "plan"."""
        raise NotImplementedError

    def opened(self, session: Session) -> None:
        """The store is open: go where the nurse was."""
        raise NotImplementedError
