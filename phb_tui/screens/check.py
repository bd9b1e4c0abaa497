"""What you told us: everything said at a visit, read together, with a way to change each line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain import fields, statements
from phb_tui.domain.changes import Record
from phb_tui.screens.host import TableScreen
from phb_tui.screens.outcomes import ActionScreen, OutcomeScreen, action_words, by_outcome, outcome_words, refill
from phb_tui.screens.widgets.answer_list import words_of
from phb_tui.services import caseload, planning, talking, writing

RIGHT = "right"


def gap() -> Option:
    """An empty line, which the highlight passes over."""
    return Option("", disabled=True)


def heading(words: str) -> Option:
    """A line that names what follows."""
    return Option(Content.styled(words, "bold underline"), disabled=True)


class Told(OptionList):
    """Lines that Enter or a click changes; the hints say so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Change", id="change", tooltip="Change the line you are on"),
    ]


class CheckScreen(TableScreen):
    """What was said at a visit.

    Args:
        visit: The visit.
        change: Goes to a statement by its id.
    """

    TITLE = "What you told us"
    HELP = (
        "Read this together. It is what the person said today, and what they want. "
        "Press Enter on a line, or click it, to change it. Choose 'This is right' when it is."
    )
    FAMILY_SAFE = True
    CSS_PATH = "check.tcss"

    def __init__(self, visit: Record, change: Callable[[str], None]) -> None:
        super().__init__()
        self.visit = visit
        self._change = change
        self._answers: dict[str, Record] = {}
        self._plan: dict[str, Record] = {}

    def compose_body(self) -> ComposeResult:
        """What was said; beside it the visit, when there is room."""
        with Horizontal(id="columns"):
            yield Told(id="told", markup=False)
            with VerticalScroll(id="beside", can_focus=False):
                yield Static("", id="visit", classes="note", markup=False)

    def person(self) -> Record:
        """Whose record this is."""
        return caseload.person(self.session, self.visit.person_id or "")

    def fill(self) -> None:
        """Read everything again, staying on the same line."""
        self.visit = writing.read(self.session, "visit", self.visit.record_id, self.visit.person_id)
        said = talking.answers(self.session, self.visit)
        self._answers = {name: answer for name, answer in said.items() if statements.is_answered(answer)}
        options = [*self._said(), *self._wanted()]
        refill(self.query_one("#told", OptionList), [*options, gap(), Option("This is right", id=RIGHT)])
        self.query_one("#visit", Static).update("\n".join(self._visit_lines()))

    def _said(self) -> Iterable[Option]:
        """A line for each statement that was answered, in the framework's order, and how many were not."""
        yield heading("What you said")
        asked = self.session.content.statements
        for statement in asked:
            if statement.id in self._answers:
                yield gap()
                yield self._line(statement.id, statement.text)
        for unknown in sorted(self._answers.keys() - {statement.id for statement in asked}):
            yield gap()
            yield self._line(unknown, f"A statement from a newer phb-tui ({unknown})", known=False)
        if skipped := sum(1 for statement in asked if statement.id not in self._answers):
            words = "1 statement was" if skipped == 1 else f"{skipped} statements were"
            yield gap()
            yield Option(f"{words} not asked today", disabled=True)

    def _line(self, statement_id: str, text: str, *, known: bool = True) -> Option:
        answer = self._answers[statement_id]
        lines = [words_of(answer.text("answer")) or "Nothing marked"]
        if words := answer.text("words"):
            lines.append(f'"{words}"')
        lines += [
            f"{forms.label('answer', name)}: {answer.text(name)}"
            for name in ("said_by", "would_help")
            if answer.text(name)
        ]
        told = "".join(f"\n{line}" for line in lines)
        return Option(Content.assemble((text, "bold"), told), id=f"answer:{statement_id}", disabled=not known)

    def _wanted(self) -> Iterable[Option]:
        """Outcomes, each with its actions, then the other actions."""
        person_id = self.visit.person_id or ""
        outcomes = planning.outcomes(self.session, person_id)
        under = by_outcome(planning.actions(self.session, person_id), outcomes)
        self._plan = {
            record.record_id: record for record in [*outcomes, *(a for found in under.values() for a in found)]
        }
        if self._plan:
            yield gap()
            yield heading("What you want, and what will happen")
        for outcome in outcomes:
            yield gap()
            yield Option(Content.styled(outcome_words(outcome), "bold"), id=outcome.record_id)
            yield from map(self._action, under[outcome.record_id])
        if under[""]:
            yield gap()
            yield heading("To do, from what you told us")
            yield from map(self._action, under[""])

    @staticmethod
    def _action(action: Record) -> Option:
        return Option(Content(f"- {action_words(action)}"), id=action.record_id)

    def _visit_lines(self) -> Iterable[str]:
        for page in forms.form("visit").pages:
            for field in page.fields:
                if words := self.visit.text(field.name):
                    yield f"{field.label} {fields.show('visit', field.name, words)}"
        yield f"\n{len(self._answers)} of {len(self.session.content.statements)} statements were talked about."
        yield "\nPress Enter on a line, or click it, to change it."

    @on(OptionList.OptionSelected, "#told")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        record = self._plan.get(chosen)
        if chosen == RIGHT:
            self.action_back()
        elif record is None:
            self._change(chosen.removeprefix("answer:"))
        elif record.kind == "outcome":
            self.app.push_screen(OutcomeScreen(record))
        else:
            self.app.push_screen(ActionScreen(record, record.text("outcome_id")))
