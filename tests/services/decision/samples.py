"""A person with a kept budget and an agreed plan, a team's policy and its staff, on a laptop without a central."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.plan import plan_snapshots
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import FieldState, Record, RecordState, Value, canonical
from phb_tui.domain.records.record_codec import row_of
from phb_tui.services.budget import versions
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.store import change_log, device_status, remote_writes
from phb_tui.store.database import transaction
from tests import received
from tests.domain.budget import examples
from tests.services.budget.kept_budgets import keep

AGREED = {"agreed_by": "Annie Example", "agreed_how": "said", "agreed_on": "2026-11-20"}
ME, LEAD, OTHER, PANEL = "nurse-1", "lead-1", "nurse-2", "panel-1"
STAFF = (
    (ME, "Ada Okafor", "nurse advisor"),
    (LEAD, "Ann Invented", "team lead"),
    (OTHER, "Sam Brown", "nurse advisor"),
    (PANEL, "Pat Panel", "panel"),
)
POLICY: dict[str, Any] = {
    "limits": [
        {"role": "team lead", "nature": "ongoing", "weekly": 150000, "first": None},
        {"role": "team lead", "nature": "one_off", "first": 200000},
        {"role": "nurse advisor", "nature": "one_off", "first": 150000},
    ],
    "self": [{"role": "nurse advisor", "nature": "one_off", "first": 25000}],
    "high_risk_to": "panel",
    "panel": [PANEL],
    "tiers": [
        {"name": "Small", "to": 25000, "by": "nurse advisor"},
        {"name": "Middle", "to": 200000, "by": "team lead"},
        {"name": "Large", "to": None, "by": "panel"},
    ],
    "days": {"ongoing": 14, "one_off": 5, "urgent": 2},
}

_SEQ = count(1)


def set_policy(laptop: Session, policy: Mapping[str, Any] = POLICY, version: int = 1) -> None:
    """The team's policy, as central sent it."""
    come(laptop, record_lists.single(laptop, "policy", None), {"version": version, "text": canonical(dict(policy))})


def come(laptop: Session, record: Record, values: Mapping[str, Value]) -> None:
    """Central sends a record with these values, newer than whatever it sent before."""
    wrote = next(_SEQ), "central", 1, "administrator", "2026-11-23T09:00:00.000Z"
    fields = {name: FieldState(value, *wrote) for name, value in values.items()}
    state = RecordState(record.team_id, record.kind, record.record_id, record.person_id, wrote[0], fields)
    with transaction(laptop.store.db):
        received.apply_rows(laptop.store.db, [row_of(state)], record.team_id)


def set_staff(laptop: Session, people: Sequence[tuple[str, str, str]] = STAFF) -> None:
    """The team's staff, as central sent them."""
    with transaction(laptop.store.db):
        device_status.save_roster(laptop.store.db, {"people": [list(each) for each in people]})


def kept_version(
    laptop: Session, person_id: str, example: Records | None = None, purpose: str = "final", **more: str
) -> Record:
    """A budget that was kept as version 1; the one-off example where no other is given."""
    budget = keep(laptop, person_id, example or examples.c(), purpose=purpose, **more)
    link = record_lists.parent_link(budget, versions.KIND)
    begun = editing.save(laptop, versions.being_kept(laptop, budget), {**link, **AGREED})
    return versions.keep(laptop, versions.candidate(laptop, budget), begun)


def agreed_plan(laptop: Session, person_id: str) -> Record:
    """The plan as it is now, agreed as the next version, whatever it lacks."""
    number = plan_versions.next_number(laptop, person_id)
    version = editing.read(laptop, "plan_version", record_ids.plan_version_id(person_id, number), person_id)
    everything = record_lists.everything(laptop, person_id)
    taken = plan_snapshots.take(everything, plan_versions.plan_kinds())
    return editing.save(laptop, version, {**AGREED, "number": str(number), "plan": taken})


def request_for(laptop: Session, version: Record, **values: Value) -> Record:
    """A request about a kept version, whatever stands against it."""
    asked: dict[str, Value] = {"version_id": version.record_id, "asked_on": "2026-11-20", "to": LEAD, **values}
    return editing.save(laptop, record_lists.new(laptop, "request", version.person_id or ""), asked)


def decision_about(laptop: Session, request: Record, number: int = 1, **values: Value) -> Record:
    """A decision under the id of its number, whatever is wrong with it."""
    record_id = record_ids.decision_id(request.record_id, number)
    record = editing.read(laptop, "decision", record_id, request.person_id)
    made: dict[str, Value] = {
        "request_id": request.record_id, "outcome": "approved", "decided_by": LEAD, "decided_name": "Ann Invented",
        "decided_on": "2026-11-22", "reasons": "It fits the plan.", **values,
    }  # fmt: skip
    return editing.save(laptop, record, made)


def confirm(laptop: Session, *shown: Record) -> None:
    """Central sends records as this laptop shows them."""
    for record in shown:
        come(laptop, record, record.fields)


def refuse(laptop: Session, record: Record, why: str) -> None:
    """Central keeps what this laptop last wrote in a record aside."""
    db, team_id = laptop.store.db, laptop.team_id
    last = change_log.pending_of_record(db, team_id, record.record_id)[-1]
    with transaction(db):
        change_log.mark_quarantined(db, team_id, {last.op_no: why})
        remote_writes.hide_rejected(db, team_id, [last.op_no])
