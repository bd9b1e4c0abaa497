"""Benchmark of central judging 500 decisions of one request, against as many answers as large."""

import time
from datetime import UTC, datetime

from benchmarks import central_process
from benchmarks.kept_versions import budget_of
from benchmarks.report import ratio_in_turn
from phb_tui.central.exchange.own_changes import OwnChanges
from phb_tui.central.exchange.sync_service import SyncService
from phb_tui.central.storage.models import Staff
from phb_tui.central.storage.repository import Storage
from phb_tui.domain.budget import version_content, work
from phb_tui.domain.budget.inputs import Policy
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Change, FieldState, RecordState, SyncPosition, Value, canonical
from phb_tui.domain.records.record_codec import row_of
from tests import factories

EACH, TURNS, DEVICE = 500, 9, "d0"
POLICY = {"limits": [{"role": "team lead", "nature": "ongoing", "weekly": 10_000_000}]}
TODAY = datetime.now(UTC).date().isoformat()
WORDS = " ".join(central_process.WORDS.split())
"""What is written: an answer and a decision hold the same letters in as many fields."""
TEXTS = ("reasons", "way_decided", "appeal", "complaint", "advocacy")


def against_answers() -> None:
    """Processor time of 500 people's decisions, each about a budget of 35 lines, with checks, merge and log."""
    storage = Storage.on_sqlite(None)
    lead = factories.nurse(DEVICE)
    factories.admit(storage, central_process.TEAM, DEVICE, lead)
    team_lead = Staff(lead.id, lead.name, "team lead")
    storage.write({central_process.TEAM}, lambda tables: tables.save_staff(central_process.TEAM, team_lead))
    OwnChanges(storage, lambda: datetime.now(UTC)).write_policy(central_process.TEAM, canonical(POLICY), TODAY, 0)
    service = SyncService(storage, lambda: datetime.now(UTC), factories.KEY, factories.LAW)
    versions = [_person(storage, number) for number in range(EACH)]
    last, prev, turns = 0, "", []

    def used(changes: list[Change]) -> float:
        nonlocal last, prev
        made, prev = central_process.in_order(changes, last, prev)
        last += len(made)
        asked = central_process.asking(DEVICE, made)
        started = time.process_time()
        reply = service.sync(asked)
        taken = (time.process_time() - started) * 1_000
        assert (reply.ack, reply.refused) == (last, ())
        return taken

    for turn in range(TURNS):
        decisions = [_decision(storage, turn, number, version) for number, version in enumerate(versions)]
        answers = [_answer(turn, number) for number in range(EACH)]
        turns.append(([used(decisions)], [used(answers)]))
    storage.close()
    ratio_in_turn(f"{EACH} decisions in one request, to {EACH} answers", turns[1:], 1.2)


def _person(storage: Storage, number: int) -> str:
    """A person with an agreed plan and a kept version; the version's id."""
    person_id, records = budget_of(number)
    budget_id = str(records.budget["id"])
    version_id = record_ids.budget_version_id(budget_id, 1)
    content = version_content.content(records, work.work(records, factories.LAW.shipped, Policy()))
    version = {**content, "number": "1", "budget_id": budget_id, "built_by": '["somebody"]', "for": "final"}
    _put(storage, "budget_version", version_id, person_id, version)
    _put(storage, "plan_version", record_ids.plan_version_id(person_id, 1), person_id, {"number": "1", "plan": WORDS})
    return version_id


def _put(storage: Storage, kind: str, record_id: str, person_id: str, fields: dict[str, Value]) -> None:
    """A record that was taken before."""
    states = {name: FieldState(value, 1, "other", 1, "somebody", TODAY) for name, value in fields.items()}
    row = row_of(RecordState(central_process.TEAM, kind, record_id, person_id, 1, states))
    storage.write({central_process.TEAM}, lambda tables: tables.save_rows(central_process.TEAM, [row]))


def _decision(storage: Storage, turn: int, number: int, version_id: str) -> Change:
    """A decision about a request of its own."""
    person_id, request_id = budget_of(number)[0], f"request-{turn}-{number}"
    asked: dict[str, Value] = {
        "version_id": version_id, "plan_id": record_ids.plan_version_id(person_id, 1), "asked_on": TODAY,
        "to": factories.nurse(DEVICE).id, "wish": WORDS,
    }  # fmt: skip
    _put(storage, "request", request_id, person_id, asked)
    fields: dict[str, Value] = {
        **dict.fromkeys(TEXTS, WORDS), "request_id": request_id, "outcome": "approved", "decided_on": TODAY,
        "decided_by": factories.nurse(DEVICE).id, "decided_role": "team lead", "decided_name": "Nurse",
    }  # fmt: skip
    return _change("decision", record_ids.decision_id(request_id, 1), person_id, fields)


def _answer(turn: int, number: int) -> Change:
    """An answer with as many fields and letters."""
    fields: dict[str, Value] = {
        **dict.fromkeys(TEXTS, WORDS), "visit_id": f"request-{turn}-{number}", "statement": "approved", "date": TODAY,
        "by": factories.nurse(DEVICE).id, "role": "team lead", "name": "Nurse",
    }  # fmt: skip
    return _change("answer", record_ids.answer_id(f"{turn}", f"{number}"), f"p{number}", fields)


def _change(kind: str, record_id: str, person_id: str, fields: dict[str, Value]) -> Change:
    return Change(
        central_process.TEAM, DEVICE, kind, record_id, person_id, fields, {}, SyncPosition(),
        factories.nurse(DEVICE).id, "2026-11-26T09:00:00.000Z",
    )  # fmt: skip
