"""Every statement with its answer today, beside the conversation where there is room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.widgets.option_list import Option

from phb_tui.content.steps import Content, Statement
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.screens.widgets.answer_list import words_of
from phb_tui.screens.widgets.stable_list import StableList


class StatementList(StableList):
    """The statements of every step under its title; a click opens one. It is never in the way of the Tab key."""

    can_focus = False

    def show(self, content: Content, statements: Sequence[Statement], answers: Mapping[str, Record], here: str) -> None:
        """Write the list again.

        Args:
            content: The steps' titles.
            statements: What is listed, in order.
            answers: The visit's answers by statement id.
            here: The id of the statement that is talked about.
        """
        options: list[Option] = []
        for statement in statements:
            if statement.number == 1:
                step = content.step(statement.step)
                heading = _("Step {number}  {title}").format(number=step.number, title=step.short)
                options.append(Option(heading, disabled=True))
            record = answers.get(statement.id)
            answer = words_of(record.text("answer")) if record and record.text("answer") else "-"
            options.append(Option(f"  {statement.number}  {answer}", id=statement.id))
        self.begin(options, here)
