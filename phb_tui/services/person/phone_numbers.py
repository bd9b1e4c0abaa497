"""The people around a person who can be rung."""

from phb_tui.domain.records.changes import YES, Record
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session


def first_to_ring(session: Session, person_id: str) -> Record | None:
    """The contact to ring first: a carer with a phone number, else anybody with one; None when nobody has."""
    there = [
        contact
        for contact in record_lists.of(session, "contact", person_id)
        if contact.text("contact").strip() and not record_lists.has_ended(session, contact)
    ]
    return next((contact for contact in there if contact.text("is_carer") == YES), next(iter(there), None))
