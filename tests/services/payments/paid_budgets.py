"""A person whose budget was approved, as central holds it, and is being paid."""

from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.records.changes import Record, Value
from phb_tui.services.payments import making
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.services.decision.samples import confirm, decision_about, kept_version, request_for


def approved(
    session: Session, person_id: str, example: Records | None = None, decided: str = "2026-03-20", **more: str
) -> Record:
    """A version that was kept and approved, which central has confirmed; example A where no other is given."""
    version = kept_version(session, person_id, example or examples.a(), **more)
    request = request_for(session, version)
    confirm(session, version, request, decision_about(session, request, decided_on=decided))
    return version


def paying(session: Session, person_id: str, example: Records | None = None) -> Record:
    """The same, with its payments made."""
    version = approved(session, person_id, example)
    making.make(session, person_id, version.record_id)
    return version


def told(session: Session, person_id: str, version: Record, day: str) -> None:
    """The person was told of the decision about a version."""
    (request,) = [
        each for each in record_lists.of(session, "request", person_id) if each.text("version_id") == version.record_id
    ]
    telling = record_lists.new(session, "telling", person_id)
    editing.save(session, telling, {"request_id": request.record_id, "told_on": day})


def bought(session: Session, person_id: str, amount: str, line: str = "", **values: Value) -> Record:
    """Something that was paid for."""
    new = record_lists.new(session, "purchase", person_id)
    return editing.save(session, new, {"amount": amount, "date": "2026-11-20", "line": line, **values})
