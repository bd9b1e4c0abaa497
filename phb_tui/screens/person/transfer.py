"""Transfer of a person to another team."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.domain.people import person_facts
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.lists.line_list import LineList, refill
from phb_tui.services.records import roster


class TransferScreen(PersonScreen):
    """Asks for the team, then for confirmation.

    Args:
        person_id: The person.
    """

    TITLE = N_("Hand over to another team")
    HELP = N_(
        "For someone who moves, or whose budget another team looks after from now on. Everything that is written "
        "about them goes with them, with its history. Choose the team, then say yes. It happens with the next sync; "
        "from then on they are on the other team's laptops and not on yours."
    )

    def __init__(self, person_id: str) -> None:
        super().__init__(person_id)
        self._chosen = ""

    def compose_body(self) -> ComposeResult:
        """Compose the explanation and the list of teams."""
        yield Static("", id="meaning", classes="note", markup=False)
        yield LineList(id="teams", markup=False)

    def reload(self) -> None:
        """List the teams, or the question for confirmation."""
        name = person_facts.preferred_name(self.person())
        teams = dict(roster.teams(self.session))
        lines = self.query_one("#teams", LineList)
        meaning = self.query_one("#meaning", Static)
        if going := roster.pending_transfer(self.session, self.person_id):
            words = _("{name} goes to {team} with the next sync. Press F5 when there is a network.")
            meaning.update(Content(words.format(name=name, team=going)))
            refill(lines, [Option(_("Go back"), id="back")])
        elif self._chosen:
            words = _(
                "{name} and everything written about them will be {team}'s. After the next sync they are not on "
                "your team's laptops any more. Has everyone agreed to that?"
            )
            meaning.update(Content(words.format(name=name, team=teams.get(self._chosen, self._chosen))))
            refill(lines, [Option(_("No, choose again"), id="again"), Option(_("Yes, hand over"), id="yes")])
        else:
            words = _("Which team looks after {name} from now on?").format(name=name)
            if not teams:
                words = _(
                    "This laptop knows of no other team. Press F5 when there is a network, or ask your team lead."
                )
            meaning.update(Content(words))
            options = [Option(team, id=f"team-{team_id}") for team_id, team in teams.items()]
            refill(lines, [*options, Option(_("Go back"), id="back")])

    @on(OptionList.OptionSelected, "#teams")
    def _choose(self, event: OptionList.OptionSelected) -> None:
        choice = str(event.option.id)
        if choice == "back":
            self.action_back()
            return
        if choice == "yes":
            try:
                roster.transfer(self.session, self.person_id, self._chosen)
            except PhbError as error:
                self.show_error(error)
                return
            self.phb_app.autosaver.note_saved()
        self._chosen = choice.removeprefix("team-") if choice.startswith("team-") else ""
        self.reload()
        self.query_one("#teams", LineList).highlighted = 0  # another question: its first answer changes nothing
