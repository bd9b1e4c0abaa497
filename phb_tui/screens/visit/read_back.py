"""Read-back: everything said at a visit, to check it together and change any line ("check your answers")."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.calendar import dates
from phb_tui.domain.plan import i_statements
from phb_tui.domain.plan.i_statements import words_of
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _, n_
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.forms.error_reason import ENTERED_IN_ERROR, ErrorReasonScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.lists.line_list import gap, heading, id_of, line_of, refill
from phb_tui.screens.lists.stable_list import StableList
from phb_tui.services.person import caseload, entered_in_error
from phb_tui.services.records import editing, record_lists
from phb_tui.services.visit import conversation, visits

RIGHT, CLOSE = "right", "close"


class ReadBackList(StableList):
    """List whose lines are changed by Enter or a click."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", N_("Change"), id="change", tooltip=N_("Change the line you are on")),
    ]


class ReadBackScreen(BaseScreen):
    """Shows what was said and agreed at a visit.

    Args:
        visit: The visit.
    """

    TITLE = N_("What you told us")
    HELP = N_(
        "Read this together: 'here is what we agreed'. It is what the person said at this visit, what others said, "
        "what the person wants, and who does what by when. Press Enter on a line, or click it, to change it. "
        "Then close the visit."
    )
    FAMILY_SAFE = True
    CSS_PATH = "read_back.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [ENTERED_IN_ERROR]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow marking as entered in error outside family view, and only for a visit that was started."""
        if action == "in_error":
            kept = editing.read(self.session, "visit", self.visit.record_id, self.visit.person_id)
            return entered_in_error.can_be(kept) and not self.phb_app.family
        return super().check_action(action, parameters)

    def action_in_error(self) -> None:
        """Mark the visit, with everything said at it, as entered in error."""
        self.app.push_screen(ErrorReasonScreen(self.visit, leave=1))

    def __init__(self, visit: Record) -> None:
        super().__init__()
        self.visit = visit
        self._answers: dict[str, list[Record]] = {}
        """The person's answers by line id; two laptops may each have made one to the same statement."""
        self._records: dict[str, Record] = {}
        """The record that each line opens, by line id."""

    def compose_body(self) -> ComposeResult:
        """Compose the lines and, when there is room, the visit beside them."""
        with Horizontal(id="columns"):
            yield ReadBackList(id="told", markup=False)
            with VerticalScroll(id="beside", can_focus=False):
                yield Static("", id="visit", classes="note", markup=False)

    def person(self) -> Record:
        """The person whose visit it is."""
        return caseload.person(self.session, self.visit.person_id or "")

    def heading(self) -> str:
        """The title, and the day of the visit."""
        return _("You told us  ·  {date}").format(date=dates.in_words(self.visit.text("date")))

    def reload(self) -> None:
        """Read everything again and keep the highlighted line."""
        self.visit = visits.refreshed(self.session, self.visit)
        self._answers, self._records = {}, {}
        for answer in filter(i_statements.is_answered, conversation.at_visit(self.session, self.visit)):
            self._answers.setdefault(answer.text("statement"), []).append(answer)
        options = [*self._answers_lines(), *self._others(), *self._wanted(), *self._to_do(), gap()]
        today = self.visit.text("date") == self.session.today.isoformat()
        closed = visits.is_closed(self.session, self.visit)
        if today or closed:
            words = _("This was right, and the visit is closed") if closed else _("This is right: close the visit")
            options.append(Option(words, id=CLOSE))
        else:
            options.append(Option(_("This is right"), id=RIGHT))
        refill(self.query_one("#told", ReadBackList), options)
        self.query_one("#visit", Static).update("\n".join(self._visit_lines()))

    def _answers_lines(self) -> Iterable[Option]:
        """A line for each answered statement, in the framework's order, and the number not answered."""
        yield heading(_("What you said"))
        asked = self.session.content.statements
        for statement in asked:
            if statement.id in self._answers:
                yield from self._lines(statement.id, statement.text)
        for unknown in sorted(self._answers.keys() - {statement.id for statement in asked}):
            yield from self._lines(unknown, _unknown(unknown), known=False)
        if skipped := sum(1 for statement in asked if statement.id not in self._answers):
            words = n_("{count} statement was not asked today", "{count} statements were not asked today", skipped)
            yield gap()
            yield Option(words.format(count=skipped), disabled=True)

    def _lines(self, statement_id: str, text: str, *, known: bool = True) -> Iterable[Option]:
        for answer in self._answers[statement_id]:
            yield gap()
            yield self._line(answer, text, known=known)

    def _line(self, answer: Record, text: str, *, known: bool) -> Option:
        lines = [words_of(answer.text("answer")) or _("Nothing marked")]
        if words := answer.text("words"):
            lines.append(f'"{words}"')
        lines += [
            f"{forms.label('answer', name)}: {answer.text(name)}"
            for name in ("said_by", "would_help")
            if answer.text(name)
        ]
        told = "".join(f"\n{line}" for line in lines)
        self._records[id_of(answer)] = answer
        return line_of(answer, Content.assemble((text, "bold"), told), disabled=not known)

    def _others(self) -> Iterable[Option]:
        """Lines for what carers and family said, apart from the person's own answers."""
        voices = [voice for voice in conversation.other_voices(self.session, self.visit) if voice.text("words")]
        if voices:
            yield gap()
            yield heading(_("What others said"))
        texts = {statement.id: statement.text for statement in self.session.content.statements}
        for voice in voices:
            statement = voice.text("statement")
            who = voice.text("who") or _("Someone else")
            text = texts.get(statement) or _unknown(statement)
            words = Content.assemble((text, "bold"), f'\n{who}: "{voice.text("words")}"')
            self._records[id_of(voice)] = voice
            yield line_of(voice, words, disabled=statement not in texts)

    def _wanted(self) -> Iterable[Option]:
        """Lines of the goals, each followed by its actions."""
        person_id = self.visit.person_id or ""
        goals = record_lists.of(self.session, "goal", person_id)
        under = record_lists.by_parent(record_lists.of(self.session, "action", person_id), goals)
        if goals:
            yield gap()
            yield heading(_("My goals and actions"))
        for goal in goals:
            yield gap()
            yield self._record(goal, "", "bold")
            yield from (self._record(action, "- ") for action in under[goal.record_id])
        if under[""]:
            yield gap()
            yield heading(_("Other actions"))
            yield from (self._record(action, "- ") for action in under[""])

    def _to_do(self) -> Iterable[Option]:
        """Lines of the tasks that are not done."""
        found = record_lists.of(self.session, "task", self.visit.person_id or "")
        tasks = [task for task in found if not record_lists.has_ended(self.session, task)]
        if tasks:
            yield gap()
            yield heading(_("To do, from what you told us"))
        yield from (self._record(task, "- ") for task in tasks)

    def _record(self, record: Record, before: str, style: str = "") -> Option:
        self._records[id_of(record)] = record
        words = f"{before}{record_lists.line(self.session, record)}"
        return line_of(record, Content.styled(words, style) if style else words)

    def _visit_lines(self) -> Iterable[str]:
        hides = self.hides
        for field in forms.form("visit").fields():
            words = self.visit.text(field.name)
            if words and not (field.staff_only and hides):
                yield f"{field.label}: {forms.show('visit', field.name, words)}"
        there = visits.attendees(self.session, self.visit)
        if there:
            yield "\n" + _("Who was there")
            yield from (f"- {record_lists.line(self.session, record)}" for record in there)
        closed = visits.closing(self.session, self.visit)
        for field in forms.form("closing").fields():
            if words := closed.text(field.name):
                yield f"{field.label} {forms.show('closing', field.name, words)}"
        asked = len(self.session.content.statements)
        words = _("{count} of {of} statements were talked about.").format(count=len(self._answers), of=asked)
        yield f"\n{words}"

    @on(OptionList.OptionSelected, "#told")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        record = self._records.get(chosen)
        if record is not None and record.kind in {"answer", "other_voice"}:
            what = "statement" if record.kind == "answer" else "voice"
            where = f"{what}:{self.visit.record_id}:{record.text('statement')}"
            self.phb_app.open_part(self.visit.person_id or "", where)
        elif record is not None:
            self.app.push_screen(FormScreen(record))
        elif chosen == CLOSE:
            closing = visits.closing(self.session, self.visit)
            self.app.push_screen(FormScreen(closing, context={"visit_id": self.visit.record_id}))
        elif chosen == RIGHT:
            self.action_back()


def _unknown(statement_id: str) -> str:
    """The title of a statement that this version does not contain."""
    if not statement_id:
        return _("It does not say which statement this answers")
    return _("A statement from a newer phb-tui ({id})").format(id=statement_id)
