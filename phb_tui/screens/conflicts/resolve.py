"""Conflict resolution: one question a page, with author and time of every version; select one or write another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.records.changes import Record, Value
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.base.page_keys import page_keys
from phb_tui.screens.conflicts import conflict_phrases
from phb_tui.screens.conflicts.conflict_phrases import Version
from phb_tui.screens.conflicts.low_risk import LowRiskConflictsScreen
from phb_tui.screens.conflicts.resolution_field import ResolutionField
from phb_tui.screens.history.record_screen import RecordScreen
from phb_tui.screens.lists.line_list import LineList
from phb_tui.screens.lists.stable_list import StableList
from phb_tui.screens.widgets.field_panel import FieldPanel
from phb_tui.screens.widgets.instant_button import InstantButton
from phb_tui.screens.widgets.read_only import ScrollPage, shortened
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.person import caseload
from phb_tui.services.records import editing, field_conflicts
from phb_tui.services.records.field_conflicts import Conflict

SHOWN, MARGINS = 60, 22
"""Largest width of a version in the list, and the width kept free beside it, in columns."""
OTHER = "other:"  # begins the id of a line that chooses something that nobody wrote
Key = tuple[str, str]
"""Record id and field name of a conflict."""


class ConflictScreen(RecordScreen):
    """Shows open conflicts one by one.

    Args:
        person_id: Only this person's; None for everybody's.
    """

    TITLE = N_("Two versions")
    HELP = N_(
        "This is a conflict: there are two versions of the same entry, by people who did not see each other's words. "
        "Nothing is lost. Choose the version to keep, or write a new one. [Words like this] are different in each "
        "version. All of them stay under previous versions. PgUp and PgDn show the other questions."
    )
    AUTO_FOCUS = "#choose"
    CSS_PATH = "resolve.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *page_keys("move", N_("The next one"), N_("The previous one")),
    ]

    def __init__(self, person_id: str | None = None) -> None:
        super().__init__()
        self._person_id = person_id
        self._all: list[Conflict] = []
        self._at = 0
        self._shown: object = None
        self._others = False  # whether what nobody wrote is offered in place of the versions
        self._begun: dict[Key, str] = {}  # what was typed and not decided
        self._named = ""  # the problem that was shown; Continue passes it the second time
        self._decision: ResolutionField

    def compose_body(self) -> ComposeResult:
        """Compose the versions, the choices and the field for a new value."""
        self._decision = ResolutionField("decision", 4)
        yield Static("", id="question", classes="title")
        yield Static("", id="about", classes="note")
        with ScrollPage(id="versions"):
            yield Horizontal(id="panels")
        yield LineList(id="choose")
        with Vertical(id="write", classes="hidden"):
            yield Static("", id="error", classes="error hidden")
            yield FieldPanel(self._decision, _("Write what is right, then choose Continue."))
            with Horizontal(id="buttons"):
                yield InstantButton(_("Continue"), id="continue")
                yield InstantButton(_("Choose a version"), id="instead")

    def person(self) -> Record | None:
        """The person whose record the conflict is in."""
        person_id = self._person_id or (self._all[self._at].record.person_id if self._all else None)
        return caseload.person(self.session, person_id) if person_id else None

    def current_record(self) -> Record | None:
        """The record the conflict is in."""
        return self._all[self._at].record if self._all else None

    def heading(self) -> str:
        """The number of open conflicts."""
        if not self._all:
            return _(str(self.TITLE))
        return _("Two versions: {at} of {all}").format(at=self._at + 1, all=len(self._all))

    def staff_only(self) -> bool:
        """Whether only staff may read the field."""
        return bool(self._all) and field_conflicts.for_staff(self._all[self._at])

    # -- what is shown

    def reload(self) -> None:
        """Read the conflicts again; the current one is kept while it is open."""
        self._remember()
        before = self._all[self._at] if self._all else None
        self._all = field_conflicts.conflicts(self.session, self._person_id)
        keys = [_key(conflict) for conflict in self._all]
        if before and _key(before) in keys:
            self._at = keys.index(_key(before))
        elif before:
            self._keep_begun([before])  # somebody else decided; what was typed here is not lost
        self._at = max(min(self._at, len(self._all) - 1), 0)
        if self._all:
            self._show(self._all[self._at])
        else:
            self._show_nothing()

    def _show(self, conflict: Conflict) -> None:
        seen = (_key(conflict), conflict.record.fields.get(conflict.name), [side.id for side in conflict.sides])
        if seen == self._shown:
            return
        same = isinstance(self._shown, tuple) and self._shown[0] == seen[0]
        self._shown, self._others = seen, same and self._others
        self.query_one("#question", Static).update(Content(conflict_phrases.question(self.session, conflict)))
        context = conflict_phrases.context(self.session, conflict, self.app.size.width - MARGINS // 2)
        self.query_one("#about", Static).update(Content(context))
        self.query_one("#about").set_class(not context, "hidden")
        versions = conflict_phrases.versions(self.session, conflict)
        self._show_panels(conflict, versions)
        begun = self._begun.get(_key(conflict))
        written = "\n\n".join(version.words for version in versions if version.value not in {None, ""})
        self._decision.offer(conflict, written, begun)
        self._choices(conflict, versions, same=same)
        if not same:
            self._write(writing=begun is not None)

    def _show_panels(self, conflict: Conflict, versions: list[Version]) -> None:
        panels = self.query_one("#panels")
        panels.remove_children()
        for words in conflict_phrases.panels(conflict, versions):
            panels.mount(Static(words, classes="version"))

    def _choices(self, conflict: Conflict, versions: list[Version], *, same: bool) -> None:
        choose = self.query_one("#choose", StableList)
        (choose.refill if same else choose.begin)(list(self._options(conflict, versions)))

    def _options(self, conflict: Conflict, versions: list[Version]) -> Iterable[Option]:
        if self._others:
            found = conflict_phrases.others(self.session, conflict).items()
            yield from (Option(Content(words), id=f"{OTHER}{code}") for code, words in found)
            yield Option(_("Go back to the versions"), id="versions")
            return
        room = min(SHOWN, self.app.size.width - MARGINS) + MARGINS // 2
        for name, version in zip(conflict.ids, versions, strict=True):
            yield Option(Content(shortened(version.choice, room)), id=f"keep-{name}")
        if not forms.is_chosen(conflict.record.kind, conflict.name):
            yield Option(_("Write something else"), id="write")
        elif conflict_phrases.others(self.session, conflict):
            yield Option(_("Choose something else"), id="others")
        waiting = sum(1 for found in self._all if found.low_risk)
        if conflict.low_risk and waiting > 1:
            words = _("Keep the first version of all {count} contact details").format(count=waiting)
            yield Option(words, id="everyday")

    def _show_nothing(self) -> None:
        self._shown = None
        self._decision.record = None
        self.query_one("#question", Static).update(_("Nothing left to decide."))
        self.query_one("#about").add_class("hidden")
        self.query_one("#panels").remove_children()
        self._write(writing=False)
        self.query_one("#choose", StableList).begin([Option(_("Go back"), id="back")])

    def _write(self, *, writing: bool) -> None:
        """Show either the choices or the field for a new value, since there is little room."""
        self._named = ""
        self.query_one("#error").add_class("hidden")
        self.query_one("#write").set_class(not writing, "hidden")
        choose = self.query_one("#choose")
        choose.set_class(writing, "hidden")
        (self._decision if writing else choose).focus()

    # -- what is decided

    @on(OptionList.OptionSelected, "#choose")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        choice = str(event.option.id)
        if choice == "back":
            self.action_back()
        elif choice == "write":
            self._write(writing=True)
        elif choice in {"others", "versions"}:
            self._others = choice == "others"
            conflict = self._all[self._at]
            self._choices(conflict, conflict_phrases.versions(self.session, conflict), same=False)
        elif choice == "everyday":
            self.app.push_screen(LowRiskConflictsScreen(self._person_id))
        elif choice.startswith(OTHER):
            self._decide(choice.removeprefix(OTHER))
        else:
            conflict = self._all[self._at]
            found = dict(zip(conflict.ids, conflict_phrases.versions(self.session, conflict), strict=True))
            if version := found.get(choice.removeprefix("keep-")):
                self._decide(version.value)

    @on(Button.Pressed, "#continue")
    def _written(self) -> None:
        conflict = self._all[self._at]
        kind, name = conflict.record.kind, conflict.name
        value = forms.tidy(kind, name, self._decision.text, self.session.today)
        problem = forms.problem(kind, name, value, self.session.today)
        if not value:
            problem = _("Write what is right, or choose a version.")
        if not problem or (value and problem == self._named):
            self._decide(value)
            return
        self._named = problem
        error = self.query_one("#error", Static)
        error.update(Content(_("Error: {words}").format(words=problem)))
        error.remove_class("hidden")
        self._decision.focus()

    def _decide(self, value: Value) -> None:
        conflict = self._all[self._at]
        try:
            field_conflicts.resolve(self.session, conflict, value)
        except PhbError as error:
            self.show_error(error)
            return
        self._begun.pop(_key(conflict), None)
        self._decision.record = None  # what stands there is decided, or was not wanted
        self.reload()
        self.phb_app.autosaver.note_saved()

    # -- what is typed is never lost

    def save_field(self, field: TextField) -> Record | None:
        """Save the text as a draft, so that locking or a crash loses nothing."""
        if field.record is not None:
            editing.save_draft(self.session, field.record, {field.field: field.text})
        return field.record

    def on_screen_suspend(self) -> None:
        """Save unconfirmed text when the screen is closed, as the current value of a conflict that stays open."""
        if self not in self.app.screen_stack:
            self._remember()
            self._keep_begun(self._all)
            self._decision.record = None

    def action_back(self) -> None:
        """Return from the text field to the choices, then close the screen."""
        if not self.query_one("#write").has_class("hidden"):
            self._leave_writing()
        else:
            super().action_back()

    def action_move(self, by: int) -> None:
        """Show the next or previous conflict."""
        if len(self._all) > 1 and self.phb_app.autosaver.save_all():
            self._remember()
            self._at = (self._at + by) % len(self._all)
            self._show(self._all[self._at])
            self.refresh_frame()

    @on(Button.Pressed, "#instead")
    def _leave_writing(self) -> None:
        self._remember()
        self._write(writing=False)

    def _remember(self) -> None:
        record, words = self._decision.record, self._decision
        if record is None:
            return
        if words.changed:
            self._begun[record.record_id, words.field] = words.text
        else:
            self._begun.pop((record.record_id, words.field), None)

    def _keep_begun(self, conflicts: list[Conflict]) -> None:
        for conflict in conflicts:
            if (words := self._begun.pop(_key(conflict), None)) is None:
                continue
            try:
                editing.save(self.session, conflict.record, {conflict.name: words})
            except PhbError as error:
                self._begun[_key(conflict)] = words
                if self.is_current:
                    self.show_error(error)


def _key(conflict: Conflict) -> Key:
    return conflict.record.record_id, conflict.name
