"""List of the five answers to an I statement; the selected one is marked by text and shape, not colour alone."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from phb_tui.domain.plan.i_statements import WORDS, Answer
from phb_tui.i18n import N_, _
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.lists.chip_row import Chip, ChipRow

SHORT = {Answer.NOT_ASKED: N_("Not asked"), Answer.RATHER_NOT_SAY: N_("Rather not say")}
"""Labels that are shorter in the row of answers, so that all five fit into 80 columns."""

LEVELS = {
    Answer.YES: SHAPES.yes, Answer.PARTLY: SHAPES.partly, Answer.NOT_YET: SHAPES.not_yet,
    Answer.NOT_ASKED: SHAPES.not_asked, Answer.RATHER_NOT_SAY: SHAPES.not_asked,
}  # fmt: skip
"""The shape of each answer, of which a step's answers are a small graph."""


def level_of(kept: str) -> str:
    """The shape of a stored answer; an unknown code or none as not asked."""
    return LEVELS[Answer(kept)] if kept in set(Answer) else SHAPES.not_asked


class AnswerList(ChipRow):
    """The answers to one statement side by side: arrows move, Enter, Space, a click or a digit selects."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose_or_go_on", N_("Choose, then go on"), show=False),
    ]

    class GoOn(Message):
        """Message: Enter was pressed on the answer that is chosen already."""

    class Answered(Message):
        """Message: an answer was selected."""

        def __init__(self, answer: str) -> None:
            super().__init__()
            self.answer = answer

    _kept: str | None = None

    def show(self, kept: str) -> None:
        """Mark the stored answer; "" is "not asked today"."""
        chosen = kept or Answer.NOT_ASKED
        if chosen != self._kept:
            self._kept = chosen
            self.set_chips([_chip(number, answer, chosen) for number, answer in enumerate(Answer, start=1)])
        self.highlighted = list(Answer).index(Answer(chosen)) if chosen in set(Answer) else 0

    def action_choose_or_go_on(self) -> None:
        """Choose the answer that has the focus; when it is chosen already, go on."""
        if self.chips[self.highlighted].chosen:
            self.post_message(self.GoOn())
        else:
            self.action_select()

    def choose(self, chip: Chip) -> None:
        """Tell which answer was chosen."""
        self.post_message(self.Answered(chip.id))


def _chip(number: int, answer: Answer, chosen: str) -> Chip:
    sign = SHAPES.chosen if answer == chosen else SHAPES.not_chosen
    words = _(SHORT.get(answer, WORDS[answer]))
    return Chip(answer, str(number), f"{sign} {number} {words}", answer == chosen)
