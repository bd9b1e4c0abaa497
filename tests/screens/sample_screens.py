"""Screens of the harness that need some records of their own to have anything to show."""

from phb_tui.domain.records.changes import Record
from phb_tui.screens.budget.another_rate import AnotherRateScreen
from phb_tui.screens.budget.budget_screen import BudgetScreen
from phb_tui.screens.caseload.due_this_week import DueThisWeekScreen
from phb_tui.screens.decision.agreement import AgreementScreen
from phb_tui.screens.navigation.recovered import RecoveredScreen
from phb_tui.screens.person.transfer import TransferScreen
from phb_tui.screens.plan.preview import LetterScreen
from phb_tui.screens.sync.quarantine import QuarantineScreen
from phb_tui.screens.visit.earlier_answers import EarlierAnswersScreen
from phb_tui.screens.visit.last_time import LastTimeScreen
from phb_tui.services.documents.letters import offered
from phb_tui.services.records import draft_recovery, editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import conversation, visits
from phb_tui.store import change_log, device_status
from phb_tui.store.database import transaction


def due_this_week(session: Session, person: Record) -> DueThisWeekScreen:
    """A task that is late, one of this week, a review and a visit."""
    for what, by_when in (("Ask about a lift", "2026-11-20"), ("It was written down twice", "2026-11-25")):
        task = record_lists.new(session, "task", person.record_id)
        editing.save(session, task, {"what": what, "who": "Bea", "by_when": by_when})
    plan = record_lists.single(session, "care_plan", person.record_id)
    editing.save(session, plan, {"review_date": "2026-11-27"})
    editing.save(session, person, {"next_visit": "2026-11-23"})
    return DueThisWeekScreen()


def last_time(session: Session, person_id: str) -> LastTimeScreen:
    """A visit that was closed, with who was there."""
    new = editing.new_record(session, "visit", person_id)
    visit = editing.save(session, new, {"date": "2026-03-27", "place": "At home", "notes": "choir"})
    there = record_lists.new(session, "attendee", person_id)
    editing.save(session, there, {"visit_id": visit.record_id, "name": "Bea", "speaks_for": "themself"})
    editing.save(session, visits.closing(session, visit), {"read_back": "Bea", "person_says": "Only a little"})
    asked = record_lists.new(session, "agenda", person_id)
    editing.save(session, asked, {"words": "Ask about a lift", "asked_by": "Rhys Price"})
    return LastTimeScreen(person_id)


def letter(session: Session, person: Record) -> LetterScreen:
    """The letter about an agreement that only one side has signed."""
    new = record_lists.new(session, "agreement", person.record_id)
    values = {"kind": "direct_payment", "holder": "person", "read:records": "yes", "signed_by": "Rhys Price"}
    made = editing.save(session, new, dict(values))
    return LetterScreen(person.record_id, f"{offered.AGREEMENT}{made.record_id}")


def earlier_answers(session: Session, person: Record) -> EarlierAnswersScreen:
    """What was answered to the first statement before today, when somebody was there."""
    before = editing.save(session, editing.new_record(session, "visit", person.record_id), {"date": "2026-03-27"})
    statement = session.content.statements[0]
    said = conversation.statement_answer(session, before, statement)
    conversation.save_answer(session, before, said.answer, {"answer": "not_yet", "words": "Nobody told me"})
    visit = visits.todays_or_new(session, person.record_id)
    return EarlierAnswersScreen(conversation.statement_answer(session, visit, statement).answer, visit, statement)


def aside(session: Session, person: Record) -> QuarantineScreen:
    """Something that central kept aside."""
    db, team_id = session.store.db, session.team_id
    editing.save(session, person, {"phone": "01632 960 001"})
    last = change_log.count_pending(db, team_id)
    with transaction(db):
        change_log.acknowledge(
            db, team_id, last, {last: "This change names another person, so the team server could not accept it."}
        )
    return QuarantineScreen()


def recovered(session: Session, person: Record) -> RecoveredScreen:
    """A goal and something for staff that were being written when the app stopped."""
    for kind, field in (("goal", "words"), ("flag", "what")):
        editing.save_draft(session, record_lists.new(session, kind, person.record_id), {field: "Go to choir again"})
    object.__setattr__(session, "recovered", draft_recovery.recover(session))  # as unlocking does
    return RecoveredScreen()


def other_teams(session: Session, person: Record) -> TransferScreen:
    """Teams to hand over to."""
    with transaction(session.store.db):
        device_status.save_roster(session.store.db, {"teams": [["south", "South team"], ["west", "West team"]]})
    return TransferScreen(person.record_id)


def budgeted(session: Session, person: Record) -> Record:
    """A budget of one who helps, with a cost that has no price yet."""
    found = record_lists.of(session, "budget", person.record_id)
    if there := [each for each in found if each.text("name") == "At home"]:
        return there[0]
    worker = editing.save(session, record_lists.new(session, "worker", person.record_id), {
        "name": "Bea", "employed_as": "agency",
    })  # fmt: skip
    budget = editing.save(session, record_lists.new(session, "budget", person.record_id), {
        "name": "At home", "start_date": "2026-04-06", "end_date": "2027-04-04",
        "range_from": "700", "range_to": "900",
    })  # fmt: skip
    lines = (
        ("shift", {"worker_id": worker.record_id, "what": "choir", "mon": "7", "fri": "7", "rate": "25"}),
        ("cost", {"what": "A phone", "price": "45", "often": "month"}),
        ("cost", {"what": "A lift"}),
    )
    for kind, values in lines:
        new = record_lists.new(session, kind, person.record_id)
        editing.save(session, new, {**record_lists.parent_link(budget, kind), **values})
    return budget


def budget(session: Session, person: Record) -> BudgetScreen:
    """A budget."""
    return BudgetScreen(person.record_id, budgeted(session, person).record_id)


def another_rate(session: Session, person: Record) -> AnotherRateScreen:
    """Asking for another rate of the hours in a budget."""
    there = budgeted(session, person)
    lines = [*record_lists.of(session, "shift", person.record_id, there), record_lists.new(session, "shift", "")]
    return AnotherRateScreen(person.record_id, there, lines[0], "Bea: choir")


def agreement(session: Session, person: Record) -> AgreementScreen:
    """A direct payment that the NHS has not signed yet."""
    if not record_lists.of(session, "agreement", person.record_id):
        new = record_lists.new(session, "agreement", person.record_id)
        editing.save(session, new, {
            "kind": "direct_payment", "holder": "person", "account": "own_separate", "start_date": "2026-12-07",
            "read:use_only_for_plan": "yes", "read:tell_changes": "yes", "notice_weeks": "4",
            "signed_by": "Rhys Price", "signed_on": "2026-11-20",
        })  # fmt: skip
    return AgreementScreen(person.record_id)
