"""What is due this week across all people: what is late first, then day by day."""

from __future__ import annotations

import time
from collections.abc import Iterable
from itertools import groupby

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.calendar import dates
from phb_tui.errors import UnknownRecord
from phb_tui.i18n import N_, _, n_
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.base.timers import after
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.lists.line_list import LineList, gap, heading, refill, titled
from phb_tui.screens.lists.row import Row, column
from phb_tui.screens.person.person_summary import PersonSummary
from phb_tui.services.person import caseload, due_this_week
from phb_tui.services.person.due_this_week import DueItem, Sort
from phb_tui.services.records import record_lists
from phb_tui.services.visit import visits

SLICE = 0.02
"""Seconds that people are looked through at a time; a key waits no longer than that."""
NAME, SHORT_NAME = 26, 16
"""Width of the name's column, and in a narrow window."""
MOST = 400
"""Maximum number of lines shown."""


class DueThisWeekScreen(BaseScreen):
    """Lists reviews, tasks and planned visits of everybody that are late or due in the next seven days.

    Everybody is looked through in slices of a few milliseconds, so that no key waits; the list is shown when all are
    done, which for some hundred people is at once.
    """

    TITLE = N_("Due this week")
    HELP = N_(
        "Reviews, tasks and planned visits of all your people: what is late first, then the next seven days. Decisions "
        "that wait for you are among them, whenever they are promised, and those that came and have to be told. Enter "
        "or a click opens the place where it is written. There you can mark a task as done or change its date."
    )
    AUTO_FOCUS = "#due"

    def __init__(self) -> None:
        super().__init__()
        self._left: list[str] = []
        """People who have not been looked through yet, the last one first."""
        self._all = 0
        self._found: dict[str, list[DueItem]] = {}
        """What is due, by person, in order of family name."""
        self._items: dict[str, DueItem] = {}
        self._opened = ""
        """Person whose line was opened; only they are looked through again on return."""

    def compose_body(self) -> ComposeResult:
        """Compose the state and the list."""
        yield Static("", id="how-far", classes="note", markup=False)
        with Horizontal(id="columns"):
            yield titled(LineList(id="due", markup=False), _("Late or due"))
            yield PersonSummary(id="beside")

    def reload(self) -> None:
        """Look everybody through again; after one line was opened, only that person."""
        opened, self._opened = self._opened, ""
        if opened and not self._left and not self.arriving:
            self._found[opened] = self._due_of(opened)
            self._show()
            return
        people = due_this_week.people(self.session)
        running = bool(self._left)
        self._left, self._all, self._found = people[::-1], len(people), {}
        if not running:
            self._look()

    def _due_of(self, person_id: str) -> list[DueItem]:
        """What is due for a person; while a visit is open nothing that only staff may read, as on every screen."""
        found = due_this_week.of_person(self.session, person_id)
        if not any(record_lists.for_staff(item.record) for item in found):
            return found
        if visits.open_now(self.session, person_id) is None:
            return found
        return [item for item in found if not record_lists.for_staff(item.record)]

    def _look(self) -> None:
        """Look through as many people as a slice of time allows, then let keys and other work come first."""
        until = time.monotonic() + SLICE
        while self._left:
            person_id = self._left.pop()
            if due := self._due_of(person_id):
                self._found[person_id] = due
            if time.monotonic() >= until:
                break
        if self._left:
            self._say_how_far()
            after(0.001, self._look, self)
        else:
            self._show()

    def _say_how_far(self) -> None:
        words = _("Looking: {done:,} of {all:,} people").format(done=self._all - len(self._left), all=self._all)
        self.query_one("#how-far", Static).update(words, layout=False)

    def _show(self) -> None:
        items = due_this_week.in_order(self.session, [item for found in self._found.values() for item in found])
        late = sum(1 for item in items if due_this_week.is_late(self.session, item))
        words = _("{late} late, {all} in all").format(late=late, all=len(items)) if items else _("Nothing is due.")
        if len(items) > MOST:
            words += n_(". The first {count} are shown.", ". The first {count} are shown.", MOST).format(count=MOST)
        self.query_one("#how-far", Static).update(words)
        self._items = {item.id: item for item in items[:MOST]}
        refill(self.query_one("#due", LineList), list(self._options(items[:MOST])))
        self._show_person()

    @on(OptionList.OptionHighlighted, "#due")
    def _show_person(self) -> None:
        """Show beside the list whose line is highlighted."""
        option, beside = self.query_one("#due", LineList).highlighted_option, self.query_one(PersonSummary)
        if beside.is_wanted and not self._left:
            item = self._items.get(str(option.id)) if option is not None else None
            beside.show(self.session, item.person_id if item is not None else "")

    def on_resize(self) -> None:
        """Fill the panel where there is room for it now."""
        self.call_after_refresh(self._show_person)

    def _options(self, items: list[DueItem]) -> Iterable[Option]:
        first = True
        for title, group in groupby(items, key=self._group):
            if not first:
                yield gap()
            first = False
            yield heading(title)
            for item in group:
                yield Option(self._line(item), id=item.id)

    def _group(self, item: DueItem) -> str:
        if due_this_week.is_late(self.session, item) or item.day is None:
            return _("Late")
        if item.day == self.session.today:
            return _("Today")
        return dates.in_full(item.day.isoformat())

    def _line(self, item: DueItem) -> Row:
        """One line: the name, what is due and, when it is late, since when."""
        left = f"{column(item.name, SHORT_NAME if self.has_class('-narrow') else NAME)} {item.words}"
        if not due_this_week.is_late(self.session, item):
            return Row(left)
        since = dates.in_short(item.day.isoformat()) if item.day else _("date cannot be read")
        return Row(left, Content.styled(f"{SHAPES.late} {since}", "bold $red"))

    @on(OptionList.OptionSelected, "#due")
    def _open(self, event: OptionList.OptionSelected) -> None:
        item = self._items.get(str(event.option.id))
        if item is None:
            return
        try:
            caseload.person(self.session, item.person_id)
        except UnknownRecord as error:
            self.show_error(error)
            return
        self._opened = item.person_id
        if item.sort is Sort.VISIT:
            self.phb_app.open_part(item.person_id, "visit" if item.day == self.session.today else "person")
        elif item.sort is Sort.DECISION:
            self.phb_app.open_part(item.person_id, f"decide:{item.record.record_id}")
        elif item.sort is Sort.TELLING:
            self.phb_app.open_part(item.person_id, f"decisions:{item.record.record_id}")
        else:
            self.app.push_screen(FormScreen(item.record, forms.page_of(item.record.kind, item.field)))
