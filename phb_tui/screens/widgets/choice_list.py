"""Choice list: radio buttons or check boxes; a selection is marked by shape and saved at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from phb_tui.content import statuses
from phb_tui.content.forms import TICK, FormField
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.lists.line_list import KEYS
from phb_tui.screens.lists.stable_list import StableList

YES = "yes"
ADD = "add"
"""Id of the line that adds something to choose."""


class ChoiceList(StableList):
    """Field whose value is selected: arrows move; Enter, Space, a click, a digit or a letter selects.

    Selecting an option again keeps it selected, since Enter is also how people go on. A radio button is cleared with
    Delete or Backspace, a check box with Space, its digit or a click.

    Args:
        asked: The field.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "delete,backspace", "take_back", N_("Take back"), id="take_back", tooltip=N_("Take the chosen answer back")
        ),
        Binding("enter", "choose", N_("Choose"), id="choose", tooltip=N_("Choose the line you are on"), show=False),
    ]

    class Chosen(Message):
        """Message: an option was selected or cleared.

        Attributes:
            choice: The list it was chosen in.
            name: The name the record holds it under.
            value: The code; "" when it was taken back.
        """

        def __init__(self, choice: ChoiceList, name: str, value: str) -> None:
            super().__init__()
            self.choice, self.name, self.value = choice, name, value

    class AddWanted(Message):
        """Message: the line that adds something to choose was selected.

        Attributes:
            choice: The list.
        """

        def __init__(self, choice: ChoiceList) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self, asked: FormField) -> None:
        super().__init__(id=f"field-{asked.name}", compact=True)
        self.asked = asked
        self.many = asked.type == "ticks"
        self._codes: dict[str, str] = {}
        self._chosen: frozenset[str] = frozenset()

    def show(self, record: Record, options: Mapping[str, str], add: str = "") -> None:
        """Show the options and mark the selected ones.

        Args:
            record: The record that holds it.
            options: What can be chosen, by code.
            add: Words on the line that adds something to choose; "" for none.
        """
        chosen = frozenset(code for code in options if self._is_chosen(record, code))
        kept = str(statuses.value(record, self.asked.name) or "")
        shown = dict(options)
        if not self.many and kept and kept not in shown:  # a code from a newer version stays to be seen
            shown[kept], chosen = (self.asked.once or {}).get(kept, kept), frozenset({kept})
        if shown == self._codes and chosen == self._chosen and self.options:
            return
        same = bool(shown) and list(shown) == list(self._codes)
        self._codes, self._chosen = shown, chosen
        prompts = {code: self._prompt(number, code) for number, code in enumerate(shown, start=1)}
        if same:
            for index, prompt in enumerate(prompts.values()):
                self.replace_option_prompt_at_index(index, prompt)
            return
        first = next((f"code-{code}" for code in shown if code in chosen), None)
        filled = [Option(prompt, id=f"code-{code}") for code, prompt in prompts.items()]
        filled = filled or [Option(_("Nothing to choose from yet"), disabled=True)]
        if add:
            filled.append(Option(f"+ {add}", id=ADD))
        if self.options:
            self.refill(filled)
        else:
            self.begin(filled, first)

    def on_key(self, event: events.Key) -> None:
        """Select by digit, letter or Space."""
        place = KEYS.find(event.character) if event.character else -1
        if 0 <= place < len(self._codes):
            event.stop()
            self.highlighted = place
            self.action_select()
        elif event.key == "space":
            event.stop()
            self.action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Select by Space, digit or click; this also clears a check box."""
        event.stop()
        if event.option.id == ADD:
            self.post_message(self.AddWanted(self))
            return
        code = str(event.option.id).removeprefix("code-")
        if self.many:
            value = "" if code in self._chosen else YES
            self.post_message(self.Chosen(self, f"{self.asked.name}{TICK}{code}", value))
        elif code not in self._chosen:
            self.post_message(self.Chosen(self, self.asked.name, code))

    def action_choose(self) -> None:
        """Select the highlighted option; one that is selected already stays so."""
        option = self.highlighted_option
        if option is not None and str(option.id).removeprefix("code-") not in self._chosen:
            self.action_select()

    def action_take_back(self) -> None:
        """Clear the selection."""
        if self._chosen and not self.many:
            self.post_message(self.Chosen(self, self.asked.name, ""))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow clearing only for radio buttons with a selection."""
        if action == "take_back":
            return bool(self._chosen) and not self.many
        return super().check_action(action, parameters)

    def _is_chosen(self, record: Record, code: str) -> bool:
        if self.many:
            return record.text(f"{self.asked.name}{TICK}{code}") == YES
        return statuses.value(record, self.asked.name) == code

    def _prompt(self, number: int, code: str) -> str:
        marks = (SHAPES.ticked, SHAPES.not_ticked) if self.many else (SHAPES.chosen, SHAPES.not_chosen)
        key = KEYS[number - 1] if number <= len(KEYS) else " "
        return f"{marks[code not in self._chosen]} {key}  {self._codes[code]}".replace("[", "\\[")
