"""Reads one row of a statement: a movement of money, or the reason why it is none."""

import re
from dataclasses import dataclass
from datetime import date

from phb_tui.domain.payments.statement_csv import amounts, days
from phb_tui.domain.payments.statement_csv.amounts import IN, OUT, Amount
from phb_tui.domain.payments.statement_csv.headings import Layout, Role
from phb_tui.domain.payments.statement_csv.table import Cells
from phb_tui.domain.text import letters
from phb_tui.i18n import N_, _

_LONGEST_PAYEE = 200
_LONGEST_SHOWN = 120
"""Letters of a row that could not be read, as it is shown."""
_TOTAL = re.compile(
    r"(?:(?:grand |sub ?)?totals?(?: (?:for .{1,40}|(?:paid|money) (?:out|in)|debits?|credits?|withdrawals|deposits))?"
    r"|(?:opening|closing|starting|ending) balance"
    r"|balance (?:brought|carried) forward|(?:brought|carried) forward):?"
)
"""What stands where a row is a sum and no payment; "Total Fitness" is a gym."""
_NOT_PAID = (
    "declined", "reverted", "failed", "cancelled", "canceled", "reversed", "rejected", "refused", "returned", "unpaid",
    "not paid", "bounced", "blocked", "expired", "void", "voided",
)  # fmt: skip
_NOT_YET = ("pending", "authorised", "authorized", "processing")
_POUNDS = ("gbp", "£", "pound", "pounds", "pounds sterling")

NOT_CUT = N_("Its quotation marks do not close.")
NO_DAY = N_("It has no date.")
WRONG_DAY = N_("Its date could not be read.")
FUTURE_DAY = N_("Its date is still to come.")
NO_AMOUNT = N_("It has no amount.")
WRONG_AMOUNT = N_("Its amount could not be read.")
NOTHING = N_("Its amount is nothing.")
BOTH = N_("It has money out and money in.")
TOO_WIDE = N_("It has more columns than the headings.")
TOTAL = N_("It is a total and not a payment.")
NOT_PAID = N_("The bank did not pay it.")
NOT_YET = N_("The bank has not paid it yet. It comes again in a later file.")
NOT_POUNDS = N_("It is not in pounds.")
NO_WAY = N_("It does not say whether it was paid out or came in.")
FEE = N_("A fee stands beside its amount. Write this one by hand, with the fee.")
OTHER_HEADINGS = N_("It stands under other headings. Save that part as a file of its own.")
OTHER_SIGN = N_("Its sign is not that of the other rows. It may take another row back.")


@dataclass(frozen=True, slots=True)
class Row:
    """A movement of money.

    Attributes:
        line: Number of its line in the file.
        day: When.
        pence: How much, above nought.
        way: `OUT` or `IN`.
        payee: To whom or from whom, in the bank's words on one line; "" when the bank says nothing.
        number: 1, and one more for each row before it with the same day, amount and payee.
    """

    line: int
    day: date
    pence: int
    way: str
    payee: str
    number: int = 1


@dataclass(frozen=True, slots=True)
class NotRead:
    """A row that was left out.

    Attributes:
        line: Number of its line in the file.
        reason: Why, as a sentence.
        words: What stands in it, shortened.
    """

    line: int
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of a file are read.

    Attributes:
        today: A row of a later day is left out.
        comma: Whether a comma stands before the pence.
        minus_in: The ways whose own column has a minus sign before most amounts.
    """

    layout: Layout
    today: date
    comma: bool
    month_first: bool
    minus_is_out: bool
    minus_in: frozenset[str] = frozenset()


def row_or_reason(row: Cells, reading: Reading) -> Row | NotRead:
    """The movement of money of a row, or why it is none."""
    cells = row.cells
    if cells is None:
        return not_read(row, NOT_CUT)
    if reason := _left_out(cells, reading.layout):
        return not_read(row, reason)
    day = days.read(reading.layout.cell(cells, Role.DAY), month_first=reading.month_first)
    if day is None or day > reading.today:
        return not_read(row, WRONG_DAY if day is None else FUTURE_DAY)
    if _has_fee(reading.layout.cell(cells, Role.FEE), reading):
        return not_read(row, FEE)
    found = _movement(cells, reading)
    if isinstance(found, str):
        return not_read(row, found)
    pence, way = found
    return Row(row.line, day, pence, way, reading.layout.cell(cells, Role.PAYEE)[:_LONGEST_PAYEE].strip())


def not_read(row: Cells, reason: str) -> NotRead:
    """A row that is left out for a reason."""
    words = row.words if row.cells is None else " ".join(filter(None, row.cells))
    return NotRead(row.line, _(reason), words[:_LONGEST_SHOWN])


def _left_out(cells: tuple[str, ...], layout: Layout) -> str:
    """Why a row is no payment, whatever its amount; "" when it may be one."""
    if layout.width and any(cells[layout.width :]):
        return TOO_WIDE
    if any(_TOTAL.fullmatch(letters.fold(cell)) for cell in cells if len(cell) < _LONGEST_SHOWN):
        return TOTAL
    state = letters.fold(layout.cell(cells, Role.STATE))
    if state in _NOT_PAID:
        return NOT_PAID
    if state in _NOT_YET:
        return NOT_YET
    currency = letters.fold(layout.cell(cells, Role.CURRENCY))
    if currency and currency not in _POUNDS:
        return NOT_POUNDS
    return "" if layout.cell(cells, Role.DAY) else NO_DAY


def _has_fee(text: str, reading: Reading) -> bool:
    """Whether a fee was taken: whether the amount has it in it, no bank's heading says."""
    found = amounts.read(text, comma=reading.comma)
    return any(map(str.isdigit, text)) and (found is None or found.pence != 0)


def _movement(cells: tuple[str, ...], reading: Reading) -> tuple[int, str] | str:
    """Pence above nought and which way they went; a sentence when that cannot be told."""
    return _of_amount(cells, reading) if reading.layout.has(Role.AMOUNT) else _of_two_columns(cells, reading)


def _of_amount(cells: tuple[str, ...], reading: Reading) -> tuple[int, str] | str:
    layout = reading.layout
    text = layout.cell(cells, Role.AMOUNT)
    found = amounts.read(text, comma=reading.comma)
    if found is None or not found.pence:
        return _why_not(text, found)
    way = found.way or amounts.way(layout.cell(cells, Role.WAY))
    if not way and layout.has(Role.WAY):
        return NO_WAY
    by_sign = OUT if (found.pence < 0) is reading.minus_is_out else IN
    return abs(found.pence), way or by_sign


def _of_two_columns(cells: tuple[str, ...], reading: Reading) -> tuple[int, str] | str:
    layout = reading.layout
    texts = [(layout.cell(cells, role), way) for role, way in ((Role.OUT, OUT), (Role.IN, IN))]
    both = [(text, amounts.read(text, comma=reading.comma), way) for text, way in texts if text]
    if wrong := [text for text, amount, _way in both if amount is None]:
        return _why_not(wrong[0], None)
    moved = [(amount, way) for _text, amount, way in both if amount is not None and amount.pence]
    if len(moved) != 1:
        return BOTH if moved else NOTHING if both else NO_AMOUNT
    amount, way = moved[0]
    if (amount.pence < 0) is not (way in reading.minus_in) or amount.way not in {"", way}:
        return OTHER_SIGN
    return abs(amount.pence), way


def _why_not(text: str, found: Amount | None) -> str:
    if found is not None:
        return NOTHING
    return WRONG_AMOUNT if text else NO_AMOUNT
