"""Read-only parts: a scrolling page, a field's value in words, and versions with their differences marked."""

from __future__ import annotations

import difflib
import re

from rich.cells import cell_len, set_cell_size
from textual.containers import VerticalScroll
from textual.content import Content

from phb_tui.content import forms, steps
from phb_tui.domain.calendar import dates, moments, timestamps
from phb_tui.domain.plan.i_statements import words_of
from phb_tui.domain.records.changes import Record, Value
from phb_tui.domain.text.control_characters import cleaned
from phb_tui.errors import ContentProblem
from phb_tui.i18n import _

CHANGED = "bold reverse"
TICKED = {"done", "removed", "completed"}
"""Names of check-box fields that belong to every kind of record and stand in no form."""


class ScrollPage(VerticalScroll):
    """Scrolling text; it takes the focus only when it does not fit."""

    def allow_focus(self) -> bool:
        """Whether the text is longer than the page."""
        return self.max_scroll_y > 0


def shown_value(kind: str, name: str, value: Value) -> str:
    """A stored value as it is shown to a reader."""
    if name in TICKED:
        return _("Yes") if value == "yes" else _("No")
    shown = forms.show(kind, name, value)
    return (words_of(shown) if (kind, name) == ("answer", "answer") else shown) or _("(nothing)")


def shortened(words: str, room: int) -> str:
    """The beginning of a text on one line, by display width: a letter takes none, one or two columns."""
    line = " ".join(cleaned(words).split())
    return line if cell_len(line) <= room else f"{set_cell_size(line, room - 4).rstrip()} ..."


def named(label: str, words: str) -> str:
    """A field's label and a text; a label that is a question gets no colon."""
    return f"{label} {words}" if label.endswith("?") else f"{label}: {words}"


def moment(at: str) -> str:
    """A timestamp as "23 November 2026 10:42"."""
    found = timestamps.local(at)
    return moments.in_words(found) if found else _("when is not known")


def about(record: Record, texts: steps.Content) -> str:
    """The subject of a record whose field labels do not say it, such as an answer's statement; "" for others."""
    if statement := record.text("statement"):
        try:
            return texts.statement(statement).text
        except ContentProblem:
            return statement
    if record.kind == "visit":
        return _("Visit on {date}").format(date=dates.in_full(record.text("date")))
    first = forms.form(record.kind).line[:1] if forms.known(record.kind) else ()
    return " ".join(forms.show(record.kind, name, record.fields.get(name)) for name in first)


def marked_versions(versions: list[str]) -> list[Content]:
    """The versions of a text.

    What differs from the first is bold and in brackets, so that it does not depend on colour.
    """
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
    """A text with the words at the marked positions in brackets, its line breaks kept."""
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
