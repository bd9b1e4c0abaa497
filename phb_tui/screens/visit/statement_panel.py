"""Panel with one I statement, its answers and what was answered last time."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from phb_tui.content.steps import Statement, Step
from phb_tui.domain.calendar import dates
from phb_tui.domain.plan.i_statements import Answer, words_of
from phb_tui.i18n import _
from phb_tui.screens.widgets.answer_list import AnswerList, level_of
from phb_tui.screens.widgets.text_update import update_border, update_text
from phb_tui.services.visit.conversation import StatementAnswer

NARROWEST = 20
"""Columns that a statement has at least, before its panel is laid out."""


class StatementPanel(Vertical):
    """The statement, its easier wording on demand, the five answers, and last time's answer."""

    _fits = False

    def compose(self) -> ComposeResult:
        """Compose the parts of the panel."""
        yield Static("", id="card")
        yield Static("", id="another", classes="hidden")
        yield AnswerList(id="answers")
        yield Static("", id="last")

    def show(self, statement: Statement, said: StatementAnswer) -> None:
        """Show a statement with today's answer and last time's."""
        self.query_one("#card", Static).update(Content(statement.text), layout=not self._fits)
        another = [
            statement.plain,
            _("Ask: {question}").format(question=statement.ask),
            _("It means: {words}").format(words=statement.means),
            _("Then ask: {question}").format(question=statement.follow_up),
        ]
        update_text(self.query_one("#another", Static), Content("\n".join(another)))
        self.query_one(AnswerList).show(said.answer.text("answer"))
        last = _last_words(said)
        self.query_one("#last").set_class(not last, "hidden")
        update_text(self.query_one("#last", Static), Content(last))

    def show_progress(self, step: Step, answers: Sequence[str]) -> None:
        """Show in the line round the panel which step it is, and its answers as a small graph.

        Args:
            step: The step.
            answers: Today's answer to each of its statements; "" for none.
        """
        title = Content(_("Step {number}  {title}").format(number=step.number, title=step.short))
        said = sum(1 for answer in answers if answer not in {"", Answer.NOT_ASKED})
        count = _("{said} of {all} answered").format(said=said, all=len(answers))
        update_border(self, title, Content(f"{' '.join(map(level_of, answers))}   {count}"))

    def fit(self, statements: Sequence[Statement]) -> None:
        """Set the height to that of the longest statement, so that nothing below it moves."""
        card = self.query_one("#card", Static)
        width = max(card.content_size.width, NARROWEST)
        rows = max(Content(statement.text).get_height({}, width) for statement in statements)
        card.styles.min_height = rows + card.gutter.height
        self._fits = True

    def show_easier(self, *, shown: bool) -> None:
        """Show or hide the easier wording."""
        self.query_one("#another").set_class(not shown, "hidden")


def _last_words(said: StatementAnswer) -> str:
    if said.last_time is None:
        return ""
    answer = words_of(said.last_time.text("answer")) or _("nothing marked")
    words = f', "{said.last_time.text("words")}"' if said.last_time.text("words") else ""
    when = dates.in_words(said.last_date)
    return _("Last time, on {date}: {answer}{words}").format(date=when, answer=answer, words=words)
