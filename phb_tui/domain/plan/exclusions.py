"""What a budget may never pay for (NHS (Direct Payments) Regulations 2013; PHB guidance: facts 2.4)."""

from phb_tui.domain.field_types import Problem
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _

NEVER = {"alcohol", "tobacco", "gambling", "debt", "illegal"}
"""Why something might not be possible, where no reason makes it possible."""
KEPT = "kept"


def never(record: Record) -> set[str]:
    """What may not come of what was asked for; what was chosen before stays to be seen."""
    return {KEPT} - {record.text("outcome")} if record.text("reason") in NEVER else set()


def problems(record: Record) -> list[Problem]:
    """That something was kept which a budget may never pay for; older records may say so."""
    if record.text("reason") in NEVER and record.text("outcome") == KEPT:
        return [Problem("outcome", _("A budget may not pay for this. Leave it out of the plan, or find another way."))]
    return []
