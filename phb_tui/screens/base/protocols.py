"""What the parts of a screen ask of each other: the app, what saves typing, the screen itself. Types only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer

    from phb_tui.domain.records.changes import Record
    from phb_tui.screens.widgets.text_field import TextField
    from phb_tui.services.session import Session
    from phb_tui.services.sync.sync_service import Status
    from phb_tui.settings import Settings


class SavesTyping(Protocol):
    """Autosave as screens know it; see `autosave.Autosaver`."""

    def typed(self, field: TextField) -> None:
        """A key changed a field."""

    def leave(self, field: TextField) -> bool:
        """A field was left; whether nothing is left unsaved."""

    def leave_all(self) -> bool:
        """Whatever is being typed in is left; whether nothing is left unsaved."""

    def note_saved(self) -> None:
        """Something was saved by other means than typing."""

    def forget_date(self) -> None:
        """Say no longer what a date was taken for."""


class AppProtocol(Protocol):
    """The app as its screens know it.

    Attributes:
        settings: What the app was told from outside.
        keeper: Saves what is typed.
        theme: The colours by their name.
        family: Whether the laptop is turned to the person and family.
        status: What the badge says; None until the store is open.
        saved: The last words about saving; "" before anything was.
        when_still: Does something that changes what is shown, once nobody is about to press what they see.
        at_table: With whom the family may still read along, after their visit was seen open; "" for nobody.
        only_back: Whether nothing is shown but the way back to central, after too long without it.
    """

    @property
    def settings(self) -> Settings:
        """What the app was told from outside."""

    @property
    def autosaver(self) -> SavesTyping:
        """Saves what is typed."""

    @property
    def theme(self) -> str:
        """The colours by their name."""

    family: bool
    status: Status | None
    saved: str
    at_table: str
    locked_to_sync: bool

    @property
    def when_still(self) -> Callable[[Callable[[], object]], object]:
        """Does something once nobody is about to press what they see."""

    @property
    def session(self) -> Session:
        """The unlocked laptop. Only the unlock and set-up screens come before it."""

    @property
    def is_open(self) -> bool:
        """Whether the store is open."""

    def refresh_status(self) -> None:
        """Read the badge again and show it."""

    def turn(self, *, then_back: bool = False) -> None:
        """Turn the laptop to the family, or ask before turning it back.

        Args:
            then_back: Whether leaving family view then also goes back one screen.
        """

    def exchange(self, *, quietly: bool = False) -> None:
        """Exchange with central, in the background."""

    def lock_now(self) -> None:
        """Lock: everything is kept, and the process that holds the key ends."""

    def leave_sync_lock(self) -> None:
        """Central may have been in touch: open what was shut, if it was."""

    def left(self, person: Record, team: str) -> None:
        """Another team has a person whose record is open: say so, and offer the way back to the list."""

    def show_history(self, record: Record, field: str) -> None:
        """Show what a field held before."""

    def open_part(self, person_id: str, name: str) -> None:
        """Open a screen about a person by its name: "talk-2", "money", "plan"."""

    def opened(self, session: Session) -> None:
        """The store is open: go where the nurse was."""

    # Textual's own

    @property
    def screen(self) -> Screen[Any]:
        """The screen that is shown."""

    @property
    def screen_stack(self) -> Sequence[Screen[Any]]:
        """All screens, the one that is shown last."""

    def push_screen(self, screen: Screen[Any]) -> object:
        """Show a screen over the others."""

    def pop_screen(self) -> object:
        """Close the screen that is shown."""

    def set_timer(self, delay: float, callback: Callable[[], object] | None = None) -> Timer:
        """Call something after some seconds."""

    def call_later(self, callback: Callable[..., object], *args: Any) -> bool:  # noqa: ANN401 - as Textual's
        """Call something once what waits now is done."""


class AboutPerson(Protocol):
    """A screen as far as it is about somebody.

    Attributes:
        last_known: Whose record it is, as last read.
    """

    last_known: Record | None

    @property
    def host(self) -> AppProtocol:
        """The app."""

    @property
    def session(self) -> Session:
        """The unlocked laptop."""

    @property
    def is_current(self) -> bool:
        """Whether it is shown."""

    def person(self) -> Record | None:
        """Whose record it is; None on screens about nobody."""


class Coverable(AboutPerson, Protocol):
    """A screen that can be covered while the family reads along.

    Attributes:
        FAMILY_SAFE: Whether it may be shown in family view.
        staff: Whether staff turned the laptop to themselves while a visit is open.
        begun_here: Whether what it shows was begun on it.
    """

    FAMILY_SAFE: ClassVar[bool]
    staff: bool
    begun_here: bool

    def staff_only(self) -> bool:
        """Whether all that it shows is for staff only."""

    def reload(self) -> None:
        """Read what it shows."""

    def refresh_frame(self) -> None:
        """Write its head and its lowest lines again."""
