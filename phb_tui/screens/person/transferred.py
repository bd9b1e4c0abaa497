"""Notice that the person whose record was open is now another team's."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.domain.people import person_facts
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.lists.line_list import LineList


class TransferredScreen(BaseScreen):
    """Says which team now has the person.

    Args:
        person: The person's record as last known here.
        team: The team's name.
    """

    TITLE = N_("With another team now")
    HELP = N_(
        "This person was handed over to another team while you had their record open. They are not on this laptop any "
        "more. What you wrote is kept, and the team server passes it on to that team."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "#way"

    def __init__(self, person: Record, team: str) -> None:
        super().__init__()
        self._gone, self._team = person, team

    def compose_body(self) -> ComposeResult:
        """Compose the notice and the button that returns to the caseload."""
        yield Static("", classes="gap")
        yield Static(Content(self._sentence()), id="sentence", classes="title")
        kept = _("Everything you wrote here is kept. It goes to them when this laptop sends next.")
        yield Static(kept, classes="note")
        yield Static("", classes="gap")
        yield LineList(Option(_("Go back to the list"), id="list"), id="way")

    def _sentence(self) -> str:
        name = person_facts.preferred_name(self._gone)
        if not name:
            return _("This person is with {team} now.").format(team=self._team)
        return _("{name} is with {team} now.").format(name=name, team=self._team)

    @on(OptionList.OptionSelected, "#way")
    def _chosen(self) -> None:
        self.action_back()

    def action_back(self) -> None:
        """Return to the caseload and close the screens about the person; in family view, ask to leave it first."""
        if self.phb_app.family:
            self.phb_app.toggle_family_view()
            return
        self.close_screens()
