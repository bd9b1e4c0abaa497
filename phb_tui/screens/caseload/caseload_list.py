"""Caseload: the list of people, with search as you type and adding a person."""

from __future__ import annotations

from asyncio import TimerHandle
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from phb_tui.errors import UnknownRecord
from phb_tui.i18n import N_, _, n_
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.base.timers import after
from phb_tui.screens.caseload.people_list import PeopleList
from phb_tui.screens.forms.error_reason import ENTERED_IN_ERROR
from phb_tui.screens.lists.line_list import Line, LineList
from phb_tui.screens.lists.past_end import PastEnd
from phb_tui.screens.person.entered_in_error import EnteredInErrorScreen
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.person.person_summary import PersonSummary
from phb_tui.screens.widgets.field_panel import FieldPanel
from phb_tui.services.person import caseload
from phb_tui.services.records import record_lists
from phb_tui.services.start.last_place import Place

DUE = N_("Due this week, for all your people")
DUE_KEY = "0"
"""Digit that opens what is due while the list has the focus."""
STAYS = 0.05
"""Seconds that the highlight stays on a person before the panel beside the list is about them."""


class CaseloadScreen(BaseScreen):
    """Lists everybody in the team's care."""

    TITLE = N_("Your people")
    HELP = N_(
        "Everyone your team works with. Type part of a name, an NHS number, a phone number, a carer's name or a date "
        "of birth. Then press the down arrow and Enter, or the digit at a line. Esc clears what you typed. With "
        "nothing typed, Enter shows what is due this week; from the list it is 0. "
        "Each line has the date of birth and the end of the NHS number. "
        "'same name' and 'same NHS number' mean that someone else here has it too: look which person you open. "
        "'not sent' means something about them is only on this laptop so far. 'two versions' means a conflict: "
        "there are two versions of the same entry, and someone has to choose."
    )
    AUTO_FOCUS = "#search"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f7", "add", N_("Add a person"), id="add", tooltip=N_("Start a record for someone new")),
        Binding(
            "ctrl+o",
            "service",
            N_("Service details"),
            id="service",
            show=False,
            tooltip=N_("What your service tells everyone"),
        ),
        ENTERED_IN_ERROR,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._query = ""
        self._been_with = False
        """Whether a person was opened from here; on return the search is then cleared."""
        self._at_due = True
        """Whether Enter in the empty search field opens what is due; else it opens the highlighted person."""
        self._added = ""
        """Id of the person added from here, who is highlighted on return; "" for none."""

    def compose_body(self) -> ComposeResult:
        """Compose the search field, the list and the count."""
        search = Input(id="search", select_on_focus=False)  # a letter typed in the list is added to what is there
        yield FieldPanel(search, _("Find: part of a name, NHS number, phone, carer, or a date of birth"))
        line = LineList(Line(_(DUE), "due", DUE_KEY), id="due-line", markup=False)
        line.beside_others = True
        yield line
        with Horizontal(id="columns"):
            people = PeopleList(id="people")
            people.border_title = Content(_("People"))
            yield people
            yield PersonSummary(id="beside")
        yield Static("", id="count", classes="note hidden")

    def on_ready(self) -> None:
        """Set up the search field."""
        self.query_one(Input).cursor_blink = False
        self._mark()

    def _mark(self) -> None:
        """Mark the line that Enter in the search field opens: what is due, or a person."""
        line = self.query_one("#due-line", LineList)
        marked = line.has_focus or (self._at_due and self.query_one(Input).has_focus)
        line.SHOWS_PLACE = marked
        line.highlighted = 0
        line.set_class(marked, "marked")
        line.shows_keys = not self.query_one(Input).has_focus
        line.refresh()
        self.query_one(PeopleList).marks_quietly = not self._at_due and not line.has_focus

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Mark the line that Enter opens now."""
        del event
        self._mark()

    def reload(self) -> None:
        """Read the list again and keep the highlighted person."""
        came_back, searched = self._been_with, self._been_with and bool(self._query)
        if self._been_with:
            self._been_with = False
            self._clear()
        self._show(self._query, stay=not searched)
        added, self._added = self._added, ""
        row = caseload.row_of(self.session, added) if added else None
        if row is not None:
            self.query_one(PeopleList).here = row
        if came_back:
            self._at_due = row is None
        self._mark()

    def _clear(self) -> None:
        """Clear the search, so that it does not hide the next person."""
        self._query = self.query_one(Input).value = ""

    def place(self) -> Place:
        """The caseload, as the place to return to."""
        return Place("caseload")

    def search(self) -> None:
        """Focus the search field."""
        field = self.query_one(Input)
        field.focus()
        field.value = ""

    def action_back(self) -> None:
        """Clear the search and go to it; there is nothing before the caseload."""
        self.search()
        self._at_due = True
        self._mark()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow Esc, which clears the search here, unless the list is covered."""
        if action == "back":
            return not self.phb_app.family
        return super().check_action(action, parameters)

    def action_add(self) -> None:
        """Open the form of a new person; it ends on that person's page."""
        from phb_tui.screens.forms.form import FormScreen  # noqa: PLC0415 - rarely needed

        new = caseload.add(self.session)
        self._been_with, self._added = True, new.record_id
        form = FormScreen(new)
        form.then = lambda: PersonOverviewScreen(new.record_id)
        self.app.push_screen(form)

    def action_in_error(self) -> None:
        """Show the people whose whole record was entered in error."""
        self.app.push_screen(EnteredInErrorScreen(None))

    def action_service(self) -> None:
        """Open the form of the team's own service, with what it tells everybody."""
        from phb_tui.screens.forms.form import FormScreen  # noqa: PLC0415 - rarely needed

        self.app.push_screen(FormScreen(record_lists.single(self.session, "local", None)))

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        if event.value == self._query:
            return
        self._query = event.value
        self._show(event.value, stay=False)
        self._at_due = not event.value.strip()
        self._mark()

    @on(Input.Submitted)
    def _open_first(self, event: Input.Submitted) -> None:
        if event.value.strip() or not self._at_due:
            self.query_one(PeopleList).action_choose()
        else:
            self._show_due()

    @on(OptionList.OptionSelected, "#due-line")
    def _show_due(self) -> None:
        from phb_tui.screens.caseload.due_this_week import DueThisWeekScreen  # noqa: PLC0415 - when it is asked for

        self.app.push_screen(DueThisWeekScreen())

    def on_key(self, event: events.Key) -> None:
        """Move between search and list with the arrows; a letter typed in the list goes to the search."""
        search, people = self.query_one(Input), self.query_one(PeopleList)
        if search.has_focus:
            if event.key in {"down", "pagedown"}:
                people.focus()
            elif event.key == "up":
                event.stop()  # or the line would take the same key
                self.query_one("#due-line", LineList).focus()
        elif event.character == DUE_KEY and people.has_focus:
            self._show_due()
        elif event.character and event.character.isalpha():
            search.focus()
            search.value += event.character
            search.cursor_position = len(search.value)

    @on(PastEnd)
    def _leave_list(self, event: PastEnd) -> None:
        """Go on where an arrow left the list or the line of what is due."""
        event.stop()
        if isinstance(event.listed, PeopleList):
            self.query_one("#due-line", LineList).focus()
        else:
            (self.query_one(PeopleList) if event.by > 0 else self.query_one(Input)).focus()

    _waiting: TimerHandle | None = None
    """Fills the panel beside the list once the highlight has stayed."""

    @on(PeopleList.Moved)
    def _follow(self) -> None:
        """Show the highlighted person beside the list once no arrow follows; a key held down waits for nothing."""
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = after(STAYS, self._show_summary, self) if self.query_one(PersonSummary).is_wanted else None

    def _show_summary(self) -> None:
        people = self.query_one(PeopleList)
        line = people.line_at(people.here)
        self.query_one(PersonSummary).show(self.session, line.person_id if line else "")

    def on_resize(self) -> None:
        """Fill the panel where there is room for it now."""
        self._follow()

    @on(PeopleList.Chosen)
    def _open(self, event: PeopleList.Chosen) -> None:
        self.open_person(event.person_id)

    def open_person(self, person_id: str) -> None:
        """Open a person's overview."""
        try:
            caseload.person(self.session, person_id)
        except UnknownRecord as error:
            self.show_error(error)
            return
        self._been_with = True
        self.app.push_screen(PersonOverviewScreen(person_id))

    def _show(self, typed: str, *, stay: bool) -> None:
        session, people = self.session, self.query_one(PeopleList)
        if typed.strip():
            found = caseload.find(session, typed)
            row = {person_id: row for row, person_id in enumerate(found)}.get
            people.show(
                lambda start, most: caseload.lines_of(session, found[start : start + most]),
                len(found),
                row if stay else None,
            )
            count, words = _("{count} found").format(count=len(found)), ""
            if len(found) >= caseload.MOST_FOUND:
                count = _("Many found: type more letters")
            if not found:
                words = _("Nobody found. Check the spelling, or press F7 to add a person.")
        else:
            total = caseload.count(session)
            people.show(
                lambda start, most: caseload.lines(session, start, most),
                total,
                (lambda person_id: caseload.row_of(session, person_id)) if stay else None,
            )
            count, words = n_("{count:,} person", "{count:,} people", total).format(count=total), ""
            if not total:
                words = _("No people on this laptop yet. Press F5 to get your team's people, or F7 to add one.")
        self._say(words, count)

    def _say(self, words: str, count: str) -> None:
        """Say in the line round the list how many there are, and below it what to do where there is nobody."""
        self.query_one(PeopleList).border_subtitle = Content(count)
        below = self.query_one("#count", Static)
        below.update(words)
        below.set_class(not words, "hidden")
