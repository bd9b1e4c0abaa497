"""What is said about one payment: which it is, what was paid of it before, and what is left to pay."""

from __future__ import annotations

from collections.abc import Iterator

from phb_tui.domain.budget.amounts.pence import pounds
from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.services.payments import spending
from phb_tui.services.payments.due import Payment


def left_to_pay(payment: Payment) -> str:
    """What is left to pay, or that nothing is."""
    if payment.is_unreadable:
        return _("which amount?")
    if not payment.is_due:
        return _("not due any more")
    return _("{sum} left to pay").format(sum=pounds(payment.to_pay)) if payment.to_pay else _("nothing left to pay")


def which(payment: Payment) -> Iterator[str]:
    """Which payment it is, what was paid of it and what is left, in sentences."""
    day, whole = dates.in_full(payment.due.due_on.isoformat()), pounds(payment.due.pence)
    if payment.is_due:
        yield _("{payment}: {sum} due on {day}.").format(payment=payment.name, sum=whole, day=day)
    else:
        yield _("{payment}: {sum}, for {day}.").format(payment=payment.name, sum=whole, day=day)
        yield _("A newer version of the budget is being paid. What was paid here counts for it.")
    if payment.paid:
        yield _("Paid: {parts}.").format(parts=parts_in_words(payment))
    if payment.taken_off:
        words = _("{sum} of it was paid before, by an older version of the budget.")
        yield words.format(sum=pounds(payment.taken_off))
    more = payment.paid + payment.taken_off - payment.due.pence
    if payment.is_due and payment.to_pay and (payment.paid or payment.taken_off):
        yield _("Left to pay: {sum}.").format(sum=pounds(payment.to_pay))
    elif payment.is_due and more > 0:
        yield _("That is {sum} more than was due.").format(sum=pounds(more))


def parts_in_words(payment: Payment) -> str:
    """Each part with its amount and day."""
    found = []
    for part in payment.parts:
        if not part.day:
            found.append(_("{sum}, day not written").format(sum=pounds(part.pence)))
        else:
            found.append(_("{sum} on {day}").format(sum=pounds(part.pence), day=dates.in_words(part.day)))
    return "; ".join(found)


def perhaps_twice(other: Record) -> str:
    """That a purchase may be written down already, as another one."""
    day, payee = dates.in_full(other.text("date")), " ".join(other.text("payee").split())
    words = _("The same amount is written down already: {sum}, {day}, {payee}. If this is the same, keep only one.")
    return words.format(sum=pounds(abs(spending.pence(other) or 0)), day=day, payee=payee or _("not written to whom"))
