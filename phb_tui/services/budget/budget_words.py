"""What the parts of a budget are called where they are read: its lines, ways of managing, payers and groups."""

from phb_tui.content import forms
from phb_tui.domain.budget import shares_of_money
from phb_tui.domain.budget.inputs import STREAMS
from phb_tui.domain.budget.work import Worked
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _, n_
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session

_GROUPS = {
    shares_of_money.SUPPORT: N_("Hours of support"),
    shares_of_money.EMPLOYING: N_("What employing costs"),
    shares_of_money.TRAINING: N_("Training"),
    shares_of_money.MANAGING: N_("Managing the money"),
    shares_of_money.ACTIVITIES: N_("Activities and breaks"),
    shares_of_money.THINGS: N_("Equipment and other things"),
    shares_of_money.PUT_BY: N_("Put by for emergencies"),
}
_PAYERS = dict(zip(STREAMS, (N_("The NHS"), N_("Social care"), N_("Education")), strict=True))


def group(name: str) -> str:
    """A group of what the money is for."""
    return _(_GROUPS[name]) if name in _GROUPS else name


def way(name: str) -> str:
    """A way of managing; what is put by has none of its own."""
    return group(name) if name in _GROUPS else forms.show("budget", "management", name)


def payer(name: str) -> str:
    """One of those who pay."""
    return _(_PAYERS[name]) if name in _PAYERS else name


def line(session: Session, record: Record) -> str:
    """A line of a budget: who comes and what for, or what is paid for."""
    if record.kind != "shift":
        return record_lists.title(session, record)
    who = editing.read(session, "worker", record.text("worker_id"), record.person_id).text("name")
    return ": ".join(part for part in (who, record.text("what")) if part) or record_lists.title(session, record)


def left_out(found: Worked) -> str:
    """How many lines are half filled in and not in the totals, in a sentence; "" when every line is."""
    budget = found.budget
    if budget is None:
        return _("Nothing can be worked out yet: write the first and the last day of the budget.")
    there = {budget.id, *(each.id for kind in (budget.workers, budget.shifts, budget.costs) for each in kind)}
    count = len({problem.id for problem in found.problems} - there)
    if not count:
        return ""
    return n_(
        "{count} line cannot be worked out yet and is not in these sums.",
        "{count} lines cannot be worked out yet and are not in these sums.",
        count,
    ).format(count=count)
