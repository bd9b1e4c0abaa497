"""Phrases about a conflict: the question, each version with author and time, and the label of each choice."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content

from phb_tui.content import forms
from phb_tui.domain.plan.i_statements import WORDS, words_of
from phb_tui.domain.records.changes import REMOVED, YES, Value
from phb_tui.i18n import N_, _
from phb_tui.screens.widgets.read_only import about, marked_versions, moment, named, shortened
from phb_tui.services.records import field_conflicts, record_lists, roster
from phb_tui.services.records.field_conflicts import Conflict
from phb_tui.services.session import Session

NOTHING = N_("(nothing)")
HOLDS_UP = N_("Decide this before the plan is agreed or a budget is kept.")
EVERYDAY = N_("Contact detail: it can wait. The plan can be agreed without it.")


class Version(NamedTuple):
    """One version of a field that has a conflict.

    Attributes:
        value: The stored value.
        words: The value as a form shows it.
        who: Author and time, as a phrase.
        choice: The label of the line that selects it.
    """

    value: Value
    words: str
    who: str
    choice: str


def question(session: Session, conflict: Conflict) -> str:
    """The question that a conflict puts."""
    kind = conflict.record.kind
    if conflict.name == REMOVED:
        return _("Keep or remove? {line}").format(line=record_lists.title(session, conflict.record))
    return _("Which is right for: {field}").format(field=forms.label(kind, conflict.name))


def context(session: Session, conflict: Conflict, room: int) -> str:
    """The record and field of a conflict, the value before both versions, and whether the decision can wait."""
    record, known = conflict.record, ""
    if conflict.name != REMOVED:
        known = about(record, session.content)
        if not known and forms.known(record.kind) and forms.form(record.kind).line:
            known = record_lists.title(session, conflict.record)
    lines = [known, _earlier(session, conflict, room)]
    if record.person_id:
        lines.append(_(EVERYDAY) if conflict.low_risk else _(HOLDS_UP))
    return "\n".join(words for words in lines if words)


def versions(session: Session, conflict: Conflict) -> list[Version]:
    """All versions of a conflict, the current value first."""
    found = [(conflict.record.fields.get(conflict.name), *conflict.first)]
    found += [(side.value, side.author, side.at) for side in conflict.sides]
    known = roster.names(session)
    made = []
    for number, (value, author, at) in enumerate(found, start=1):
        who = f"{roster.name_of(known, author)}, {moment(at)}"
        if conflict.name == REMOVED:
            words, choice = _removal_version(session, conflict, value, author)
        else:
            words = in_words(session, conflict, value)
            choice = _("Keep version {number}: {words}").format(number=number, words=words)
        made.append(Version(value, words, who, choice))
    return made


def panels(conflict: Conflict, found: list[Version]) -> list[Content]:
    """All versions as text, with their differences marked."""
    words = [version.words for version in found]
    if conflict.name == REMOVED:  # two things that were done, and no texts in which words differ
        heads, marked = [version.choice for version in found], [Content(said) for said in words]
    else:
        heads = [_("Version {number}").format(number=number) for number in range(1, len(found) + 1)]
        marked = marked_versions(words)
    return [
        Content.assemble((head, "bold"), f"  {version.who}\n\n") + said
        for head, version, said in zip(heads, found, marked, strict=True)
    ]


def others(session: Session, conflict: Conflict) -> dict[str, str]:
    """Further choices for a field that is not typed: label by value."""
    found = forms.field(conflict.record.kind, conflict.name)
    there = {conflict.record.fields.get(conflict.name), *(side.value for side in conflict.sides)}
    if (conflict.record.kind, conflict.name) == ("answer", "answer"):
        options = {str(answer): _(words) for answer, words in WORDS.items()}
    elif found is not None and found.type == "link":
        linked = record_lists.of(session, found.of, conflict.record.person_id or "")
        options = {record.record_id: record_lists.line(session, record) for record in linked}
    else:
        options = dict(found.options or {}) if found is not None and found.type == "choice" else {}
    return {code: words for code, words in options.items() if code not in there}


def in_words(session: Session, conflict: Conflict, value: Value) -> str:
    """A value of a conflict's field as it is shown to a reader."""
    kind, name = conflict.record.kind, conflict.name
    if (kind, name) == ("answer", "answer"):
        return words_of(str(value or "")) or _(NOTHING)
    return record_lists.in_words(session, kind, name, value) or _(NOTHING)


def _removal_version(session: Session, conflict: Conflict, value: Value, author: str) -> tuple[str, str]:
    """For a record that was removed by one person and edited by another: what a person did, and the choice's label."""
    if value == YES:
        return _("Removed it."), _("Remove it")
    written = field_conflicts.edits_of(session, conflict, author)
    if not written:
        return _("Kept it."), _("Keep it")
    lines = "\n".join(named(label, words or _(NOTHING)) for label, words in written)
    return _("Wrote in it:\n{lines}").format(lines=lines), _("Keep it")


def _earlier(session: Session, conflict: Conflict, room: int) -> str:
    """The value before both versions, on one line."""
    if conflict.earlier is None or conflict.name == REMOVED:
        return ""
    words = in_words(session, conflict, conflict.earlier.value)
    return shortened(_("Before both: {words}").format(words=words), room)
