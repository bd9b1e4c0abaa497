"""The plan as a whole: what it lacks, agreeing it, its versions, what changed since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from phb_tui.content import completeness_rules, forms
from phb_tui.domain.plan import completeness, plan_snapshots
from phb_tui.domain.plan.completeness import MissingItem, Severity
from phb_tui.domain.plan.plan_snapshots import Difference
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record, Value
from phb_tui.errors import RuleBroken
from phb_tui.i18n import _
from phb_tui.services.records import editing, field_conflicts, record_lists
from phb_tui.services.session import Session

__all__ = [
    "Difference",
    "MissingItem",
    "Severity",
    "agree",
    "agree_again",
    "begun",
    "changed",
    "for_staff",
    "in_words",
    "is_readable",
    "missing_items",
    "next_number",
    "parts",
    "reason",
    "snapshot",
    "stops",
    "undecided",
    "unexplained",
    "versions",
]

_LONGEST_NUMBER = 7
"""Digits with which a number of a version is none: nobody agrees a plan so often."""

AGREED = {"agreed_by": "agreed_name", "agreed_role": "agreed_role"}
"""Who agreed is asked once, with the version; the plan's own fields of the standard get it from there."""

Edit = tuple[Record, Mapping[str, Value]]
"""A record and its new values."""

REASON = "reason_"
"""Begins the name of a field that says why something missing can wait; the rule's id follows."""

MOST_NAMED = 3
"""How many conflicts a sentence names."""


@dataclass(frozen=True, slots=True)
class WordDifference:
    """A difference in words.

    Attributes:
        what: The record and the field.
        before: What it was; "" when it is new.
        after: What it is; "" when it is gone.
    """

    what: str
    before: str
    after: str


def parts() -> tuple[str, ...]:
    """The kinds of record that are part of the plan."""
    return tuple(kind for kind in forms.kinds() if forms.form(kind).print)


def missing_items(session: Session, person_id: str) -> list[MissingItem]:
    """What the plan lacks, by what regulation and standards expect."""
    return completeness.missing_items(completeness_rules.rules(), record_lists.everything(session, person_id))


def stops(session: Session, person_id: str) -> list[str]:
    """Sentences that say why the plan cannot be agreed yet; none when it can."""
    found = [lack.rule.say for lack in missing_items(session, person_id) if lack.rule.standing is Severity.NEEDED]
    return [*found, *undecided(session, person_id)]


def undecided(session: Session, person_id: str, *, staff: bool = True) -> list[str]:
    """A sentence that says what has to be decided before the plan can be agreed; none when nothing has to be.

    Everyday fields, such as a phone number, keep both versions too, but hold nothing up.

    Args:
        session: The session.
        person_id: Whose plan it is.
        staff: Whether it may name what only staff may read.
    """
    found = [
        field_conflicts.what(session, conflict)
        if staff or not field_conflicts.for_staff(conflict)
        else _("something for staff")
        for conflict in field_conflicts.blocking(session, person_id)
    ]
    if not found:
        return []
    places = "; ".join(dict.fromkeys(found[:MOST_NAMED]))
    if len(found) > MOST_NAMED:
        places = _("{places} and {count} more").format(places=places, count=len(found) - MOST_NAMED)
    return [_("Decide between two versions first: {places}.").format(places=places)]


def versions(session: Session, person_id: str) -> list[Record]:
    """The versions that were agreed, newest first. One that is being agreed has no number yet."""
    found = [record for record in record_lists.of(session, "plan_version", person_id) if record.text("number")]
    return sorted(found, key=lambda record: (_number(record), record.record_id), reverse=True)


def begun(session: Session, person_id: str) -> Record:
    """The version that somebody began to agree and has not agreed yet; a new one when there is none."""
    unfinished = [found for found in record_lists.of(session, "plan_version", person_id) if not found.text("number")]
    return unfinished[-1] if unfinished else record_lists.new(session, "plan_version", person_id)


def agree(session: Session, person_id: str, record: Record) -> Record:
    """Keep the plan as it is now as a version that was agreed. It never changes again; a new one can be made.

    Args:
        session: The session.
        person_id: Whose plan it is.
        record: The version, as the form about it was filled in.

    Raises:
        RuleBroken: Something is missing without which a plan cannot be agreed; nothing was kept.
        NotSaved: The disk refuses; nothing was kept.
    """
    if found := stops(session, person_id):
        raise RuleBroken(found[0], "plan")
    plan = record_lists.single(session, "care_plan", person_id)
    agreed = replace(plan, fields={**plan.fields, **_who_agreed(record.fields, plan)})
    everything = {**record_lists.everything(session, person_id), "care_plan": [agreed] if agreed.fields else []}
    taken = plan_snapshots.take(everything, parts())
    draft: list[Edit] = [(record, {"removed": "yes"})] if record.fields else []
    return _sealed(session, person_id, {**record.fields, "plan": taken}, draft)


def agree_again(session: Session, person_id: str, values: Mapping[str, Value]) -> Record:
    """Keep a version that central kept aside, for somebody else had made the one of its number, as the next one.

    Args:
        session: The session.
        person_id: Whose plan it is.
        values: What the version holds.

    Raises:
        NotSaved: The disk refuses; nothing was kept.
    """
    return _sealed(session, person_id, values, [])


def next_number(session: Session, person_id: str) -> int:
    """The number of the next version."""
    return max(map(_number, versions(session, person_id)), default=0) + 1


def _who_agreed(version: Mapping[str, Value], plan: Record) -> dict[str, Value]:
    """What the plan's own page says of who agreed, from the version, where nobody wrote anything yet."""
    named = {to: version[name] for name, to in AGREED.items() if version.get(name) and not plan.text(to)}
    return {**named, "agreed_by_person": plan.text("agreed_by_person") or "yes"} if named else {}


def _sealed(session: Session, person_id: str, values: Mapping[str, Value], more: list[Edit]) -> Record:
    """A version under the id of its number, and who agreed in the plan itself, together with other edits."""
    number = next_number(session, person_id)
    version = editing.read(session, "plan_version", record_ids.plan_version_id(person_id, number), person_id)
    sealed: Mapping[str, Value] = {**values, "number": str(number)}
    plan = record_lists.single(session, "care_plan", person_id)
    return editing.save_all(session, [(version, sealed), (plan, _who_agreed(sealed, plan)), *more])[0]


def reason(rule_id: str) -> str:
    """The field of a version that says why something missing can wait."""
    return f"{REASON}{rule_id}"


def unexplained(session: Session, person_id: str, record: Record) -> list[MissingItem]:
    """What standards expect, is missing, and has no reason yet in the version that is being agreed; once a rule."""
    missing: dict[str, MissingItem] = {}
    for lack in missing_items(session, person_id):
        if lack.rule.standing is Severity.EXPECTED and not record.text(reason(lack.rule.id)).strip():
            missing.setdefault(lack.rule.id, lack)
    return list(missing.values())


def changed(session: Session, person_id: str) -> list[Difference]:
    """What changed since the last version that was agreed; everything when there is none."""
    last = next(iter(versions(session, person_id)), None)
    taken = last.text("plan") if last else ""
    return plan_snapshots.differences(taken, record_lists.everything(session, person_id), parts())


def is_readable(version: Record) -> bool:
    """Whether what was agreed in a version can be read on this laptop."""
    return plan_snapshots.is_readable(version.text("plan"))


def for_staff(difference: Difference) -> bool:
    """Whether only staff may read what differs."""
    field = forms.field(difference.kind, difference.name)
    known = forms.known(difference.kind)
    return (known and not forms.form(difference.kind).family) or (field is not None and field.staff_only)


def snapshot(version: Record, person: Record) -> dict[str, list[Record]]:
    """The records of a version as they were agreed."""
    return plan_snapshots.read(version.text("plan"), person)


def in_words(session: Session, person: Record, found: Sequence[Difference]) -> list[WordDifference]:
    """Differences as a reader wants them."""
    last = next(iter(versions(session, person.record_id)), None)
    before = plan_snapshots.read(last.text("plan") if last else "", person)
    now = record_lists.everything(session, person.record_id)
    there = {r.record_id: r for kinds in (before, now) for records in kinds.values() for r in records}
    return [_words_of(session, difference, there.get(difference.record_id)) for difference in found]


def _words_of(session: Session, difference: Difference, found: Record | None) -> WordDifference:
    title = forms.form(difference.kind).title
    line = record_lists.line(session, found) if found is not None and forms.form(difference.kind).line else title
    if not difference.name:
        what = _("{title}: new") if difference.before is None else _("{title}: taken off the list")
        return WordDifference(
            what.format(title=title), line if difference.after is None else "", line if difference.after else ""
        )
    label = forms.label(difference.kind, difference.name)
    before_words, after_words = (
        forms.show(difference.kind, difference.name, value) for value in (difference.before, difference.after)
    )
    return WordDifference(f"{line}: {label}", before_words, after_words)


def _number(version: Record) -> int:
    number = version.text("number")
    return int(number) if number.isdecimal() and len(number) < _LONGEST_NUMBER else 0
