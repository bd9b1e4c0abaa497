"""What was being written when the app stopped: the first screen after the next unlocking, over the list of people."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.people import person_facts
from phb_tui.errors import UnknownRecord
from phb_tui.i18n import N_, _
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.lists.line_list import LineList, gap, id_of, refill, titled
from phb_tui.screens.lists.row import Row
from phb_tui.screens.navigation import found_places, router
from phb_tui.services.person import caseload
from phb_tui.services.records import draft_recovery, record_lists
from phb_tui.services.records.draft_recovery import Recovered

PEOPLE = "people"


class RecoveredScreen(BaseScreen):
    """Names each record in which something was recovered, with whose it is; it shows no words of theirs."""

    TITLE = N_("What you were writing is kept")
    HELP = N_(
        "The app stopped while you were writing. Everything you wrote is saved. Enter opens the line that is marked, "
        "with what you wrote. Esc shows your people."
    )
    AUTO_FOCUS = "#kept"

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[str, Recovered] = {}

    def compose_body(self) -> ComposeResult:
        """Compose the list, with how to go on above it."""
        yield Static(
            _("The app stopped while you were writing. Enter opens what you wrote. Esc shows your people."),
            classes="note",
            markup=False,
        )
        yield titled(LineList(id="kept", markup=False), _("What you were writing"))

    def reload(self) -> None:
        """Read again what was recovered."""
        self._found = {id_of(one.record): one for one in draft_recovery.records(self.session)}
        options = [Option(self._line(one), id=line) for line, one in self._found.items()]
        refill(self.query_one("#kept", LineList), [*options, gap(), Option(_("Your people"), id=PEOPLE)])

    def _line(self, one: Recovered) -> Row:
        """Whose record it is and which, and at the right what tells people of one name apart."""
        record = one.record
        what = _("for staff") if record_lists.for_staff(record) else forms.form(record.kind).title
        try:
            person = caseload.person(self.session, record.person_id or "")
        except UnknownRecord:  # the team's own record, or somebody who has another team now
            team = caseload.transferred_to(self.session, record.person_id or "")
            return Row(_("Someone who is with {team} now").format(team=team) if team else what)
        words = _("{name}: {what}").format(name=person_facts.full_name(person), what=what)
        return Row(words, "  ".join(person_facts.short_identity(person, whole=False)))

    @on(OptionList.OptionSelected, "#kept")
    def _open(self, event: OptionList.OptionSelected) -> None:
        one = self._found.get(str(event.option.id))
        if one is None:
            self.action_back()
            return
        app, person_id = self.phb_app, one.record.person_id
        try:
            if person_id:
                caseload.person(self.session, person_id)
        except UnknownRecord as error:
            self.show_error(error)
            return
        router.home(app)
        if person_id:
            router.open_person(app, person_id)
        found_places.opens_record(one.record, one.field)(app)
