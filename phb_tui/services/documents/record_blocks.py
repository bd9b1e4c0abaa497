"""Converts records to document blocks by their form's declaration."""

from collections.abc import Iterator, Mapping, Sequence

from phb_tui.content import forms
from phb_tui.content.forms import Form, FormField
from phb_tui.documents.model import Block, Facts, Heading, Items, Plain, Said, Undecided
from phb_tui.domain.records.changes import REMOVED, Record
from phb_tui.i18n import _
from phb_tui.services.documents.document_values import DocumentValues
from phb_tui.services.records import record_lists

_SHORT = 70
"""Maximum letters of a record's first words that make a heading; longer text follows in full below."""


class RecordBlocks:
    """Converts records to document blocks by their form's declaration.

    Args:
        values: How values are read.
        everything: The records by kind.
        full: Whether it is the copy for professionals: every field, with numbers and codes.
    """

    def __init__(self, values: DocumentValues, everything: Mapping[str, Sequence[Record]], *, full: bool) -> None:
        self._values, self._everything, self._full = values, everything, full

    def chapter(self, title: str, kinds: Sequence[str]) -> Iterator[Block]:
        """A heading and the records of some kinds; nothing when there are none."""
        blocks = [
            block for kind in kinds for record in self._everything.get(kind, ()) for block in self._record(record, 2)
        ]
        if kinds[0] == "accessible_need":
            blocks = [*self._communication(), *blocks]
        if blocks:
            yield Heading(1, title)
            yield from blocks

    def _communication(self) -> Iterator[Block]:
        person = self._everything["person"][0]
        if box := self._values.conflict_box(person, "communication"):
            yield box
        elif words := self._values.words(person, "communication"):
            yield Plain(words)  # staff write it, about the person: it is nobody's own words

    def _record(self, record: Record, level: int) -> Iterator[Block]:
        form = forms.form(record.kind)
        first = form.line[0] if form.line else ""
        name = self._values.words(record, first) if first else ""
        below = level + 1 if first else level  # a level is never skipped: readers' software goes by them
        if first:
            changed = self._values.mark(record) or self._values.mark(record, first)
            yield Heading(level, f"{self._heading(form, name)}{_unsaid(record, form)}{changed}")
        if removal := self._values.conflict_box(record, REMOVED):
            yield removal
        facts: list[tuple[str, str]] = []
        for field in self._fields(form):
            boxes = list(self._boxes(record, field))
            words = "" if boxes and field.type != "ticks" else self._value(record, field)
            if words and not (field.name == first and words == self._heading(form, name)):
                if field.said:
                    yield from _facts(facts)
                    if field.name != first:
                        yield Heading(below, f"{field.printed}{self._values.mark(record, field.name)}")
                    yield Said(words)
                else:
                    facts.append((f"{field.printed}{self._values.mark(record, *field.names())}", words))
            if boxes:
                yield from _facts(facts)
                yield from boxes
        if done := self._values.conflict_box(record, "done", form.mark):
            yield from _facts(facts)
            yield done
        elif form.mark and form.status is None and record.text("done") == "yes":
            facts.append((form.mark, _("Yes")))
        yield from _facts(facts)
        yield from self._child_records(record, form, below)

    def _boxes(self, record: Record, field: FormField) -> Iterator[Undecided]:
        """Boxes with the conflicts in a field; a low-risk one, such as a phone number, is one line joined by "or"."""
        if not field.everyday:
            found = (self._values.conflict_box(record, name) for name in field.names())
            yield from (box for box in found if box)

    def _child_records(self, record: Record, form: Form, level: int) -> Iterator[Block]:
        """Child records: one line each in the person's copy, all fields in the full one."""
        for kind in form.holds:
            under = record_lists.parent_field(kind)
            found = [
                held for held in self._everything.get(kind, ()) if self._values.has_value(held, under, record.record_id)
            ]
            if not found:
                continue
            yield Heading(level, forms.form(kind).many)
            if self._full:
                for held in found:
                    yield from self._record(held, level + 1)
            else:
                yield Items(tuple(map(self._line, found)))
                for held in found:
                    yield from self._undecided(held)
                    yield from self._child_records(held, forms.form(kind), level + 1)

    def _line(self, record: Record) -> str:
        """A record's summary line, and below it its other fields."""
        form = forms.form(record.kind)
        more = [
            f"{field.printed}{self._values.mark(record, *field.names())}: {words}"
            for field in self._fields(form)
            if field.name not in form.line and (words := self._value(record, field))
        ]
        changed = self._values.mark(record) or self._values.mark(record, *form.line)
        return "\n".join([f"{self._values.line(record)}{changed}", *more])

    def _undecided(self, record: Record) -> Iterator[Block]:
        """Boxes with the conflicts in a record that is shown on one line."""
        fields = [name for field in self._fields(forms.form(record.kind)) for name in field.names()]
        for name in (REMOVED, *fields, "done"):
            if box := self._values.conflict_box(record, name):
                line = self._values.line(record)
                yield Undecided(box.title, f"{box.what} ({line})", box.versions)

    def _fields(self, form: Form) -> list[FormField]:
        pages = (page for page in form.pages if self._full or not page.extra)
        fields = (field for page in pages for field in page.fields)
        return [field for field in fields if self._full or not (field.staff_only or field.print_full)]

    def _value(self, record: Record, field: FormField) -> str:
        if field.type == "ticks":
            return "\n".join(self._values.ticked(record, field))
        return self._values.words(record, field.name)

    @staticmethod
    def _heading(form: Form, words: str) -> str:
        line = " ".join(words.split())
        return line if 0 < len(line) <= _SHORT else form.print_title or form.title


def _unsaid(record: Record, form: Form) -> str:
    """What is said behind the heading of a record that has no words of its own, and only holds others."""
    written = any(record.fields.get(name) not in {None, ""} for name in form.by_name)
    return "" if written or record.open else f" {_(record_lists.UNSAID)}"


def _facts(facts: list[tuple[str, str]]) -> Iterator[Facts]:
    """The facts collected so far as one block, if any; clears the list."""
    if facts:
        yield Facts(tuple(facts))
        facts.clear()
