"""A budget: its lines with their figures, the totals under them, and what can be done with each line and with all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.domain.records.changes import Record
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.budget import budget_lines, budget_totals, line_panel, places
from phb_tui.screens.budget.another_rate import AnotherRateScreen
from phb_tui.screens.budget.budget_actions import COPY, FREE_KEYS, PARTS, RATE, REMOVE, chips
from phb_tui.screens.budget.budget_lines import ABOUT, SUPPORT, UNDO, WORKERS
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.lists.chip_row import ChipRow
from phb_tui.screens.lists.line_list import ADD, LineList, refill
from phb_tui.screens.lists.panels import Panels
from phb_tui.screens.lists.side_panel import SidePanel
from phb_tui.services.budget import line_edits
from phb_tui.services.budget.shown import overview
from phb_tui.services.budget.shown.overview import Overview, Row
from phb_tui.services.records import editing, record_lists

MARGINS = 4
"""Columns beside the totals, before they are laid out."""


class Removed(NamedTuple):
    """A line that was taken out.

    Attributes:
        label: What it was called.
        place: Its index in the list.
    """

    label: str
    place: int


class BudgetScreen(PersonScreen):
    """One budget of a person.

    Args:
        person_id: The person.
        budget_id: The budget.
    """

    TITLE = N_("The budget")
    HELP = N_(
        "What the support costs, line by line. Enter opens a line: the total changes with each key you type. F7 adds "
        "hours or a cost, first those that the plan already has. The arrows choose a line: c copies it, r goes on "
        "with it at another rate from a date, x removes it, and 'Undo' takes its place until you leave. F6 says how "
        "each amount was worked out, in sentences that can be checked with a pocket calculator. A line that is half "
        "filled in shows ? and is not in the total. Nothing is decided here."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "#lines"
    CSS_PATH = "budget_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        # Not in the last row, which has no room for all: the lines that F7 chooses say so, and all stand in the menu.
        Binding("f4", "last_time", N_("Last time"), id="history", show=False,
                tooltip=N_("The last visit, and what was agreed")),
        Binding("f7", "add_here", N_("Add here"), id="add", show=False, tooltip=N_("Add to the list you are on")),
        Binding("f6", "working", N_("Worked out"), id="more", tooltip=N_("How each amount was worked out")),
        Binding("ctrl+n", f"line('{COPY}')", N_("Copy this line"), id="copy_line", show=False,
                tooltip=N_("The same line once more, to change it")),
        Binding("ctrl+g", f"line('{RATE}')", N_("Another rate from a date"), id="another_rate", show=False,
                tooltip=N_("The line ends the day before, and goes on for other pay")),
        Binding("ctrl+x", f"line('{REMOVE}')", N_("Remove this line"), id="remove_line", show=False,
                tooltip=N_("Take the line out of the budget; 'Undo' takes its place")),
        Binding("ctrl+e", "part('enough')", N_("Is it enough?"), id="enough", show=False,
                tooltip=N_("Each need with what meets it, and what the person says")),
        Binding("ctrl+u", "part('what_if')", N_("What if"), id="what_if", show=False,
                tooltip=N_("Try something out in a copy, side by side")),
        Binding("ctrl+k", "part('keep_budget')", N_("Keep a version"), id="keep_budget", show=False,
                tooltip=N_("Keep the budget as it is now, so that nobody can change it")),
    ]  # fmt: skip

    def __init__(self, person_id: str, budget_id: str) -> None:
        super().__init__(person_id)
        self.budget_id = budget_id
        self._overview: Overview | None = None
        self._rows: dict[str, Row] = {}
        """The rows by the ids of their lines."""
        self._room = (0, False, False)
        """What was laid out for; see `_space`."""
        self._removed: dict[str, Removed] = {}
        """The lines that were taken out here, by the ids of their records."""

    def compose_body(self) -> ComposeResult:
        """Compose the lines, the totals, what can be done, and what stands beside the lines."""
        with Horizontal(id="columns"):
            with Panels(id="panels"):
                lines = LineList(id="lines", markup=False)
                lines.free_keys = FREE_KEYS
                yield lines
                yield Static(id="totals", classes="note", markup=False)
                yield ChipRow(id="actions")
            yield SidePanel(id="beside")

    def budget(self) -> Record:
        """The budget's own record."""
        return editing.read(self.session, "budget", self.budget_id, self.person_id)

    def heading(self) -> str:
        """What the budget is called."""
        name = " ".join(self.budget().text("name").split())
        return _("The budget: {name}").format(name=name) if name else _(str(self.TITLE))

    def staff_only(self) -> bool:
        """Whether the whole budget is for staff only."""
        return record_lists.for_staff(self.budget())

    # -- what is shown

    def reload(self) -> None:
        """Work the budget out again and show it."""
        self._overview = overview.read(self.session, self.budget())
        self._rows = {budget_lines.option_id(row): row for row in self._overview.rows}
        self.query_one("#lines", LineList).border_title = Content(budget_lines.state(self.session, self._overview))
        self._show()

    def _show(self) -> None:
        """Show what was worked out, for the width of the window."""
        found, listed = self._overview, self.query_one("#lines", LineList)
        if found is None:
            return
        self._room = width, narrow, low = self._space()
        refill(listed, list(self._options(found, narrow=narrow)))
        listed.border_subtitle = Content(budget_lines.managed(found))
        words = budget_totals.totals(found, max(width, budget_totals.BAR), short=low)
        self.query_one("#totals", Static).update(words)
        self.query_one("#actions", ChipRow).set_chips(list(chips(narrow=narrow, hides=self.hides)))
        self._show_beside(listed.highlighted_option)

    def _options(self, found: Overview, *, narrow: bool) -> Iterator[Option]:
        lines = [
            budget_lines.about(found, narrow=narrow),
            *budget_lines.rows(found, narrow=narrow, hides=self.hides),
        ]
        for record_id, removed in sorted(self._removed.items(), key=lambda item: item[1].place):
            lines.insert(removed.place, budget_lines.undo(record_id, removed.label))
        yield from lines
        supports = [
            support
            for support in line_edits.offered(self.session, found.records)
            if not (self.hides and record_lists.for_staff(support))
        ]
        yield from budget_lines.additions(self.session, found, supports)

    def on_resize(self) -> None:
        """Lay everything out again; the screen gets its new width after this event."""
        self.call_after_refresh(self._make_room)

    def _make_room(self) -> None:
        """Show everything again where the window has become another one."""
        if self._room != self._space():
            self._show()
        else:
            self._show_beside(self.query_one("#lines", LineList).highlighted_option)

    def _space(self) -> tuple[int, bool, bool]:
        """What the lines and totals are laid out for: columns of the totals, narrow or not, low or not."""
        columns = self.query_one("#totals", Static).content_size.width
        return columns or self.size.width - MARGINS, self.has_class("-narrow"), self.has_class("-low")

    @on(OptionList.OptionHighlighted, "#lines")
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        self._show_beside(event.option)

    def _show_beside(self, option: Option | None) -> None:
        beside, found = self.query_one("#beside", SidePanel), self._overview
        if not beside.is_wanted or found is None:
            return
        row = self._rows.get(str(option.id)) if option is not None else None
        if row is not None:
            beside.fill(*line_panel.of_row(self.session, row, found.worked.budget))
        else:
            beside.fill(*line_panel.of_budget(found, hides=self.hides))

    # -- what is opened and done

    def action_working(self) -> None:
        """Show how everything was worked out."""
        self.action_part("working")

    @on(OptionList.OptionSelected, "#lines")
    def _open(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        if chosen in self._rows:
            self._open_row(self._rows[chosen])
        elif chosen == ABOUT:
            self.app.push_screen(FormScreen(self.budget()))
        elif chosen == WORKERS:
            self.phb_app.open_part(self.person_id, "list:worker")
        elif chosen.startswith(SUPPORT):
            self._add_support(chosen.removeprefix(SUPPORT))
        elif chosen.startswith(UNDO):
            self._put_back(chosen.removeprefix(UNDO))
        elif chosen.startswith(ADD):
            kind = chosen.removeprefix(ADD)
            new = record_lists.new(self.session, kind, self.person_id)
            self.app.push_screen(FormScreen(new, context=record_lists.parent_link(self.budget(), kind)))

    def _open_row(self, row: Row) -> None:
        """Open the form of a row at what is wrong with it; of what employing costs, how it was worked out."""
        if row.record is None:
            self.action_working()
            return
        self.app.push_screen(places.form_at(row.record, row.problems[0].field if row.problems else ""))

    def _add_support(self, support_id: str) -> None:
        support = editing.read(self.session, "support", support_id, self.person_id)
        if self._overview is not None:
            records = self._overview.records
            self._keep(lambda: FormScreen(line_edits.from_support(self.session, records, support)))

    def _put_back(self, record_id: str) -> None:
        self._keep(lambda: line_edits.put_back(self.session, editing.read(self.session, "", record_id, self.person_id)))
        self._removed.pop(record_id, None)
        self.reload()

    @on(ChipRow.Selected, "#actions")
    def _act(self, event: ChipRow.Selected) -> None:
        if event.id in {code for _key, _words, code in PARTS}:
            self.action_part(event.id)
        else:
            self.action_line(event.id)

    def action_part(self, name: str) -> None:
        """Open another screen about this budget."""
        self.phb_app.open_part(self.person_id, f"{name}:{self.budget_id}")

    def action_line(self, what: str) -> None:
        """Copy the highlighted line, go on with it at another rate, or take it out."""
        option = self.query_one("#lines", LineList).highlighted_option
        row = self._rows.get(str(option.id)) if option is not None else None
        if row is None or row.record is None:
            self.show_error(PhbError(_("Go to a line of hours or of a cost first, with the arrows.")))
            return
        line = row.record
        if what == COPY:
            if self._keep(lambda: FormScreen(line_edits.copied(self.session, line))):
                self.phb_app.saved = _("Copied: change what is different")
        elif what == RATE and line_edits.can_be_split(line):
            self.app.push_screen(AnotherRateScreen(self.person_id, self.budget(), line, row.label))
        elif what == RATE:
            self.show_error(PhbError(_("This is paid once, so it has no other price from a date.")))
        elif what == REMOVE and self._keep(lambda: line_edits.take_out(self.session, line)):
            lines = self.query_one("#lines", LineList)
            self._removed[line.record_id] = Removed(row.label, lines.highlighted or 0)
            self.reload()
            # Pressed once more, the key must not take out the line that comes next.
            lines.highlighted = lines.get_option_index(f"{UNDO}{line.record_id}")

    def _keep(self, edit: Callable[[], Record | FormScreen]) -> bool:
        """Make an edit and open the form that it gives; say why where it cannot be kept."""
        try:
            made = edit()
        except PhbError as error:
            self.show_error(error)
            return False
        self.phb_app.autosaver.note_saved()
        if isinstance(made, FormScreen):
            self.app.push_screen(made)
        return True
