"""Tasks of a person by date, and the progress of the six steps in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.content.statuses import NOT_NEEDED
from phb_tui.domain.calendar import dates, whole_days
from phb_tui.domain.people import person_facts
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _, n_
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.lists.line_list import ADD, LineList, gap, heading, id_of, refill
from phb_tui.screens.lists.row import Row
from phb_tui.services.person import reminders, to_do
from phb_tui.services.records import record_lists


class TasksScreen(PersonScreen):
    """Lists a person's tasks: overdue, upcoming, done.

    Args:
        person_id: The person.
    """

    CSS_PATH = "tasks.tcss"
    TITLE = N_("To do")
    HELP = N_(
        "Every task and every action of the plan. What is late comes first, what has no date last. "
        "Open a line to change who does it and when, or to mark it as done."
    )
    FAMILY_SAFE = True

    def __init__(self, person_id: str) -> None:
        super().__init__(person_id)
        self._records: dict[str, Record] = {}

    def compose_body(self) -> ComposeResult:
        """Compose the progress and the lines."""
        yield Static("", id="how-far", classes="note", markup=False)
        yield LineList(id="to-do", markup=False)

    def reload(self) -> None:
        """Read the tasks again and keep the highlighted line."""
        found = to_do.counts(self.session, self.person_id)
        self._records = {id_of(record): record for record in (*found.open, *found.done, *found.dropped)}
        words = _("Tasks, and actions of the plan: {count}.").format(count=found.words)
        if found.dropped:
            count = len(found.dropped)
            words += " " + n_("{count} is not needed any more.", "{count} are not needed any more.", count).format(
                count=count
            )
        self.query_one("#how-far", Static).update(words if found.words else _("Nothing to do yet."))
        refill(self.query_one("#to-do", LineList), list(self._options(found)))

    def _options(self, found: to_do.Counts) -> Iterable[Option]:
        done, dropped = found.done, found.dropped
        waiting = reminders.to_do(self.session, self.person_id)
        if person_facts.has_died(self.person()):
            yield from self._group(_("No longer due"), waiting)
        else:
            late = [record for record in waiting if reminders.is_due(self.session, record)]
            yield from self._group(_("Due now"), late)
            yield from self._group(_("Next"), [record for record in waiting if record not in late])
        yield Option(f"+ {forms.form('task').add}", id=f"{ADD}task")
        yield from self._group(_("Done"), done)
        for why in dict.fromkeys(record_lists.display(self.session, record, NOT_NEEDED) for record in dropped):
            yield gap()
            yield heading(_("Not needed any more. {why}").format(why=why))
            these = [record for record in dropped if record_lists.display(self.session, record, NOT_NEEDED) == why]
            yield from (Option(self._what(record), id=id_of(record)) for record in these)

    def _group(self, title: str, records: Sequence[Record]) -> Iterable[Option]:
        if records:
            yield gap()
            yield heading(title)
        yield from (Option(self._line(record), id=id_of(record)) for record in records)

    def _what(self, record: Record) -> Row:
        """What was to be done and by whom, of a task whose heading says that it is not needed."""
        parts = (record_lists.display(self.session, record, name) for name in ("what", "who"))
        return Row(" - ".join(part for part in parts if part), whole=True)

    def _line(self, record: Record) -> Row:
        """What is to be done and by whom, and at the right until when; of what is done, when that was written."""
        words = record_lists.line(self.session, record)
        full, kept = dates.in_full(record.text("by_when")), record.text("by_when")
        if full and words.endswith(end := f" - {full}"):
            words = words.removesuffix(end)
        if record_lists.has_ended(self.session, record):
            return Row(words, to_do.over_since(self.session, record), whole=True)
        when = whole_days.in_shortest(kept, self.session.today) if dates.is_date(kept) else full
        if when and not person_facts.has_died(self.person()) and reminders.is_due(self.session, record):
            return Row(words, Content.styled(f"{SHAPES.late} {when}", "bold $red"), whole=True)
        return Row(words, when, whole=True)

    @on(OptionList.OptionSelected, "#to-do")
    def _open(self, event: OptionList.OptionSelected) -> None:
        record = self._records.get(str(event.option.id)) or record_lists.new(self.session, "task", self.person_id)
        self.app.push_screen(FormScreen(record))
