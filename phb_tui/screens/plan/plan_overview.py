"""Overview of the plan: read it, check it, see changes, agree it, make copies."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _, n_
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.base.person_view import View
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.lists.line_list import ADD, Line, LineList, gap, heading, id_of, line_of, refill, titled
from phb_tui.screens.lists.row import Row
from phb_tui.screens.lists.side_panel import SidePanel, titled_lines
from phb_tui.screens.plan.agree import AgreeScreen
from phb_tui.screens.plan.copies import CopiesScreen
from phb_tui.screens.plan.preview import ChangedScreen, PreviewScreen
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import record_lists


class PlanScreen(PersonScreen):
    """Lists the actions on a person's plan.

    Args:
        person_id: The person.
    """

    TITLE = N_("The plan to keep")
    HELP = N_(
        "Read the plan together first. 'Is anything missing?' names what regulations and standards expect, and leads "
        "to each place. Agreeing keeps the plan as it is as a version that never changes; you can always make a "
        "new one. Then make a copy to leave with the person."
    )
    FAMILY_SAFE = True

    def __init__(self, person_id: str) -> None:
        super().__init__(person_id)
        self._records: dict[str, Record] = {}
        self._missing: list[str] = []
        """What the plan lacks, as sentences."""

    def compose_body(self) -> ComposeResult:
        """Compose the list of actions."""
        with Horizontal(id="columns"):
            yield titled(LineList(id="plan", markup=False), _("Plan"))
            yield SidePanel(id="beside")

    def reload(self) -> None:
        """Read the plan's state and keep the highlighted line."""
        missing = plan_versions.missing_items(self.session, self.person_id)
        refill(self.query_one("#plan", LineList), list(self._options(len(missing))))
        self._missing = [item.rule.say for item in missing]
        self._show_contents()

    def _show_contents(self) -> None:
        beside = self.query_one(SidePanel)
        if beside.is_wanted:
            beside.fill(_("In the plan"), self._contents())

    def _contents(self) -> Iterable[Content]:
        """What the plan lacks, then its goals with their actions and what happens if something goes wrong."""
        if self._missing:
            yield Content.styled(_("Still missing"), "bold $bold")
            yield from (Content(f"- {words}") for words in self._missing)
        view = View(self.session, self.person(), self.phb_app.family, self.hides)
        actions = view.of("action")
        lines = []
        for goal in view.of("goal"):
            lines.append(Content(record_lists.line(self.session, goal)))
            of_goal = [one for one in actions if one.text(record_lists.parent_field("action")) == goal.record_id]
            lines += [Content(f"  - {record_lists.line(self.session, action)}") for action in of_goal]
        yield from titled_lines(forms.form("goal").many, lines)
        others = (Content(record_lists.line(self.session, record)) for record in view.of("contingency"))
        yield from titled_lines(forms.form("contingency").many, others)

    def on_resize(self) -> None:
        """Fill the panel where there is room for it now."""
        self.call_after_refresh(self._show_contents)

    def _options(self, missing: int) -> Iterable[Option]:
        versions = plan_versions.versions(self.session, self.person_id)
        copies = record_lists.of(self.session, "copy_given", self.person_id)
        self._records = {id_of(record): record for record in [*versions, *copies]}
        yield Option(_("Read the plan together"), id="read")
        words = n_("! {count} thing", "! {count} things", missing).format(count=missing) if missing else _("Nothing")
        style = "bold $red" if missing else "$green"
        yield Option(Row(_("Is anything missing?"), Content.styled(words, style)), id="missing")
        if not self.phb_app.family:
            undecided = plan_versions.conflicts_to_resolve(self.session, self.person_id, staff=not self.hides)
            yield from (Option(Content(words), id="decide") for words in undecided)
        if versions:
            since = _("What changed since version {number}, agreed on {date}").format(
                number=versions[0].text("number"), date=dates.in_words(versions[0].text("agreed_on"))
            )
            yield Option(since, id="changed")
        yield Option(_("Agree the plan") if not versions else _("Agree a new version"), id="agree")
        yield Line(_("Print the plan"), "print", "p")
        yield Option(_("Make a copy to print or to send"), id="copy")
        if versions:
            yield gap()
            yield heading(forms.form("plan_version").many)
        for version in versions:
            words = _("Version {number}, {date}, agreed by {name}").format(
                number=version.text("number"),
                date=dates.in_words(version.text("agreed_on")),
                name=version.text("agreed_by"),
            )
            yield line_of(version, words)
        yield gap()
        yield heading(forms.form("copy_given").many)
        yield from (line_of(copy, record_lists.line(self.session, copy)) for copy in copies)
        yield Option(f"+ {forms.form('copy_given').add}", id=f"{ADD}copy_given")

    @on(OptionList.OptionSelected, "#plan")
    def _open(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        record = self._records.get(chosen)
        if chosen == "read":
            self.app.push_screen(PreviewScreen(self.person_id))
        elif chosen in {"missing", "agree"}:
            self.app.push_screen(AgreeScreen(self.person_id, agreeing=chosen == "agree"))
        elif chosen == "decide":
            self.phb_app.open_part(self.person_id, "conflicts")
        elif chosen == "changed":
            self.app.push_screen(ChangedScreen(self.person_id))
        elif chosen in {"copy", "print"}:
            self.app.push_screen(CopiesScreen(self.person_id, at_once=chosen == "print"))
        elif record is not None and record.kind == "plan_version":
            self.app.push_screen(PreviewScreen(self.person_id, record))
        elif record is not None:
            self.app.push_screen(FormScreen(record))
        else:
            new = record_lists.new(self.session, "copy_given", self.person_id)
            self.app.push_screen(FormScreen(new))
