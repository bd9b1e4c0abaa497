"""A laptop in the middle of a working day: invented people, an open visit, a changed plan, two versions of a field."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from phb_tui import demo
from phb_tui.domain.calendar.timestamps import utc
from phb_tui.domain.people import person_facts
from phb_tui.domain.records.changes import ConflictingValue, FieldState, Record, RecordState, Value
from phb_tui.domain.records.record_codec import row_of
from phb_tui.keys.passphrase import FLOOR
from phb_tui.services.person import caseload
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Joining, Nurse, Session
from phb_tui.services.start import unlocking
from phb_tui.services.visit import conversation, visits
from phb_tui.store import change_log, remote_writes, sync_state
from phb_tui.store.database import transaction
from tools.pictures import decided

MORNING = datetime(2026, 11, 23, 9, 34, tzinfo=UTC)
NOW = MORNING + timedelta(minutes=68)
"""When the visit began, and the moment that the pictures show."""

WAITS, PAID = "Derek", "Ewa"
"""Given names of who waits for an answer, and of whose budget is being paid."""


@dataclass
class Clock:
    """The time as the laptop tells it."""

    time: datetime

    def __call__(self) -> datetime:
        """The time now."""
        return self.time


@contextmanager
def laptop() -> Iterator[tuple[Session, Path]]:
    """The open laptop, and the folder that its app uses; both are gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        nurse = Nurse("demo-nurse", "Demo Nurse", "nurse advisor")
        joining = Joining("http://127.0.0.1:9", demo.TEAM, "demo-laptop", "code", "", nurse)
        unlocking.set_up(data / "stores", demo.PASSPHRASE, joining, FLOOR)
        clock = Clock(MORNING - timedelta(hours=3))
        ids = map("00000000-0000-7000-8000-{:012}".format, count(1))  # in a row, so that every list is in one order
        session = unlocking.unlock(data / "stores", demo.PASSPHRASE, now=clock, ids=lambda: next(ids))
        try:
            demo.write_caseload(session)
            _live(session, clock)
            yield session, data
        finally:
            session.close()


def somebody(session: Session, given_name: str) -> Record:
    """One of the demo's people."""
    person_id = next(line.person_id for line in caseload.lines(session, 0, 50) if given_name in line.name)
    return editing.read(session, "person", person_id, person_id)


def _live(session: Session, clock: Clock) -> None:
    annie = somebody(session, "Annie")
    _agree(session, annie)
    _sign(session, somebody(session, "Carys"))
    decided.write(session, somebody(session, WAITS).record_id, somebody(session, PAID).record_id)
    _central_has_everything(session, MORNING - timedelta(minutes=24))
    _two_versions(session, somebody(session, "Grace"))
    clock.time = MORNING
    visit = visits.read_alerts(session, annie) and visits.start(session, annie.record_id)
    for known in visits.people_to_add(session, visit)[:1]:
        visits.mark_present(session, visit, known)
    clock.time = NOW
    answers: list[tuple[str, dict[str, Value]]] = [
        ("S1-I1", {"answer": "yes", "words": "You told me again, and Beth wrote it down."}),
        ("S1-I2", {"answer": "yes"}),
        (
            "S1-I3",
            {"answer": "not_yet", "words": "I did not know there was such a thing.", "would_help": "Ring them with me"},
        ),
    ]
    statements = {statement.id: statement for statement in session.content.statements}
    for name, values in answers:
        held = conversation.statement_answer(session, visit, statements[name]).answer
        conversation.save_answer(session, visit, held, {**values, "said_by": "Annie"})


def _agree(session: Session, person: Record) -> None:
    """The plan was agreed once, and one of its goals has changed since."""
    values: dict[str, Value] = {"agreed_by": "Annie Example", "agreed_role": "The person", "agreed_how": "said"}
    version = plan_versions.version_being_agreed(session, person.record_id)
    waiting: dict[str, Value] = {
        plan_versions.reason_field(item.rule.id): "We do it together next week"
        for item in plan_versions.missing_items(session, person.record_id)
    }
    day = (session.today - timedelta(days=30)).isoformat()
    version = editing.save(session, version, {**values, **waiting, "agreed_on": day})
    plan_versions.agree(session, person.record_id, version)
    goal = record_lists.of(session, "goal", person.record_id)[0]
    editing.save(session, goal, {"why": "It is where I am myself, and where I talk to Rose"})


def _sign(session: Session, person: Record) -> None:
    """An agreement about a direct payment was signed."""
    days: dict[str, Value] = {name: session.today.isoformat() for name in ("signed_on", "nhs_signed_on")}
    values: dict[str, Value] = {
        "kind": "direct_payment", "holder": "person", "account": "own_separate", "keep_records_years": "6",
        "notice_weeks": "4", "signed_by": person_facts.full_name(person), "signed_role": "myself",
        "nhs_signed_by": "Ann Invented", **{f"read:{code}": "yes" for code in ("records", "tell_changes", "repay")},
    }  # fmt: skip
    editing.save(session, record_lists.new(session, "agreement", person.record_id), {**values, **days})


def _central_has_everything(session: Session, when: datetime) -> None:
    """What was written until now has been sent."""
    db = session.store.db
    with transaction(db):
        change_log.acknowledge(db, session.team_id, change_log.count_pending(db, session.team_id), {})
        state = sync_state.read(db, session.team_id)
        sync_state.write(db, replace(state, last_at=utc(when)))


def _two_versions(session: Session, person: Record) -> None:
    """A colleague wrote another phone number meanwhile."""
    db = session.store.db
    here = ConflictingValue("01632 960 107", session.device_id, 1, session.nurse.id, "2026-11-20T09:30:00.000Z", 1)
    sent = "2026-11-20T09:00:00.000Z"
    fields = {name: FieldState(value, 1, "device-2", 1, "sam-okafor", sent) for name, value in person.fields.items()}
    fields["phone"] = FieldState("01632 960 177", 1, "device-2", 1, "sam-okafor", sent, (here,))
    held = RecordState(session.team_id, "person", person.record_id, person.record_id, 1, fields)
    with transaction(db):
        state = sync_state.read(db, session.team_id)
        remote_writes.apply_rows(db, [row_of(held)], session.team_id, state.checksum)
