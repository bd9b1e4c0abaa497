"""Whether a person's budget is enough, by their records."""

from phb_tui.domain.budget import purposes, version_content
from phb_tui.domain.budget import sufficiency as rule
from phb_tui.domain.budget.sufficiency import Plan, Sufficiency
from phb_tui.domain.budget.work import Worked
from phb_tui.domain.records.changes import Record
from phb_tui.services.budget import budgets
from phb_tui.services.budget.budgets import BudgetRecords
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

KINDS = ("need", "goal", "support", "contact", *budgets.KINDS, "budget_version")


def of(session: Session, records: BudgetRecords, worked: Worked) -> Sufficiency:
    """How each need stands, and which lines of the budget are for none.

    Args:
        session: The session.
        records: The budget.
        worked: What it was worked out to; a line that meets a need has to count there.
    """
    found = record_lists.of_kinds(session, KINDS, records.budget.person_id or "")

    def all_of(*kinds: str) -> list[Record]:
        return [record for record in found if record.kind in kinds]

    plan = Plan(all_of("need"), all_of("goal"), all_of("support"), all_of("contact"))
    running = _running(session, records, all_of("budget"), all_of("budget_version"))
    elsewhere = [line for line in all_of("shift", "cost") if line.text("budget_id") in running]
    return rule.sufficiency(plan, records.lines, counting(records, worked), elsewhere)


def counting(records: BudgetRecords, worked: Worked) -> set[str]:
    """Ids of the shifts and costs that can be worked out and have a day in the budget; what is free counts too."""
    ids = {record.record_id: record for record in records.lines}
    found = ((ids.get(version_content.source_id(line.id, ids)), line.pence) for line in worked.lines)
    free = {record.record_id for record in records.costs if not record.text("price").strip("£ 0.,")}
    return {record.record_id for record, pence in found if record and (pence or record.record_id in free)}


def _running(session: Session, records: BudgetRecords, there: list[Record], versions: list[Record]) -> set[str]:
    """Ids of the person's other budgets that were kept as final and have not ended.

    But for those that it takes over, and for the one that it is a copy of, in which something is tried out.
    """
    kept = {each.text("budget_id") for each in versions if each.text("number") and each.text("for") == "final"}
    before, own = records.before, {records.budget.record_id, records.budget.text("what_if_of_id")}
    while before is not None:
        own.add(before.budget.record_id)
        before = before.before
    running = {each.record_id for each in purposes.meant(there) if not record_lists.has_ended(session, each)}
    return (kept & running) - own
