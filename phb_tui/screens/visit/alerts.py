"""Alerts in full: the page that F8 opens anywhere, and the page to read before a visit starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from phb_tui.content import forms
from phb_tui.domain.records.changes import Record
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _, n_
from phb_tui.screens.base import family_cover, transferred_person
from phb_tui.screens.base.reader import FocusablePage
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.services.person import banner, caseload, reminders
from phb_tui.services.person.banner import Alert, Banner
from phb_tui.services.visit import visits

FACTS = ("source", "as_of", "start_date", "end_date", "told")
"""Fields that are shown beside the text of an alert, where they are filled in."""


class AlertsScreen(BaseScreen):
    """Everything that must be known about a person, in full; on screens about nobody it says that there is nothing.

    Args:
        person_id: The person; None on screens about nobody.
    """

    TITLE = N_("Alerts")
    HELP = N_(
        "All alerts, and all that staff must know, in full. The arrows and PgDn move down the page. Esc goes back. "
        "They are written under 'How to communicate, adjustments, staying safe'."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "FocusablePage"
    CSS_PATH = "../base/reader.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "back", N_("Back"), id="back-again", show=False, tooltip=N_("Go back to where you were")),
        Binding("enter", "go_on", N_("Show it"), id="go-on", tooltip=N_("Show what only staff may read")),
    ]

    def __init__(self, person_id: str | None, *, staff: bool = False) -> None:
        super().__init__()
        self.person_id = person_id
        self.uncovered = staff

    def compose_body(self) -> ComposeResult:
        """Compose the page."""
        with FocusablePage():
            yield Static("", id="page-words", classes="note", markup=False)

    def person(self) -> Record | None:
        """The person whose alerts they are."""
        return caseload.person(self.session, self.person_id) if self.person_id else None

    def _banner(self, person: Record | None) -> Banner | None:
        """Return None for the head: everything stands on the page itself."""
        del person
        return None

    def reload(self) -> None:
        """Render the page again."""
        self.query_one("#page-words", Static).update(Content("\n").join(self._lines()))

    def _lines(self) -> Iterable[Content]:
        person = transferred_person.person_of(self)
        if person is None:
            yield Content.styled(_("No alerts"), "bold")
            yield Content(_("Alerts are about one person. Open a person, then press F8."))
            return
        found, hides = banner.of(self.session, person), self.hides
        staff = sum(1 for alert in found.all_alerts if alert.staff)
        if hides:
            yield Content.styled(_("For staff: turn the laptop to you, then press Enter."), "bold")
            words = n_("{count} staff alert", "{count} staff alerts", staff) if staff else _("No staff alerts")
            yield Content(words.format(count=staff) + "\n")
        shown = [alert for alert in found.all_alerts if not (hides and alert.staff)]
        if not (hides and not shown):
            yield from alert_lines(shown)
        yield from _support(found)
        if not hides:
            yield from self._visit_notes(person)

    def _visit_notes(self, person: Record) -> Iterable[Content]:
        """During a visit: reminders for staff, who read the alerts, and how to show what is hidden."""
        if not family_cover.visit_is_open(self, person):
            return
        if found := [item for item in reminders.due(self.session, person.record_id) if item.for_staff]:
            yield Content.styled(_("Due now, for staff"), "bold")
            yield from (Content(f"- {item.words}") for item in found)
            yield Content("")
        yield from self._read(person)
        yield Content(_("Press Enter to go back and see everything on that page, until you leave it."))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow uncovering only during a visit; the page to read before a visit has another key."""
        if action == "go_on":
            return (
                type(self) is AlertsScreen
                and not self.phb_app.family
                and family_cover.visit_is_open(self, transferred_person.person_of(self))
            )
        return super().check_action(action, parameters)

    def action_go_on(self) -> None:
        """Show staff-only content on this page; the second time also on the screen below."""
        if self.hides:
            family_cover.uncover(self)
            return
        under = self.app.screen_stack[-2]
        if isinstance(under, BaseScreen):
            under.uncovered = True
        self.action_back()

    def _read(self, person: Record) -> Iterable[Content]:
        """Who read the alerts at the start of today's visit."""
        visit = visits.todays(self.session, person.record_id)
        for record in visits.alerts_read(self.session, visit) if visit else ():
            words = _("Read at the start of today's visit by {name}, {time}.")
            yield Content(words.format(name=record.text("who"), time=record.text("time")))


class ReadAlertsScreen(AlertsScreen):
    """Alerts to read before a visit starts; one key confirms that they were read and starts the visit.

    Args:
        person_id: The person.
        then: Called once the alerts are read and the visit is started.
    """

    TITLE = N_("Read these before the visit")
    HELP = N_(
        "Read all of it, then press Enter. phb-tui keeps with the visit that you read them, and when. "
        "Esc goes back, and no visit is started."
    )
    FAMILY_SAFE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "read", N_("I have read these"), id="read", tooltip=N_("Go on; it is kept with the visit")),
        Binding("f8", "nothing", show=False),
    ]

    def __init__(self, person_id: str, then: Callable[[], None]) -> None:
        super().__init__(person_id)
        self._then = then

    def action_read(self) -> None:
        """Scroll to the end of the page first; then save who read the alerts, start the visit and continue."""
        if family_cover.is_covered(self):  # a visit is open already, and the family may read along
            family_cover.uncover(self)
            return
        page = self.query_one(FocusablePage)
        if page.scroll_offset.y < page.max_scroll_y:
            page.scroll_page_down(animate=False)
            return
        person = transferred_person.person_of(self)
        if person is None or self.was_transferred():
            return
        try:
            visits.read_alerts(self.session, person)
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.autosaver.note_saved()
        self.app.pop_screen()
        self._then()

    def action_nothing(self) -> None:
        """Do nothing: the alerts are shown already."""

    def staff_only(self) -> bool:
        """Return True: during a visit the whole page is covered first."""
        return True

    def _visit_notes(self, person: Record) -> Iterable[Content]:
        del person
        yield Content.styled(_("Press Enter when you have read these. Then the visit starts."), "bold")


def alert_lines(found: Iterable[Alert]) -> Iterable[Content]:
    """Each alert in full: title, text, since when, and who has been told."""
    shown = list(found)
    if not shown:
        yield Content.styled(_("No alerts"), "bold")
    for alert in shown:
        yield Content.styled(f"! {alert.name}" if alert.staff else alert.name, "bold")
        yield Content(_whole(alert))
        for name in FACTS:
            if alert.record.kind != "person" and (words := alert.record.text(name)):
                label = forms.label(alert.record.kind, name)
                yield Content(f"{label} {forms.show(alert.record.kind, name, words)}")
        yield Content("")


def _whole(alert: Alert) -> str:
    """The text of an alert with its line breaks."""
    return alert.record.text(banner.TAKE_CARE if alert.record.kind == "person" else "what")


def _support(found: Banner) -> Iterable[Content]:
    yield from (Content(line) for line in found.support())
    yield Content("")
