"""Router: opens screens, and imports everything that the first frame does not need."""

from __future__ import annotations

from dataclasses import replace

from phb_tui.content import sections
from phb_tui.errors import PhbError, UnknownRecord
from phb_tui.screens.base.protocols import AppProtocol
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.caseload.caseload_list import CaseloadScreen
from phb_tui.screens.navigation import registry
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.person.section import SectionScreen
from phb_tui.screens.shell.leave_family_view import LeaveFamilyViewScreen
from phb_tui.screens.sync.overdue import OverdueScreen
from phb_tui.screens.sync.sync_overview import SyncScreen
from phb_tui.screens.visit.conversation import ConversationScreen
from phb_tui.screens.visit.today import TodayScreen
from phb_tui.services.person import caseload
from phb_tui.services.session import Session
from phb_tui.services.start import last_place
from phb_tui.services.start.last_place import Place
from phb_tui.services.sync import device_lock
from phb_tui.services.visit import visits

open_part = registry.open_part
recall = last_place.recall


def remember(app: AppProtocol) -> None:
    """Save the current place, so that unlocking returns to it.

    Raises:
        NotSaved: The disk refuses.
    """
    places = (screen.place() for screen in reversed(app.screen_stack) if isinstance(screen, BaseScreen))
    if (here := next((found for found in places if found), None)) is not None:
        last_place.remember(app.session, replace(here, family=app.family, theme=app.theme))


def is_locked_to_sync(session: Session) -> bool:
    """Whether only the overdue screen may be shown, because the offline lease has expired."""
    return device_lock.is_lease_expired_only(session, session.store.db)


def show_overdue(app: AppProtocol) -> None:
    """Show the overdue screen, which shows no person."""
    app.push_screen(OverdueScreen())


def close_all_screens(app: AppProtocol) -> None:
    """Close every screen above the first one."""
    while any(isinstance(screen, BaseScreen) and not screen.BEFORE_UNLOCKING for screen in app.screen_stack):
        app.pop_screen()


def go(app: AppProtocol, here: Place) -> None:
    """Open the screens that lead to a place."""
    app.push_screen(CaseloadScreen())
    if not here.person_id:
        return
    try:
        caseload.person(app.session, here.person_id)
    except UnknownRecord:
        return
    app.push_screen(PersonOverviewScreen(here.person_id))
    if here.screen == "step":
        visit = visits.todays_or_new(app.session, here.person_id)
        app.push_screen(ConversationScreen(visit, here.step, here.statement))
    elif here.screen == "visit":
        app.push_screen(TodayScreen(here.person_id))
    elif here.screen == "section" and here.section in {section.id for section in sections.sections()}:
        app.push_screen(SectionScreen(here.person_id, sections.section(here.section)))


def find(app: AppProtocol) -> None:
    """Show the caseload with its search focused."""
    home(app)
    if isinstance(app.screen, CaseloadScreen):
        app.screen.search()


def home(app: AppProtocol) -> None:
    """Show the caseload."""
    while len(app.screen_stack) > 1 and not isinstance(app.screen, CaseloadScreen):
        app.pop_screen()


def open_person(app: AppProtocol, person_id: str) -> None:
    """Show a person over the caseload, as choosing them there does."""
    if not app.autosaver.save_all():
        return
    home(app)
    if isinstance(app.screen, CaseloadScreen):
        app.screen.open_person(person_id)


def sync(app: AppProtocol) -> None:
    """Open the sync screen."""
    if not isinstance(app.screen, SyncScreen):
        app.push_screen(SyncScreen())


def toggle_family_view(app: AppProtocol, *, then_back: bool = False) -> None:
    """Switch family view on, or open the page that asks before switching it off."""
    if app.family:
        app.push_screen(LeaveFamilyViewScreen(then_back=then_back))
        return
    screen = app.screen
    if not isinstance(screen, BaseScreen):
        return
    if not screen.FAMILY_SAFE:
        screen.show_error(PhbError("Open a person's conversation, About Me or plan first, then turn the laptop."))
        return
    app.family = True
    app.keep_place()
    app.autosaver.forget_date()
    screen.reload()
    screen.refresh_frame()
