"""Asking somebody else to decide a request that waits."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.decision import words
from phb_tui.screens.lists.line_list import LineList, refill
from phb_tui.services.decision import requests, standing
from phb_tui.services.records import editing

CHOICE = "choice-"


class AskElseScreen(PersonScreen):
    """Lists who else may decide a request; choosing one asks them.

    Args:
        person_id: The person.
        request_id: The request.
    """

    TITLE = N_("Ask someone else to decide")
    HELP = N_(
        "Everybody who may decide about this, as close to the person as possible first. Choose who is asked from now "
        "on, for example because the one who was asked is away. The promised day stays as it is."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "#others"

    def __init__(self, person_id: str, request_id: str) -> None:
        super().__init__(person_id)
        self._request_id = request_id
        self._ids: list[str] = []

    def compose_body(self) -> ComposeResult:
        """Compose who decides now, and the others."""
        yield Static("", id="what", classes="note", markup=False)
        yield LineList(id="others", markup=False)

    def reload(self) -> None:
        """Read who may decide."""
        request = editing.read(self.session, "request", self._request_id, self.person_id)
        there = standing.of(self.session, request)
        others = requests.others_of(self.session, there) if there.is_waiting else []
        self._ids = [each.id for each in others]
        said = words.waits(self.session, there) or _("This is decided already.")
        nobody = requests.why_nobody_else(self.session, there)
        self.query_one("#what", Static).update(" ".join(part for part in (f"{said}.", nobody) if part))
        listed = [Option(each.words, id=f"{CHOICE}{number}") for number, each in enumerate(others)]
        refill(self.query_one("#others", LineList), listed or [Option(_("Nobody to choose from"), disabled=True)])

    @on(OptionList.OptionSelected, "#others")
    def _ask(self, event: OptionList.OptionSelected) -> None:
        to = self._ids[int(str(event.option.id).removeprefix(CHOICE))]
        request = editing.read(self.session, "request", self._request_id, self.person_id)
        try:
            requests.ask_else(self.session, request, to)
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.autosaver.note_saved()
        self.action_back()
