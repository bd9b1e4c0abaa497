"""What is only read: a page that scrolls, a kept value in words, and what differs between versions."""

from __future__ import annotations

import difflib
import re

from rich.cells import cell_len, set_cell_size
from textual.containers import VerticalScroll
from textual.content import Content

from phb_tui.content import forms, steps
from phb_tui.domain.calendar import dates, timestamps
from phb_tui.domain.records.changes import Record, Value
from phb_tui.domain.text.control_characters import cleaned
from phb_tui.errors import ContentProblem
from phb_tui.i18n import _
from phb_tui.screens.widgets.answer_list import words_of

CHANGED = "bold reverse"
TICKED = {"done", "removed", "completed"}
"""Fields that say only yes or no."""


class ScrollPage(VerticalScroll):
    """A text to read; it takes the focus only when there is more of it than can be seen at once."""

    def allow_focus(self) -> bool:
        """Whether there is anything to scroll to."""
        return self.max_scroll_y > 0


def shown_value(kind: str, name: str, value: Value) -> str:
    """A kept value as a reader wants it."""
    if name in TICKED:
        return _("Yes") if value == "yes" else _("No")
    shown = forms.show(kind, name, value)
    return (words_of(shown) if (kind, name) == ("answer", "answer") else shown) or _("(nothing)")


def shortened(words: str, room: int) -> str:
    """The start of a text on one line of so many columns: a letter can be none, one or two columns wide."""
    line = " ".join(cleaned(words).split())
    return line if cell_len(line) <= room else f"{set_cell_size(line, room - 4).rstrip()} ..."


def named(label: str, words: str) -> str:
    """Words after the name of their field; a question needs no colon."""
    return f"{label} {words}" if label.endswith("?") else f"{label}: {words}"


def moment(at: str) -> str:
    """A moment as "23 November 2026 10:42"."""
    found = timestamps.local(at)
    return f"{dates.in_words(found.date().isoformat())} {found:%H:%M}" if found else _("when is not known")


def about(record: Record, texts: steps.Content) -> str:
    """What a record is about, where its fields' names do not say; "" where they do."""
    if statement := record.text("statement"):
        try:
            return texts.statement(statement).text
        except ContentProblem:
            return statement
    if record.kind == "visit":
        return _("Visit on {date}").format(date=dates.in_words(record.text("date")))
    first = forms.form(record.kind).line[:1] if forms.known(record.kind) else ()
    return " ".join(forms.show(record.kind, name, record.fields.get(name)) for name in first)


def marked_versions(versions: list[str]) -> list[Content]:
    """The versions with what differs from the first in bold and brackets, so that colour is not needed to see it."""
    places = [[found.span() for found in re.finditer(r"\S+", version)] for version in versions]
    words = [[version[a:b] for a, b in spans] for version, spans in zip(versions, places, strict=True)]
    marks: list[set[int]] = [set() for _ in versions]
    for number in range(1, len(versions)):
        matcher = difflib.SequenceMatcher(None, words[0], words[number], autojunk=False)
        for what, a, b, c, d in matcher.get_opcodes():
            if what != "equal":
                marks[0] |= set(range(a, b))
                marks[number] |= set(range(c, d))
    return [_marked(*version) for version in zip(versions, places, marks, strict=True)]


def _marked(text: str, places: list[tuple[int, int]], marks: set[int]) -> Content:
    """A text with each run of marked words in brackets; the rest as it was written, line by line."""
    shown, done = Content(""), 0
    for index in sorted(marks):
        if index - 1 in marks:
            continue
        last = index
        while last + 1 in marks:
            last += 1
        start, end = places[index][0], places[last][1]
        shown += Content.assemble(text[done:start], (f"[{text[start:end]}]", CHANGED))
        done = end
    return shown + text[done:]
