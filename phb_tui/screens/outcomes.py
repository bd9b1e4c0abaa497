"""What the person wants to change or keep, and what will happen for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain import fields
from phb_tui.domain.changes import Record, Value
from phb_tui.errors import PhbError
from phb_tui.screens.form import FormScreen, asked
from phb_tui.screens.host import TableScreen
from phb_tui.screens.widgets.words import Words
from phb_tui.services import caseload, planning, writing

ADD = "add"
UNSAID = "(not written yet)"


def refill(listed: OptionList, options: Sequence[Option]) -> None:
    """Show other options, staying on the same one; nothing moves when they are the same."""
    if [(option.id, str(option.prompt)) for option in listed.options] == [(o.id, str(o.prompt)) for o in options]:
        return
    before, here = listed.highlighted_option, listed.highlighted or 0
    listed.set_options(options)
    ids = [option.id for option in options]
    if before is not None and before.id in ids:
        here = ids.index(before.id)
    listed.highlighted = min(here, len(options) - 1) if options else None
    if options and options[listed.highlighted or 0].disabled:
        listed.action_cursor_down()


def outcome_words(outcome: Record) -> str:
    """An outcome in the person's words."""
    return outcome.text("words") or outcome.text("why") or UNSAID


def action_words(action: Record) -> str:
    """An action in one line: what, who, by when, and whether it is done."""
    by_when = fields.show("action", "by_when", action.text("by_when"))
    parts = [action.text("what") or UNSAID, action.text("who"), by_when and f"by {by_when}"]
    line = " - ".join(part for part in parts if part)
    return f"Done: {line}" if action.text("done") == "yes" else line


def how_many(actions: Sequence[Record]) -> str:
    """How many actions there are, and how many of them are done."""
    if not actions:
        return "no actions yet"
    done = sum(1 for action in actions if action.text("done") == "yes")
    return f"{len(actions)} action{'s' if len(actions) > 1 else ''}" + (f", {done} done" if done else "")


def by_outcome(actions: Iterable[Record], outcomes: Iterable[Record]) -> dict[str, list[Record]]:
    """Actions under each outcome by its id; under "" those that follow from an answer, or whose outcome is gone."""
    under: dict[str, list[Record]] = {"": [], **{outcome.record_id: [] for outcome in outcomes}}
    for action in actions:
        under.get(action.text("outcome_id"), under[""]).append(action)
    return under


class Lines(OptionList):
    """Lines that Enter or a click opens; the hints say so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Open", id="open", tooltip="Open the line you are on"),
    ]


class OutcomesScreen(TableScreen):
    """What a person wants to change or keep.

    Args:
        person_id: The person.
    """

    TITLE = "What you want, and what we do"
    HELP = (
        "What the person wants to change or keep, in their own words, and what will happen for it. "
        "Open a line with Enter or a click. The last line adds something new. "
        "Under 'To do' are the actions that came from the conversation."
    )
    FAMILY_SAFE = True
    CSS_PATH = "outcomes.tcss"

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self.person_id = person_id
        self._outcomes: dict[str, Record] = {}
        self._actions: dict[str, list[Record]] = {}

    def compose_body(self) -> ComposeResult:
        """The list; beside it what belongs to the line, when there is room."""
        with Horizontal(id="columns"):
            yield Lines(id="outcomes", markup=False)
            with VerticalScroll(id="beside", can_focus=False):
                yield Static("", id="more", classes="note", markup=False)

    def person(self) -> Record:
        """Whose record this is."""
        return caseload.person(self.session, self.person_id)

    def fill(self) -> None:
        """Read the list again, staying on the same line."""
        outcomes = planning.outcomes(self.session, self.person_id)
        self._outcomes = {outcome.record_id: outcome for outcome in outcomes}
        self._actions = by_outcome(planning.actions(self.session, self.person_id), outcomes)
        listed = self.query_one("#outcomes", OptionList)
        refill(listed, list(self._options()))
        self._show_more(listed.highlighted_option)

    def _options(self) -> Iterable[Option]:
        for outcome in self._outcomes.values():
            count = how_many(self._actions[outcome.record_id])
            yield Option(Content.assemble((outcome_words(outcome), "bold"), f"\n  {count}"), id=outcome.record_id)
        if self._actions[""]:
            yield Option("", disabled=True)
            yield Option(Content.styled("To do, from what you told us", "bold underline"), disabled=True)
            for action in self._actions[""]:
                yield Option(Content(f"  {action_words(action)}"), id=action.record_id)
        yield Option("", disabled=True)
        yield Option("+ Add something you want to change or keep", id=ADD)

    @on(OptionList.OptionHighlighted, "#outcomes")
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        self._show_more(event.option)

    def _show_more(self, option: Option | None) -> None:
        outcome = self._outcomes.get(str(option.id)) if option else None
        lines = []
        if outcome is not None:
            lines = [outcome_words(outcome), "", forms.label("outcome", "why"), outcome.text("why") or UNSAID, ""]
            lines += [f"- {action_words(action)}" for action in self._actions[outcome.record_id]]
        self.query_one("#more", Static).update("\n".join(lines))

    @on(OptionList.OptionSelected, "#outcomes")
    def _open(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        if chosen == ADD:
            self.app.push_screen(OutcomeScreen(planning.new_outcome(self.session, self.person_id)))
        elif chosen in self._outcomes:
            self.app.push_screen(OutcomeScreen(self._outcomes[chosen]))
        else:
            action = next(action for action in self._actions[""] if action.record_id == chosen)
            self.app.push_screen(ActionScreen(action, action.text("outcome_id")))


class OutcomeScreen(TableScreen):
    """One thing the person wants to change or keep, and what will happen for it.

    Args:
        record: The outcome, which need not have been written yet.
    """

    TITLE = "What you want to change or keep"
    HELP = (
        "Write what the person wants to change or keep, as they say it, and why it matters to them. "
        "Tab goes on to what will happen. Open an action with Enter or a click; the last line adds one. "
        "Everything saves itself."
    )
    FAMILY_SAFE = True
    CSS_PATH = "outcomes.tcss"

    def __init__(self, record: Record) -> None:
        super().__init__()
        self.record = record

    def compose_body(self) -> ComposeResult:
        """The words and why; below them or beside them the actions."""
        with VerticalScroll(id="columns", can_focus=False):
            with Vertical(id="said"):
                for field in forms.form("outcome").pages[0].fields:
                    yield from asked(field)
            with Vertical(id="doing"):
                yield Static("What will happen", classes="title")
                yield Lines(id="actions", markup=False)

    def person(self) -> Record:
        """Whose record this is."""
        return caseload.person(self.session, self.record.person_id or "")

    def fill(self) -> None:
        """Read the outcome and its actions again."""
        record = self.record
        self.record = writing.read(self.session, record.kind, record.record_id, record.person_id)
        for words in self.query(Words):
            words.show(self.record)
        actions = planning.actions_of(self.session, self.record)
        options = [Option(Content(action_words(action)), id=action.record_id) for action in actions]
        refill(self.query_one("#actions", OptionList), [*options, Option("+ Add an action", id=ADD)])

    def keep(self, field: Words) -> Record | None:
        """Keep a field that was left; the other goes on from the same record."""
        kept = super().keep(field)
        if kept is not None:
            self.record = kept
            for words in self.query(Words):
                if words is not field:
                    words.show(kept)
        return kept

    @on(OptionList.OptionSelected, "#actions")
    def _open(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        actions = {action.record_id: action for action in planning.actions_of(self.session, self.record)}
        action = actions.get(chosen) or planning.new_action(self.session, self.record)
        self.app.push_screen(ActionScreen(action, self.record.record_id))


class ActionScreen(FormScreen):
    """One thing that will happen: what, who, by when, and whether it is done.

    Args:
        record: The action, which need not have been written yet.
        outcome_id: The outcome it is for; "" for one that follows from an answer.
    """

    TITLE = "One thing to do"
    HELP = (
        "Write what will happen, who will do it and by when. Everything saves itself. "
        "Press Enter on 'Not done yet' when it is done. "
        "'Take off the list' asks nothing: 'Put it back' stands in its place until you leave."
    )

    def __init__(self, record: Record, outcome_id: str) -> None:
        super().__init__(record)
        self.outcome_id = outcome_id

    def compose_more(self) -> ComposeResult:
        """Whether it is done, and the way off the list."""
        yield OptionList(id="marks", markup=False)

    def fill(self) -> None:
        """Read the action again."""
        super().fill()
        for words in self.query(Words):
            words.context = {"outcome_id": self.outcome_id} if self.outcome_id else {}
        self._show_marks()

    def keep(self, field: Words) -> Record | None:
        """Keep a field that was left, and with the first one what the action is for."""
        if field.record is None:
            return None
        values = self._with_outcome(field.record, {field.field: field.text})
        self.record = writing.keep(self.session, field.record, values)
        for words in self.query(Words):
            if words is not field:
                words.show(self.record)
        self._show_marks()
        return self.record

    def _with_outcome(self, record: Record, values: dict[str, Value]) -> dict[str, Value]:
        said = any(str(value).strip() for value in values.values())
        if said and self.outcome_id and not record.text("outcome_id"):
            return {**values, "outcome_id": self.outcome_id}
        return values

    def _show_marks(self) -> None:
        done = self.record.text("done") == "yes"
        options = [Option("(x) Done" if done else "( ) Not done yet", id="done")]
        if self.record.text("removed") == "yes":
            options.append(Option("It is off the list now. Put it back", id="back"))
        elif self.record.fields:
            options.append(Option("Take off the list", id="remove"))
        refill(self.query_one("#marks", OptionList), options)

    @on(OptionList.OptionSelected, "#marks")
    def _mark(self, event: OptionList.OptionSelected) -> None:
        if not self.host.keeper.leave_all():
            return
        done = "" if self.record.text("done") == "yes" else "yes"
        values: dict[str, Value] = {"done": done} if event.option.id == "done" else {"removed": ""}
        try:
            if event.option.id == "remove":
                self.record = planning.remove(self.session, self.record)
            else:
                self.record = writing.keep(self.session, self.record, self._with_outcome(self.record, values))
        except PhbError as error:
            self.tell(error)
            return
        self.host.keeper.said()
        self.fill()
