"""Sidebar of the conversation: every I statement with today's answer, where there is room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.widgets.option_list import Option

from phb_tui.content.steps import Content, Statement
from phb_tui.domain.plan.i_statements import words_of
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.screens.lists.stable_list import StableList


class StatementList(StableList):
    """The statements grouped by step; a click opens one. It is skipped by the Tab key."""

    can_focus = False
    SHOWS_PLACE = True

    def show(self, content: Content, statements: Sequence[Statement], answers: Mapping[str, Record], here: str) -> None:
        """Show the statements with their answers.

        Args:
            content: The six steps with their titles.
            statements: What is listed, in order.
            answers: The visit's answers by statement id.
            here: The id of the current statement.
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
