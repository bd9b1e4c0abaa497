"""The money of the demo's people: a plan and a budget that were agreed, what was asked, decided and signed.

Three people of the invented team write it one after the other, each on a laptop of their own: the PHB officer asks, the
team lead decides, and the officer goes on once central has confirmed it. The words are in demo.toml.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record
from phb_tui.services.budget import versions
from phb_tui.services.decision import deciding, requests, standing, subjects
from phb_tui.services.payments import due, line_choices, making
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
    versions.keep(session, versions.candidate(session, budget), draft)
    subject = next(each for each in subjects.all_of(session, person_id) if each.version is not None)
    words = editing.save(session, requests.begun(session, person_id), written["request"])
    requests.ask(session, subject, words, written["to"])


def decide(session: Session, written: Written) -> None:
    """Say yes to what was asked, as whoever uses this laptop."""
    there = standing.of_person(session, _person(session, written["person"]).record_id)[0]
    words = {**deciding.link(there), **written["decision"]}
    begun = editing.save(session, deciding.draft(session, there), words)
    deciding.decide(session, there.request, begun, "approved")


def set_up(session: Session, written: Written) -> None:
    """Write down how it was told, the agreement that was signed, and what setting up takes."""
    person_id = _person(session, written["person"]).record_id
    request = standing.of_person(session, person_id)[0].request
    telling = {**record_lists.parent_link(request, "telling"), "told_on": _day(session, 0), **written["telling"]}
    editing.save(session, record_lists.new(session, "telling", person_id), telling)
    editing.save(session, record_lists.single(session, "setup", person_id), written["setup"])
    signed = {name: _day(session, 0) for name in ("signed_on", "nhs_signed_on")}
    editing.save(session, record_lists.new(session, "agreement", person_id), {**signed, **written["agreement"]})
    reminders.make_tasks(session, person_id)
    for name in written["done"]:
        task = editing.read(session, "task", record_ids.task_id(person_id, name), person_id)
        editing.save(session, task, {"done": "yes"})


def pay(session: Session, written: Written) -> None:
    """Make the payments of the approved budget, and write down what was paid and what it was spent on."""
    person_id = _person(session, written["person"]).record_id
    making.make(session, person_id, standing.of_person(session, person_id)[0].request.text("version_id"))
    for payment in due.of_person(session, person_id).payments:
        if payment.due.what in written["paid"]:
            paid = {"paid_on": _day(session, 0), "paid": shown(payment.due.pence)}
            editing.save(session, payment.record, paid)
    lines = {name: line_id for line_id, name in line_choices.all_names(session, person_id).items()}
    for bought in written["bought"]:
        values = {**bought, "line": lines[bought["line"]], "date": _day(session, int(bought["date"]))}
        editing.save(session, record_lists.new(session, "purchase", person_id), values)


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
