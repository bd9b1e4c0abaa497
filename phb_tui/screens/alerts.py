"""Alerts in full: the page that F8 opens anywhere, and the one that is read before a visit starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from phb_tui.content import forms
from phb_tui.domain.changes import Record
from phb_tui.errors import PhbError
from phb_tui.language import N_, _
from phb_tui.screens.host import TableScreen
from phb_tui.screens.reader import WholePage
from phb_tui.services import banner, caseload, visiting
from phb_tui.services.banner import Alert, Banner

FACTS = ("source", "as_of", "start_date", "end_date", "told")
"""What is said about an alert beside its words, where it is written."""


class AlertsScreen(TableScreen):
    """Everything that has to be known about a person, in full; also on screens about nobody, where it says so.

    Args:
        person_id: The person; None where nobody is open.
    """

    TITLE = N_("Alerts")
    HELP = N_(
        "All alerts, and what one must know, in full. The arrows and PgDn move down the page. Esc goes back. "
        "They are written under 'How to communicate, adjustments, staying safe'."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "WholePage"
    CSS_PATH = "reader.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "back", N_("Back"), id="alerts", show=False, tooltip=N_("Go back to where you were")),
    ]

    def __init__(self, person_id: str | None) -> None:
        super().__init__()
        self.person_id = person_id

    def compose_body(self) -> ComposeResult:
        """One page to read."""
        with WholePage():
            yield Static("", id="page-words", classes="note", markup=False)

    def person(self) -> Record | None:
        """Whose alerts they are."""
        return caseload.person(self.session, self.person_id) if self.person_id else None

    def _banner(self, person: Record | None) -> Banner | None:
        """Nothing in the head: all of it stands on the page."""
        del person
        return None

    def fill(self) -> None:
        """Write the page again."""
        self.query_one("#page-words", Static).update(Content("\n").join(self._lines()))

    def _lines(self) -> Iterable[Content]:
        person = self.person()
        if person is None:
            yield Content.styled(_("No alerts"), "bold")
            yield Content(_("Alerts are about one person. Open a person, then press F8."))
            return
        found = banner.of(self.session, person)
        yield from alert_lines(self._shown(found))
        yield from _support(found)
        yield from self._read(person)

    def _shown(self, found: Banner) -> tuple[Alert, ...]:
        return found.all_alerts

    def _read(self, person: Record) -> Iterable[Content]:
        """Who read the alerts at the start of today's visit."""
        visit = visiting.todays(self.session, person.record_id)
        for record in visiting.alerts_read(self.session, visit) if visit else ():
            words = _("Read at the start of today's visit by {name}, {time}.")
            yield Content(words.format(name=record.text("who"), time=record.text("time")))


class ReadAlertsScreen(AlertsScreen):
    """The alerts to read before a visit starts; one key says that they were read and goes on.

    Args:
        person_id: The person.
        then: What was wanted: called once they are read and the visit is started.
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
        """Go down to the end of the page, then keep that it was read, start the visit and go on."""
        page = self.query_one(WholePage)
        if page.scroll_offset.y < page.max_scroll_y:
            page.scroll_page_down(animate=False)
            return
        person = self.person()
        try:
            if person is not None:
                visiting.read_alerts(self.session, person)
        except PhbError as error:
            self.tell(error)
            return
        self.host.keeper.said()
        self.app.pop_screen()
        self._then()

    def action_nothing(self) -> None:
        """They are here already."""

    def _read(self, person: Record) -> Iterable[Content]:
        del person
        yield Content.styled(_("Press Enter when you have read these. Then the visit starts."), "bold")


def alert_lines(found: Iterable[Alert]) -> Iterable[Content]:
    """Each alert whole: what it is, its words, since when and who has been told."""
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
    """An alert's words with their line breaks."""
    return alert.record.text(banner.TAKE_CARE if alert.record.kind == "person" else "what")


def _support(found: Banner) -> Iterable[Content]:
    yield from (Content(line) for line in found.support())
    yield Content("")
