"""What a plan is expected to have, and what it lacks. Rules are data; this is how they are read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from phb_tui.domain.changes import Record

Everything = Mapping[str, Sequence[Record]]


class Standing(StrEnum):
    """How far a rule may go.

    Only "needed" stops a plan from being agreed; "unverified" is a reminder of what was not read at its source.
    """

    NEEDED = "needed"
    EXPECTED = "expected"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Rule:
    """Something a plan is expected to have.

    Attributes:
        id: Its stable name.
        say: What is missing.
        place: The kind of record where it belongs.
        standing: How far it may go.
        source: Where it comes from.
        any: Fields ("kind.field") of which one has to be filled in; empty when `each` says it.
        each: A field that every record of its kind has to have; "" when `any` says it.
        only: A field and value; `each` looks only at records that have it.
        when: A field and value; without it the rule asks nothing.
    """

    id: str
    say: str
    place: str
    standing: Standing
    source: str
    any: tuple[str, ...] = ()
    each: str = ""
    only: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing.

    Attributes:
        rule: Which rule asks for it.
        record: The record that lacks it; None when there is no such record yet.
    """

    rule: Rule
    record: Record | None


def lacks(rules: Iterable[Rule], everything: Everything) -> list[Lack]:
    """What a person's plan lacks, in the order of the rules.

    Args:
        rules: The rules.
        everything: Every record about the person by its kind.
    """
    return [lack for rule in rules for lack in _lacks(rule, everything)]


def _lacks(rule: Rule, everything: Everything) -> list[Lack]:
    if rule.when and not _any_has(everything, rule.when):
        return []
    if rule.each:
        kind, _, name = rule.each.partition(".")
        asked = (record for record in everything.get(kind, ()) if not rule.only or _has(record, rule.only))
        empty = ("", "not_offered") if name == "carer_offer" else ("",)
        return [Lack(rule, record) for record in asked if record.text(name) in empty]
    for field in rule.any:
        kind, _, name = field.partition(".")
        if any(record.text(name) for record in everything.get(kind, ())):
            return []
    begun = everything.get(rule.place, ())
    return [Lack(rule, begun[0] if len(begun) == 1 else None)]


def _any_has(everything: Everything, wanted: str) -> bool:
    kind = wanted.partition(".")[0]
    return any(_has(record, wanted) for record in everything.get(kind, ()))


def _has(record: Record, wanted: str) -> bool:
    """Whether a record has the value in "kind.field=value"."""
    name, _, value = wanted.partition(".")[2].partition("=")
    return record.text(name) == value
