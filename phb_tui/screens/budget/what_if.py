"""What if: two budgets side by side, and only what differs between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.domain.budget import purposes
from phb_tui.domain.records.changes import Record
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.budget import places
from phb_tui.screens.budget.figures import difference_rows
from phb_tui.screens.lists.line_list import ADD, Line, LineList, gap, id_of, refill, titled
from phb_tui.screens.lists.side_panel import SidePanel
from phb_tui.screens.widgets.read_only import shortened
from phb_tui.services.budget import budget_words, budgets, differences, what_if
from phb_tui.services.budget.differences import Group, Side
from phb_tui.services.budget.what_if import Taken
from phb_tui.services.records import record_lists

_NAME = 60
"""Columns of a budget's name, of which the rest is left out."""
COPY, OPEN, TAKE, KEEP, UNDO = f"{ADD}what_if", "open", "take", "keep", "undo"


class Place(NamedTuple):
    """What a line opens: a record at the page of a field, and which budget it is in."""

    record: Record
    field: str
    side: Side


class WhatIfScreen(PersonScreen):
    """Shows what differs between a budget and a copy of it in which something is tried out.

    Args:
        person_id: The person.
        budget_id: The budget, or what was tried out with one.
    """

    TITLE = N_("What if")
    HELP = N_(
        "Try something out without changing the budget: more hours, another rate, another way to manage the money. A "
        "copy of the budget is made, and you change the copy. Both stand side by side here, and only what differs is "
        "shown. Enter on a line opens it in the copy. When you have decided, take one of the two: nothing is lost, and "
        "'Undo' stands here until you leave."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "#lines"
    CSS_PATH = "what_if.tcss"

    def __init__(self, person_id: str, budget_id: str) -> None:
        super().__init__(person_id)
        self._budget_id = budget_id
        self._sides: tuple[Side, Side] | None = None
        self._places: dict[str, Place] = {}
        self._others: dict[str, Record] = {}
        self._taken: Taken | None = None

    def compose_body(self) -> ComposeResult:
        """Compose the summary, what differs and, in a wide window, how a line was worked out."""
        yield Static("", id="summary", classes="note", markup=False)
        with Horizontal(id="columns"):
            yield titled(LineList(id="lines", markup=False), _("What differs"))
            yield SidePanel(id="beside")

    # -- what is shown

    def _pair(self) -> tuple[Record | None, Record | None]:
        """The budget and what is tried out with it; None for what there is not."""
        opened = places.budget_of(self.session, self.person_id, self._budget_id)
        if opened is None:
            return None, None
        if purposes.tries_out(opened):
            return what_if.original(self.session, opened), opened
        tried = what_if.all_of(self.session, opened)
        return opened, tried[-1] if tried else None

    def reload(self) -> None:
        """Read both budgets again and keep the highlighted line."""
        budget, tried = self._pair()
        self._places, self._others, self._sides = {}, {}, None
        if budget is not None and tried is not None:
            self._sides = self._side(budget), self._side(tried)
            groups = [each for each in differences.between(self.session, *self._sides) if not self._is_hidden(each)]
            self._others = {id_of(each): each for each in what_if.all_of(self.session, budget) if each != tried}
            summary, options = self._summary(*self._sides), [*self._lines(groups), *self._choices(groups)]
        elif budget is not None:
            summary = Content(_("Nothing has been tried out yet. That is done in a copy: this budget stays as it is."))
            options = [Line(_("+ Try something out in a copy"), COPY)]
        else:
            summary = Content(_("There is no other budget to put beside this one."))
            options = []
        self.query_one("#summary", Static).update(summary)
        listed = self.query_one("#lines", LineList)
        refill(listed, options)
        self._show_more(listed.highlighted_option)

    def _is_hidden(self, group: Group) -> bool:
        return self.hides and group.record is not None and record_lists.for_staff(group.record)

    def _side(self, budget: Record) -> Side:
        records = budgets.read(self.session, budget)
        return Side(records, budgets.worked(self.session, records))

    def _summary(self, now: Side, then: Side) -> Content:
        names = [shortened(record_lists.title(self.session, side.records.budget), _NAME) for side in (now, then)]
        beside = _("{then}, next to {now}.").format(now=names[0], then=names[1])
        before, after = now.worked.totals, then.worked.totals
        if before.weekly or after.weekly:
            words = _("A week: {compared}. In the first year: {year}.").format(
                compared=difference_rows.compared(after.weekly - before.weekly),
                year=difference_rows.compared(after.first - before.first),
            )
        else:
            words = _("In all: {compared}.").format(compared=difference_rows.compared(after.first - before.first))
        missing = [words for words in (budget_words.left_out(side.worked) for side in (now, then)) if words][:1]
        return Content.assemble((words, "bold $bold"), "\n", "\n".join([beside, *missing]))

    def _lines(self, groups: list[Group]) -> Iterator[Option]:
        if not groups:
            yield Option(_("Nothing differs. Open the what if and change something in it."), disabled=True)
        for number, group in enumerate(groups):
            yield gap()
            yield Option(
                difference_rows.heading(group, with_columns=number == 0 or group.id == "totals"), disabled=True
            )
            for row in group.rows:
                option_id = self._place(group, row.field) if group.record is not None else None
                yield Option(difference_rows.row(row), id=option_id, disabled=option_id is None)

    def _place(self, group: Group, field: str) -> str | None:
        """The id of the line of a difference that can be opened; None where there is nothing to open."""
        if group.record is None or self._sides is None:
            return None
        option_id = f"{id_of(group.record)}:{field}"
        self._places[option_id] = Place(group.record, field, self._sides[group.state != differences.GONE])
        return option_id

    def _choices(self, groups: list[Group]) -> Iterator[Option]:
        yield gap()
        yield Line(_("Open the what if, to change it"), OPEN, "o")
        if groups:
            yield Line(_("Take the what if: the budget becomes like it"), TAKE, "t")
            yield Line(_("Keep the budget: the what if begins again from it"), KEEP, "k")
        if self._taken is not None:
            yield Line(_("Undo: everything as it was before"), UNDO, "u")
        for option_id, record in self._others.items():
            yield Line(
                _("Look at another: {name}").format(name=shortened(record_lists.title(self.session, record), _NAME)),
                option_id,
            )
        yield Line(_("+ Try something else out, in another copy"), COPY)

    # -- what stands beside it

    def on_resize(self) -> None:
        """Show or hide the working; the screen gets its new width after this event."""
        self.call_after_refresh(lambda: self._show_more(self.query_one("#lines", LineList).highlighted_option))

    @on(OptionList.OptionHighlighted, "#lines")
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        self._show_more(event.option)

    def _show_more(self, option: Option | None) -> None:
        beside = self.query_one(SidePanel)
        if beside.is_wanted:
            place = self._places.get(str(option.id)) if option is not None else None
            beside.fill(_("How it was worked out"), self._working(place) if place is not None else ())

    def _working(self, place: Place) -> Iterator[Content]:
        """How the line was worked out, in the budget in which Enter opens it."""
        record_id, label = place.record.record_id, ""
        for line in place.side.worked.lines:
            if line.id == record_id or line.id.startswith(f"{record_id} "):
                if line.label != label:  # one shift has a line for each tax year
                    label = line.label
                    yield Content.styled(label, "bold $bold")
                yield from map(Content, line.working)

    # -- what is opened and done

    @on(OptionList.OptionSelected, "#lines")
    def _open(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        if chosen in self._places:
            place = self._places[chosen]
            self.app.push_screen(places.form_at(place.record, place.field))
        elif chosen in self._others:
            self._show(self._others[chosen])
        elif chosen == OPEN and self._sides is not None:
            self.phb_app.open_part(self.person_id, f"budget:{self._sides[1].records.budget.record_id}")
        else:
            self._do(chosen)

    def _show(self, tried: Record) -> None:
        self._budget_id, self._taken = tried.record_id, None
        self.reload()

    def _do(self, chosen: str) -> None:
        try:
            if chosen == COPY:
                budget, _tried = self._pair()
                if budget is not None:
                    self._show(what_if.copy(self.session, budget))
                    listed = self.query_one("#lines", LineList)
                    listed.highlighted = listed.get_option_index(OPEN)
            elif chosen == UNDO and self._taken is not None:
                what_if.undo(self.session, self._taken)
                self._taken = None
            elif self._sides is not None:
                budgets_ = [side.records.budget for side in self._sides]
                source, target = reversed(budgets_) if chosen == TAKE else budgets_
                self._taken = what_if.take(self.session, source, target)
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.autosaver.note_saved()
        self.reload()
