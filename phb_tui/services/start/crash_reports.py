"""Crash reports, stored in the encrypted store because they may contain a person's words."""

from phb_tui.errors import StoreProblem
from phb_tui.services.session import Session
from phb_tui.store import key_values

LONGEST = 20_000


def keep(session: Session, reference: str, report: str) -> bool:
    """Store a crash report under the reference that the nurse was shown.

    Returns:
        Whether the disk took it.
    """
    try:
        key_values.put(session.store.db, {f"problem {reference}": report[-LONGEST:]})
    except StoreProblem:
        return False
    return True
