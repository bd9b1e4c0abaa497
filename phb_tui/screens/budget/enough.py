"""Is it enough? Every need with what meets it, lines for no need, and what the person says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.budget import version_content
from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.budget.sufficiency import NOT_NOW, OTHER_BUDGET, NeedMet, Standing
from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.budget.places import budget_of, form_at
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.forms.field_row import FieldRow
from phb_tui.screens.lists.line_list import ADD, LineList, gap, heading, id_of, refill
from phb_tui.screens.lists.row import Row
from phb_tui.screens.widgets.choice_list import ChoiceList
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.budget import look_again, versions
from phb_tui.services.budget.shown import line_names
from phb_tui.services.budget.versions import Candidate
from phb_tui.services.records import editing, record_lists

SAID = ("enough", "enough_words")
"""What the person says of it: fields of the budget."""
LINES = ("shift", "cost")
"""Kinds of line that can be added for a need that nothing meets."""
ASK, KEEP, BUDGET = "ask", "keep_budget", "budget"


class EnoughScreen(PersonScreen):
    """Lists every need with what meets it, and asks the person whether the budget is enough.

    Args:
        person_id: The person.
        budget_id: The budget; "" for the newest.
    """

    TITLE = N_("Is it enough?")
    HELP = N_(
        "Every need, and what meets it: a line of the budget, a service outside the budget, or nothing yet. Open a "
        "need to say how it is met; open a line under it to see or change that line, and Esc comes back. F7 adds "
        "hours or a cost for a need that nothing meets. Then ask the person whether they think it is enough, and "
        "write their words. They can ask at any time for it to be looked at again: that makes a task with a day."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "#needs"
    CSS_PATH = "enough.tcss"

    def __init__(self, person_id: str, budget_id: str = "") -> None:
        super().__init__(person_id)
        self._budget_id = budget_id
        self._found: Candidate | None = None
        self._places: dict[str, tuple[Record, str]] = {}

    def compose_body(self) -> ComposeResult:
        """Compose the needs, what the person says, and what comes next."""
        budget = budget_of(self.session, self.person_id, self._budget_id)
        with VerticalScroll(id="form", can_focus=False):
            yield Static("", id="how-many", classes="note", markup=False)
            yield LineList(id="needs", markup=False)
            with Vertical(id="page"):
                if budget is not None:
                    yield from (FieldRow(f, budget) for f in forms.form("budget").fields() if f.name in SAID)
            yield LineList(id="next", markup=False)

    def reload(self) -> None:
        """Read needs, lines and answers again."""
        budget = budget_of(self.session, self.person_id, self._budget_id)
        self._places = {}
        self._found = versions.candidate(self.session, budget) if budget is not None else None
        if self._found is None:
            self.query_one("#how-many", Static).update(_("There is no budget yet. Add one in step 3."))
            refill(self.query_one("#needs", LineList), [])
            refill(self.query_one("#next", LineList), [])
            return
        self._budget_id = self._found.budget.record_id
        for words in self.query(TextField):
            words.show(self._found.budget)
        for choice in self.query(ChoiceList):
            choice.show(self._found.budget, choice.asked.options or {})
        needs = [each for each in self._found.enough.needs if not self._is_hidden(each.need)]
        name = self._found.budget.text("name").strip()
        self.query_one("#how-many", Static).update("\n".join(part for part in (name, _how_many(needs)) if part))
        refill(self.query_one("#needs", LineList), [*self._needs(needs), *self._orphans(self._found)])
        refill(self.query_one("#next", LineList), list(self._next(self._found)))

    def _is_hidden(self, record: Record) -> bool:
        return self.hides and record_lists.for_staff(record)

    # -- what the lines say

    def _needs(self, needs: list[NeedMet]) -> Iterator[Option]:
        for number, met in enumerate(needs):
            yield self._line(Row(self._title(met.need), _standing(met), whole=True), met.need, "met")
            sums = self._sums()
            for line in met.lines:
                yield self._line(
                    Row(f"  {self._title(line)}", sums.get(line.record_id, "?"), whole=True), line, "need_id", number
                )
            for support in met.supports:
                words = Row(f"  {self._title(support)}", _("Unpaid"), whole=True)
                yield self._line(words, support, "", number)
            yield from self._why(met, number)
            if met.standing is Standing.NOTHING:
                for kind in LINES:
                    yield Option(f"  + {forms.form(kind).add}", id=f"{ADD}{kind}:{met.need.record_id}")

    def _why(self, met: NeedMet, number: int) -> Iterator[Option]:
        """How a need is met outside the budget, and whom to ask first."""
        words = " ".join(met.need.text("met_words").split())
        if met.how == OTHER_BUDGET:
            yield Option(Content(_("  Another budget of this person has a line for it.")), disabled=True)
        elif met.standing is Standing.OTHERWISE:
            how = record_lists.display(self.session, met.need, "met")
            yield Option(Content("  " + ": ".join(part for part in (how, words) if part)), disabled=True)
        for carer in () if self.hides else met.to_ask:
            name = carer.text("name") or _("the carer")
            words = _("  Ask {name} whether they are willing to go on, and write it down").format(name=name)
            yield self._line(Row(words), carer, "carer_willing", number)

    def _orphans(self, found: Candidate) -> Iterator[Option]:
        lines = [line for line in found.enough.orphans if not self._is_hidden(line)]
        if lines:
            yield gap()
            yield heading(_("These lines are for no need yet"))
        sums = self._sums()
        yield from (
            self._line(Row(self._title(line), sums.get(line.record_id, "?"), whole=True), line, "need_id")
            for line in lines
        )

    def _line(self, words: Row, record: Record, field: str, number: int | None = None) -> Option:
        """A line that opens a record at a field; with a number when the record may have several lines."""
        place = id_of(record) if number is None else f"{id_of(record)}:{number}"
        self._places[place] = record, field
        return Option(words, id=place)

    def _title(self, record: Record) -> str:
        """What a record is called, in one line; who comes and when for hours of support."""
        if record.kind == "shift" and self._found is not None:
            names = {worker.record_id: worker.text("name") for worker in self._found.records.workers}
            return line_names.of_shift(record, names)
        return line_names.of_cost(record) if record.kind == "cost" else record_lists.title(self.session, record)

    def _sums(self) -> dict[str, str]:
        """What each shift and cost comes to in the whole budget; none for what cannot be worked out."""
        found = self._found
        if found is None:
            return {}
        ids = {record.record_id for record in found.records.lines}
        sums: dict[str, int] = {}
        for line in found.worked.lines:
            source = version_content.source_id(line.id, ids)
            sums[source] = sums.get(source, 0) + line.pence
        return {source: shown(pence) for source, pence in sums.items()}

    def _next(self, found: Candidate) -> Iterable[Option]:
        task = look_again.asked(self.session, found.budget)
        when = dates.in_full(task.text("by_when")) if task is not None else ""
        yield Option(
            Row(_("Ask for it to be looked at again"), _("Asked: {day}").format(day=when) if when else ""), id=ASK
        )
        number = versions.next_number(self.session, self.person_id, found.budget.record_id)
        yield Option(_("Keep this budget as version {number}").format(number=number), id=KEEP)
        yield Option(_("The budget, line by line"), id=BUDGET)

    # -- what is kept and opened

    @on(ChoiceList.Chosen)
    def _chosen(self, event: ChoiceList.Chosen) -> None:
        if self._found is None or not self.phb_app.autosaver.save_all():
            return
        try:
            editing.save(self.session, self._found.budget, {event.name: event.value})
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.autosaver.note_saved()
        self.reload()

    @on(TextField.Submitted)
    def _go_on(self) -> None:
        self.focus_next()

    @on(OptionList.OptionSelected, "#needs")
    def _open(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        if not self.phb_app.autosaver.save_all():
            return
        if chosen.startswith(ADD):
            self._add(*chosen.removeprefix(ADD).split(":", 1))
            return
        record, field = self._places[chosen]
        self.app.push_screen(form_at(record, field))

    def _add(self, kind: str, need_id: str) -> None:
        """Begin a line of the budget that is for a need, and open its form."""
        if self._found is None:
            return
        new = record_lists.new(self.session, kind, self.person_id)
        link = record_lists.parent_link(self._found.budget, kind)
        try:
            new = editing.save(self.session, new, {**link, "need_id": need_id})
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.autosaver.note_saved()
        self.app.push_screen(form_at(new))

    @on(OptionList.OptionSelected, "#next")
    def _go(self, event: OptionList.OptionSelected) -> None:
        if self._found is None or not self.phb_app.autosaver.save_all():
            return
        if event.option.id == ASK:
            self._ask(self._found.budget)
        else:
            self.phb_app.open_part(self.person_id, f"{event.option.id}:{self._budget_id}")

    def _ask(self, budget: Record) -> None:
        """Make the task, or open the one that there is."""
        if (task := look_again.asked(self.session, budget)) is not None:
            self.app.push_screen(form_at(task, "by_when"))
            return
        try:
            task = look_again.ask(self.session, budget)
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.autosaver.note_saved()
        self.reload()
        self.show_message(
            _("Asked: {who} looks at it again by {day}. It stands under To do.").format(
                who=task.text("who"), day=dates.in_full(task.text("by_when"))
            )
        )


def _how_many(needs: list[NeedMet]) -> str:
    if not needs:
        return _("No need is written down yet. Add needs in step 2.")
    met = sum(1 for each in needs if each.standing is not Standing.NOTHING)
    return _("Needs that are met: {met} of {all}. Amounts are for the whole budget.").format(met=met, all=len(needs))


def _standing(met: NeedMet) -> Content:
    if met.standing is Standing.NOTHING:
        return Content.styled(" ".join([SHAPES.late, _("Nothing yet")]), "bold $red")
    if met.how == NOT_NOW and met.standing is Standing.OTHERWISE:
        return Content(" ".join([SHAPES.begun, _("Not now")]))
    words = _("Covered") if met.standing is Standing.COVERED else _("Met outside this budget")
    return Content.styled(f"{SHAPES.done} ", "$green") + Content(words)
