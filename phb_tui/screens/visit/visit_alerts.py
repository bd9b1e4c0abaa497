"""Opens alerts: those not yet read before a visit starts, and all of them on F8."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from phb_tui.errors import PhbError, UnknownRecord
from phb_tui.i18n import _
from phb_tui.screens.base import transferred_person
from phb_tui.screens.base.protocols import AppProtocol
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.shell.help import HelpScreen
from phb_tui.screens.visit.alerts import AlertsScreen, ReadAlertsScreen
from phb_tui.services.person import caseload
from phb_tui.services.visit import visits


def begin(app: AppProtocol, person_id: str, then: Callable[[], None]) -> None:
    """Run something that belongs to today's visit, after the unread alerts have been read.

    Args:
        app: The app.
        person_id: The person who is visited.
        then: What to run; it may start the visit.
    """
    with suppress(UnknownRecord):  # another team has them now; what goes on says so
        if visits.unread_alerts(app.session, caseload.person(app.session, person_id)):
            if app.family and isinstance(app.screen, BaseScreen):
                app.screen.show_error(PhbError(_("Turn the laptop back to you first: press F2. Then start the visit.")))
            else:
                app.push_screen(ReadAlertsScreen(person_id, then))
            return
    then()


def show_alerts(app: AppProtocol, *, staff: bool = False) -> None:
    """Show the alerts of the current screen's person; on a screen about nobody, say that there are none.

    Args:
        app: The app.
        staff: Whether staff have confirmed that the laptop is turned to them.
    """
    screen = app.screen
    of = screen.of if isinstance(screen, HelpScreen) else screen
    person = transferred_person.person_of(of) if isinstance(of, BaseScreen) else None
    app.push_screen(AlertsScreen(person.record_id if person else None, staff=staff))
