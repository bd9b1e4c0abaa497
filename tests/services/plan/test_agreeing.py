"""A plan: what it lacks, agreeing it, its versions; visits of two colleagues; what follows from what is written."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.content import completeness_rules
from phb_tui.domain.plan import completeness, plan_snapshots
from phb_tui.domain.plan.completeness import Rule, Severity
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record, SyncPosition, Value
from phb_tui.errors import RuleBroken
from phb_tui.services.person import reminders
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, record_lists, set_up_tasks
from phb_tui.services.session import Session
from phb_tui.services.sync import outbox
from phb_tui.services.visit import conversation, visits
from tests.screens.team_harness import somebody, team_in

ALL = completeness_rules.rules()
PAID_FAMILY = {"paid_family", "paid_family_by", "paid_family_on"}
"""Rules about family who are paid: regulation 8(5A) and (5B), which was read."""


def add(laptop: Session, person_id: str, kind: str, **values: Value) -> Record:
    return editing.save(laptop, record_lists.new(laptop, kind, person_id), values)


def record(name: str, value: str, *, kind: str = "") -> Record:
    """A record in which one field, named with its kind, is written."""
    found_kind, _dot, field = name.partition(".")
    return Record("team", kind or found_kind, "r", "p", {field: value}, SyncPosition())


def first(values: str) -> str:
    """The first of the values that a rule allows."""
    return values.partition("|")[0]


def broken(rule: Rule) -> dict[str, list[Record]]:
    """Records in which a rule is not kept."""
    found: dict[str, list[Record]] = {}
    if rule.when:
        name, _equals, value = rule.when.partition("=")
        found[name.partition(".")[0]] = [record(name, first(value) or "written")]
    if rule.each:
        kind = rule.each.partition(".")[0]
        name, _equals, value = (rule.only or f"{kind}.anything=x").partition("=")
        found[kind] = [record(name, first(value))]
    if rule.readable:
        found[rule.readable.partition(".")[0]] = [record(rule.readable, "when it is warm")]
    return found


def kept(rule: Rule) -> dict[str, list[Record]]:
    """The same records with what the rule asks for."""
    found = broken(rule)
    name, _equals, value = (rule.readable or first(rule.each) or rule.any[0]).partition("=")
    kind, _dot, field = name.partition(".")
    written: Value = "2027-03-01" if rule.readable else first(value) or "written"
    if field.endswith("_id"):
        written = "r"  # a link names one of the records that are there
    if rule.each or rule.readable:
        found[kind] = [replace(r, fields={**r.fields, field: written}) for r in found[kind]]
    else:
        only, _equals, value = rule.only.partition("=")
        narrowed = {only.partition(".")[2]: first(value)} if rule.only else {}
        made = record(name, str(written))
        found[kind] = [*found.get(kind, []), replace(made, fields={**made.fields, **narrowed})]
    return found


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_each_rule_is_named_when_broken_and_silent_when_kept(rule: Rule) -> None:
    """What a plan lacks is named once, and goes away when it is written."""
    assert rule.id in {item.rule.id for item in completeness.missing_items(ALL, broken(rule))}
    assert rule.id not in {item.rule.id for item in completeness.missing_items(ALL, kept(rule))}


def test_nothing_from_memory_stops_a_plan() -> None:
    """Only a rule with a source that was read stops agreeing."""
    assert {rule.id for rule in ALL if rule.standing is Severity.NEEDED} == {"goal", "trigger", "name", *PAID_FAMILY}
    assert all("memory" not in rule.source for rule in ALL if rule.standing is not Severity.UNVERIFIED)


def test_what_standards_expect_asks_for_a_reason_each(laptop: Session, person_id: str) -> None:
    """Each expected thing that is missing is asked about once, until its own reason is written."""
    add(laptop, person_id, "goal", words="Go to choir")
    version = plan_versions.version_being_agreed(laptop, person_id)
    asked = [item.rule.id for item in plan_versions.without_reason(laptop, person_id, version)]
    expected = [
        item.rule for item in plan_versions.missing_items(laptop, person_id) if item.rule.standing is Severity.EXPECTED
    ]
    assert asked == list(dict.fromkeys(rule.id for rule in expected))
    assert len(asked) > 3
    version = editing.save(
        laptop,
        version,
        {plan_versions.reason_field(asked[0]): "She tells us next week", plan_versions.reason_field(asked[1]): " "},
    )
    assert [item.rule.id for item in plan_versions.without_reason(laptop, person_id, version)] == asked[1:]


def test_who_agreed_is_asked_once(laptop: Session, person_id: str) -> None:
    """The version says who agreed; the plan's own page has it from there, and the version holds it too."""
    goal = add(laptop, person_id, "goal", words="Go to choir")
    values: dict[str, Value] = {"agreed_by": "Rhys Price", "agreed_role": "The person", "agreed_how": "said"}
    version = plan_versions.agree(
        laptop, person_id, editing.save(laptop, plan_versions.version_being_agreed(laptop, person_id), values)
    )
    wanted = {"agreed_name": "Rhys Price", "agreed_role": "The person", "agreed_by_person": "yes"}
    assert wanted.items() <= record_lists.single(laptop, "care_plan", person_id).fields.items()
    assert wanted.items() <= plan_versions.snapshot(version, goal)["care_plan"][0].fields.items()
    assert plan_versions.changed(laptop, person_id) == []


def test_what_the_plan_says_of_who_agreed_is_never_written_over(laptop: Session, person_id: str) -> None:
    """Words that somebody wrote on the plan's own page stay when the version names somebody in other words."""
    add(laptop, person_id, "goal", words="Go to choir")
    editing.save(laptop, record_lists.single(laptop, "care_plan", person_id), {"agreed_name": "Rhys, with his mum"})
    version = editing.save(laptop, plan_versions.version_being_agreed(laptop, person_id), {"agreed_by": "Rhys Price"})
    plan_versions.agree(laptop, person_id, version)
    assert record_lists.single(laptop, "care_plan", person_id).text("agreed_name") == "Rhys, with his mum"


def test_two_laptops_make_one_version_of_a_number(tmp_path: Path) -> None:
    """Two versions with one number are one record: the second is kept aside, and offered again as the next number."""
    with team_in(tmp_path) as team:
        one, two = team.laptop(1, "Ada Okafor"), team.laptop(2, "Sam Brown")
        person = somebody(one)
        goal = add(one, person.record_id, "goal", words="Go to choir")
        team.exchange(one, two)
        for laptop, name in ((one, "Annie"), (two, "Beth")):
            begun = editing.save(
                laptop, plan_versions.version_being_agreed(laptop, person.record_id), {"agreed_by": name}
            )
            editing.save(laptop, goal, {"why": f"Agreed by {name}"}) if name == "Annie" else None
            plan_versions.agree(laptop, person.record_id, begun)
        team.exchange(one, two, one)
        for laptop in (one, two):
            found = [(v.text("number"), v.text("agreed_by")) for v in plan_versions.versions(laptop, person.record_id)]
            assert found == [("1", "Annie")]
        (kept_aside,) = outbox.quarantined(two)
        assert kept_aside.version
        assert "plan" not in dict(kept_aside.words)
        outbox.save_again(two, kept_aside)
        team.exchange(two, one)
        assert outbox.quarantined(two) == []
        for laptop in (one, two):
            found = [(v.text("number"), v.text("agreed_by")) for v in plan_versions.versions(laptop, person.record_id)]
            assert found == [("2", "Beth"), ("1", "Annie")]


def test_versions_of_before_keep_their_ids(laptop: Session, person_id: str) -> None:
    """A version that an earlier phb-tui made is counted, and the next number follows it."""
    add(laptop, person_id, "goal", words="Go to choir")
    old = add(laptop, person_id, "plan_version", number="1", plan="{}")
    new = plan_versions.agree(laptop, person_id, plan_versions.version_being_agreed(laptop, person_id))
    assert [v.record_id for v in plan_versions.versions(laptop, person_id)] == [new.record_id, old.record_id]
    assert new.record_id == record_ids.plan_version_id(person_id, 2)


def test_a_plan_without_a_goal_is_not_agreed(laptop: Session, person_id: str) -> None:
    """Agreeing says what is missing and makes no version."""
    with pytest.raises(RuleBroken, match="change or keep"):
        plan_versions.agree(laptop, person_id, plan_versions.version_being_agreed(laptop, person_id))
    assert plan_versions.versions(laptop, person_id) == []


def test_a_version_never_changes_and_says_what_has_changed_since(laptop: Session, person_id: str) -> None:
    """A version keeps the words that were agreed; what is new, gone or different since is named."""
    goal = add(laptop, person_id, "goal", words="Go to choir")
    gone = add(laptop, person_id, "need", words="A lift")
    version = plan_versions.agree(laptop, person_id, plan_versions.version_being_agreed(laptop, person_id))
    editing.save(laptop, goal, {"words": "Go to the big choir"})
    record_lists.remove(laptop, gone)
    new = add(laptop, person_id, "task", what="Ring the choir")
    held = plan_versions.snapshot(version, goal)
    assert [r.text("words") for r in held["goal"]] == ["Go to choir"]
    changed = {(d.kind, d.record_id, d.name) for d in plan_versions.changed(laptop, person_id)}
    assert changed == {
        ("goal", goal.record_id, "words"),
        ("need", gone.record_id, ""),
        ("task", new.record_id, ""),
    }


def test_versions_are_numbered_and_what_is_begun_is_not_one(laptop: Session, person_id: str) -> None:
    """Versions count from 1, newest first; one that is only begun is found again and counts as none."""
    add(laptop, person_id, "goal", words="Go to choir")
    plan_versions.agree(laptop, person_id, plan_versions.version_being_agreed(laptop, person_id))
    begun = editing.save(laptop, plan_versions.version_being_agreed(laptop, person_id), {"agreed_by": "Rhys"})
    assert [v.text("number") for v in plan_versions.versions(laptop, person_id)] == ["1"]
    assert plan_versions.version_being_agreed(laptop, person_id).record_id == begun.record_id
    plan_versions.agree(laptop, person_id, begun)
    assert [v.text("number") for v in plan_versions.versions(laptop, person_id)] == ["2", "1"]


@given(st.dictionaries(st.text(min_size=1), st.text(min_size=1), max_size=5))
def test_a_snapshot_keeps_any_text(fields: dict[str, str]) -> None:
    """What was agreed comes back letter by letter, in any script."""
    taken = Record("team", "goal", "r1", "p", dict(fields), SyncPosition())
    assert plan_snapshots.read(plan_snapshots.take({"goal": [taken]}, ["goal"]), taken) == {"goal": [taken]}


def test_two_laptops_begin_one_visit(tmp_path: Path) -> None:
    """A nurse advisor and a PHB officer who begin the visit offline are both at the same visit afterwards."""
    with team_in(tmp_path) as team:
        one, two = team.laptop(1, "Ada Okafor"), team.laptop(2, "Sam Example")
        person_id = somebody(one).record_id
        team.exchange(one, two)
        started = [visits.start(laptop, person_id) for laptop in (one, two)]
        team.exchange(one, two, one)
        assert started[0].record_id == started[1].record_id
        for laptop in (one, two):
            assert len(visits.visits(laptop, person_id)) == 1
            there = {attendee.text("name") for attendee in visits.attendees(laptop, started[0])}
            assert there == {"Ada Okafor", "Sam Example"}


def test_two_laptops_make_one_set_of_tasks(tmp_path: Path) -> None:
    """The tasks for the way that was agreed, made on two laptops offline, are there once."""
    with team_in(tmp_path) as team:
        one, two = team.laptop(1, "Ada Okafor"), team.laptop(2, "Sam Example")
        person_id = somebody(one).record_id
        editing.save(one, record_lists.single(one, "setup", person_id), {"management": "direct_payment"})
        team.exchange(one, two)
        made = [reminders.make_tasks(laptop, person_id) for laptop in (one, two)]
        team.exchange(one, two, one)
        assert made[0] == made[1] == len(set_up_tasks.wanted(one, person_id)) > 0
        assert len(record_lists.of(one, "task", person_id)) == len(record_lists.of(two, "task", person_id)) == made[0]
        assert reminders.make_tasks(one, person_id) == 0


def test_a_date_to_come_back_becomes_a_task(laptop: Session, person_id: str) -> None:
    """Time to think is a task on its day, and moves with the date while nobody has changed it."""
    choice = record_lists.single(laptop, "money_choice", person_id)
    choice = editing.save(laptop, choice, {"come_back": "in 2 weeks"})
    (task,) = record_lists.of(laptop, "task", person_id)
    assert (task.record_id, task.text("by_when")) == (record_ids.follow_up_id(choice.record_id), "2026-12-07")
    editing.save(laptop, choice, {"come_back": "8 12 2026"})
    assert [t.text("by_when") for t in record_lists.of(laptop, "task", person_id)] == ["2026-12-08"]


def test_the_next_visit_is_said_once(laptop: Session, person_id: str) -> None:
    """The date said when a visit is closed is the date on the person's own record."""
    visit = visits.start(laptop, person_id)
    editing.save(laptop, visits.closing(laptop, visit), {"next_visit": "in 3 weeks"})
    person = editing.read(laptop, "person", person_id, person_id)
    assert person.text("next_visit") == "2026-12-14"


def test_not_asked_is_never_no(laptop: Session, person_id: str) -> None:
    """A statement that was not asked counts neither as true nor as not true."""
    visit = visits.start(laptop, person_id)
    step = laptop.content.step(1)
    for statement, answer in zip(step.statements, ("yes", "not_asked", "not_yet"), strict=False):
        said = conversation.statement_answer(laptop, visit, statement)
        conversation.save_answer(laptop, visit, said.answer, {"answer": answer})
    (point,) = conversation.trend(laptop, person_id, step)
    assert point.true == 1
    assert set(conversation.latest(laptop, person_id)) == {step.statements[0].id, step.statements[2].id}
