"""Benchmark of central judging 500 decisions that come in one request, against as many answers as large."""

import time
from datetime import UTC, datetime

from msgspec.structs import replace

from benchmarks import central_process
from benchmarks.central_process import TEAM, Running
from benchmarks.kept_versions import budget_of, change, records_of
from benchmarks.report import ratio_in_turn
from phb_tui.central.exchange.own_changes import OwnChanges
from phb_tui.central.storage.models import Staff
from phb_tui.domain.budget import version_content, work
from phb_tui.domain.budget.inputs import Policy
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Change, Value, canonical
from phb_tui.sync.http_client import HttpCentral
from tests import factories

EACH, TURNS, BATCH = 500, 15, 1_500
NEW = 350
"""How many of 500 records that a laptop sends are new, as central's design assumed; the rest are changed."""
BUILDER, LEAD = "d0", "lead"
POLICY = {"limits": [{"role": "team lead", "nature": "ongoing", "weekly": 10_000_000}]}
TODAY = datetime.now(UTC).date().isoformat()
WORDS = " ".join(central_process.WORDS.split())
"""What is written: an answer and a decision hold the same letters in as many fields."""
TEXTS = ("reasons", "way_decided", "appeal", "complaint", "advocacy")


class _Laptop:
    """A laptop that sends changes and tells how long central took."""

    def __init__(self, central: Running, name: str, role: str) -> None:
        who = factories.nurse(name)
        factories.admit(central.storage, TEAM, name, who, central_process.PUBLIC)
        central.storage.write({TEAM}, lambda tables: tables.save_staff(TEAM, Staff(who.id, who.name, role)))
        self.name, self._last, self._prev = name, 0, ""

    def send(self, line: HttpCentral, changes: list[Change]) -> float:
        """Send changes in one request; milliseconds."""
        made, self._prev = central_process.in_order(changes, self._last, self._prev)
        self._last += len(made)
        asked = central_process.asking(self.name, made)
        started = time.perf_counter()
        reply = line.sync(asked)
        taken = (time.perf_counter() - started) * 1_000
        assert (reply.ack, reply.refused) == (self._last, ())
        return taken


def against_answers(central: Running) -> None:
    """How long 500 people's decisions take, each about a budget of 35 lines, with checks, merge, log and disk."""
    builder, lead = _Laptop(central, BUILDER, factories.NURSE_ADVISOR), _Laptop(central, LEAD, "team lead")
    with central.line(BUILDER) as builders, central.line(LEAD) as leads:
        made = [one for number in range(EACH) for one in _kept(number)]
        for start in range(0, len(made), BATCH):
            builder.send(builders, made[start : start + BATCH])
        OwnChanges(central.storage, lambda: datetime.now(UTC)).write_policy(TEAM, canonical(POLICY), TODAY, 0)
        turns: list[list[float]] = []
        said: dict[int, int] = {}
        for turn in range(TURNS):
            builder.send(builders, [_request(turn, number) for number in range(EACH)])
            decisions = [_decision(turn, number) for number in range(EACH)]
            new = [_new_answer(turn, number) for number in range(EACH)]
            again = [_again(turn * 2, number, said) for number in range(EACH)]
            mixed = [_new_answer(turn + TURNS, number) for number in range(NEW)]
            mixed += [_again(turn * 2 + 1, number, said) for number in range(NEW, EACH)]
            turns.append([lead.send(leads, made) for made in (decisions, new, again, mixed)])
    for side, what in enumerate(("new answers", "answers written over", f"answers, {NEW} of them new"), start=1):
        counted = [([turn[0]], [turn[side]]) for turn in turns[1:]]
        ratio_in_turn(f"{EACH} decisions in one request, to {what}", counted, 1.2)


def _kept(number: int) -> list[Change]:
    """A person with a plan and a budget, and the kept version of it."""
    person_id, records = budget_of(number)
    budget_id = str(records.budget["id"])
    fields: dict[str, Value] = {
        **version_content.content(records, work.work(records, factories.LAW.shipped, Policy())), "number": "1",
        "budget_id": budget_id, "rates": factories.LAW.shipped.version,
        "built_by": version_content.built_by([factories.nurse(BUILDER).id]),
    }  # fmt: skip
    plan: dict[str, Value] = {"number": "1", "plan": WORDS}
    return [
        *records_of(person_id, records),
        change("plan_version", record_ids.plan_version_id(person_id, 1), person_id, plan),
        change("budget_version", record_ids.budget_version_id(budget_id, 1), person_id, fields),
    ]


def _request(turn: int, number: int) -> Change:
    person_id, records = budget_of(number)
    fields: dict[str, Value] = {
        "version_id": record_ids.budget_version_id(str(records.budget["id"]), 1), "asked_on": TODAY, "wish": WORDS,
        "plan_id": record_ids.plan_version_id(person_id, 1), "to": factories.nurse(LEAD).id,
    }  # fmt: skip
    return change("request", f"request-{turn}-{number}", person_id, fields)


def _decision(turn: int, number: int) -> Change:
    request_id = f"request-{turn}-{number}"
    fields: dict[str, Value] = {
        **dict.fromkeys(TEXTS, WORDS), "request_id": request_id, "outcome": "approved", "decided_on": TODAY,
        "decided_by": factories.nurse(LEAD).id, "decided_role": "team lead", "decided_name": "Nurse",
    }  # fmt: skip
    return change("decision", record_ids.decision_id(request_id, 1), f"p{number}", fields, LEAD)


def _said(turn: int, number: int) -> dict[str, Value]:
    """An answer with as many fields and letters as a decision."""
    return {
        **dict.fromkeys(TEXTS, f"{turn} {WORDS}"), "visit_id": f"request-{number}", "statement": "approved",
        "date": TODAY, "said_by": factories.nurse(LEAD).id, "role_of_them": "team lead", "name_of_them": "Nurse",
    }  # fmt: skip


def _new_answer(turn: int, number: int) -> Change:
    return change("answer", record_ids.answer_id(f"visit {turn}", f"{number}"), f"p{number}", _said(turn, number), LEAD)


def _again(turn: int, number: int, said: dict[int, int]) -> Change:
    """The same written over the last one, whose turn is in `said`: central reads a record for it, too."""
    made = change("answer", record_ids.answer_id("visit", f"{number}"), f"p{number}", _said(turn, number), LEAD)
    before, said[number] = said.get(number), turn
    return made if before is None else replace(made, before=_said(before, number))
