"""Panel beside a list of people: what staff look for first about the one whose line is highlighted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from phb_tui.domain.people import person_facts
from phb_tui.errors import UnknownRecord
from phb_tui.i18n import _, n_
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.person import person_panels
from phb_tui.screens.person.person_lines import View
from phb_tui.screens.person.person_panels import Panel
from phb_tui.services.person import banner, caseload
from phb_tui.services.visit import visits

if TYPE_CHECKING:
    from phb_tui.services.session import Session

LEAST_WIDTH = 20
"""Columns that the person's words have at least, before the panel is laid out."""


class PersonSummary(VerticalScroll, can_focus=False):
    """Alerts, words, details, people, what is due and the visits of one person; read, not chosen from.

    It stands on lists of several people, which staff read. While a visit to the person is open it shows nothing that
    only staff may read, as every screen about them does.
    """

    def compose(self) -> ComposeResult:
        """Compose the words."""
        yield Static("", id="summary", markup=False)

    def show(self, session: Session, person_id: str) -> None:
        """Show somebody; nothing for "" and for whom another team has now."""
        words = self.query_one("#summary", Static)
        try:
            person = caseload.person(session, person_id)
        except UnknownRecord:
            self.border_title = Content("")
            words.update("")
            return
        view = View(session, person, family=False, hides=visits.open_now(session, person_id) is not None)
        self.border_title = Content(person_facts.full_name(person))
        words.update(Content("\n").join(_lines(view, max(words.content_size.width, LEAST_WIDTH))))
        self.scroll_home(animate=False)


def _lines(view: View, width: int) -> Iterator[Content]:
    found = banner.of(view.session, view.person)
    if view.hides and (staff := sum(1 for alert in found.all_alerts if alert.staff)):
        words = n_("! {count} staff alert", "! {count} staff alerts", staff).format(count=staff)
        yield Content.styled(words, "bold $red")
    for line in found.first(family=view.hides):
        yield Content.styled(line, "bold $red")
    yield from map(Content, found.support())
    if (own := person_panels.own_words(view)) is not None:
        yield Content("")
        bar = Content.styled(f"{SHAPES.own_words} ", "$blue")
        for said in own.lines:
            yield from (bar + Content.styled(part, "bold $bold") for part in wrap(said.plain, width - 2))
    yield from _titled(Panel(_("Details"), person_panels.details(view).lines[1:]))
    for panel in (person_panels.due(view), person_panels.people(view), person_panels.so_far(view)):
        yield from _titled(panel)


def _titled(panel: Panel) -> Iterable[Content]:
    if not panel.lines:
        return
    yield Content("")
    yield Content.styled(panel.title, "bold $bold")
    yield from panel.lines
