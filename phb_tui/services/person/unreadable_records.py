"""Finds records that this version cannot interpret, so that somebody can correct them; they stay readable as text."""

from collections.abc import Iterator
from dataclasses import dataclass

from phb_tui.content import forms
from phb_tui.content.forms import FormField
from phb_tui.domain.plan.i_statements import Answer
from phb_tui.domain.records.changes import HANDOVER, Record
from phb_tui.domain.text.control_characters import one_line
from phb_tui.i18n import N_, _
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session
from phb_tui.store import records

_NEWER = N_("It is of a kind that a newer phb-tui made.")
_NO_STATEMENT = N_("It does not say which statement it is about.")
_NEWER_STATEMENT = N_("The statement it is about is from a newer phb-tui.")
_ALONE = N_("What it belongs to is not on this laptop.")
_SECOND = N_("It is a second record about who the person is.")
_NO_PLAN = N_("What was agreed in this version cannot be read on this laptop.")
_NO_CHOICE = N_("{field}: {value} is not one of the choices.")
_NO_TICK = N_("{field}: {value} is neither yes nor no.")
_NO_WORDS = N_("{field}: there is a number in place of words.")


@dataclass(frozen=True, slots=True)
class UnreadableRecord:
    """A record that cannot be shown as it should.

    Attributes:
        record: The record.
        what: What it is called.
        why: What is wrong with it, as a sentence.
    """

    record: Record
    what: str
    why: str


def of_person(session: Session, person_id: str) -> list[UnreadableRecord]:
    """Records about a person that cannot be shown as they should; each is still shown as it is."""
    everything = record_lists.everything(session, person_id)
    there = {found.record_id for found in records.all_of_person(session.store.db, session.team_id, person_id)}
    found = ((record, next(_why(session, record, there), "")) for kind in everything.values() for record in kind)
    return [UnreadableRecord(record, _called(session, record), why) for record, why in found if why]


def _called(session: Session, record: Record) -> str:
    title = forms.form(record.kind).title if forms.known(record.kind) else ""
    return one_line(": ".join(dict.fromkeys(part for part in (title, record_lists.title(session, record)) if part)))


def _why(session: Session, record: Record, there: set[str]) -> Iterator[str]:
    """The reasons why a record cannot be shown, the most important first."""
    if not forms.known(record.kind):
        if record.kind != HANDOVER:
            yield _(_NEWER)
        return
    if record.kind == "person" and record.record_id != record.person_id:
        yield _(_SECOND)
    if record.kind == "plan_version" and not plan_versions.is_readable(record):
        yield _(_NO_PLAN)
    if record.kind in {"answer", "other_voice"}:
        yield from _said(session, record)
    if forms.form(record.kind).under and record.text(record_lists.parent_field(record.kind)) not in there:
        yield _(_ALONE)
    for field in forms.form(record.kind).fields():
        yield from _value(record, field)


def _said(session: Session, record: Record) -> Iterator[str]:
    """The reasons of an answer to a statement."""
    statement = record.fields.get("statement")
    if statement in {None, ""}:
        yield _(_NO_STATEMENT)
    elif statement not in {known.id for known in session.content.statements}:
        yield _(_NEWER_STATEMENT)
    if record.text("answer") not in {"", *Answer}:
        label = forms.label(record.kind, "answer")
        yield _(_NO_CHOICE).format(field=label, value=one_line(record.text("answer")))


def _value(record: Record, field: FormField) -> Iterator[str]:
    """The reasons of one field's value that its own rule does not report on the form."""
    for name in field.names():
        value, label = record.fields.get(name), forms.label(record.kind, name)
        if isinstance(value, int):
            yield _(_NO_WORDS).format(field=label)
        elif field.type == "choice" and value and value not in (field.options or {}):
            yield _(_NO_CHOICE).format(field=label, value=one_line(value))
        elif field.type == "ticks" and value not in {None, "", "yes"}:
            yield _(_NO_TICK).format(field=label, value=one_line(str(value)))
