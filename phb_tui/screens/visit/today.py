"""Today's visit: preparation, who is present, conversation, read-back, closing."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.base.person_screen import PersonScreen, for_staff
from phb_tui.screens.base.person_view import View
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.lists.line_list import ADD, LineList, gap, heading, id_of, line_of, refill, titled
from phb_tui.screens.lists.row import Row
from phb_tui.screens.lists.side_panel import SidePanel
from phb_tui.screens.visit import visit_alerts, visit_panel
from phb_tui.services.person import reminders
from phb_tui.services.records import record_lists
from phb_tui.services.start.last_place import Place
from phb_tui.services.visit import visits

KNOWN = "there:"
"""Prefix of the id of a line that adds a known person to those present."""


class TodayScreen(PersonScreen):
    """Today's visit to a person, before it starts and while it is open.

    Args:
        person_id: The person.
    """

    TITLE = N_("Today's visit")
    HELP = N_(
        "Before the visit: look at what is due and what the person asked to talk about. At the visit: start it, add "
        "who is here and what they are speaking as, then talk. At the end read back what was said, and close the "
        "visit. Two colleagues who visit together start the same visit, each on their own laptop."
    )
    FAMILY_SAFE = True
    CSS_PATH = "today.tcss"

    def __init__(self, person_id: str) -> None:
        super().__init__(person_id)
        self._records: dict[str, Record] = {}
        self._pages: dict[str, int] = {}

    def compose_body(self) -> ComposeResult:
        """Compose the lines and, when there is room, the preparation and communication needs beside them."""
        with Horizontal(id="columns"):
            yield titled(LineList(id="visit", markup=False), _("Visit"))
            yield SidePanel(id="beside")

    def place(self) -> Place:
        """This visit, as the place to return to."""
        return Place("visit", self.person_id)

    def reload(self) -> None:
        """Read everything again and keep the highlighted line."""
        self._records = {}
        visit = visits.todays(self.session, self.person_id)
        options = list(self._during(visit)) if visit else [Option(_("Start today's visit"), id="start")]
        refill(self.query_one("#visit", LineList), [*options, *self._ready(), *self._earlier(visit)])
        self._show_preparation()

    def _show_preparation(self) -> None:
        beside = self.query_one(SidePanel)
        if beside.is_wanted and beside.size.width:  # before it is laid out its words cannot be folded
            view = View(self.session, self.person(), self.phb_app.family, self.hides)
            beside.fill(_("For this visit"), visit_panel.preparation(view, beside.words_width))

    def on_resize(self) -> None:
        """Fill the panel where there is room for it now, and fold what is in it to its width."""
        self.call_after_refresh(self._show_preparation)

    def _during(self, visit: Record) -> Iterable[Option]:
        """Lines for who is present and for the parts of the visit."""
        yield Option(_("Continue the conversation"), id="talk")
        yield Option(_("Read back and check"), id="told")
        closed = visits.is_closed(self.session, visit)
        yield Option(_("Closed visit: read or correct it") if closed else _("Close the visit"), id="close")
        yield Option(
            _("Where and when, notes for staff") if not self.phb_app.family else _("Where and when"), id="where"
        )
        yield gap()
        yield heading(_("Who is here"))
        for record in visits.attendees(self.session, visit):
            yield self._line(record)
        for known in () if self.phb_app.family else visits.people_to_add(self.session, visit):
            words = _("+ {name} is here").format(name=visits.name_of(known))
            yield Option(Content(words), id=f"{KNOWN}{known.record_id}")
        yield Option(f"+ {forms.form('attendee').add}", id=f"{ADD}attendee")

    def _ready(self) -> Iterable[Option]:
        """Lines of the preparation: reminders and requests."""
        yield gap()
        yield heading(_("To talk about"))
        for record in record_lists.of(self.session, "agenda", self.person_id):
            if not record_lists.has_ended(self.session, record):
                yield self._line(record)
        yield Option(f"+ {forms.form('agenda').add}", id=f"{ADD}agenda")
        found = [] if self.phb_app.family else reminders.due(self.session, self.person_id)
        shown = [item for item in found if not item.for_staff] if found and self.hides else found
        if found:
            yield gap()
            yield heading(_("Due now"))
        if len(found) > len(shown):
            yield Option(for_staff(len(found) - len(shown)), disabled=True)
        for number, item in enumerate(shown):
            self._records[f"due-{number}"] = item.record
            self._pages[f"due-{number}"] = forms.page_of(item.record.kind, item.field)
            when = dates.in_full(item.date) if item.date else ""
            left = Content.styled(f"{SHAPES.late} ", "bold $red") + item.words
            yield Option(Row(left, "" if when in item.words else when), id=f"due-{number}")

    def _earlier(self, today: Record | None) -> Iterable[Option]:
        """Lines that open earlier visits."""
        found = [v for v in visits.visits(self.session, self.person_id) if not today or v.record_id != today.record_id]
        if found:
            yield gap()
            yield heading(_("Earlier visits"))
        for visit in found[:10]:
            yield Option(
                Content(f"{dates.in_full(visit.text('date'))}  {visit.text('place')}"), id=f"told:{visit.record_id}"
            )

    def _line(self, record: Record) -> Option:
        self._records[id_of(record)] = record
        return line_of(record, record_lists.line(self.session, record))

    @on(OptionList.OptionSelected, "#visit")
    def _open(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        record = self._records.get(chosen)
        if record is not None and record.kind == "budget":
            self.phb_app.open_part(self.person_id, f"budget:{record.record_id}")
        elif record is not None:
            self.app.push_screen(FormScreen(record, self._pages.get(chosen, 0)))
        elif chosen == f"{ADD}agenda":
            self.app.push_screen(FormScreen(record_lists.new(self.session, "agenda", self.person_id)))
        elif chosen in {"talk", "told"} or chosen.startswith("told:"):
            self.phb_app.open_part(self.person_id, chosen)
        else:
            visit_alerts.begin(self.phb_app, self.person_id, lambda: self._run_in_visit(chosen))

    def _run_in_visit(self, chosen: str) -> None:
        """Run an action that belongs to today's visit; it starts the visit."""
        try:
            visit = visits.start(self.session, self.person_id)
        except PhbError as error:
            self.show_error(error)
            return
        if chosen == "start":
            self.phb_app.autosaver.note_saved()
            self.reload()
        elif chosen == "where":
            self.app.push_screen(FormScreen(visit))
        elif chosen == "close":
            record = visits.closing(self.session, visit)
            self.app.push_screen(FormScreen(record, context={"visit_id": visit.record_id}))
        elif chosen.startswith(KNOWN):
            self._mark_present(visit, chosen.removeprefix(KNOWN))
        else:
            new = record_lists.new(self.session, "attendee", self.person_id)
            self.app.push_screen(FormScreen(new, context=record_lists.parent_link(visit, "attendee")))

    def _mark_present(self, visit: Record, record_id: str) -> None:
        """Record that a known person is present, and ask for whom they speak."""
        found = next(
            (known for known in visits.people_to_add(self.session, visit) if known.record_id == record_id), None
        )
        if found is None:  # another laptop's words took them off the list meanwhile
            self.reload()
            return
        try:
            attendee = visits.mark_present(self.session, visit, found)
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.autosaver.note_saved()
        self.app.push_screen(FormScreen(attendee))
