"""Overdue check-in: the offline lease has expired, so only an exchange by network or USB is possible."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widgets.option_list import Option

from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.sync.sync_overview import SyncScreen


class OverdueScreen(SyncScreen):
    """The sync screen of a laptop whose offline lease has expired; it shows no person."""

    TITLE = N_("Sync with the team server")
    HELP = N_(
        "This laptop has not synced for too long. Nothing on it is lost, and what waits can be sent. Nobody's details "
        "are shown before it has synced. Connect to a network and sync, or use a USB stick. The laptop opens as soon "
        "as the team server has answered."
    )
    BEGUN = N_("Connecting to the team server.")
    FIRST_WORDS = N_(
        "This laptop has not synced for too long. It opens as soon as the team server has answered. Nothing is lost."
    )

    def options(self) -> Iterable[Option]:
        """Only what leads back to central."""
        yield Option(_("Sync now"), id="again")
        yield from self.confirmation_options()
        yield Option(_("Sync with a USB stick, without a network"), id="stick")
        yield Option(_("Lock this laptop"), id="lock")

    def chosen(self, choice: str) -> None:
        """Run the selected action."""
        if choice == "lock":
            self.phb_app.lock_now()
        else:
            super().chosen(choice)

    def exchanged(self, problem: PhbError | None) -> None:
        """Open the caseload after an exchange that renewed the lease, or show why it was not renewed."""
        super().exchanged(problem)
        self.phb_app.leave_sync_lock()
