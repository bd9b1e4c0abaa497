"""Completeness rules of a plan: declared as data, evaluated here."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record

Everything = Mapping[str, Sequence[Record]]
_LINK = "_id"
"""What the name of a field ends with that names another record."""


class Severity(StrEnum):
    """Severity of a rule.

    Only "needed" stops a plan from being agreed; "unverified" is a reminder of what was not read at its source.
    """

    NEEDED = "needed"
    EXPECTED = "expected"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule about something that a plan is expected to have.

    Attributes:
        id: Stable id.
        say: What is missing, as a sentence.
        place: The kind of record in which it is filled in.
        standing: Severity of the rule.
        source: The regulation or standard that requires it.
        any: Fields ("kind.field" or "kind.field=value") of which one has to be filled in, or have that value; empty
            when `each` or `readable` says it.
        each: A field that every record of its kind has to have, or with "|" several of which one is enough; "" when
            another says it.
        readable: A field in which what is written has to be a date; "" when another says it.
        only: A field and value; `any`, `each` and `readable` look only at records of its kind that have it.
        when: A field and value; without it the rule asks nothing.
        open: Values of the field of `each` that say nothing yet, as an empty one does.

    Several values stand with "|" between them; one of them is enough.
    """

    id: str
    say: str
    place: str
    standing: Severity
    source: str
    any: tuple[str, ...] = ()
    each: str = ""
    readable: str = ""
    only: str = ""
    when: str = ""
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MissingItem:
    """An item that a rule requires and the plan does not have.

    Attributes:
        rule: Which rule asks for it.
        record: The record that lacks it; None when there is no such record yet.
    """

    rule: Rule
    record: Record | None


def missing_items(rules: Iterable[Rule], everything: Everything) -> list[MissingItem]:
    """Evaluate the rules on a person's records; the result is in the order of the rules.

    Args:
        rules: The rules.
        everything: Every record about the person by its kind.
    """
    return [item for rule in rules for item in _missing_item(rule, everything)]


def _missing_item(rule: Rule, everything: Everything) -> list[MissingItem]:
    if rule.when and not _any_has(everything, rule.when):
        return []
    if rule.readable:
        kind, _, name = rule.readable.partition(".")
        written = (record for record in _asked(rule, everything, kind) if record.text(name))
        return [MissingItem(rule, record) for record in written if not dates.is_date(record.text(name))]
    if rule.each:
        kind, _, names = rule.each.partition(".")
        there = _ids(everything)
        return [
            MissingItem(rule, record)
            for record in _asked(rule, everything, kind)
            if not any(_says(record, name, there) and record.text(name) not in rule.open for name in names.split("|"))
        ]
    for wanted in rule.any:
        kind = wanted.partition(".")[0]
        if any(_has(record, wanted) for record in _asked(rule, everything, kind)):
            return []
    begun = everything.get(rule.place, ())
    return [MissingItem(rule, begun[0] if len(begun) == 1 else None)]


def _asked(rule: Rule, everything: Everything, kind: str) -> list[Record]:
    """Records of a kind to which a rule applies."""
    narrowed = rule.only.partition(".")[0] == kind
    return [record for record in everything.get(kind, ()) if not narrowed or _has(record, rule.only)]


def _ids(everything: Everything) -> set[str]:
    return {record.record_id for found in everything.values() for record in found}


def _says(record: Record, name: str, there: Collection[str]) -> bool:
    """Whether a field says something; a link, whether what it names is still there."""
    value = record.text(name).strip()
    return value in there if name.endswith(_LINK) else bool(value)


def _any_has(everything: Everything, wanted: str) -> bool:
    kind = wanted.partition(".")[0]
    return any(_has(record, wanted) for record in everything.get(kind, ()))


def _has(record: Record, wanted: str) -> bool:
    """Whether a record has one of the values in "kind.field=value|value", or any value when none is named."""
    name, named, values = wanted.partition(".")[2].partition("=")
    return record.text(name) in values.split("|") if named else bool(record.text(name).strip())
