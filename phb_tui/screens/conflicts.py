"""Two versions: one question a page, every version with who and when; choose one or write another."""

from __future__ import annotations

import difflib
from datetime import datetime
from typing import ClassVar

from rich.markup import escape
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain import fields
from phb_tui.domain.changes import Record, Value
from phb_tui.errors import PhbError, UnknownRecord
from phb_tui.screens.host import TableScreen
from phb_tui.screens.widgets.answer_list import words_of
from phb_tui.screens.widgets.words import Words
from phb_tui.services import caseload, deciding
from phb_tui.services.deciding import Conflict

SHOWN = 60


class ConflictScreen(TableScreen):
    """Goes through open conflicts.

    Args:
        person_id: Only this person's; None for everybody's.
    """

    TITLE = "Two versions"
    HELP = (
        "Two people wrote in the same place without seeing each other's words. Nothing is lost: choose the version to "
        "keep, or write a new one. All of them stay in the field's history. [words like this] differ."
    )
    AUTO_FOCUS = "#choose"
    CSS_PATH = "conflicts.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "move(1)", "Next", id="next-conflict", tooltip="The next one", priority=True),
        Binding("pageup", "move(-1)", "Before", id="before-conflict", tooltip="The one before", priority=True),
    ]

    def __init__(self, person_id: str | None = None) -> None:
        super().__init__()
        self._person_id = person_id
        self._all: list[Conflict] = []
        self._at = 0
        self._shown = ""

    def compose_body(self) -> ComposeResult:
        """The versions, the choice, room to write."""
        yield Static("", id="question", classes="title")
        with VerticalScroll(id="versions", can_focus=False):
            yield Horizontal(id="panels")
        yield OptionList(id="choose")
        with Vertical(id="write", classes="hidden"):
            yield Static("Write what is right", classes="label")
            yield Words("decision", 4)
            yield Button("Continue", id="continue")

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
        return f"Two versions: {self._at + 1} of {len(self._all)}" if self._all else "Two versions"

    def fill(self) -> None:
        """Read the conflicts again; the one being looked at stays if it is still open."""
        self._all = deciding.conflicts(self.session, self._person_id)
        self._at = min(self._at, max(len(self._all) - 1, 0))
        if not self._all:
            self._shown = ""
            self.query_one("#question", Static).update("Nothing left to decide.")
            self.query_one("#panels").remove_children()
            self.query_one("#write").add_class("hidden")
            self._choices([Option("Go back", id="back")])
            return
        conflict = self._all[self._at]
        key = f"{conflict.record.record_id} {conflict.name} {[side.id for side in conflict.sides]}"
        if key != self._shown:
            self._shown = key
            self._show(conflict)

    def _show(self, conflict: Conflict) -> None:
        label = forms.label(conflict.record.kind, conflict.name)
        self.query_one("#question", Static).update(f"Which is right for: {label}")
        versions = _versions(conflict)
        panels = self.query_one("#panels")
        panels.remove_children()
        marked = _marked([words for _, words, _ in versions])
        for number, (_, _, who), words in zip(range(1, len(versions) + 1), versions, marked, strict=True):
            panels.mount(Static(f"[b]Version {number}[/b]  {escape(who)}\n\n{words}", classes="version"))
        options = [
            Option(f"Keep version {n}: {_start(words)}", id=f"keep-{n - 1}")
            for n, (_, words, _) in enumerate(versions, start=1)
        ]
        self._choices([*options, Option("Write something else", id="write")])
        self.query_one("#write").add_class("hidden")
        writing = self.query_one(Words)
        writing.load_text("\n\n".join(words for _, words, _ in versions))

    def _choices(self, options: list[Option]) -> None:
        choose = self.query_one("#choose", OptionList)
        choose.clear_options()
        choose.add_options(options)
        choose.highlighted = 0

    @on(OptionList.OptionSelected, "#choose")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        choice = str(event.option.id)
        if choice == "back":
            self.action_back()
        elif choice == "write":
            self.query_one("#write").remove_class("hidden")
            self.query_one(Words).focus()
        else:
            value, _, _ = _versions(self._all[self._at])[int(choice.removeprefix("keep-"))]
            self._decide(value)

    @on(Button.Pressed, "#continue")
    def _written(self) -> None:
        conflict = self._all[self._at]
        self._decide(fields.tidy(conflict.record.kind, conflict.name, self.query_one(Words).text))

    def _decide(self, value: Value) -> None:
        try:
            deciding.decide(self.session, self._all[self._at], value)
        except PhbError as error:
            self.tell(error)
            return
        self.fill()
        self.host.keeper.said()
        self.query_one("#choose").focus()

    def action_move(self, by: int) -> None:
        """Another conflict."""
        if self._all:
            self._at = (self._at + by) % len(self._all)
            self.fill()
            self.refresh_frame()


def _versions(conflict: Conflict) -> list[tuple[Value, str, str]]:
    """Each version: its value, its words, who and when."""
    kind, name = conflict.record.kind, conflict.name

    def words(value: Value) -> str:
        shown = fields.show(kind, name, "" if value is None else str(value))
        return (words_of(shown) if (kind, name) == ("answer", "answer") else shown) or "(nothing)"

    first = conflict.record.fields.get(name)
    author, at = conflict.first
    found = [(first, words(first), _who(author, at))]
    return found + [(side.value, words(side.value), _who(side.author, side.at)) for side in conflict.sides]


def _who(author: str, at: str) -> str:
    try:
        moment = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return author or "not known"
    return f"{author}, {moment.day} {moment:%B %Y %H:%M}"


def _start(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 4]} ..."


def _marked(versions: list[str]) -> list[str]:
    """The versions with what differs from the first in bold and brackets, so that colour is not needed to see it."""
    first = versions[0].split()
    others = [version.split() for version in versions[1:]]
    marks: set[int] = set()
    marked = []
    for words in others:
        pieces = []
        for what, a, b, c, d in difflib.SequenceMatcher(None, first, words, autojunk=False).get_opcodes():
            if what == "equal":
                pieces += [escape(word) for word in words[c:d]]
            else:
                marks |= set(range(a, b))
                pieces += [f"[b]\\[{escape(' '.join(words[c:d]))}][/b]"] if d > c else []
        marked.append(" ".join(pieces))
    shown = [f"[b]\\[{escape(word)}][/b]" if index in marks else escape(word) for index, word in enumerate(first)]
    return [" ".join(shown), *marked]
