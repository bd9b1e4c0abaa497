"""Page with the answers to one statement at earlier visits, and with what today's answer was before."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from phb_tui.content import forms
from phb_tui.content.steps import Statement
from phb_tui.domain.calendar import dates
from phb_tui.domain.plan.i_statements import words_of
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.screens.history.record_history import RecordHistoryScreen
from phb_tui.screens.widgets.read_only import named
from phb_tui.services.visit import conversation

SHOWN = ("words", "said_by", "would_help")
"""Fields of an answer that are shown below it, in order."""


class EarlierAnswersScreen(RecordHistoryScreen):
    """Read-only page: the answers of earlier visits, newest first, then the history of today's answer.

    Args:
        answer: Today's answer; without fields when there is none yet.
        visit: Today's visit.
        statement: The statement.
    """

    TITLE = N_("Last time")
    HELP = N_(
        "What was answered to this statement at each earlier visit, newest first. Below that, everything that stood "
        "here today. To restore words of today, go into their field and press F4 there."
    )

    def __init__(self, answer: Record, visit: Record, statement: Statement) -> None:
        super().__init__(answer)
        self._visit, self._statement = visit, statement

    def _lines(self) -> Iterable[Content]:
        yield Content.styled(self._statement.text, "bold")
        before = conversation.answers_before(self.session, self._visit, self._statement.id)
        for record, day in before:
            when = dates.in_words(day)
            answer = words_of(record.text("answer")) or _("nothing marked")
            yield Content.styled("\n" + _("{date}: {answer}").format(date=when, answer=answer), "bold underline")
            for name in SHOWN:
                if words := record.text(name):
                    yield Content("  " + named(forms.label("answer", name), words))
        if not before:
            yield Content("\n" + _("This was not answered at an earlier visit."))
        yield Content.styled("\n" + _("Today"), "bold underline")
        yield from super()._lines()
