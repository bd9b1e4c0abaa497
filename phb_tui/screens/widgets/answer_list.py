"""List of the five answers to an I statement; the selected one is marked by text and shape, not colour alone."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from phb_tui.domain.plan.i_statements import WORDS, Answer
from phb_tui.i18n import _


class AnswerList(OptionList):
    """List of the answers to one statement: arrows move, Enter, Space or a digit selects."""

    class Answered(Message):
        """Message: an answer was selected."""

        def __init__(self, answer: str) -> None:
            super().__init__()
            self.answer = answer

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(*(Option(self._prompt(answer, ""), id=answer) for answer in Answer), id=id, compact=True)
        self._chosen = ""

    def show(self, kept: str) -> None:
        """Mark the stored answer; "" is "not asked today"."""
        chosen = kept or Answer.NOT_ASKED
        if chosen != self._chosen:
            self._chosen = chosen
            for index, answer in enumerate(Answer):
                self.replace_option_prompt_at_index(index, self._prompt(answer, chosen))
        self.highlighted = list(Answer).index(Answer(chosen)) if chosen in set(Answer) else 0

    def on_key(self, event: events.Key) -> None:
        """Select by digit or Space."""
        if event.character and event.character in "12345":
            event.stop()
            self.post_message(self.Answered(list(Answer)[int(event.character) - 1]))
        elif event.key == "space":
            event.stop()
            self.action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Select by Enter or click."""
        event.stop()
        self.post_message(self.Answered(str(event.option.id)))

    @staticmethod
    def _prompt(answer: Answer, chosen: str) -> str:
        number = list(Answer).index(answer) + 1
        return f"{'(*)' if answer == chosen else '( )'} {number}  {_(WORDS[answer])}"
