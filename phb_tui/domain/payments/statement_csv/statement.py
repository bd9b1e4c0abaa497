"""Reads a statement: what was paid out, what came in, and each row that could not be read, with the reason.

What cannot be told from the file is asked: which column is which, which number of a date is the month, and whether a
minus sign means paid out. Nothing is guessed where a wrong guess would give a wrong payment.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from phb_tui.domain.payments.statement_csv import amounts, days, encoding, headings, payees, table
from phb_tui.domain.payments.statement_csv.amounts import IN, OUT
from phb_tui.domain.payments.statement_csv.headings import Layout, Role
from phb_tui.domain.payments.statement_csv.rows import OTHER_HEADINGS, NotRead, Reading, Row, not_read, row_or_reason
from phb_tui.domain.payments.statement_csv.table import Cells
from phb_tui.i18n import _

__all__ = ["NOTHING_ANSWERED", "Answers", "Ask", "Column", "NotRead", "Row", "Statement", "read"]

_EXAMPLES = 3
"""Cells of a column that are shown where it is asked what the column holds."""
_LONGEST_EXAMPLE = 60


class Ask(Enum):
    """What cannot be told from a file, in the order in which it is asked."""

    COLUMNS = "columns"
    ORDER = "order"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody said about a file; None for what the file says itself.

    Attributes:
        layout: Which column is which.
        month_first: Whether the month stands before the day.
        minus_is_out: Whether an amount with a minus sign was paid out.
    """

    layout: Layout | None = None
    month_first: bool | None = None
    minus_is_out: bool | None = None


NOTHING_ANSWERED = Answers()


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is shown where it is asked about: its heading, and a few of its cells."""

    heading: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What was read of a file.

    Attributes:
        refused: Why nothing could be read, as a sentence; "" otherwise.
        asks: What has to be asked before the rows are right, in this order.
        answers: How it was read: what the file says, or what was answered.
        columns: Its columns.
        signed: Whether the sign of an amount says which way the money went, so that it can be turned round.
        paid_out: What was paid, in the order of the file; each amount above nought.
        money_in: What came in; each amount above nought.
        not_read: The rows that were left out, each with its reason.
    """

    refused: str = ""
    asks: tuple[Ask, ...] = ()
    answers: Answers = NOTHING_ANSWERED
    columns: tuple[Column, ...] = ()
    signed: bool = False
    paid_out: tuple[Row, ...] = ()
    money_in: tuple[Row, ...] = ()
    not_read: tuple[NotRead, ...] = ()


def read(data: bytes, today: date, answered: Answers = NOTHING_ANSWERED) -> Statement:
    """Read a file, whatever it is; nothing raises.

    Args:
        data: The file.
        today: A row of a later day is left out.
        answered: What was answered about it before.
    """
    if words := encoding.refusal(data):
        return Statement(refused=words)
    rows = list(table.rows(encoding.decoded(data)))
    if len(rows) > table.MOST_ROWS:
        words = _("This file has more than {count:,} lines. In your bank's website choose a shorter time.")
        return Statement(refused=words.format(count=table.MOST_ROWS))
    if max((len(row.cells or ()) for row in rows), default=0) <= 1:
        return Statement(refused=encoding.not_csv())
    found = headings.find(rows)
    body = rows[found[0] + 1 :] if found else rows
    by_file = found[1] if found else headings.guess(rows)
    layout = answered.layout or by_file
    columns = _columns(rows[found[0]].cells or () if found else (), body)
    if not layout.is_whole or (found is None and answered.layout is None):
        return Statement(asks=(Ask.COLUMNS,), answers=replace(answered, layout=layout), columns=columns)
    mine, others = headings.apart(body, by_file if found else layout)
    read_ = _read_rows(mine, layout, today, answered, columns)
    left_out = [*read_.not_read, *(not_read(row, OTHER_HEADINGS) for row in others)]
    return replace(read_, not_read=tuple(sorted(left_out, key=lambda row: row.line)))


def _read_rows(
    rows: Sequence[Cells], layout: Layout, today: date, answered: Answers, columns: tuple[Column, ...]
) -> Statement:
    cut = [row.cells for row in rows if row.cells is not None]
    texts = {role: [text for cells in cut if (text := layout.cell(cells, role))] for role in Role}
    comma = amounts.has_comma([*texts[Role.AMOUNT], *texts[Role.OUT], *texts[Role.IN]])
    order, sign = days.month_first(texts[Role.DAY]), _minus_is_out(texts[Role.AMOUNT], comma=comma)
    is_signed = layout.has(Role.AMOUNT) and not layout.has(Role.WAY)
    month_first = order if answered.month_first is None else answered.month_first
    minus_is_out = sign if answered.minus_is_out is None else answered.minus_is_out
    asks = [Ask.ORDER] if month_first is None else []
    asks += [Ask.SIGN] if minus_is_out is None and is_signed else []
    minus_in = frozenset(
        way for role, way in ((Role.OUT, OUT), (Role.IN, IN)) if _mostly_minus(texts[role], comma=comma)
    )
    reading = Reading(layout, today, comma, bool(month_first), minus_is_out is not False, minus_in)
    found = [row_or_reason(row, reading) for row in rows]
    kept = [row for row in found if isinstance(row, Row)]
    return Statement(
        asks=tuple(asks),
        answers=Answers(layout, reading.month_first, reading.minus_is_out),
        columns=columns,
        signed=is_signed,
        paid_out=tuple(_numbered(row for row in kept if row.way == OUT)),
        money_in=tuple(_numbered(row for row in kept if row.way == IN)),
        not_read=tuple(row for row in found if isinstance(row, NotRead)),
    )


def _minus_is_out(texts: Iterable[str], *, comma: bool) -> bool | None:
    """Whether a minus sign means paid out: so where most amounts have one; None where that has to be asked."""
    signs = _signs(texts, comma=comma)
    return True if not signs or sum(signs) * 2 > len(signs) else None


def _mostly_minus(texts: Iterable[str], *, comma: bool) -> bool:
    """Whether most amounts of a column that is for one way alone have a minus sign."""
    signs = _signs(texts, comma=comma)
    return sum(signs) * 2 > len(signs)


def _signs(texts: Iterable[str], *, comma: bool) -> list[bool]:
    """Whether there is a minus sign, of each amount of a column beside which no DR or CR stands."""
    found = [amounts.read(text, comma=comma) for text in texts]
    return [amount.pence < 0 for amount in found if amount is not None and amount.pence and not amount.way]


def _numbered(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, those that are alike numbered from 1: the same file, or a longer one, numbers them the same."""
    seen: Counter[tuple[date, int, str]] = Counter()
    for row in rows:
        alike = (row.day, row.pence, payees.key(row.payee))
        seen[alike] += 1
        yield replace(row, number=seen[alike])


def _columns(names: Sequence[str], rows: Sequence[Cells]) -> tuple[Column, ...]:
    cut = [row.cells for row in rows if row.cells]
    found = []
    for number in range(max([len(names), *map(len, cut[: table.MOST_ROWS])])):
        filled = dict.fromkeys(
            cells[number][:_LONGEST_EXAMPLE] for cells in cut if number < len(cells) and cells[number]
        )
        heading = names[number][:_LONGEST_EXAMPLE] if number < len(names) else ""
        found.append(Column(heading, tuple(filled)[:_EXAMPLES]))
    return tuple(found)
