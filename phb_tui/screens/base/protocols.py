"""Protocols between the app, autosave and the screens, so that no module of them has to import another; types only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

if TYPE_CHECKING:
    from textual.screen import Screen

    from phb_tui.domain.records.changes import Record
    from phb_tui.screens.widgets.text_field import TextField
    from phb_tui.services.session import Session
    from phb_tui.services.sync.sync_service import Status
    from phb_tui.settings import Settings


class AutosaveProtocol(Protocol):
    """Autosave as screens know it; see `autosave.Autosaver`."""

    def typed(self, field: TextField) -> None:
        """Restart the draft timer after a key in a field."""

    def save_field(self, field: TextField) -> bool:
        """Save a field that loses the focus; return whether nothing is left unsaved."""

    def save_all(self) -> bool:
        """Save the field that is being typed in; return whether nothing is left unsaved."""

    def note_saved(self) -> None:
        """Show that something was saved other than by typing."""

    def forget_date(self) -> None:
        """Clear the message about how a date was understood."""


class AppProtocol(Protocol):
    """The app as its screens know it.

    Attributes:
        settings: The laptop's settings.
        autosaver: Saves what is typed.
        theme: The theme's name.
        family: Whether family view is on: the laptop is turned to the person and family.
        status: The sync status that the badge shows; None until the store is open.
        saved: The last message about saving; "" before anything was saved.
        when_idle: Calls something that changes what is shown, once there was no input for a moment.
        visited_at: When the visit to each person was last seen open, in monotonic seconds, by the person's id.
    """

    @property
    def settings(self) -> Settings:
        """The laptop's settings."""

    @property
    def autosaver(self) -> AutosaveProtocol:
        """Saves what is typed."""

    @property
    def theme(self) -> str:
        """The theme's name."""

    family: bool
    status: Status | None
    saved: str
    visited_at: dict[str, float]
    locked_to_sync: bool

    @property
    def when_idle(self) -> Callable[[Callable[[], object]], object]:
        """Calls something that changes what is shown, once there was no input for a moment."""

    @property
    def session(self) -> Session:
        """The session of the unlocked laptop; only the unlock and set-up screens come before it."""

    @property
    def is_open(self) -> bool:
        """Whether the encrypted store is open."""

    def refresh_status(self) -> None:
        """Read the sync status again and show it in the badge."""

    def toggle_family_view(self, *, then_back: bool = False) -> None:
        """Switch family view on, or open the page that asks before switching it off.

        Args:
            then_back: Whether leaving family view then also goes back one screen.
        """

    def exchange(self, *, quietly: bool = False) -> None:
        """Start an exchange with central in the background."""

    def lock_now(self) -> None:
        """Lock: save everything and end the process that holds the key."""

    def keep_place(self) -> None:
        """Save the current place and whether family view is on, for the case of a crash."""

    def leave_sync_lock(self) -> None:
        """Show the caseload again if the offline lease was renewed while only the overdue screen was shown."""

    def show_transferred(self, person: Record, team: str) -> None:
        """Show that another team now has the person whose record is open."""

    def show_history(self, record: Record, field: str) -> None:
        """Open the history of a field."""

    def open_part(self, person_id: str, name: str) -> None:
        """Open a screen about a person by its registered name: "talk:2", "money", "plan"."""

    def opened(self, session: Session) -> None:
        """Show the last place after the store was opened."""

    # Textual's own

    @property
    def screen(self) -> Screen[Any]:
        """The current screen."""

    @property
    def screen_stack(self) -> Sequence[Screen[Any]]:
        """All open screens, the current one last."""

    def simulate_key(self, key: str) -> None:
        """Do what a key does."""

    def push_screen(self, screen: Screen[Any]) -> object:
        """Show a screen over the others."""

    def pop_screen(self) -> object:
        """Close the screen that is shown."""

    def call_next(self, callback: Callable[[], object]) -> None:
        """Call something after the message that is handled now."""

    def call_later(self, callback: Callable[..., object], *args: Any) -> bool:  # noqa: ANN401 - as Textual's
        """Call something after the messages that wait now have been handled."""


class AboutPerson(Protocol):
    """A screen that may be about a person.

    Attributes:
        last_known: The person's record as last read.
    """

    last_known: Record | None

    @property
    def phb_app(self) -> AppProtocol:
        """The app."""

    @property
    def session(self) -> Session:
        """The session of the unlocked laptop."""

    @property
    def is_current(self) -> bool:
        """Whether it is the current screen."""

    def person(self) -> Record | None:
        """The person's record; None on screens about nobody."""


class Coverable(AboutPerson, Protocol):
    """A screen that can be covered while the family reads along.

    Attributes:
        FAMILY_SAFE: Whether it may be shown in family view.
        uncovered: Whether staff asked to see everything while a visit is open.
        started_empty: Whether its record was new when it was opened, so that it cannot reveal anything.
    """

    FAMILY_SAFE: ClassVar[bool]
    uncovered: bool
    started_empty: bool

    def staff_only(self) -> bool:
        """Whether everything that it shows is for staff only."""

    def reload(self) -> None:
        """Read what the screen shows from the store."""

    def refresh_frame(self) -> None:
        """Write the head, the saved line and the hints again."""
