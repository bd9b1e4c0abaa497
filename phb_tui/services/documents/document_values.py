"""Reads field values for a document, with every version of a field that has an open conflict.

A field with an open conflict has no single value. Every printed record is read here, so that one of two doses is never
printed as if it were the only one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from phb_tui.content import forms, statuses
from phb_tui.content.forms import TICK, FormField
from phb_tui.documents.model import Undecided
from phb_tui.domain.calendar import dates, moments, timestamps
from phb_tui.domain.plan.plan_snapshots import Difference
from phb_tui.domain.records.changes import REMOVED, YES, Record, Value
from phb_tui.domain.text import one_line
from phb_tui.i18n import _, n_
from phb_tui.services.records import field_conflicts, record_lists, roster
from phb_tui.services.session import Session

MOST_NAMED = 5
"""Maximum number of open conflicts named on the first page; all are counted."""

_USUAL = 2
"""The usual number of versions, for which the phrase has a fixed wording."""

Everything = Mapping[str, Sequence[Record]]
_Version = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes since the last agreed version, to be marked in a document.

    Attributes:
        since: The version's number; "" when nothing is marked.
        new: The records that are new.
        changed: The fields that are different, each with its record.
        gone: What was removed.
    """

    since: str = ""
    new: frozenset[str] = frozenset()
    changed: frozenset[tuple[str, str]] = frozenset()
    gone: tuple[Difference, ...] = ()

    @classmethod
    def of(cls, since: str, differences: Sequence[Difference]) -> "Changes":
        """The changes to mark, from a list of differences."""
        return cls(
            since,
            frozenset(one.record_id for one in differences if not one.name and one.before is None),
            frozenset((one.record_id, one.name) for one in differences if one.name),
            tuple(one for one in differences if not one.name and one.before is not None),
        )


class DocumentValues:
    """Field values of the records of one document, with every version of those in conflict.

    Args:
        session: The session.
        person_id: Whose paper it is.
        everything: The records that are printed, by kind.
        agreed: The number of the agreed version they are of; "" for the plan as it is now.
        changes: What is marked as changed since the last agreed version.
        ids: Whether a colleague whose name is not known is named by staff id.
    """

    def __init__(  # noqa: PLR0913 - three of them have names
        self, session: Session, person_id: str, everything: Everything, *, agreed: str, changes: Changes, ids: bool
    ) -> None:
        self._session, self._agreed, self._changes, self._ids = session, agreed, changes, ids
        self._open = {(c.record.record_id, c.name): c for c in field_conflicts.on_paper(session, person_id)}
        self._printed = {record.record_id: record for found in everything.values() for record in found}
        self._names = roster.printed_names(session)
        self._met: dict[str, None] = {}
        self._following: list[str] = []

    # -- whether it is decided

    def is_open(self, record: Record, name: str) -> bool:
        """Whether a field has versions that look different to a reader."""
        if (record.record_id, name) not in self._open:  # nearly every field: it is asked of each that is printed
            return False
        return len({words for words, _by in self._versions(record, name)}) > 1

    def open_names(self, record: Record) -> list[str]:
        """Names of all fields of a record that have several versions."""
        return [name for record_id, name in self._open if record_id == record.record_id and self.is_open(record, name)]

    def warning(self) -> str:
        """Warning for the first page about every conflict that the document printed so far; "" for none."""
        if not self._met:
            return ""
        places = "; ".join(list(self._met)[:MOST_NAMED])
        if len(self._met) > MOST_NAMED:
            places = _("{places} and {count} more").format(places=places, count=len(self._met) - MOST_NAMED)
        words = n_(
            "Not decided yet: {count} thing on this paper has more than one version. "
            "Ask before following one. It is: {places}.",
            "Not decided yet: {count} things on this paper have more than one version. "
            "Ask before following one. They are: {places}.",
            len(self._met),
        )
        return words.format(count=len(self._met), places=places)

    # -- whether it is as it was agreed

    def mark(self, record: Record, *names: str) -> str:
        """The mark after a field's label, or after a record's title, that says it is new or changed; "" otherwise.

        Args:
            record: The record.
            names: The fields; none for the record as a whole.
        """
        if record.record_id in self._changes.new:
            return "" if names else " " + _("(new since version {number})").format(number=self._changes.since)
        if any((record.record_id, name) in self._changes.changed for name in names):
            return " " + _("(changed since version {number})").format(number=self._changes.since)
        return ""

    # -- what is printed

    def line_of(self, record: Record, name: str) -> str:
        """A field on one line."""
        return one_line.joined(self.words(record, name))

    def words(self, record: Record, name: str) -> str:
        """A field as plain text; several versions are joined and marked."""
        if not self.is_open(record, name):
            return self._shown(record, name, statuses.value(record, name))
        self._note(record, name)
        versions = list(dict.fromkeys(one_line.joined(words) for words, _by in self._versions(record, name)))
        marked = (
            _("{versions} (two versions: not decided yet)")
            if len(versions) == _USUAL
            else _("{versions} ({count} versions: not decided yet)")
        )
        return marked.format(versions=_(" or ").join(versions), count=len(versions))

    def ticked(self, record: Record, field: FormField) -> list[str]:
        """Labels of the selected options of a check-box field, without those in conflict."""
        names = (name for name in field.names() if record.text(name) == YES and not self.is_open(record, name))
        return [forms.printed_option(field, name.partition(TICK)[2]) for name in names]

    def dates(self, record: Record, name: str) -> list[str]:
        """Every stored version of a date, the earliest first."""
        return sorted({value for value in map(_text, self.values(record, name)) if value}, key=dates.sort_key)

    def values(self, record: Record, name: str) -> list[Value]:
        """Every stored version of a field."""
        found = [record.fields.get(name)]
        if conflict := self._open.get((record.record_id, name)):
            found += [conflict.record.fields.get(name), *(side.value for side in conflict.sides)]
        return [value for number, value in enumerate(found) if value not in found[:number]]

    def has_value(self, record: Record, name: str, value: str) -> bool:
        """Whether any version of a field has a value."""
        return value in map(_text, self.values(record, name))

    def conflict_box(self, record: Record, name: str, what: str = "") -> Undecided | None:
        """A box with a field's versions; None when it has only one.

        Args:
            record: The record.
            name: The field.
            what: What stands above the versions; the field's own name when empty.
        """
        if not self.is_open(record, name):
            return None
        self._note(record, name)
        versions = tuple(self._versions(record, name))
        title = (
            _("Two versions: not decided yet")
            if len(versions) == _USUAL
            else _("{count} versions: not decided yet").format(count=len(versions))
        )
        return Undecided(title, what or _label(record, name), versions)

    def line(self, record: Record) -> str:
        """A record's summary line; a record that is done, undisputed, says so first."""
        written = (self.line_of(record, name) for name in forms.form(record.kind).line)
        words = " - ".join(filter(None, written))
        if not words:
            return record_lists.line(self._session, record)
        status = forms.form(record.kind).status
        names = {"done", "not_needed", "end_date", *([status.name] if status else [])}
        decided = not any(self.is_open(record, name) for name in names)
        return record_lists.marked(self._session, record, words) if decided else words

    # -- where it comes from

    def _versions(self, record: Record, name: str) -> Iterator[_Version]:
        """Every version in words with author and time; without them when there is only one."""
        conflict = self._open.get((record.record_id, name))
        held = record.fields.get(name)
        if conflict is None:
            yield self._said(record, name, held), ""
            return
        found = [(conflict.record.fields.get(name), *conflict.first)]
        found += [(side.value, side.author, side.at) for side in conflict.sides]
        as_agreed = _("as agreed in version {number}").format(number=self._agreed)
        if self._agreed and held not in [value for value, _author, _at in found]:
            yield self._said(record, name, held), as_agreed
        for value, author, at in found:
            by = _("Written by {name}, {when}").format(name=self._who(author), when=_moment(at))
            agreed = self._agreed and value == held
            yield self._said(record, name, value), f"{by}; {as_agreed}" if agreed else by

    def _said(self, record: Record, name: str, value: Value) -> str:
        if name == REMOVED:
            return _("Removed.") if value == YES else _("Kept.")
        return self._shown(record, name, value) or _("(nothing)")

    def _shown(self, record: Record, name: str, value: Value) -> str:
        """A value as it is shown to a reader; a link as the summary line of its record."""
        if not _text(value):
            return ""
        target = self._printed.get(str(value)) if _is_link(record, name) else None
        if target is not None and forms.known(target.kind) and target.record_id not in self._following:
            self._following.append(target.record_id)  # what points to what may go round in a circle
            try:
                return self.line(target)
            finally:
                self._following.pop()
        field = forms.field(record.kind, name)
        if field is None or field.type in {"link", "ticks"}:
            return record_lists.in_words(self._session, record.kind, name, value)
        return forms.printed(record.kind, name, value)

    def _who(self, author: str) -> str:
        return self._names.get(author) or (author if self._ids and author else _("a colleague"))

    def _note(self, record: Record, name: str) -> None:
        form = forms.form(record.kind)
        line = " - ".join(one_line.joined(record.text(part)) for part in form.line[:1]) if form.line else ""
        about = f" ({_shortened(line)})" if line and name not in form.line[:1] else ""
        self._met[f"{_label(record, name)}{about}"] = None


def _label(record: Record, name: str) -> str:
    return _("Kept or removed") if name == REMOVED else forms.printed_label(record.kind, name)


def _is_link(record: Record, name: str) -> bool:
    field = forms.field(record.kind, name)
    return field.type == "link" if field is not None else name.endswith(forms.BELONGS)


def _moment(at: str) -> str:
    found = timestamps.local(at)
    return moments.in_full(found) if found else _("when is not known")


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _shortened(line: str) -> str:
    return (
        line
        if len(line) <= field_conflicts.LONGEST_LINE
        else f"{line[: field_conflicts.LONGEST_LINE - 4].rstrip()} ..."
    )
