"""What was bought before: to whom it was paid and on which line, so that nothing is typed twice."""

from collections.abc import Mapping

from phb_tui.domain.calendar import dates
from phb_tui.domain.payments import alike
from phb_tui.domain.payments.alike import Bought
from phb_tui.domain.payments.statement_csv import payees
from phb_tui.domain.records.changes import Record, Value
from phb_tui.services.payments import spending
from phb_tui.services.payments.spending import Spending
from phb_tui.services.session import Session

LINE = "line"
"""Name of the field with the id of a purchase's line."""
STATEMENT = "statement"
"""What shows a purchase that was read from a bank statement."""


def line_of_payee(session: Session, person_id: str, payee: str, but: str = "") -> str:
    """The line that was chosen last for something paid to somebody; "" when it never was.

    Args:
        session: The session.
        person_id: Who pays.
        payee: Who was paid, as written.
        but: Id of a purchase that does not count.
    """
    wanted = payees.key(payee)
    if not wanted:
        return ""
    found = (
        each.text("line")
        for each in spending.purchases(session, person_id)
        if each.record_id != but and each.text("line") and payees.key(each.text("payee")) == wanted
    )
    return next(found, "")


def bought(record: Record) -> Bought | None:
    """When a purchase was made and how much it was; None where either cannot be read."""
    day, pence = record.text("date"), spending.pence(record)
    first, last = dates.first_day(day), dates.last_day(day)
    if first is None or last is None or pence is None:
        return None
    return Bought(first, last, pence, record.text("evidence") == STATEMENT)


def alike_to(session: Session, record: Record) -> Record | None:
    """Another purchase that may be the same one, of its own day first; None when there is none."""
    this = bought(record)
    if this is None or not this.pence:
        return None
    others = (
        each for each in spending.purchases(session, record.person_id or "") if spending.pence(each) == this.pence
    )
    there = [(each, found) for each in others if each.record_id != record.record_id and (found := bought(each))]
    rules = (alike.is_same_day, alike.is_near)
    return next((each for rule in rules for each, found in there if rule(this, found)), None)


def with_line(session: Session, found: Spending, record: Record, values: Mapping[str, Value]) -> dict[str, Value]:
    """Values of a purchase, with the line that goes with them where nobody chose one with them.

    That is the line that was chosen for the same payee before, where none was chosen yet; and where the day is another
    one, the line of the same costs in the tax year of that day.
    """
    line, payee, day = record.text(LINE), values.get("payee"), values.get("date")
    if values.get(LINE) or not isinstance(payee if not line else day, str):
        return dict(values)
    if not line:
        line = line_of_payee(session, record.person_id or "", str(payee), record.record_id)
    typed = dates.tidy_past(day, session.today) if isinstance(day, str) else record.text("date")
    fitting = spending.fitting(found, line, dates.last_day(typed) or session.today) if line else ""
    return {**values, LINE: fitting} if fitting and fitting != record.text(LINE) else dict(values)
