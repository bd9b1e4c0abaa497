"""Forms of a payment and of a purchase: the one says what is due, the other offers the lines with what is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static

from phb_tui.content import forms
from phb_tui.content.forms import FormField, Page
from phb_tui.domain.budget.amounts.pence import pounds
from phb_tui.domain.calendar import dates
from phb_tui.domain.payments import parts
from phb_tui.domain.records.changes import Record, Value
from phb_tui.errors import PhbError
from phb_tui.i18n import _
from phb_tui.screens.forms.child_records import Undoing
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.lists.line_list import Line, LineList, refill
from phb_tui.screens.payments import payment_words
from phb_tui.services.payments import due, line_choices, purchases, spending
from phb_tui.services.payments.due import Payment
from phb_tui.services.payments.line_choices import NONE
from phb_tui.services.payments.purchases import LINE
from phb_tui.services.payments.spending import LineSpending, Spending
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

STYLES = "../forms/form.tcss"
TAKE_BACK = "take-back"
"""Id of the line that takes a payment back, and of its list."""
AFTER = "payee"
"""Name of the field after which the line is asked."""


class PaymentForm(FormScreen):
    """The form of one payment: which it is, what is left to pay, and the parts in which it was paid.

    Args:
        payment: The payment.
    """

    CSS_PATH = STYLES

    def __init__(self, payment: Payment) -> None:
        self._payment = payment
        self._asked_for = parts.next_fields(payment.record) if payment.to_pay else None
        """Names of the fields of the next part, as the form was opened; None where nothing is left to pay."""
        name = self._asked_for[0] if self._asked_for else ""
        super().__init__(payment.record, forms.page_of(payment.record.kind, name))

    @property
    def _now(self) -> Payment:
        """The payment with what is written by now."""
        return self._payment.as_written(self.record)

    def heading(self) -> str:
        """Which payment it is, and what is left to pay."""
        return f"{self._now.name} · {payment_words.left_to_pay(self._now)}"

    def _compose_page(self) -> Iterable[Widget]:
        yield Static("", id="which", classes="note", markup=False)
        yield from super()._compose_page()
        yield Undoing(id=TAKE_BACK, markup=False)

    def _show_fields(self) -> None:
        super()._show_fields()
        self._say_which()

    def _say_which(self) -> None:
        """Say which payment it is, and offer to take back what was paid."""
        now = self._now
        for said in self.query("#which").results(Static):  # none while the page is drawn anew
            said.update("\n".join(payment_words.which(now)))
        for listed in self.query(Undoing):
            there = any(parts.written(self.record))
            refill(listed, [Line(_("It was not paid: take it back"), TAKE_BACK, "t")] if there else [])
            listed.set_class(not there, "hidden")

    def _fields(self) -> list[FormField]:
        """The fields of the page: a further part only where one is written or something is left to pay."""
        found, now = super()._fields(), self._now
        left = {name for names in parts.FIELDS[1:] for name in names if not self.record.text(name)}
        if not now.to_pay:
            found = [field for field in found if field.name not in left]
        words = _("of {sum}").format(sum=pounds(self._payment.to_pay))  # true also once a part of it is written
        of_next = self._asked_for[1] if self._asked_for else ""
        return [field.model_copy(update={"hint": words}) if field.name == of_next else field for field in found]

    def _is_page_asked(self, page: Page) -> bool:
        """Whether a page is asked: one for a further part only where one is written or something is left to pay."""
        written = any(self.record.text(field.name) for field in page.fields)
        return super()._is_page_asked(page) and (written or page == self.form.pages[0] or bool(self._now.to_pay))

    def _focus_first(self) -> None:
        """Focus the day of the part that is to be written next."""
        name = self._asked_for[0] if self._asked_for else ""
        for widget in self.query(f"#field-{name}") if name else ():
            self.set_focus(widget, scroll_visible=False)
            return
        super()._focus_first()

    def _keep(self, values: Mapping[str, Value], record: Record) -> None:
        super()._keep(values, record)
        self._say_which()
        self.refresh_head()

    @on(LineList.OptionSelected, f"#{TAKE_BACK}")
    def _take_back(self, event: LineList.OptionSelected) -> None:
        """Write that it was not paid, and go back to the list."""
        event.prevent_default()
        if not self.phb_app.autosaver.save_all():
            return
        try:
            due.take_back(self.session, self.record)
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.saved = _("Cleared: it was not paid")
        self.action_back()


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

    def compose_body(self) -> ComposeResult:
        """Compose what may be written down already above what scrolls, and the form."""
        yield Static("", id="twice", classes="note hidden", markup=False)
        yield from super().compose_body()

    def _show_fields(self) -> None:
        super()._show_fields()
        self._say_twice()

    def _say_twice(self) -> None:
        """Say that it may be written down already."""
        other = purchases.alike_to(self.session, self.record)
        said = self.query_one("#twice", Static)
        said.update(payment_words.perhaps_twice(other) if other is not None else "")
        said.set_class(other is None, "hidden")

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
        before = record.text(LINE)
        super()._keep(purchases.with_line(self.session, self._found, record, values), record)
        self._say_twice()
        if self.record.text(LINE) != before:
            self.call_next(self.reload)  # the line that was brought is shown as chosen, with what is left of it


def _words(line: LineSpending) -> str:
    if line.left < 0:
        return _("{line}: over by {sum}").format(line=line.name, sum=pounds(-line.left))
    return _("{line}: {sum} left").format(line=line.name, sum=pounds(line.left))


def new_purchase(session: Session, person_id: str, line: str = "") -> PurchaseForm:
    """The form of a new purchase of today.

    Args:
        session: The session.
        person_id: Who pays.
        line: The line that it is on, in this tax year where that has one of the same costs; "" to choose it.
    """
    found = spending.of_person(session, person_id)
    line = spending.fitting(found, line, session.today) or line if line else ""
    context = {"date": session.today.isoformat(), **({LINE: line} if line else {})}
    return PurchaseForm(record_lists.new(session, spending.PURCHASE, person_id), context, found)


def of_purchase(session: Session, record: Record) -> PurchaseForm:
    """The form of a purchase that is kept."""
    return PurchaseForm(record, {}, spending.of_person(session, record.person_id or ""))
