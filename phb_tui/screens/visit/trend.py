"""Trend of the answers: how many statements were true at each visit, in sentences."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from phb_tui.domain.calendar import dates
from phb_tui.domain.plan.i_statements import words_of
from phb_tui.i18n import N_, _
from phb_tui.screens.base.reader import Reader
from phb_tui.services.visit import conversation


class TrendScreen(Reader):
    """Shows a person's answers over time.

    Args:
        person_id: The person.
    """

    TITLE = N_("What you told us, visit by visit")
    HELP = N_(
        "How many statements are true for the person, step by step, and what they were before. 'Not asked today' never "
        "counts as 'no'. The answers themselves are in the conversation of each step."
    )

    def words(self) -> Content:
        """The sentences of every step."""
        return Content("\n").join(block for step in self.session.content.steps for block in self._step(step.number))

    def _step(self, number: int) -> Iterable[Content]:
        step = self.session.content.step(number)
        title = _("Step {number}  {title}").format(number=number, title=step.short)
        yield Content.styled(title, "bold underline")
        points = conversation.trend(self.session, self.person_id, step)
        yield Content(sentence(points, len(step.statements)))
        latest = conversation.latest(self.session, self.person_id)
        for statement in step.statements:
            if statement.id in latest:
                answer, when = latest[statement.id]
                words = f', "{answer.text("words")}"' if answer.text("words") else ""
                said = words_of(answer.text("answer")) or _("nothing marked")
                yield Content(f"  {statement.plain}\n    {said}{words} ({dates.in_words(when)})")
        yield Content("")


def sentence(points: list[conversation.Point], of: int) -> str:
    """The current and the previous count of a step, as a sentence."""
    if not points:
        return _("Not started")
    now = points[-1]
    words = _("{true} of {of} true for me").format(true=now.true, of=of)
    if len(points) > 1:
        before = points[-2]
        words += _(", was {true} on {date}").format(true=before.true, date=dates.in_words(before.date))
    return words + "."
