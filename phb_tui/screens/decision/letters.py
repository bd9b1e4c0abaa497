"""The letters to a person: each can be read and printed, or says why it has to wait."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.i18n import N_, _
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.lists.line_list import LineList, refill
from phb_tui.screens.lists.row import Row
from phb_tui.services.documents.letters import offered
from phb_tui.services.documents.letters.offered import Offered

COPIES = "copies:"
"""Begins the name of the screen that reads and prints a letter; the letter's own name follows."""


class LettersScreen(PersonScreen):
    """Lists the letters to a person: about decisions, changes of the money, and agreements.

    Args:
        person_id: The person.
    """

    TITLE = N_("Letters")
    HELP = N_(
        "Every letter that can be written from what was decided and signed. Open one to read it together, to print it "
        "or to send it. One that has to wait says below itself why, and what to do."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "#letters"
    CSS_PATH = "decision.tcss"

    def compose_body(self) -> ComposeResult:
        """Compose a sentence and the list."""
        yield Static("", id="how-far", classes="note", markup=False)
        yield LineList(id="letters", markup=False)

    def reload(self) -> None:
        """Read the letters again and keep the highlighted line."""
        found = offered.of_person(self.session, self.person_id)
        note = self.query_one("#how-far", Static)
        note.update(_("There is no letter yet: nothing was decided and nothing was signed."))
        note.set_class(bool(found), "hidden")
        refill(self.query_one("#letters", LineList), list(map(_line, found)))

    @on(OptionList.OptionSelected, "#letters")
    def _open(self, event: OptionList.OptionSelected) -> None:
        self.phb_app.open_part(self.person_id, str(event.option.id))


def _line(letter: Offered) -> Option:
    title = Content(f"{letter.title[:1].upper()}{letter.title[1:]}")
    words = title + Content.styled(f"\n  {letter.wait}", "$quiet") if letter.wait else title
    return Option(Row(words), id=f"{COPIES}{letter.name}")
