"""The conversation: one I statement at a time, for every one of the six steps."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import Statement
from phb_tui.domain import dates
from phb_tui.domain.changes import Record, Value
from phb_tui.errors import PhbError
from phb_tui.language import N_, _
from phb_tui.screens.remembering import Remembering
from phb_tui.screens.widgets.answer_list import AnswerList, words_of
from phb_tui.screens.widgets.bars import put
from phb_tui.screens.widgets.words import Words
from phb_tui.services import caseload, talking, writing
from phb_tui.services.place import Place

FIELDS = (
    ("words", N_("In your own words (you can leave this empty)"), 3),
    ("said_by", N_("Who said it?"), 1),
    ("would_help", N_("What would make it true?"), 2),
)
"""What is written about a statement: the field, its label, its rows."""

OTHER = (("who", N_("Who says it? For example Bea, his sister"), 1), ("words", N_("In their words"), 4))
"""What a carer or somebody else says about it, in a record of its own."""


class StepScreen(Remembering):
    """Talks through a step's statements, and on into the next step; the content changes in place.

    Args:
        visit: The visit it is said at.
        step: Which step to begin with, 1 to 6.
        statement_id: Which of its statements to begin with; "" for the first.
    """

    TITLE = N_("Conversation")
    HELP = N_(
        "Read the statement out. Ask how true it is for the person today. Choose an answer with the arrows and Enter, "
        "or its number. Write what they said in their own words. PgDn goes to the next statement, PgUp to the one "
        "before. You can skip anything: 'Not asked today' is where every statement starts. "
        "F6 says the statement another way and gives you a question to ask. "
        "F7 is for what a carer or family member says: it is kept apart from the person's own words."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "AnswerList"
    CSS_PATH = "step.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "move(1)", N_("Next"), id="next", tooltip=N_("The next statement"), priority=True),
        Binding("pageup", "move(-1)", N_("Before"), id="before", tooltip=N_("The statement before"), priority=True),
        Binding(
            "f6",
            "another_way",
            N_("Say it another way"),
            id="another",
            tooltip=N_("Easier words and a question to ask"),
        ),
        Binding("f7", "voice", N_("Another voice"), id="voice", tooltip=N_("What a carer or family member says")),
        Binding("f4", "record_history", N_("Earlier"), id="history", tooltip=N_("Earlier answers"), show=False),
        Binding(
            "ctrl+o", "last_time", N_("Last time"), id="last", tooltip=N_("Show or hide last time's answer"), show=False
        ),
    ]

    def __init__(self, visit: Record, step: int, statement_id: str = "") -> None:
        super().__init__()
        self.visit = visit
        statements = [statement_id] if statement_id else []
        self._first = (step, statements)
        self._at = 0
        self._help_on = False
        self._other_on = False
        self._last_on = True
        self._card_fits = False
        self._answer: Record | None = None
        self._all: tuple[Statement, ...] = ()

    @property
    def statement(self) -> Statement:
        """The statement that is shown."""
        return self._all[self._at]

    def at_hand(self) -> Record | None:
        """The answer."""
        return self._answer

    def compose_body(self) -> ComposeResult:
        """The card, the answers, the words; beside them the step's list when there is room."""
        self._begin()
        with Horizontal(id="columns"):
            with VerticalScroll(id="talk", can_focus=False):
                yield Static("", id="card")
                yield Static("", id="another", classes="note hidden")
                yield AnswerList(id="answers")
                yield Static("", id="last", classes="note")
                with Vertical(id="own"):
                    for field, label, rows in FIELDS:
                        yield Static(_(label), classes="label")
                        with Vertical(classes="field"):
                            yield Words(field, rows)
                with Vertical(id="other", classes="hidden"):
                    yield Static(_("What somebody else says, kept apart from the person's own words"), classes="label")
                    for field, label, rows in OTHER:
                        yield Static(_(label), classes="label")
                        with Vertical(classes="field"):
                            yield Words(field, rows, id=f"other-{field}")
            yield OptionList(id="list")

    def mounted(self) -> None:
        """The list beside is for looking and clicking."""
        self.query_one("#list", OptionList).can_focus = False

    def _begin(self) -> None:
        """Go to the first statement."""
        self._all = self.session.content.statements
        step, wanted = self._first
        ids = [s.id for s in self._all]
        self._at = ids.index(wanted[0]) if wanted and wanted[0] in ids else self._start_of(step)

    def on_resize(self) -> None:
        """The card's width is known after the next layout."""
        self.call_after_refresh(self._fit_card)

    def _fit_card(self) -> None:
        """Give the card room for the longest statement, so that nothing below it moves; the list, if there is room."""
        if self.has_class("-wide"):
            self._fill_list()
        card = self.query_one("#card", Static)
        width = max(card.content_size.width, 20)
        rows = max(Content(statement.text).get_height({}, width) for statement in self._all)
        card.styles.min_height = rows + card.gutter.height
        self._card_fits = True
        if self.query_one(AnswerList).has_focus:
            self.query_one("#talk").scroll_home(animate=False)

    def person(self) -> Record:
        """Whose record this is."""
        return caseload.person(self.session, self.visit.person_id or "")

    def where(self) -> str:
        """The step and the statement's place in it."""
        step = self.session.content.step(self.statement.step)
        return _("Step {step} of 6: {title}  ·  Statement {at} of {of}").format(
            step=step.number, title=step.short, at=self.statement.number, of=len(step.statements)
        )

    def place(self) -> Place:
        """Here."""
        return Place("step", self.visit.person_id or "", self.statement.step, self.statement.id)

    def fill(self) -> None:
        """Show the statement and what was said about it."""
        statement = self.statement
        said = talking.said(self.session, self.visit, statement)
        self._answer = said.answer
        card = self.query_one("#card", Static)
        card.update(Content(statement.text), layout=not self._card_fits)
        another = [
            statement.plain,
            _("Ask: {question}").format(question=statement.ask),
            _("It means: {words}").format(words=statement.means),
            _("Then ask: {question}").format(question=statement.follow_up),
        ]
        prompts = Content("\n".join(another))
        put(self.query_one("#another", Static), prompts)
        self.query_one(AnswerList).show(said.answer.text("answer"))
        last = self._last_words(said)
        self.query_one("#last").set_class(not last, "hidden")
        put(self.query_one("#last", Static), Content(last))
        for field, _label, _rows in FIELDS:
            words = self.query_one(f"#field-{field}", Words)
            words.context = {"statement": statement.id, "visit_id": self.visit.record_id}
            words.show(said.answer)
        if self._other_on:
            self._fill_other()
        if self.has_class("-wide"):
            self._fill_list()

    def _fill_other(self) -> None:
        voice = talking.other_voice(self.session, self.visit, self.statement)
        for field, _label, _rows in OTHER:
            words = self.query_one(f"#other-{field}", Words)
            words.context = {"statement": self.statement.id, "visit_id": self.visit.record_id}
            words.show(voice)

    def _last_words(self, said: talking.Said) -> str:
        if said.last_time is None or not self._last_on:
            return ""
        answer = words_of(said.last_time.text("answer")) or _("nothing marked")
        words = f', "{said.last_time.text("words")}"' if said.last_time.text("words") else ""
        when = dates.in_words(said.last_date)
        return _("Last time, on {date}: {answer}{words}").format(date=when, answer=answer, words=words)

    def _fill_list(self) -> None:
        answers = talking.answers(self.session, self.visit)
        listed = self.query_one("#list", OptionList)
        listed.clear_options()
        for statement in self._all:
            if statement.number == 1:
                step = self.session.content.step(statement.step)
                heading = _("Step {number}  {title}").format(number=step.number, title=step.short)
                listed.add_option(Option(heading, disabled=True))
            record = answers.get(statement.id)
            answer = words_of(record.text("answer")) if record and record.text("answer") else "-"
            listed.add_option(Option(f"  {statement.number}  {answer}", id=statement.id))
        listed.highlighted = listed.get_option_index(self.statement.id)

    @on(AnswerList.Answered)
    def _answered(self, event: AnswerList.Answered) -> None:
        if self._answer is None:
            return
        try:
            self._answer = talking.answer(self.session, self.visit, self._answer, {"answer": event.answer})
        except PhbError as error:
            self.tell(error)
            return
        self.query_one(AnswerList).show(event.answer)
        for words in self.query("#own Words").results(Words):
            words.show(self._answer)
        self.host.keeper.said()
        if self.has_class("-wide"):
            self._fill_list()

    def keep(self, field: Words) -> Record | None:
        """Keep part of the answer, with the follow-up that comes of it, or what somebody else says."""
        if field.record is None:
            return None
        values: dict[str, Value] = {field.field: field.text}
        if field.record.kind == "other_voice":
            kept = writing.keep(self.session, field.record, {**field.context, **values})
            for words in self.query("#other Words").results(Words):
                if words is not field:
                    words.show(kept)
            return kept
        kept = talking.answer(self.session, self.visit, field.record, values)
        if self._answer is not None and kept.record_id == self._answer.record_id:
            self._answer = kept
        return kept

    @on(Words.GoOn)
    def _go_on(self) -> None:
        self.focus_next()

    @on(OptionList.OptionSelected, "#list")
    def _jump(self, event: OptionList.OptionSelected) -> None:
        self._go([s.id for s in self._all].index(str(event.option.id)))

    def action_move(self, by: int) -> None:
        """The next statement or the one before, on into the next step; the ends stay."""
        self._go(min(max(self._at + by, 0), len(self._all) - 1))

    def _go(self, index: int) -> None:
        if index == self._at or not self.host.keeper.leave_all():
            return
        self._at = index
        self.fill()
        answers, talk = self.query_one(AnswerList), self.query_one("#talk")
        if not answers.has_focus:
            self.set_focus(answers)
        if talk.scroll_offset.y:
            talk.scroll_home(animate=False)
        self.refresh_head()

    def action_another_way(self) -> None:
        """Show or hide the easier words."""
        self._help_on = not self._help_on
        self.query_one("#another").set_class(not self._help_on, "hidden")

    def action_voice(self) -> None:
        """Turn from the person's own words to somebody else's, or back."""
        if not self.host.keeper.leave_all():
            return
        self._other_on = not self._other_on
        self.query_one("#own").set_class(self._other_on, "hidden")
        self.query_one("#other").set_class(not self._other_on, "hidden")
        if self._other_on:
            self._fill_other()
        self.set_focus(self.query_one("#other-who" if self._other_on else "#field-words", Words))

    def action_last_time(self) -> None:
        """Show or hide last time's answer, which may lead the person."""
        self._last_on = not self._last_on
        self.fill()

    def _start_of(self, step: int) -> int:
        return next((index for index, s in enumerate(self._all) if s.step == step), 0)
