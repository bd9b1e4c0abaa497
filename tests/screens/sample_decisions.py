"""Requests and decisions about a person's budget, for screens of the harness."""

from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record, Value
from phb_tui.screens.decision.ask import AskScreen
from phb_tui.screens.decision.ask_else import AskElseScreen
from phb_tui.screens.decision.decide import DecideScreen
from phb_tui.screens.decision.decision_log import DecisionLogScreen
from phb_tui.screens.decision.decision_page import DecisionPageScreen
from phb_tui.screens.decision.decisions import DecisionsScreen
from phb_tui.screens.decision.letters import LettersScreen
from phb_tui.services.decision import standing
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens import sample_budgets
from tests.services.decision.samples import POLICY, set_policy, set_staff

STAFF = (("nurse-1", "Ada Okafor", "nurse advisor"), ("lead-1", "Bea", "team lead"), ("panel-1", "Bea", "panel"))
OWN = {"role": "nurse advisor", "nature": "ongoing", "weekly": 150000}
RULES = {**POLICY, "limits": [OWN, {**OWN, "role": "team lead"}], "self": [OWN]}


def requested(session: Session, person: Record) -> Record:
    """The newest request about a kept version, asked by whoever uses the laptop; made once."""
    set_policy(session, RULES)
    set_staff(session, STAFF)
    version = sample_budgets.version(session, person)
    waiting = [each.request for each in standing.of_person(session, person.record_id) if each.is_waiting]
    if waiting:
        return waiting[0]
    values: dict[str, Value] = {
        "version_id": version.record_id, "asked_on": "2026-11-20", "promised_by": "2026-12-04", "to": "lead-1",
        "wish": "Go to choir again", "risk": "ordinary", "considered:plan": "yes",
    }  # fmt: skip
    return editing.save(session, record_lists.new(session, "request", person.record_id), values)


def decided(session: Session, person: Record) -> Record:
    """A request with a decision that the team server has not confirmed, and a telling."""
    found = [each for each in standing.of_person(session, person.record_id) if each.decisions]
    if found:
        return found[0].request
    request = requested(session, person)
    decision = editing.read(session, "decision", record_ids.decision_id(request.record_id, 1), person.record_id)
    made: dict[str, Value] = {
        "request_id": request.record_id, "outcome": "declined", "decided_by": "lead-1", "decided_name": "Bea",
        "decided_role": "", "decided_on": "2026-11-22", "reasons": "I miss singing", "alternatives": "A phone number",
        "value": 47630, "measure": "weekly", "learning": "Only a little",
    }  # fmt: skip
    editing.save(session, decision, made)
    telling = record_lists.new(session, "telling", person.record_id)
    told = {"request_id": request.record_id, "told_on": "2026-11-23", "to_whom": "Rhys", "said_back": "Only a little"}
    editing.save(session, telling, told)
    return request


def asking(session: Session, person: Record) -> AskScreen:
    """Asking, with what stands against it."""
    requested(session, person)
    return AskScreen(person.record_id)


def deciding(session: Session, person: Record) -> DecideScreen:
    """Deciding a request that waits."""
    return DecideScreen(person.record_id, requested(session, person).record_id)


def decisions(session: Session, person: Record) -> DecisionsScreen:
    """A request that was decided and told."""
    decided(session, person)
    return DecisionsScreen(person.record_id)


def letters(session: Session, person: Record) -> LettersScreen:
    """The letters about a decision, which has to wait, and about an agreement."""
    decided(session, person)
    editing.save(session, record_lists.new(session, "agreement", person.record_id), {"kind": "direct_payment"})
    return LettersScreen(person.record_id)


def log(session: Session, person: Record) -> DecisionLogScreen:
    """A decision without names."""
    decided(session, person)
    return DecisionLogScreen()


def page(session: Session, person: Record) -> DecisionPageScreen:
    """All of a request that was decided."""
    return DecisionPageScreen(person.record_id, decided(session, person).record_id)


def somebody_else(session: Session, person: Record) -> AskElseScreen:
    """Asking somebody else to decide."""
    return AskElseScreen(person.record_id, requested(session, person).record_id)
