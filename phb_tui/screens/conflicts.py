"""Two versions: one question a page, every version with who and when; choose one or write another."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.changes import Record, Value
from phb_tui.errors import PhbError, UnknownRecord
from phb_tui.language import N_, _
from phb_tui.screens.host import TableScreen
from phb_tui.screens.widgets.decision import Decision
from phb_tui.screens.widgets.go_on import GoOn
from phb_tui.screens.widgets.reading import Page, about, marked_versions, moment, shortened, shown_value
from phb_tui.screens.widgets.words import Words
from phb_tui.services import caseload, colleagues, deciding, writing
from phb_tui.services.deciding import Conflict

SHOWN, MARGINS = 60, 22
"""Columns of a version in the list; columns it must leave free."""
Key = tuple[str, str]
"""A conflict's record and field."""


class ConflictScreen(TableScreen):
    """Goes through open conflicts.

    Args:
        person_id: Only this person's; None for everybody's.
    """

    TITLE = N_("Two versions")
    HELP = N_(
        "Two people wrote in the same place and did not see each other's words. Nothing is lost. "
        "Choose the version to keep, or write a new one. [Words like this] are different in each version. "
        "All of them stay in the list of earlier words. PgUp and PgDn show the other questions."
    )
    AUTO_FOCUS = "#choose"
    CSS_PATH = "conflicts.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "move(1)", N_("Next"), id="next-conflict", tooltip=N_("The next one"), priority=True),
        Binding("pageup", "move(-1)", N_("Before"), id="before-conflict", tooltip=N_("The one before"), priority=True),
    ]

    def __init__(self, person_id: str | None = None) -> None:
        super().__init__()
        self._person_id = person_id
        self._all: list[Conflict] = []
        self._at = 0
        self._shown: object = None
        self._begun: dict[Key, str] = {}
        """What was typed and not decided, by conflict."""
        self._named = ""
        """The problem that was shown; Continue passes it the second time."""
        self._decision: Decision

    def compose_body(self) -> ComposeResult:
        """The versions, the choice, room to write."""
        self._decision = Decision("decision", 4)
        yield Static("", id="question", classes="title")
        yield Static("", id="about", classes="note")
        with Page(id="versions"):
            yield Horizontal(id="panels")
        yield OptionList(id="choose")
        with Vertical(id="write", classes="hidden"):
            yield Static(_("Write what is right, then choose Continue."), classes="label")
            yield Static("", id="error", classes="error hidden")
            yield self._decision
            with Horizontal(id="buttons"):
                yield GoOn(_("Continue"), id="continue")
                yield GoOn(_("Choose a version"), id="instead")

    def person(self) -> Record | None:
        """Whose record the conflict is in."""
        if not self._all:
            return None
        try:
            return caseload.person(self.session, self._all[self._at].record.person_id or "")
        except UnknownRecord:
            return None

    def where(self) -> str:
        """How many there are."""
        if not self._all:
            return _(str(self.TITLE))
        return _("Two versions: {at} of {all}").format(at=self._at + 1, all=len(self._all))

    # -- what is shown

    def fill(self) -> None:
        """Read the conflicts again; the one being looked at stays if it is still open."""
        self._remember()
        before = self._all[self._at] if self._all else None
        self._all = deciding.conflicts(self.session, self._person_id)
        keys = [_key(conflict) for conflict in self._all]
        if before and _key(before) in keys:
            self._at = keys.index(_key(before))
        elif before:
            self._keep_begun([before])  # somebody else decided; what was typed here is not lost
        self._at = min(self._at, max(len(self._all) - 1, 0))
        if self._all:
            self._show(self._all[self._at])
        else:
            self._show_nothing()

    def _show(self, conflict: Conflict) -> None:
        seen = (_key(conflict), conflict.record.fields.get(conflict.name), [side.id for side in conflict.sides])
        if seen == self._shown:
            return
        same = isinstance(self._shown, tuple) and self._shown[0] == seen[0]
        self._shown = seen
        self.query_one("#question", Static).update(
            Content(_("Which is right for: {field}").format(field=forms.label(conflict.record.kind, conflict.name)))
        )
        context = [about(conflict.record, self.session.content), self._earlier(conflict)]
        self.query_one("#about", Static).update(Content("\n".join(words for words in context if words)))
        self.query_one("#about").set_class(not any(context), "hidden")
        versions = self._versions(conflict)
        marked = marked_versions([words for _value, words, _who in versions])
        panels = self.query_one("#panels")
        panels.remove_children()
        for number, (version, words) in enumerate(zip(versions, marked, strict=True), start=1):
            title = _("Version {number}").format(number=number)
            head = Content.assemble((title, "bold"), f"  {version[2]}\n\n")
            panels.mount(Static(head + words, classes="version"))
        begun = self._begun.get(_key(conflict))
        written = "\n\n".join(words for value, words, _who in versions if value not in {None, ""})
        self._decision.offer(conflict, written, begun)
        self._choices(conflict, versions, same=same)
        if not same:
            self._write(writing=begun is not None)

    def _versions(self, conflict: Conflict) -> list[tuple[Value, str, str]]:
        """Each version: its value, its words, who and when."""
        found = [(conflict.record.fields.get(conflict.name), *conflict.first)]
        found += [(side.value, side.author, side.at) for side in conflict.sides]
        known, kind = colleagues.names(self.session), conflict.record.kind
        return [
            (value, shown_value(kind, conflict.name, value), f"{colleagues.who(known, author)}, {moment(at)}")
            for value, author, at in found
        ]

    def _earlier(self, conflict: Conflict) -> str:
        """What stood there before both, on one line."""
        if conflict.earlier is None:
            return ""
        words = shown_value(conflict.record.kind, conflict.name, conflict.earlier.value)
        return shortened(_("Before both: {words}").format(words=words), self.app.size.width - MARGINS // 2)

    def _choices(self, conflict: Conflict, versions: list[tuple[Value, str, str]], *, same: bool) -> None:
        choose = self.query_one("#choose", OptionList)
        here = choose.highlighted_option.id if same and choose.highlighted_option else None
        room = min(SHOWN, self.app.size.width - MARGINS)
        options = [
            Option(
                Content(_("Keep version {number}: {words}").format(number=n, words=shortened(words, room))),
                id=f"keep-{n - 1}",
            )
            for n, (_value, words, _who) in enumerate(versions, start=1)
        ]
        if not forms.is_chosen(conflict.record.kind, conflict.name):
            options.append(Option(_("Write something else"), id="write"))
        choose.set_options(options)
        ids = [option.id for option in options]
        choose.highlighted = ids.index(here) if here in ids else 0

    def _show_nothing(self) -> None:
        self._shown = None
        self._decision.record = None
        self.query_one("#question", Static).update(_("Nothing left to decide."))
        self.query_one("#about").add_class("hidden")
        self.query_one("#panels").remove_children()
        self._write(writing=False)
        choose = self.query_one("#choose", OptionList)
        choose.set_options([Option(_("Go back"), id="back")])
        choose.highlighted = 0

    def _write(self, *, writing: bool) -> None:
        """Show the choice or the room to write, never both: there is little room."""
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
        else:
            value, _words, _who = self._versions(self._all[self._at])[int(choice.removeprefix("keep-"))]
            self._decide(value)

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

    @on(Button.Pressed, "#instead")
    def _choose_instead(self) -> None:
        self._leave_writing()

    def _decide(self, value: Value) -> None:
        conflict = self._all[self._at]
        try:
            deciding.decide(self.session, conflict, value)
        except PhbError as error:
            self.tell(error)
            return
        self._begun.pop(_key(conflict), None)
        self._decision.record = None  # what stands there is decided, or was not wanted
        self.fill()
        self.host.keeper.said()

    # -- what is typed is never lost

    def keep(self, field: Words) -> Record | None:
        """Keep a draft, so that locking or a crash loses nothing."""
        if field.record is not None:
            writing.draft(self.session, field.record, {field.field: field.text})
        return field.record

    def on_screen_suspend(self) -> None:
        """Gone for good, what was begun becomes a change: the words stand in front, and the question stays open."""
        if self not in self.app.screen_stack:
            self._remember()
            self._keep_begun(self._all)
            self._decision.record = None

    def action_back(self) -> None:
        """Back from writing to the choice, then back to where this was opened."""
        if not self.query_one("#write").has_class("hidden"):
            self._leave_writing()
        else:
            super().action_back()

    def action_move(self, by: int) -> None:
        """Another conflict."""
        if len(self._all) > 1 and self.host.keeper.leave_all():
            self._remember()
            self._at = (self._at + by) % len(self._all)
            self._show(self._all[self._at])
            self.refresh_frame()

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
                writing.keep(self.session, conflict.record, {conflict.name: words})
            except PhbError as error:
                self._begun[_key(conflict)] = words
                if self.is_current:
                    self.tell(error)


def _key(conflict: Conflict) -> Key:
    return conflict.record.record_id, conflict.name
