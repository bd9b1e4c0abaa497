"""Budgets for screens: hours, a night, a cost and what staff write about the usual package."""

from phb_tui.domain.records.changes import Record
from phb_tui.screens.budget.compare import CompareScreen
from phb_tui.screens.budget.pictures import MoneyPicturesScreen
from phb_tui.screens.budget.what_if import WhatIfScreen
from phb_tui.services.budget import budgets, what_if
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session

_BUDGET = {
    "name": "At home", "start_date": "2026-12-07", "end_date": "2027-12-05", "allowance": "claimed",
    "contingency_weeks": "4", "health": "60", "social": "40",
    "instead": "1416.80", "instead_basis": "quoted", "instead_words": "Nobody told me", "overlap_weeks": "3",
}  # fmt: skip


def kept(session: Session, person: Record) -> Record:
    """A budget of the person; the same one when there is one already."""
    if there := [each for each in budgets.all_of(session, person.record_id) if each.text("name") == _BUDGET["name"]]:
        return there[0]

    def new(kind: str, /, **values: str) -> Record:
        return editing.save(session, record_lists.new(session, kind, person.record_id), values)

    bea = new("worker", name="Bea", age="22_plus").record_id
    budget = new("budget", **_BUDGET)
    of = {"budget_id": budget.record_id}
    days = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "7")
    new("shift", worker_id=bea, what="choir", rate="13.20", bank_holidays="premium", premium="50", **days, **of)
    new("shift", worker_id=bea, sort="sleep_in", rate="50", sat="1", **of)
    new("cost", what="A phone number", kind="equipment", price="200", management="notional", **of)
    return budget


def tried(session: Session, person: Record) -> WhatIfScreen:
    """Something that is tried out: fewer hours, and no nights."""
    budget = kept(session, person)
    if not what_if.all_of(session, budget):
        for line in budgets.read(session, what_if.copy(session, budget)).shifts:
            if line.text("sort") == "sleep_in":
                record_lists.remove(session, line)
            else:
                editing.save(session, line, {"mon": "5", "management": "third_party"})
    return WhatIfScreen(person.record_id, budget.record_id)


def pictures(session: Session, person: Record) -> MoneyPicturesScreen:
    """Where the money goes, and the week."""
    return MoneyPicturesScreen(person.record_id, kept(session, person).record_id)


def compared(session: Session, person: Record) -> CompareScreen:
    """The budget next to the usual package."""
    return CompareScreen(person.record_id, kept(session, person).record_id)
