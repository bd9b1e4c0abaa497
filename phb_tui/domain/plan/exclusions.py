"""Exclusions: what a budget may never pay for (NHS (Direct Payments) Regulations 2013; PHB guidance)."""

from phb_tui.domain.field_types import Problem
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _

NEVER = {"alcohol", "tobacco", "gambling", "debt", "illegal"}
"""Reasons that exclude an item without exception."""
KEPT = "kept"


def impossible_decisions(record: Record) -> set[str]:
    """Decisions that are not possible for a requested item; one that was chosen earlier stays visible."""
    return {KEPT} - {record.text("outcome")} if record.text("reason") in NEVER else set()


def problems(record: Record) -> list[Problem]:
    """Error for an item that was accepted although a budget may never pay for it; older records may have one."""
    if record.text("reason") in NEVER and record.text("outcome") == KEPT:
        return [Problem("outcome", _("A budget may not pay for this. Leave it out of the plan, or find another way."))]
    return []
