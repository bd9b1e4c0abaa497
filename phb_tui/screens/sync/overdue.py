"""The way back to central for a laptop that was without it for too long: send and get, or the stick, and no person."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widgets.option_list import Option

from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.sync.sync_overview import SyncScreen


class OverdueScreen(SyncScreen):
    """Send and get, as ever, but nothing of anybody is shown until central was in touch."""

    TITLE = N_("Get in touch with central")
    HELP = N_(
        "This laptop has been without central for too long. Nothing on it is lost, and what waits can be sent. "
        "Nobody's details are shown before it was in touch with central. Connect to a network and send, or use a "
        "USB stick. The laptop opens as soon as central's answer is here."
    )
    BEGUN = N_("Getting in touch with central.")
    FIRST_WORDS = N_(
        "This laptop was without central for too long. It opens as soon as central's answer is here. Nothing is lost."
    )

    def offered(self) -> Iterable[Option]:
        """Only what leads back to central."""
        yield Option(_("Send and get now"), id="again")
        yield from self.asked()
        yield Option(_("Send by a USB stick, without a network"), id="stick")
        yield Option(_("Lock this laptop"), id="lock")

    def chosen(self, choice: str) -> None:
        """Enter or a click on a line."""
        if choice == "lock":
            self.host.lock_now()
        else:
            super().chosen(choice)

    def exchanged(self, problem: PhbError | None) -> None:
        """An exchange has ended: the laptop opens, or it says why not."""
        super().exchanged(problem)
        self.host.leave_sync_lock()
