"""Keeping a version of a budget: what stands against it, who agreed, and the versions that were kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.budget.kept_version import KeptVersionScreen
from phb_tui.screens.budget.places import budget_of, form_at
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.forms.draft_screen import DraftScreen
from phb_tui.screens.forms.field_row import FieldRow
from phb_tui.screens.lists.line_list import LineList, gap, heading, id_of, refill
from phb_tui.screens.lists.row import Row
from phb_tui.screens.widgets.error_summary import ErrorSummary
from phb_tui.screens.widgets.instant_button import InstantButton
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.budget import versions
from phb_tui.services.budget.versions import Candidate, Stop
from phb_tui.services.decision import subjects
from phb_tui.services.records import record_lists

STOP, AGAINST, LACKING = "stop-", "against", "lacking"
MOST_ERRORS = 4
"""Sentences of what stands against a version that the summary repeats; the list below has all of them."""


class KeepVersionScreen(DraftScreen):
    """Says what stands against keeping a budget as a version, and records who agreed, how and when.

    Args:
        person_id: The person.
        budget_id: The budget; "" for the newest.
    """

    TITLE = N_("Keep a version")
    HELP = N_(
        "A version is the budget as it is now, kept for ever. The first lines say what has to be put right before; "
        "each leads to its place. Write who agreed, how and when, then keep it. A kept version cannot be changed, and "
        "the budget itself can: keep it again whenever it has changed."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = ""
    CSS_PATH = "enough.tcss"

    def __init__(self, person_id: str, budget_id: str = "") -> None:
        super().__init__(person_id)
        self._budget_id = budget_id
        self._found: Candidate | None = None
        self._stops: list[Stop] = []
        self._kept: dict[str, Record] = {}
        self._newest = ""

    def compose_body(self) -> ComposeResult:
        """Compose what would be kept, what stands against it, who agreed, and the kept versions."""
        budget = budget_of(self.session, self.person_id, self._budget_id)
        with VerticalScroll(id="form", can_focus=False):
            yield ErrorSummary(id="problems")
            yield Static("", id="what", classes="note", markup=False)
            yield LineList(id=AGAINST, markup=False)
            with Vertical(id="page"):
                if budget is not None:
                    self.draft = versions.being_kept(self.session, budget)
                    yield from (FieldRow(field, self.draft) for field in forms.form(versions.KIND).fields())
                    yield Static(_("A kept version cannot be changed. You can keep another one."), classes="note")
                    yield InstantButton("", id="keep")
            yield LineList(id="kept", markup=False)

    def on_ready(self) -> None:
        """Focus what stands against it, else the first field, else the kept versions."""
        places = ("#against", "TextField", "#kept")
        found = (widget for place in places for widget in self.query(place) if widget.focusable)
        shown_ones = (widget for widget in found if not widget.has_class("hidden"))  # its style is not applied yet
        self.set_focus(next(shown_ones, None), scroll_visible=False)

    def reload(self) -> None:
        """Read the budget, what stands against it and the kept versions again."""
        budget = budget_of(self.session, self.person_id, self._budget_id)
        if budget is None:
            self.query_one("#what", Static).update(_("There is no budget yet. Add one in step 3."))
            self.query_one(f"#{AGAINST}").add_class("hidden")
            self.query_one("#page").add_class("hidden")
            self.query_one("#kept").add_class("hidden")
            return
        self._budget_id = budget.record_id
        self._found = versions.candidate(self.session, budget)
        self.show_draft(versions.being_kept(self.session, budget))
        self._show_stops()
        kept = versions.all_of(self.session, budget)
        self._kept = {id_of(version): version for version in kept}
        following = versions.next_number(self.session, self.person_id, budget.record_id)
        unchanged = bool(kept) and not versions.is_changed(self._found, kept[0])
        self.query_one("#what", Static).update(self._what(following, kept[0] if unchanged else None))
        self.query_one("#page").set_class(unchanged, "hidden")
        for button in self.query("#keep").results(InstantButton):
            button.label = _("Keep this as version {number}").format(number=following)
        self.query_one("#kept").set_class(not kept, "hidden")
        refill(self.query_one("#kept", LineList), list(self._versions(kept)))
        if self.focused is not None and self.focused.has_class("hidden"):  # what stood against it is put right
            self.on_ready()

    def show_draft(self, draft: Record) -> None:
        """Show what the version holds, and the field for what is lacking only where it is asked."""
        super().show_draft(draft)
        found = self._found
        is_asked = found is not None and found.is_final and (found.enough.not_covered or draft.text(LACKING))
        for row in self.query(FieldRow):
            if row.field.name == LACKING:
                row.set_class(not is_asked, "hidden")

    # -- what the lines say

    def _what(self, following: int, kept: Record | None) -> str:
        """What would be kept, or that this is what was kept."""
        found = self._found
        if found is None:
            return ""
        if kept is not None:
            words = _("Version {number} is kept. Nothing has changed since.").format(number=kept.text("number"))
            return f"{words} {_sums(kept)}".strip()
        totals = found.worked.totals
        purpose = record_lists.display(self.session, found.budget, "purpose")
        words = _("Version {number}: {sums}").format(number=following, sums=_sum_words(totals.weekly, totals.first))
        name = found.budget.text("name").strip()
        parts = (words, ": ".join(each for each in (name, purpose) if each), *self._overtakes(following))
        return "\n".join(part for part in parts if part)

    def _overtakes(self, following: int) -> Iterator[str]:
        """What is still waited for about a version before; it stops nothing."""
        for there, version in subjects.waiting_about(self.session, self._found.budget) if self._found else ():
            say = _(
                "A decision about version {number} was asked for on {day} and is not there yet. If you keep version "
                "{following}, nobody can say yes to that one any more: ask about the new one, and withdraw the other."
            )
            day = dates.in_words(there.request.text("asked_on"))
            said = say.format(number=version.text("number"), day=day, following=following)
            yield f"{SHAPES.late} {said}"

    def _show_stops(self) -> None:
        found, draft = self._found, self.draft
        self._stops = versions.standing_against(self.session, found, draft) if found and draft else []
        options = [
            Option(Content(f"{SHAPES.late} {self._say(stop)}"), id=f"{STOP}{number}")
            for number, stop in enumerate(self._stops)
        ]
        title = [heading(_("This has to be put right before a version can be kept"))] if options else []
        listed = self.query_one(f"#{AGAINST}", LineList)
        listed.set_class(not options, "hidden")
        refill(listed, [*title, *options, gap()] if options else [])

    def _say(self, stop: Stop) -> str:
        """The sentence; in family view without what two colleagues wrote, and without what is for staff."""
        if stop.is_conflict and self.phb_app.family:
            return _("Two people wrote different things. Turn the laptop back to decide.")
        if self.hides and (stop.for_staff or record_lists.for_staff(stop.record)):
            return _("Something for staff has to be put right first.")
        return stop.say

    def _versions(self, kept: list[Record]) -> Iterator[Option]:
        if kept:
            yield heading(forms.form(versions.KIND).many)
        for version in kept:
            words = _("Version {number}, {date}").format(
                number=version.text("number"), date=dates.in_words(version.text("agreed_on")) or _("no date")
            )
            name = version.text("agreed_by")
            yield Option(Row(_("{version}, agreed by {name}").format(version=words, name=name) if name else words,
                             _sums(version)), id=id_of(version))  # fmt: skip

    # -- what is kept

    def keep(self, draft: Record, values: Mapping[str, str]) -> Record:
        """Save values of the version, which links a new one to its budget."""
        if self._found is None:
            raise PhbError("There is no budget here. Go back and open one.")
        link = {} if draft.fields else record_lists.parent_link(self._found.budget, versions.KIND)
        return super().keep(draft, {**link, **values})

    def save_field(self, field: TextField) -> Record | None:
        """Save a field of the version; what stands against keeping it may be another thing then."""
        if self._found is None or super().save_field(field) is None:
            return None
        self._show_stops()
        return self.draft

    @on(Button.Pressed, "#keep")
    def _keep(self) -> None:
        found, draft = self._found, self.draft
        if not self.phb_app.autosaver.save_all() or found is None or draft is None:
            return
        draft = self.draft or draft
        self._show_stops()
        warnings = [(each.field, each.sentence) for each in forms.warnings(draft, self.session.today)]
        if self.show_problems(list(self._problems(found, draft)), warnings):
            return
        try:
            version = versions.keep(self.session, found, draft)
        except PhbError as error:
            self.show_error(error)
            self.reload()
            return
        self.phb_app.autosaver.note_saved()
        self.reload()
        self.show_message(_("Version {number} is kept.").format(number=version.text("number")))
        self.set_focus(self.query_one("#kept"), scroll_visible=False)
        self.query_one("#form").scroll_home(animate=False)

    def _problems(self, found: Candidate, draft: Record) -> Iterable[tuple[str, str]]:
        """The errors that keep it from being kept: the place and the sentence of each."""
        asked = {
            "agreed_by": _("Enter the full name of who agrees to the budget."),
            "agreed_how": _("Choose how it was agreed."),
            "agreed_on": _("Enter the date on which it was agreed."),
        }
        needed = versions.ASKED if found.is_final else ()
        yield from ((name, asked[name]) for name in needed if not draft.text(name))
        yield from ((p.field, p.sentence) for p in forms.problems(draft, self.session.today))
        yield from ((AGAINST, self._say(stop)) for stop in self._stops[:MOST_ERRORS])

    # -- moving about

    @on(ErrorSummary.Chosen)
    def _go_to(self, event: ErrorSummary.Chosen) -> None:
        self.set_focus(self.query_one(f"#{AGAINST}" if event.place == AGAINST else f"#field-{event.place}"))

    @on(OptionList.OptionSelected, f"#{AGAINST}")
    def _put_right(self, event: OptionList.OptionSelected) -> None:
        stop = self._stops[int(str(event.option.id).removeprefix(STOP))]
        if not self.phb_app.autosaver.save_all():
            return
        if stop.is_conflict:
            self.resolve_conflicts()
        elif not (self.hides and record_lists.for_staff(stop.record)):
            self.app.push_screen(form_at(stop.record, stop.field))

    @on(OptionList.OptionSelected, "#kept")
    def _read(self, event: OptionList.OptionSelected) -> None:
        self.app.push_screen(KeptVersionScreen(self._kept[str(event.option.id)]))


def _sums(version: Record) -> str:
    """A kept version's totals; "" when they cannot be read."""
    weekly, first = (version.fields.get(name) for name in ("total_weekly", "total_first"))
    if not isinstance(weekly, int) or not isinstance(first, int):
        return ""
    return _sum_words(weekly, first)


def _sum_words(weekly: int, first: int) -> str:
    """The amount a week and in the first year; one sum where nothing comes again, as for something bought once."""
    if not weekly:
        return _("\N{POUND SIGN}{sum} in all").format(sum=shown(first))
    return _("\N{POUND SIGN}{weekly} a week, \N{POUND SIGN}{first} in the first year").format(
        weekly=shown(weekly), first=shown(first)
    )
