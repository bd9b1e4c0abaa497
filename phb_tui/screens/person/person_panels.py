"""Panels beside the person's lists, where the window has room: details, people, goals, what is due, visits."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from phb_tui.content import forms
from phb_tui.domain.calendar import dates
from phb_tui.domain.people import person_facts
from phb_tui.i18n import N_, _, n_
from phb_tui.screens.base.person_screen import for_staff
from phb_tui.screens.base.person_view import MOST, MOST_DUE, Panel, View, more_rows, people
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.widgets.text_update import update_text
from phb_tui.services.person import reminders
from phb_tui.services.records import record_lists
from phb_tui.services.visit import visits

STAFF = {"nhs_number", "date_of_birth"}
"""Facts that are hidden in family view."""

OF_DEATH = {"died_on", "died_said_by"}
"""Fields about a death that are hidden while the family may be reading; the head says what they may read."""

FACTS = (
    ("nhs_number", N_("NHS number")), ("date_of_birth", N_("Date of birth")), ("phone", N_("Phone")),
    ("address", N_("Address")), ("next_visit", N_("Next visit")), ("died_on", N_("Died")),
    ("died_said_by", N_("Who said so")),
)  # fmt: skip


class OwnWordsPanel(Vertical):
    """The person's own words with a bar beside every row of them; hidden while there are none."""

    def compose(self) -> ComposeResult:
        """Compose the words."""
        yield Static("", id="own-words-text")

    def show(self, panel: Panel | None) -> None:
        """Show the words; None for nothing."""
        self.set_class(panel is None, "hidden")
        if panel is not None:
            self.border_title = Content(panel.title)
            update_text(self.query_one(Static), Content("\n").join(panel.lines))


class PersonPanel(Static):
    """One panel that is read and not chosen from; hidden while it has nothing to say."""

    def show(self, panel: Panel | None) -> None:
        """Show a panel; None for nothing."""
        self.set_class(panel is None or not panel.lines, "hidden")
        if panel is not None and panel.lines:
            self.border_title, self.border_subtitle = Content(panel.title), Content(panel.state)
            update_text(self, Content("\n").join(panel.lines))


def details(view: View) -> Panel:
    """Name, identifiers, phone, address and next visit, as far as they may be shown."""
    person = view.person
    lines = [Content(person_facts.preferred_name(person) if view.family else person_facts.full_name(person))]
    for name, label in FACTS:
        hidden = (view.family and name in STAFF) or (view.hides and name in OF_DEATH)
        hidden |= name == "next_visit" and person_facts.has_died(person)
        words = "" if hidden else forms.show("person", name, person.text(name))
        if words:
            lines.append(Content(f"{_(label)}: {words}"))
    return Panel(_("Details"), tuple(lines))


def goals(view: View) -> Panel:
    """What the person wants."""
    found = view.of("goal")
    lines = (Content(record_lists.line(view.session, record)) for record in found[:MOST])
    return Panel(_("My goals"), tuple(lines), more_rows(len(found)))


def due(view: View) -> Panel:
    """The reminders; none in family view, and during a visit none that are for staff."""
    found = [] if view.family else reminders.due(view.session, view.person_id)
    shown = [item for item in found if not item.for_staff] if view.hides else found
    lines = [Content.styled(f"{SHAPES.late} ", "bold $red") + item.words for item in shown[:MOST_DUE]]
    if more := len(shown[MOST_DUE:]):
        words = n_("and {count} more, under Today's visit", "and {count} more, under Today's visit", more)
        lines.append(Content(words.format(count=more)))
    if len(found) > len(shown):
        lines.append(Content(for_staff(len(found) - len(shown))))
    return Panel(_("Due now"), tuple(lines))


def so_far(view: View) -> Panel:
    """The newest visits."""
    found = visits.visits(view.session, view.person_id)
    lines = (f"{dates.in_full(visit.text('date'))}  {visit.text('place')}".rstrip() for visit in found[:MOST])
    state = n_("{count} visit so far", "{count} visits so far", len(found)).format(count=len(found))
    return Panel(_("Visits"), tuple(map(Content, lines)), state)


PANELS = {"details": details, "people": people, "due": due, "goals": goals, "visits": so_far}
"""The panels by the id of their widget."""


def shown(view: View) -> Iterable[tuple[str, Panel]]:
    """Every panel with the id of its widget."""
    for name, make in PANELS.items():
        yield name, make(view)
