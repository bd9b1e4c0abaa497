"""A budget that was approved and is being paid, with purchases, for screens of the harness."""

from datetime import date

from phb_tui.domain.payments.schedule import Due
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record
from phb_tui.screens.payments.payment_forms import PaymentForm, PurchaseForm, new_purchase
from phb_tui.services.payments import making, spending
from phb_tui.services.payments.due import Payment, State
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens import sample_budgets
from tests.screens.screen_harness import arrive


def paying(session: Session, person: Record) -> Record:
    """The budget of `sample_budgets`, approved as central holds it, its payments made, and two things bought; once."""
    if there := record_lists.of(session, "request", person.record_id):
        return there[0]
    version = sample_budgets.version(session, person)
    request = record_lists.new(session, "request", person.record_id)
    request = editing.save(session, request, {"version_id": version.record_id, "asked_on": "2026-11-20"})
    decision = editing.read(session, "decision", record_ids.decision_id(request.record_id, 1), person.record_id)
    made = {"request_id": request.record_id, "outcome": "approved", "decided_by": "x", "decided_on": "2026-11-22"}
    for record in (version, request, editing.save(session, decision, dict(made))):
        arrive(session, record, record.fields)
    making.make(session, person.record_id, version.record_id)
    line = spending.of_person(session, person.record_id).lines[0]
    bought = {"date": "2026-11-20", "payee": "Ada Okafor"}
    for amount, on in (("129.99", line.id), ("7.50", "none")):
        new = record_lists.new(session, "purchase", person.record_id)
        editing.save(session, new, {**bought, "amount": amount, "line": on})
    return request


def payment_form(session: Session, person: Record) -> PaymentForm:
    """The form of a payment that is due, whatever else is kept."""
    record = record_lists.new(session, "payment", paying(session, person).person_id or "")
    return PaymentForm(Payment(Due("version", 1, "instalment", date(2026, 11, 20), 12_999, ""), record, State.DUE, 0))


def purchase_form(session: Session, person: Record) -> PurchaseForm:
    """The form of something new that was paid for."""
    return new_purchase(session, paying(session, person).person_id or "")
