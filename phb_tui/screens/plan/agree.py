"""Completeness check of the plan, and its agreement."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.people import capacity
from phb_tui.domain.records.changes import Record
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.forms.draft_screen import DraftScreen
from phb_tui.screens.forms.field_row import FieldRow
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.lists.line_list import LineList, gap, heading, refill
from phb_tui.screens.plan.missing_item import MissingItemScreen, open_place
from phb_tui.screens.widgets.error_summary import ErrorSummary
from phb_tui.screens.widgets.instant_button import InstantButton
from phb_tui.services.plan import plan_versions
from phb_tui.services.plan.plan_versions import MissingItem, Severity
from phb_tui.services.records import editing, record_checks, record_lists

STANDINGS = {
    Severity.NEEDED: N_("The plan cannot be agreed without these"),
    Severity.EXPECTED: N_("Standards expect these"),
    Severity.UNVERIFIED: N_("Check these with your local policy"),
}

CAPACITY = "capacity:"
"""Prefix of the id of a line that opens a capacity assessment."""

AGAINST = "against"
"""Id of the list of what stands against agreeing."""

DECIDE = "decide"
"""Id of the line that opens the conflicts to resolve."""


class AgreeScreen(DraftScreen):
    """Lists what is missing from a plan and, when it is to be agreed, records by whom and how.

    Args:
        person_id: The person.
        agreeing: Whether the plan is to be agreed, or only checked.
    """

    TITLE = N_("Agree the plan")
    HELP = N_(
        "Each line names something missing and leads to its place. What stops the plan from being agreed stands first, "
        "above the questions. What standards expect stands below the button: it can wait if you say why. "
        "After you agree, this version cannot be changed. You can make a new version at any time."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = ""
    CSS_PATH = "agree.tcss"

    def __init__(self, person_id: str, *, agreeing: bool) -> None:
        super().__init__(person_id)
        self._agreeing = agreeing
        self._missing: list[MissingItem] = []

    def compose_body(self) -> ComposeResult:
        """Compose what stands against agreeing, the fields of the agreement, and what is missing besides."""
        with VerticalScroll(id="form", can_focus=False):
            yield ErrorSummary(id="problems")
            yield LineList(id=AGAINST, markup=False)
            if self._agreeing:
                self.draft = plan_versions.version_being_agreed(self.session, self.person_id)
                with Vertical(id="page"):
                    yield from (FieldRow(field, self.draft) for field in forms.form("plan_version").fields())
                yield Static(
                    _("After you agree, this version cannot be changed. You can make a new one."), classes="note"
                )
                yield InstantButton(_("Agree this plan"), id="agree")
            yield LineList(id="missing", markup=False)

    def on_ready(self) -> None:
        """Focus what stands against agreeing, else the fields of the agreement or the list of missing items."""
        wanted = f"#{AGAINST}" if self._stops() else "TextField" if self._agreeing else "#missing"
        self.set_focus(self.query_one(wanted), scroll_visible=False)

    def _stops(self) -> bool:
        """Whether something stands against agreeing that is to be put right first."""
        needed = any(item.rule.standing is Severity.NEEDED for item in self._missing)
        return needed or bool(self._conflicts_sentence())

    def heading(self) -> str:
        """What is done here."""
        return _(str(self.TITLE)) if self._agreeing else _("Is anything missing?")

    def reload(self) -> None:
        """Read the missing items again."""
        self._missing = plan_versions.missing_items(self.session, self.person_id)
        if record := self.draft:
            self.show_draft(editing.read(self.session, record.kind, record.record_id, record.person_id))
        first = [*self._conflicts_to_resolve(), *self._capacity_warnings(), *self._group(Severity.NEEDED)]
        others = [each for standing in Severity if standing is not Severity.NEEDED for each in self._group(standing)]
        against = self.query_one(f"#{AGAINST}", LineList)
        against.set_class(not first, "hidden")
        refill(against, [*first[1:], gap()] if first else [])
        nothing = [] if first else [Option(_("Nothing is missing."), disabled=True)]
        refill(self.query_one("#missing", LineList), others or nothing)
        if self.focused is against and not first:  # what stood against it is put right
            self.on_ready()

    def _conflicts_sentence(self) -> list[str]:
        """A sentence about the conflicts to resolve first; in family view without their subject."""
        found = plan_versions.conflicts_to_resolve(self.session, self.person_id, staff=not self.hides)
        if found and self.phb_app.family:
            return [_("Two people wrote different things. Turn the laptop back to decide.")]
        return found

    def _conflicts_to_resolve(self) -> Iterable[Option]:
        for sentence in self._conflicts_sentence():
            yield gap()
            yield heading(_("This has to be decided before the plan can be agreed"))
            yield Option(Content(sentence), id=DECIDE)

    def _capacity_warnings(self) -> Iterable[Option]:
        """Lines that say the person was assessed as lacking capacity to agree the plan; for staff only."""
        found = (
            [] if self.phb_app.family else record_checks.capacity_warnings(self.session, self.person_id, capacity.PLAN)
        )
        if found:
            yield gap()
            yield heading(_("Before you agree: decide in the person's best interests"))
        for record, sentence in found:
            yield Option(Content(sentence), id=f"{CAPACITY}{record.record_id}")

    def _group(self, standing: Severity) -> Iterable[Option]:
        found = [(number, item) for number, item in enumerate(self._missing) if item.rule.standing is standing]
        if found:
            yield gap()
            yield heading(_(STANDINGS[standing]))
        hides = bool(found) and self.hides
        for number, item in found:
            which = (
                f" ({record_lists.line(self.session, item.record)})"
                if item.record
                and forms.form(item.record.kind).line
                and not (hides and record_lists.for_staff(item.record))
                else ""
            )
            source = "" if self.phb_app.family else f"\n  {item.rule.source}"
            yield Option(Content(f"{item.rule.say}{which}{source}{self._reason(item)}"), id=f"item-{number}")

    def _reason(self, item: MissingItem) -> str:
        """The reason why a missing item can wait, or that one is needed; "" unless the plan is being agreed."""
        if self.draft is None or item.rule.standing is not Severity.EXPECTED:
            return ""
        reason = " ".join(self.draft.text(plan_versions.reason_field(item.rule.id)).split())
        said = _("It can wait: {reason}").format(reason=reason)
        return "\n  " + (said if reason else _("Open it to fill it in, or to say why it can wait"))

    # -- what is kept

    @on(Button.Pressed, "#agree")
    def _agree(self) -> None:
        if not self.phb_app.autosaver.save_all() or self.draft is None:
            return
        warnings = [(each.field, each.sentence) for each in forms.warnings(self.draft, self.session.today)]
        if self.show_problems(list(self._problems(self.draft)), warnings):
            return
        if unexplained := plan_versions.without_reason(self.session, self.person_id, self.draft):
            self.app.push_screen(MissingItemScreen(unexplained, self.draft))
            return
        try:
            plan_versions.agree(self.session, self.person_id, self.draft)
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.autosaver.note_saved()
        self.action_back()

    def _problems(self, record: Record) -> Iterable[tuple[str, str]]:
        """The errors that prevent agreement: the place and the sentence of each."""
        asked = {
            "agreed_by": _("Enter the full name of who agrees to the plan."),
            "agreed_how": _("Choose how it was agreed."),
            "agreed_on": _("Enter the date on which it was agreed."),
        }
        yield from ((name, sentence) for name, sentence in asked.items() if not record.text(name))
        yield from ((p.field, p.sentence) for p in forms.problems(record, self.session.today))
        items = plan_versions.missing_items(self.session, self.person_id)
        needed = (item for item in items if item.rule.standing is Severity.NEEDED)
        yield from ((AGAINST, item.rule.say) for item in needed)
        yield from ((DECIDE, sentence) for sentence in self._conflicts_sentence())

    # -- moving about

    @on(ErrorSummary.Chosen)
    def _go_to(self, event: ErrorSummary.Chosen) -> None:
        if event.place == DECIDE:
            self.resolve_conflicts()
            return
        place = f"#{AGAINST}" if event.place == AGAINST else f"#field-{event.place}"
        self.set_focus(self.query_one(place))

    @on(OptionList.OptionSelected, f"#{AGAINST}, #missing")
    def _open(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        if chosen == DECIDE:
            self.resolve_conflicts()
            return
        if chosen.startswith(CAPACITY):
            record_id = chosen.removeprefix(CAPACITY)
            self.app.push_screen(FormScreen(editing.read(self.session, "capacity", record_id, self.person_id)))
            return
        item = self._missing[int(str(event.option.id).removeprefix("item-"))]
        if self.draft is not None and item.rule.standing is Severity.EXPECTED:
            self.app.push_screen(MissingItemScreen([item], self.draft))
        else:
            open_place(self, item)
