"""Days before which the date in a field cannot have been, by another record."""

from collections.abc import Mapping
from datetime import date

from phb_tui.domain.calendar import whole_days
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record, Value
from phb_tui.services.records import reading
from phb_tui.services.session import Session

TOLD_ON = ("telling", "told_on")
"""The kind and the field with the day on which the person was told what was decided."""


def of(session: Session, record: Record, values: Mapping[str, Value]) -> dict[str, date]:
    """The day before which each of some fields cannot have been; a field without such a day is left out.

    Args:
        session: The session.
        record: The record.
        values: What is written in it now; its parent may be among it.
    """
    kind, name = TOLD_ON
    if record.kind != kind or name not in values:
        return {}
    decided = first_decided(session, {**record.fields, **values}.get("request_id"), record.person_id)
    return {name: decided} if decided is not None else {}


def first_decided(session: Session, request_id: Value, person_id: str | None) -> date | None:
    """The day of the first decision about a request; None where nothing is decided or the day cannot be read."""
    if not isinstance(request_id, str) or not request_id:
        return None
    decision = reading.read(session, "decision", record_ids.decision_id(request_id, 1), person_id)
    return whole_days.whole(decision.text("decided_on"))
