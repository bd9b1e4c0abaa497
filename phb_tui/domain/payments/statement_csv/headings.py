"""Finds which column of a statement is which: by its headings, else by a guess that is asked about."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from phb_tui.domain.payments.statement_csv import amounts, days
from phb_tui.domain.payments.statement_csv.table import Cells
from phb_tui.domain.text import letters


class Role(Enum):
    """What a column of a statement holds."""

    DAY = "day"
    PAYEE = "payee"
    AMOUNT = "amount"
    OUT = "out"
    IN = "in"
    WAY = "way"
    STATE = "state"
    CURRENCY = "currency"
    FEE = "fee"


CHOSEN = (Role.DAY, Role.PAYEE, Role.AMOUNT, Role.OUT, Role.IN)
"""Roles that somebody can give a column; the others are read where a heading names them."""

_NAMES: Mapping[Role, tuple[str, ...]] = {
    Role.DAY: (
        "transaction date", "date of transaction", "trans date", "purchase date", "date", "date and time", "date time",
        "day", "booking date", "completed date", "date completed", "posting date", "posted date", "date posted",
        "entry date", "processed date", "value date", "effective date", "started date", "settlement date", "created",
    ),
    Role.PAYEE: (
        "payee", "payee name", "merchant", "merchant name", "counter party", "counterparty", "paid to", "beneficiary",
        "beneficiary name", "name", "description", "transaction description", "details", "transaction details",
        "narrative", "narrative 1", "transaction narrative", "particulars", "memo", "text", "transaction",
        "reference", "payment reference", "narrative 2", "notes",
    ),
    Role.AMOUNT: (
        "amount", "amount gbp", "gbp amount", "amount in gbp", "transaction amount", "billing amount", "billed amount",
        "payment amount", "net amount", "value", "sum", "gbp",
    ),
    Role.OUT: (
        "money out", "paid out", "debit", "debits", "debit amount", "withdrawal", "withdrawals", "withdrawal amount",
        "withdrawn", "amount out", "out", "outgoing", "outgoings", "payments out", "spent", "spend", "dr",
        "amount debited", "amount debit", "paid",
    ),
    Role.IN: (
        "money in", "paid in", "credit", "credits", "credit amount", "deposit", "deposits", "deposit amount",
        "amount in", "in", "incoming", "payments in", "received", "receipts", "cr", "amount credited", "amount credit",
        "loaded", "load amount", "top up",
    ),
    Role.WAY: (
        "dr cr", "cr dr", "debit credit", "credit debit", "debit or credit", "credit debit indicator", "indicator",
        "direction", "sign", "dc", "d c", "type", "transaction type", "credit or debit",
    ),
    Role.STATE: ("state", "status", "transaction status", "transaction state"),
    Role.CURRENCY: ("currency", "currency code", "ccy", "transaction currency", "account currency"),
    Role.FEE: ("fee", "fees", "fee amount", "transaction fee", "transaction fees", "charge", "charges", "bank charges"),
}  # fmt: skip
"""The headings that banks write over a column, those first that are looked for first."""
_MONEY = (Role.DAY, Role.AMOUNT, Role.OUT, Role.IN)
"""Roles by which headings that come again are the same ones."""
_MOST_ABOVE = 40
"""Rows above the headings that are looked through: name of the account, the time it is for."""
_NOT_IN_POUNDS = re.compile(r"\((?:(?!gbp\))[a-z]{3}|p|pence|minor units?)\)|[€$¥]")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_SAMPLE = 60
_MOST_OF = (3, 5)
"""Share of the filled cells of a column that have to be days or amounts for the guess that it holds them."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns hold what, by their numbers from 0.

    Attributes:
        columns: The columns of each role; a cell that is empty is looked for in the next one.
        width: How many columns the headings have; 0 when it is not known.
    """

    columns: Mapping[Role, tuple[int, ...]]
    width: int = 0

    def cell(self, cells: Sequence[str], role: Role) -> str:
        """The first filled cell of a role; "" when there is none."""
        return next((cells[n] for n in self.columns.get(role, ()) if n < len(cells) and cells[n]), "")

    def has(self, role: Role) -> bool:
        """Whether a column holds this."""
        return bool(self.columns.get(role))

    @property
    def is_whole(self) -> bool:
        """Whether rows can be read by it: a day, a payee, and an amount or what was paid out."""
        return self.has(Role.DAY) and self.has(Role.PAYEE) and (self.has(Role.AMOUNT) or self.has(Role.OUT))

    def role_of(self, column: int) -> Role | None:
        """What a column holds; None for nothing that is read."""
        return next((role for role, numbers in self.columns.items() if column in numbers), None)

    def with_role(self, column: int, role: Role | None) -> "Layout":
        """The same with another role for a column; of each role but the payee there is only one column then."""
        kept = {each: tuple(n for n in numbers if n != column) for each, numbers in self.columns.items()}
        if role is not None:
            kept[role] = (*kept.get(role, ()), column) if role is Role.PAYEE else (column,)
        return Layout({each: numbers for each, numbers in kept.items() if numbers}, self.width)


def find(rows: Sequence[Cells]) -> tuple[int, Layout] | None:
    """The place of the row with headings among the first rows, and what it says; None when there is none."""
    for place, row in enumerate(rows[:_MOST_ABOVE]):
        layout = _by_names(row.cells or ())
        if _is_heading(layout, row):
            return place, _checked(layout, rows[place + 1 :])
    return None


def guess(rows: Sequence[Cells]) -> Layout:
    """What the columns of a file without headings could be, by what stands in them."""
    sample = [row.cells for row in rows[:_SAMPLE] if row.cells]
    columns = [
        [cells[n] for cells in sample if n < len(cells) and cells[n]] for n in range(max(map(len, sample), default=0))
    ]
    found: dict[Role, tuple[int, ...]] = {}
    longest = 0
    for number, filled in enumerate(columns):
        if not filled:
            continue
        if _mostly(days.read(text) or days.read(text, month_first=True) for text in filled):
            found.setdefault(Role.DAY, (number,))
        elif _mostly(amounts.read(text) for text in filled):
            if any("." in text or "," in text for text in filled):
                found.setdefault(Role.AMOUNT, (number,))
        elif (length := sum(map(len, filled))) > longest:
            longest, found[Role.PAYEE] = length, (number,)
    return Layout(found, len(columns))


def apart(rows: Iterable[Cells], layout: Layout) -> tuple[list[Cells], list[Cells]]:
    """The rows without headings that are repeated, as at the top of each page; those under other headings apart.

    Args:
        rows: The rows below the first headings.
        layout: What the first headings say, or what was agreed where there are none.
    """
    found: tuple[list[Cells], list[Cells]] = [], []
    is_other = False
    for row in rows:
        there = _by_names(row.cells or ())
        if _is_heading(there, row):
            is_other = any(there.columns.get(role) != layout.columns.get(role) for role in _MONEY)
        else:
            found[is_other].append(row)
    return found


def _is_heading(layout: Layout, row: Cells) -> bool:
    """Whether a row names columns; not one with a date, such as a payment in "GBP" whose state is "Created"."""
    names = layout.has(Role.DAY) and (layout.has(Role.AMOUNT) or layout.has(Role.OUT))
    return names and not any(days.read(cell) or days.read(cell, month_first=True) for cell in row.cells or ())


def _by_names(cells: Sequence[str]) -> Layout:
    names = [_name(cell) for cell in cells]
    found: dict[Role, tuple[int, ...]] = {}
    for role, wanted in _NAMES.items():
        there = [names.index(name) for name in wanted if name in names]
        if there:
            found[role] = tuple(there) if role is Role.PAYEE else (there[0],)
    spare = (Role.AMOUNT,) if Role.OUT in found and Role.IN in found else (Role.OUT, Role.IN)
    if Role.AMOUNT in found:
        found = {role: numbers for role, numbers in found.items() if role not in spare}
    return Layout(found, len(cells))


def _name(heading: str) -> str:
    """A heading as it is compared: small letters, without brackets and signs; as it is where it is not in pounds."""
    folded = letters.fold(heading[:80])
    if _NOT_IN_POUNDS.search(folded):
        return folded
    return " ".join(re.findall(r"[a-z0-9]+", _IN_BRACKETS.sub(" ", folded)))


def _checked(layout: Layout, rows: Sequence[Cells]) -> Layout:
    """The layout without a column of ways that says something else in most rows, such as "Card payment"."""
    if not layout.has(Role.WAY):
        return layout
    filled = [text for row in rows if row.cells and (text := layout.cell(row.cells, Role.WAY))]
    if sum(bool(amounts.way(text)) for text in filled) * 2 > len(filled):
        return layout
    return Layout({role: numbers for role, numbers in layout.columns.items() if role is not Role.WAY}, layout.width)


def _mostly(found: Iterable[object]) -> bool:
    every = [each is not None for each in found]
    return bool(every) and sum(every) * _MOST_OF[1] >= len(every) * _MOST_OF[0]
