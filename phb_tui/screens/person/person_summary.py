"""Panel beside a list of people: what staff look for first about the one whose line is highlighted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from phb_tui.domain.people import person_facts
from phb_tui.errors import UnknownRecord
from phb_tui.i18n import _, n_
from phb_tui.screens.base.person_view import View, people, quoted
from phb_tui.screens.lists.side_panel import SidePanel, titled_lines
from phb_tui.screens.person import person_panels
from phb_tui.services.person import banner, caseload
from phb_tui.services.visit import visits

if TYPE_CHECKING:
    from phb_tui.services.session import Session


class PersonSummary(SidePanel):
    """Alerts, words, details, people, what is due and the visits of one person.

    It stands on lists of several people, which staff read. While a visit to the person is open it shows nothing that
    only staff may read, as every screen about them does.
    """

    def show(self, session: Session, person_id: str) -> None:
        """Show somebody; nothing for "" and for whom another team has now."""
        try:
            person = caseload.person(session, person_id)
        except UnknownRecord:
            self.fill("", ())
            return
        view = View(session, person, family=False, hides=visits.open_now(session, person_id) is not None)
        self.fill(person_facts.full_name(person), _lines(view, self.words_width))


def _lines(view: View, width: int) -> Iterator[Content]:
    found = banner.of(view.session, view.person)
    if view.hides and (staff := sum(1 for alert in found.all_alerts if alert.staff)):
        words = n_("! {count} staff alert", "! {count} staff alerts", staff).format(count=staff)
        yield Content.styled(words, "bold $red")
    for line in found.first(family=view.hides):
        yield Content.styled(line, "bold $red")
    yield from map(Content, found.support())
    yield from quoted(view, width)
    yield from titled_lines(_("Details"), person_panels.details(view).lines[1:])
    for panel in (person_panels.due(view), people(view), person_panels.so_far(view)):
        yield from titled_lines(panel.title, panel.lines)
