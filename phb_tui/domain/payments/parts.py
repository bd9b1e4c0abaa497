"""The parts in which a payment was made: each is a day and an amount, as a bank statement has them."""

from collections.abc import Iterator
from typing import NamedTuple

from phb_tui.domain.budget.amounts.figures import read_money
from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record

FIELDS = (("paid_on", "paid"), ("second_on", "second"), ("third_on", "third"))
"""Names of the fields with the day and the amount of each part."""


class Part(NamedTuple):
    """A part of a payment that was written down.

    Attributes:
        day: When it was paid, as it is kept; "" where nobody wrote it.
        pence: How much; 0 where nobody can read what was written.
    """

    day: str
    pence: int


def of(record: Record, due: int) -> list[Part]:
    """The parts of a payment of which something was written; one with a day alone is all that was left.

    Args:
        record: The payment.
        due: Pence that were due.
    """
    found: list[Part] = []
    for day, amount in written(record):
        left = max(0, due - sum(part.pence for part in found))
        pence = (read_money(amount) or 0) if amount else left if dates.is_date(day) else 0
        found.append(Part(day, pence))
    return found


def written(record: Record) -> Iterator[tuple[str, str]]:
    """The day and the amount of each part, as they are kept; none of which nothing was written."""
    for on, amount in FIELDS:
        if record.text(on).strip() or record.text(amount).strip():
            yield record.text(on).strip(), record.text(amount).strip()


def paid(record: Record, due: int) -> int:
    """Pence that were paid of a payment."""
    return sum(part.pence for part in of(record, due))


def is_unreadable(record: Record) -> bool:
    """Whether an amount was written that nobody can read."""
    return any(amount and read_money(amount) is None for _day, amount in written(record))


def lacks_day(record: Record) -> bool:
    """Whether an amount was written without the day on which it was paid."""
    return any(amount and dates.last_day(day) is None for day, amount in written(record))


def next_fields(record: Record) -> tuple[str, str] | None:
    """Names of the fields of the first part of which nothing was written; None when all are taken."""
    return next(
        (names for names in FIELDS if not any(record.text(name).strip() for name in names)),
        None,
    )
