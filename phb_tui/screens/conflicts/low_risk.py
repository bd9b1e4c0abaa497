"""Bulk resolution of low-risk conflicts: shows the current value of each field; one key accepts them all."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.domain.people import person_facts
from phb_tui.domain.records.changes import Record
from phb_tui.errors import PhbError, UnknownRecord
from phb_tui.i18n import N_, _, n_
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.conflicts import conflict_phrases
from phb_tui.screens.lists.line_list import LineList
from phb_tui.screens.lists.stable_list import StableList
from phb_tui.screens.widgets.read_only import ScrollPage
from phb_tui.services.person import caseload
from phb_tui.services.records import field_conflicts
from phb_tui.services.records.field_conflicts import Conflict

KEEP = "keep:"
"""Prefix of the id of the line that accepts all; the values follow."""


class LowRiskConflictsScreen(BaseScreen):
    """Shows the current value of each low-risk conflict and accepts all of them as decisions.

    Args:
        person_id: Only this person's; None for everybody's.
    """

    TITLE = N_("Contact details with two versions")
    HELP = N_(
        "These are contact details such as a phone number or the next visit. In each, two people wrote something "
        "else. The first version is the one that reached the team server first. You can keep the first version of all "
        "of these with one key. Each version stays under the field's previous versions, and you can restore any of "
        "them there."
    )
    AUTO_FOCUS = "#choose"
    CSS_PATH = "low_risk.tcss"

    def __init__(self, person_id: str | None) -> None:
        super().__init__()
        self._person_id = person_id
        self._all: list[Conflict] = []

    def compose_body(self) -> ComposeResult:
        """Compose the values and the choice."""
        yield Static("", id="meaning", classes="note")
        with ScrollPage(id="told"):
            yield Static("", id="fields", markup=False)
        yield LineList(id="choose")

    def person(self) -> Record | None:
        """The person whose fields these are; None when they are everybody's."""
        return caseload.person(self.session, self._person_id) if self._person_id else None

    def reload(self) -> None:
        """Read the conflicts again; only those that are shown are resolved."""
        self._all = field_conflicts.low_risk(self.session, self._person_id)
        words = _("This will be kept. The others stay in each field's previous versions.")
        self.query_one("#meaning", Static).update(words if self._all else _("Nothing left to decide."))
        self.query_one("#fields", Static).update(Content("\n").join(self._lines()))
        count = len(self._all)
        keep = n_("Keep this for {count} field", "Keep all of this, for {count} fields", count).format(count=count)
        # The line's id says what would be kept: when that changes the highlight leaves it, and Enter keeps nothing.
        sides = "+".join(f"{conflict.record.record_id}:{version}" for conflict in self._all for version in conflict.ids)
        options = [Option(keep, id=f"{KEEP}{sides}")] if self._all else []
        choose = self.query_one("#choose", StableList)
        choose.refill([*options, Option(_("Go back and decide one by one"), id="back")])

    def _lines(self) -> Iterable[Content]:
        whose = ""
        for conflict in self._all:
            if self._person_id is None and whose != conflict.record.person_id:
                whose = conflict.record.person_id or ""
                yield Content.styled(self._name_of(whose), "bold underline")
            front, *rest = conflict_phrases.versions(self.session, conflict)
            yield Content.assemble(
                f"{field_conflicts.subject(self.session, conflict)}: ", (front.words, "bold"), f"  ({front.who})"
            )
            yield from (Content(_("    not: {words}  ({who})").format(words=s.words, who=s.who)) for s in rest)

    def _name_of(self, person_id: str) -> str:
        try:
            return person_facts.full_name(caseload.person(self.session, person_id))
        except UnknownRecord:
            return _("Service details")

    @on(OptionList.OptionSelected, "#choose")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if str(event.option.id).startswith(KEEP):
            try:
                field_conflicts.accept_current(self.session, self._all)
            except PhbError as error:
                self.show_error(error)
                return
            self.phb_app.autosaver.note_saved()
        self.action_back()
