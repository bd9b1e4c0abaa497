"""Plan versions: missing items, agreement, versions, and the changes since the last one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from phb_tui.content import completeness_rules, forms
from phb_tui.domain.plan import completeness, plan_content, plan_snapshots
from phb_tui.domain.plan.completeness import MissingItem, Severity
from phb_tui.domain.plan.plan_snapshots import Difference
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record, Value
from phb_tui.errors import RuleBroken
from phb_tui.i18n import _
from phb_tui.services.plan import what_counts
from phb_tui.services.records import editing, field_conflicts, record_lists
from phb_tui.services.session import Session
from phb_tui.store import records

__all__ = [
    "Difference",
    "MissingItem",
    "Severity",
    "agree",
    "agree_again",
    "blocking_reasons",
    "changed",
    "changed_content",
    "conflicts_to_resolve",
    "for_staff",
    "in_words",
    "is_readable",
    "missing_items",
    "next_number",
    "plan_kinds",
    "reason_field",
    "snapshot",
    "version_being_agreed",
    "versions",
    "without_reason",
]

_LONGEST_NUMBER = 7
"""Digits from which a version's number is taken as invalid."""

AGREED = {"agreed_by": "agreed_name", "agreed_role": "agreed_role"}
"""Fields that are copied from the agreed version to the plan: the name in the version, then the name in the plan."""

Edit = tuple[Record, Mapping[str, Value]]
"""A record and its new values."""

REASON = "reason_"
"""Prefix of a version's field with the reason why a missing item can wait; the rule's id follows."""

MOST_NAMED = 3
"""Maximum number of conflicts named in a sentence."""


@dataclass(frozen=True, slots=True)
class WordDifference:
    """A difference between two versions of the plan, in words.

    Attributes:
        what: The record and the field.
        before: What it was; "" when it is new.
        after: What it is; "" when it is gone.
    """

    what: str
    before: str
    after: str


def plan_kinds() -> tuple[str, ...]:
    """Kinds of record that belong to the plan."""
    return tuple(kind for kind in forms.kinds() if forms.form(kind).print)


def missing_items(session: Session, person_id: str) -> list[MissingItem]:
    """What the plan lacks by regulation and standards."""
    return completeness.missing_items(completeness_rules.rules(), what_counts.everything(session, person_id))


def blocking_reasons(session: Session, person_id: str) -> list[str]:
    """Sentences with the reasons why the plan cannot be agreed yet; empty when it can."""
    found = [item.rule.say for item in missing_items(session, person_id) if item.rule.standing is Severity.NEEDED]
    return [*found, *conflicts_to_resolve(session, person_id)]


def conflicts_to_resolve(session: Session, person_id: str, *, staff: bool = True) -> list[str]:
    """A sentence about the conflicts to resolve before the plan can be agreed; empty when there are none.

    Low-risk conflicts, such as in a phone number, do not prevent agreement.

    Args:
        session: The session.
        person_id: Whose plan it is.
        staff: Whether it may name what only staff may read.
    """
    found = [
        field_conflicts.subject(session, conflict)
        if staff or not field_conflicts.for_staff(conflict)
        else _("something for staff")
        for conflict in field_conflicts.blocking(session, person_id)
    ]
    if not found:
        return []
    places = "; ".join(dict.fromkeys(found[:MOST_NAMED]))
    if len(found) > MOST_NAMED:
        places = _("{places} and {count} more").format(places=places, count=len(found) - MOST_NAMED)
    return [_("Choose which version is right first: {places}.").format(places=places)]


def versions(session: Session, person_id: str) -> list[Record]:
    """Agreed versions, newest first; one that is being agreed has no number yet."""
    found = [record for record in record_lists.of(session, "plan_version", person_id) if record.text("number")]
    return sorted(found, key=lambda record: (_number(record), record.record_id), reverse=True)


def version_being_agreed(session: Session, person_id: str) -> Record:
    """The version that is being agreed; a new one when there is none."""
    unfinished = [found for found in record_lists.of(session, "plan_version", person_id) if not found.text("number")]
    return unfinished[-1] if unfinished else record_lists.new(session, "plan_version", person_id)


def agree(session: Session, person_id: str, record: Record) -> Record:
    """Save the plan as it is now as an agreed, immutable version.

    Args:
        session: The session.
        person_id: Whose plan it is.
        record: The version being agreed, with the fields that were filled in.

    Raises:
        RuleBroken: Something is missing without which a plan cannot be agreed, or an answer about who agreed is wrong;
            nothing was kept.
        NotSaved: The disk refuses; nothing was kept.
    """
    if found := blocking_reasons(session, person_id):
        raise RuleBroken(found[0], "plan")
    for problem in forms.problems(record, session.today):
        raise RuleBroken(problem.sentence, problem.field)
    plan = record_lists.single(session, "care_plan", person_id)
    agreed = replace(plan, fields={**plan.fields, **_who_agreed(record.fields, plan)})
    everything = {**record_lists.everything(session, person_id), "care_plan": [agreed] if agreed.fields else []}
    taken = plan_snapshots.take(everything, plan_kinds())
    draft: list[Edit] = [(record, {"removed": "yes"})] if record.fields else []
    return _save_agreed(session, person_id, {**record.fields, "plan": taken}, draft)


def agree_again(session: Session, person_id: str, values: Mapping[str, Value]) -> Record:
    """Save a quarantined version again under the next number, since its own was taken by another laptop.

    Args:
        session: The session.
        person_id: Whose plan it is.
        values: What the version holds.

    Raises:
        NotSaved: The disk refuses; nothing was kept.
    """
    return _save_agreed(session, person_id, values, [])


def next_number(session: Session, person_id: str) -> int:
    """The number of the next version; one that was entered in error keeps its number, under which it is sealed."""
    given = records.of_person(session.store.db, session.team_id, person_id, "plan_version")
    return max(map(_number, given), default=0) + 1


def _who_agreed(version: Mapping[str, Value], plan: Record) -> dict[str, Value]:
    """Fields about who agreed, copied from the version to the plan where those are empty."""
    named = {to: version[name] for name, to in AGREED.items() if version.get(name) and not plan.text(to)}
    return {**named, "agreed_by_person": plan.text("agreed_by_person") or "yes"} if named else {}


def _save_agreed(session: Session, person_id: str, values: Mapping[str, Value], more: list[Edit]) -> Record:
    """Save an agreed version under the id of its number, together with the plan's fields and other edits."""
    number = next_number(session, person_id)
    version = editing.read(session, "plan_version", record_ids.plan_version_id(person_id, number), person_id)
    sealed: Mapping[str, Value] = {**values, "number": str(number)}
    plan = record_lists.single(session, "care_plan", person_id)
    return editing.save_all(session, [(version, sealed), (plan, _who_agreed(sealed, plan)), *more])[0]


def reason_field(rule_id: str) -> str:
    """Name of a version's field with the reason why a missing item can wait."""
    return f"{REASON}{rule_id}"


def without_reason(session: Session, person_id: str, record: Record) -> list[MissingItem]:
    """Missing items that have no reason yet in the version being agreed; one for each rule."""
    missing: dict[str, MissingItem] = {}
    for item in missing_items(session, person_id):
        if item.rule.standing is Severity.EXPECTED and not record.text(reason_field(item.rule.id)).strip():
            missing.setdefault(item.rule.id, item)
    return list(missing.values())


def changed(session: Session, person_id: str) -> list[Difference]:
    """Differences from the newest agreed version; everything when there is none."""
    last = next(iter(versions(session, person_id)), None)
    taken = last.text("plan") if last else ""
    return plan_snapshots.differences(taken, record_lists.everything(session, person_id), plan_kinds())


def changed_content(session: Session, person_id: str) -> list[Difference]:
    """Differences from the newest agreed version that have to be agreed again before a decision is asked for."""
    return [found for found in changed(session, person_id) if plan_content.is_content(found)]


def is_readable(version: Record) -> bool:
    """Whether the snapshot in a version can be read on this laptop."""
    return plan_snapshots.is_readable(version.text("plan"))


def for_staff(difference: Difference) -> bool:
    """Whether only staff may read a difference."""
    field = forms.field(difference.kind, difference.name)
    known = forms.known(difference.kind)
    return (known and not forms.form(difference.kind).family) or (field is not None and field.staff_only)


def snapshot(version: Record, person: Record) -> dict[str, list[Record]]:
    """The records of an agreed version."""
    return plan_snapshots.read(version.text("plan"), person)


def in_words(session: Session, person: Record, found: Sequence[Difference]) -> list[WordDifference]:
    """Differences in words for a reader."""
    last = next(iter(versions(session, person.record_id)), None)
    before = plan_snapshots.read(last.text("plan") if last else "", person)
    now = record_lists.everything(session, person.record_id)
    there = {r.record_id: r for kinds in (before, now) for records in kinds.values() for r in records}
    return [_words_of(session, difference, there.get(difference.record_id)) for difference in found]


def _words_of(session: Session, difference: Difference, found: Record | None) -> WordDifference:
    title = forms.form(difference.kind).title
    line = record_lists.line(session, found) if found is not None and forms.form(difference.kind).line else title
    if not difference.name:
        what = _("{title}: new") if difference.before is None else _("{title}: removed")
        now = records.get(session.store.db, session.team_id, difference.record_id)
        if now is not None and record_lists.is_in_error(now):
            what, line = _("{title}: entered in error"), _("{title} (entered in error)").format(title=title)
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
