"""The money of the demo's people: a plan and a budget that were agreed, what was asked, decided and signed.

Three people of the invented team write it one after the other, each on a laptop of their own: the PHB officer asks, the
team lead decides, and the officer goes on once central has confirmed it. The words are in demo.toml.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from phb_tui.domain.decision import ask_again
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record, Value
from phb_tui.services.budget import versions
from phb_tui.services.decision import deciders
from phb_tui.services.person import caseload, reminders
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session

Written = Mapping[str, Any]
"""What demo.toml says about one person's money."""


def ask(session: Session, written: Written) -> None:
    """Agree the plan, keep the budget to be decided about, and ask for a decision."""
    person_id = _person(session, written["person"]).record_id
    _agree_plan(session, person_id, written["agreed"])
    budget = record_lists.of(session, "budget", person_id)[-1]
    budget = editing.save(session, budget, {"purpose": "final"})
    draft = versions.being_kept(session, budget)
    link = record_lists.parent_link(budget, versions.KIND)
    agreed = {**written["agreed"], "agreed_on": _day(session, 0)}
    draft = editing.save(session, draft, {**link, **agreed})
    version = versions.keep(session, versions.candidate(session, budget), draft)
    plan = plan_versions.versions(session, person_id)[0]
    asked = {
        "version_id": version.record_id,
        "plan_id": plan.record_id,
        "asked_on": _day(session, 0),
        "promised_by": _day(session, written["days"]),
        **written["request"],
    }
    editing.save(session, record_lists.new(session, "request", person_id), asked)


def decide(session: Session, written: Written) -> None:
    """Decide what was asked, as whoever uses this laptop."""
    person_id = _person(session, written["person"]).record_id
    request = record_lists.of(session, "request", person_id)[0]
    version = next(
        each for each in record_lists.of(session, versions.KIND, person_id)
        if each.record_id == request.text("version_id")
    )  # fmt: skip
    decision_id = record_ids.decision_id(request.record_id, 1)
    local = record_lists.single(session, "local", None)
    values: dict[str, Value] = {
        "request_id": request.record_id,
        "decided_by": session.nurse.id,
        "decided_name": session.nurse.name,
        "decided_role": session.nurse.role,
        "decided_on": _day(session, 0),
        "value": version.fields["total_weekly"],
        "measure": "weekly",
        **ask_again.copied(local.fields, deciders.limits(session), session.today),
        **written["decision"],
    }
    editing.save(session, editing.read(session, "decision", decision_id, person_id), values)


def set_up(session: Session, written: Written) -> None:
    """Write down how it was told, the agreement that was signed, and what setting up takes."""
    person_id = _person(session, written["person"]).record_id
    request = record_lists.of(session, "request", person_id)[0]
    telling = {**record_lists.parent_link(request, "telling"), "told_on": _day(session, 0), **written["telling"]}
    editing.save(session, record_lists.new(session, "telling", person_id), telling)
    editing.save(session, record_lists.single(session, "setup", person_id), written["setup"])
    signed = {name: _day(session, 0) for name in ("signed_on", "nhs_signed_on")}
    editing.save(session, record_lists.new(session, "agreement", person_id), {**signed, **written["agreement"]})
    reminders.make_tasks(session, person_id)
    for name in written["done"]:
        task = editing.read(session, "task", record_ids.task_id(person_id, name), person_id)
        editing.save(session, task, {"done": "yes"})


def _agree_plan(session: Session, person_id: str, agreed: Mapping[str, str]) -> None:
    """Agree the plan as it is, with a reason for everything that it lacks."""
    waiting = {
        plan_versions.reason_field(item.rule.id): "We do it together next week"
        for item in plan_versions.missing_items(session, person_id)
    }
    draft = plan_versions.version_being_agreed(session, person_id)
    draft = editing.save(session, draft, {**waiting, **agreed, "agreed_on": _day(session, 0)})
    plan_versions.agree(session, person_id, draft)


def _person(session: Session, given_name: str) -> Record:
    person_id = next(line.person_id for line in caseload.lines(session, 0, 50) if given_name in line.name)
    return caseload.person(session, person_id)


def _day(session: Session, days: int) -> str:
    return (session.today + timedelta(days=days)).isoformat()
