"""Forms of a payment and of a purchase: the one says what is due, the other offers the lines with what is left."""

from __future__ import annotations

from collections.abc import Mapping

from phb_tui.content.forms import FormField
from phb_tui.domain.budget.amounts.pence import pounds
from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record, Value
from phb_tui.i18n import _
from phb_tui.screens.forms.form import FormScreen
from phb_tui.services.payments import line_choices, purchases, spending
from phb_tui.services.payments.due import Payment
from phb_tui.services.payments.line_choices import NONE
from phb_tui.services.payments.spending import LineSpending, Spending
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

STYLES = "../forms/form.tcss"
LINE, AFTER = "line", "payee"
"""Name of the field with the line, and of the field after which it is asked."""


class PaymentForm(FormScreen):
    """The form of one payment, with another amount or day than was due.

    Args:
        payment: The payment.
    """

    CSS_PATH = STYLES

    def __init__(self, payment: Payment) -> None:
        super().__init__(payment.record)
        self._payment = payment

    def heading(self) -> str:
        """What is due, and when."""
        due = self._payment.due
        return _("{sum} due on {day}").format(sum=pounds(due.pence), day=dates.in_words(due.due_on.isoformat()))


class PurchaseForm(FormScreen):
    """The form of one purchase; its line is chosen by name, with what is left of each.

    Args:
        record: The purchase, which may not have been saved yet.
        context: Fields that a new one begins with.
        found: What was spent of each line.
    """

    CSS_PATH = STYLES

    def __init__(self, record: Record, context: Mapping[str, str], found: Spending) -> None:
        super().__init__(record, context=context)
        self._found = found

    def reload(self) -> None:
        """Read the purchase and what is left of each line again."""
        self._found = spending.of_person(self.session, self.record.person_id or "")
        super().reload()

    def _fields(self) -> list[FormField]:
        found = super()._fields()
        names = [field.name for field in found]
        if AFTER in names:
            found.insert(names.index(AFTER) + 1, self._line())
        return found

    def _line(self) -> FormField:
        kept = self.record.text(LINE)
        there = {kept: line_choices.in_words(self._found.names, kept)} if kept else {}
        return FormField.model_construct(
            name=LINE, label=_("From which line of the budget?"), type="choice", options=self._lines(), once=there
        )

    def _lines(self) -> dict[str, str]:
        day = dates.last_day(self.record.text("date")) or self.session.today
        found = {line.id: _words(line) for line in spending.choices(self._found, day)}
        return {**found, NONE: _("None of these lines")}

    def options_of(self, field: FormField) -> Mapping[str, str]:
        """What can be chosen in a field; of the line what is left now."""
        return self._lines() if field.name == LINE else super().options_of(field)

    def _keep(self, values: Mapping[str, Value], record: Record) -> None:
        super()._keep(purchases.with_line(self.session, record, values), record)


def _words(line: LineSpending) -> str:
    if line.left < 0:
        return _("{line}: over by {sum}").format(line=line.name, sum=pounds(-line.left))
    return _("{line}: {sum} left").format(line=line.name, sum=pounds(line.left))


def new_purchase(session: Session, person_id: str, line: str = "") -> PurchaseForm:
    """The form of a new purchase of today.

    Args:
        session: The session.
        person_id: Who pays.
        line: The line that it is on; "" to choose it.
    """
    context = {"date": session.today.isoformat(), **({LINE: line} if line else {})}
    new = record_lists.new(session, spending.PURCHASE, person_id)
    return PurchaseForm(new, context, spending.of_person(session, person_id))


def of_purchase(session: Session, record: Record) -> PurchaseForm:
    """The form of a purchase that is kept."""
    return PurchaseForm(record, {}, spending.of_person(session, record.person_id or ""))
