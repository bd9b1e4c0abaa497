"""The conversation: one I statement at a time, through all six steps."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import OptionList

from phb_tui.content.steps import Statement
from phb_tui.domain.plan.follow_ups import is_task
from phb_tui.domain.records.changes import Record, Value
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.base.page_keys import page_keys
from phb_tui.screens.history.record_screen import RecordScreen
from phb_tui.screens.visit.earlier_answers import EarlierAnswersScreen
from phb_tui.screens.visit.statement_answers import OTHER, OWN, OwnWords, other_said, own_said
from phb_tui.screens.visit.statement_panel import StatementPanel
from phb_tui.screens.widgets.answer_list import AnswerList
from phb_tui.screens.widgets.statement_list import StatementList
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.person import caseload
from phb_tui.services.records import editing
from phb_tui.services.start.last_place import Place
from phb_tui.services.visit import conversation

LAST = N_("This is the last of the statements. Esc goes back: there you can read back what was said.")
NO_TASK = N_('"{words}" has no words, so no task comes of it. If it was meant as an answer, take it out again.')
FIRST = N_("This is the first of the statements. PgDn goes on.")


class ConversationScreen(RecordScreen):
    """Shows the statements of a step, then those of the next; they replace each other on the screen.

    Args:
        visit: The visit to which the answers belong.
        step: The first step, 1 to 6.
        statement_id: The first statement; "" for the first of the step.
        voice: Whether to start with what somebody else said about it; Esc then closes the screen.
    """

    TITLE = N_("Conversation")
    HELP = N_(
        "Read the statement out. Ask how true it is for the person today. Choose an answer with the arrows and Enter, "
        "or its number. Write what they said in their own words. Enter on the chosen answer, or PgDn, goes to the next "
        "statement, PgUp to the previous one. You can skip anything: 'Not asked today' is where every statement "
        "starts. F6 gives the statement in plain words and a question to ask. F4 shows what was answered last time. "
        "F7 is for what a carer or family member says: it is kept apart from the person's own words."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "AnswerList"
    CSS_PATH = "conversation.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *page_keys("move", N_("The next statement"), N_("The previous statement")),
        Binding(
            "f6",
            "another_way",
            N_("In plain words"),
            id="more",
            tooltip=N_("Easier words and a question to ask"),
        ),
        Binding(
            "f7", "voice", N_("Carer's or family view"), id="add", tooltip=N_("What a carer or family member says")
        ),
        Binding("f4", "record_history", N_("Last time"), id="history", tooltip=N_("Last time's answers, and earlier")),
    ]

    def __init__(self, visit: Record, step: int, statement_id: str = "", *, voice: bool = False) -> None:
        super().__init__()
        self.visit = visit
        statements = [statement_id] if statement_id else []
        self._first = (step, statements)
        self._at = 0
        self._help_on = False
        self._other_on = self._for_voice = voice
        self._answer: Record | None = None
        self._answers: dict[str, Record] = {}
        self._all: tuple[Statement, ...] = ()

    @property
    def statement(self) -> Statement:
        """The current statement."""
        return self._all[self._at]

    def current_record(self) -> Record | None:
        """The record of the answer that is shown."""
        return self._answer

    def compose_body(self) -> ComposeResult:
        """Compose the statement, the answers, the text fields and, where there is room, the list of statements."""
        self._begin()
        with Horizontal(id="columns"):
            with VerticalScroll(id="talk", can_focus=False):
                yield StatementPanel(id="statement", classes="panel")
                yield OwnWords(OWN, "field")
                yield OwnWords(OTHER, "other", N_("What someone else says, kept apart from the person's own words"))
            yield StatementList(id="list")

    def on_ready(self) -> None:
        """Show the person's own answer or, if asked for, what somebody else said."""
        self._show_voice()
        if self._for_voice:
            self.set_focus(self.query_one("#other-words", TextField))

    def _show_voice(self) -> None:
        self.query_one("#own").set_class(self._other_on, "hidden")
        self.query_one("#other").set_class(not self._other_on, "hidden")

    def _begin(self) -> None:
        """Show the first statement."""
        self._all = self.session.content.statements
        step, wanted = self._first
        ids = [s.id for s in self._all]
        self._at = ids.index(wanted[0]) if wanted and wanted[0] in ids else self._start_of(step)

    def on_resize(self) -> None:
        """Fit the card after the next layout, when its width is known."""
        self.call_after_refresh(self._fit_card)

    def _fit_card(self) -> None:
        """Set the card's height to the longest statement, so that nothing below it moves; show the list if it fits."""
        self._show_answers()
        self.query_one(StatementPanel).fit(self._all)
        if self.query_one(AnswerList).has_focus:
            self.query_one("#talk").scroll_home(animate=False)

    def person(self) -> Record:
        """The person whose visit it is."""
        return caseload.person(self.session, self.visit.person_id or "")

    def heading(self) -> str:
        """The step and the number of the statement in it."""
        step = self.session.content.step(self.statement.step)
        words = _("Step {step} of 6, statement {at} of {of}")
        return words.format(step=step.number, at=self.statement.number, of=len(step.statements))

    def place(self) -> Place:
        """This step and statement, as the place to return to."""
        return Place("step", self.visit.person_id or "", self.statement.step, self.statement.id)

    def reload(self) -> None:
        """Read the visit's answers, and show the statement with its own."""
        self._answers = dict(conversation.answers(self.session, self.visit))
        self._show_statement()

    def _show_statement(self) -> None:
        statement = self.statement
        said = conversation.statement_answer(self.session, self.visit, statement)
        self._answer = said.answer
        self.query_one(StatementPanel).show(statement, said)
        context = {"statement": statement.id, "visit_id": self.visit.record_id}
        voice = conversation.other_voice(self.session, self.visit, statement)
        self.query_one("#own", OwnWords).show(said.answer, context)
        self.query_one("#other", OwnWords).show(voice, context)
        self.query_one("#own", OwnWords).tell(other_said(voice))
        self.query_one("#other", OwnWords).tell(own_said(said.answer))
        self._show_answers()

    def _show_answers(self) -> None:
        """Show how far the step is, in the line round the statement, and every answer in the list if there is room."""
        step = self.session.content.step(self.statement.step)
        answers = [record.text("answer") if (record := self._answers.get(s.id)) else "" for s in step.statements]
        self.query_one(StatementPanel).show_progress(step, answers)
        if self.has_class("-wide"):
            self.query_one(StatementList).show(self.session.content, self._all, self._answers, self.statement.id)

    def _note_answer(self, record: Record) -> None:
        self._answer = record
        self._answers[record.text("statement")] = record
        self._show_answers()

    @on(AnswerList.Answered)
    def _answered(self, event: AnswerList.Answered) -> None:
        if self._answer is None:
            return
        try:
            kept = conversation.save_answer(self.session, self.visit, self._answer, {"answer": event.answer})
        except PhbError as error:
            self.show_error(error)
            return
        self.query_one(AnswerList).show(event.answer)
        self._note_answer(kept)
        self.query_one("#own", OwnWords).show_saved(kept)
        self.phb_app.autosaver.note_saved()

    def save_field(self, field: TextField) -> Record | None:
        """Save a part of the answer with its follow-up task, or of what somebody else said."""
        if field.record is None:
            return None
        values: dict[str, Value] = {field.field: field.text}
        if field.record.kind == "other_voice":
            kept = editing.save(self.session, field.record, {**field.context, **values})
            self.query_one("#other", OwnWords).show_saved(kept, field)
            return kept
        kept = conversation.save_answer(self.session, self.visit, field.record, values)
        if self._answer is not None and kept.record_id == self._answer.record_id:
            self._note_answer(kept)
        if field.field == "would_help" and field.text.strip() and not is_task(field.text):
            self.call_later(self.show_message, _(NO_TASK).format(words=field.text.strip()))
        return kept

    @on(AnswerList.GoOn)
    def _next_statement(self) -> None:
        self.action_move(1)

    @on(TextField.Submitted)
    def _go_on(self) -> None:
        self.focus_next()

    @on(OptionList.OptionSelected, "#list")
    def _jump(self, event: OptionList.OptionSelected) -> None:
        self._go([s.id for s in self._all].index(str(event.option.id)))

    def action_move(self, by: int) -> None:
        """Show the next or previous statement, also of the next step; past either end, say so."""
        if 0 <= self._at + by < len(self._all):
            self._go(self._at + by)
        elif self.phb_app.autosaver.save_all():
            self.show_end_reached(_(LAST if by > 0 else FIRST))

    def _go(self, index: int) -> None:
        if index == self._at or not self.phb_app.autosaver.save_all():
            return
        self._at = index
        self._show_statement()
        answers, talk = self.query_one(AnswerList), self.query_one("#talk")
        if not answers.has_focus:
            self.set_focus(answers)
        if talk.scroll_offset.y:
            talk.scroll_home(animate=False)
        self.refresh_head()

    def action_another_way(self) -> None:
        """Show or hide the easier wording of the statement."""
        self._help_on = not self._help_on
        self.query_one(StatementPanel).show_easier(shown=self._help_on)

    def action_voice(self) -> None:
        """Switch between the person's own words and somebody else's."""
        if not self.phb_app.autosaver.save_all():
            return
        self._other_on, self._for_voice = not self._other_on, False
        self._show_voice()
        self.reload()
        self.set_focus(self.query_one("#other-who" if self._other_on else "#field-words", TextField))

    def action_back(self) -> None:
        """Return from somebody else's words to the person's own, else close the screen."""
        if self._other_on and not self._for_voice:
            self.action_voice()
        else:
            super().action_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow the earlier answers also before there is one of today."""
        return action == "record_history" or super().check_action(action, parameters)

    def action_record_history(self) -> None:
        """Show what was answered at earlier visits, and what this answer was before."""
        if self._answer is not None and self.phb_app.autosaver.save_all():
            self.app.push_screen(EarlierAnswersScreen(self._answer, self.visit, self.statement))

    @on(TextField.HistoryRequested)
    def _earlier_words(self, event: TextField.HistoryRequested) -> None:
        """In a field without earlier words of today F4 shows last time's answers instead."""
        record = event.words.record
        if record is None or len(editing.history(self.session, record, event.words.field)) > 1:
            return
        event.prevent_default()
        self.action_record_history()

    def _start_of(self, step: int) -> int:
        return next((index for index, s in enumerate(self._all) if s.step == step), 0)
