"""What the app does with an open session: the last place, the status, and the lock until the next sync."""

from __future__ import annotations

from typing import TYPE_CHECKING

from phb_tui import errors
from phb_tui.app.closing import Shutdown
from phb_tui.i18n import _
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.design.themes import THEMES

if TYPE_CHECKING:
    from phb_tui.domain.records.changes import Record
    from phb_tui.services.session import Session


class OpenSession(Shutdown):
    """Mixin of the app that shows an opened session."""

    def opened(self, session: Session) -> None:
        """Show the last place after the store was opened.

        Raises:
            PhbError: What is in it cannot be shown; it is closed again, and the unlock screen says so.
        """
        self._session = session
        try:
            self._show_last_place(session)
        except errors.PhbError:
            self.close_store()
            raise

    def _show_last_place(self, session: Session) -> None:
        from phb_tui.screens.navigation import router  # noqa: PLC0415 - everything after the first frame is imported by then

        self.refresh_status()
        self.locked_to_sync = router.is_locked_to_sync(session)
        if self.locked_to_sync:
            router.show_overdue(self.phb_app)
            return
        place = router.recall(session)
        if place.theme in {theme.name for theme in THEMES}:
            self.theme = place.theme
        self.family = place.family
        if session.recovered and not self.settings.unsaved:
            self.saved = _("What you were writing is kept")
            if not place.family:  # whose laptop is turned to the family comes back to where it was
                self._show_recovered(session)
                return
        router.go(self.phb_app, place)

    def _show_recovered(self, session: Session) -> None:
        """Show the list of people and over it, one key away, what was being written when the app stopped.

        The last place is where the app ended properly, perhaps at another person, whom nobody chose now.
        """
        from phb_tui.screens.navigation import router  # noqa: PLC0415 - everything after the first frame is imported by then
        from phb_tui.screens.navigation.recovered import RecoveredScreen  # noqa: PLC0415 - likewise
        from phb_tui.services.records import draft_recovery  # noqa: PLC0415 - likewise
        from phb_tui.services.start.last_place import Place  # noqa: PLC0415 - likewise

        router.go(self.phb_app, Place())
        if draft_recovery.records(session):
            self.push_screen(RecoveredScreen())

    def leave_sync_lock(self) -> None:
        """Show the caseload again if the offline lease was renewed while only the overdue screen was shown."""
        from phb_tui.screens.navigation import router  # noqa: PLC0415

        if self._session is not None and self.locked_to_sync and not router.is_locked_to_sync(self._session):
            router.close_all_screens(self.phb_app)
            self.saved = _("This laptop is open again")
            self.opened(self._session)

    def refresh_status(self) -> None:
        """Read the sync status again and show it in the badge."""
        if self._session is not None:
            from phb_tui.services.sync import sync_service  # noqa: PLC0415

            self.status = sync_service.status(self._session)
            if isinstance(self.screen, BaseScreen) and self.screen.is_mounted:
                self.screen.refresh_frame()

    def show_history(self, record: Record, field: str) -> None:
        """Open the history of a field."""
        from phb_tui.screens.history.field_history import FieldHistoryScreen  # noqa: PLC0415

        self.push_screen(FieldHistoryScreen(record, field))

    def open_part(self, person_id: str, name: str) -> None:
        """Open a screen about a person by its registered name."""
        from phb_tui.screens.navigation import router  # noqa: PLC0415

        router.open_part(self.phb_app, person_id, name)
