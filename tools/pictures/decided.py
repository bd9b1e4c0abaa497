"""Two people of the picture's laptop whose budgets were asked about: one waits for an answer, one is being paid."""

from phb_tui.services.payments import making
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.services.decision import samples

WISH = "A tablet, so that I can talk to my sister when my hands shake too much for the phone."
REASONS = "The hours fit what you told us, and the plan says how we will know that they help."
BOUGHT = (("29.99", "The swimming pool", "2026-11-18"), ("12.50", "Taxi to the day centre", "2026-11-20"))


def write(session: Session, waits: str, paid: str) -> None:
    """Write what was asked, decided, paid and bought, as central holds it.

    Args:
        session: The session.
        waits: The id of who waits for an answer.
        paid: The id of whose budget is being paid.
    """
    own = [{"role": "nurse advisor", "nature": "one_off", "first": 200_000}]
    samples.set_policy(session, {**samples.POLICY, "self": own})
    samples.set_staff(session, [*samples.STAFF, (session.nurse.id, session.nurse.name, session.nurse.role)])
    _waits(session, waits)
    _is_paid(session, paid)


def _waits(session: Session, person: str) -> None:
    version = samples.kept_version(session, person, examples.c())
    plan = samples.agreed_plan(session, person)
    samples.request_for(
        session, version, plan_id=plan.record_id, to=session.nurse.id, risk="ordinary", wish=WISH,
        promised_by="2026-11-27", **{"considered:plan": "yes", "considered:needs": "yes"},
    )  # fmt: skip


def _is_paid(session: Session, person: str) -> None:
    version = samples.kept_version(session, person, examples.b(), start_date="2026-10-05", end_date="2027-10-03")
    request = samples.request_for(session, version, asked_on="2026-09-14", risk="ordinary", wish=WISH)
    decision = samples.decision_about(session, request, decided_on="2026-09-21", reasons=REASONS)
    samples.confirm(session, version, request, decision)
    telling = record_lists.new(session, "telling", person)
    editing.save(session, telling, {"request_id": request.record_id, "told_on": "2026-09-22", "told_how": "spoken"})
    making.make(session, person, version.record_id)
    for amount, payee, day in BOUGHT:
        new = record_lists.new(session, "purchase", person)
        editing.save(session, new, {"amount": amount, "payee": payee, "date": day})
