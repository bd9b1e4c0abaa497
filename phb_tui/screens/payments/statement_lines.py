"""The lines of a statement before anything is kept: what has to be asked about it, and each of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from textual.content import Content
from textual.widgets.option_list import Option

from phb_tui.domain.budget.amounts.figures import MONEY
from phb_tui.domain.calendar import dates
from phb_tui.domain.payments.statement_csv.headings import CHOSEN, Layout, Role
from phb_tui.domain.payments.statement_csv.statement import Ask, NotRead, Row, Statement
from phb_tui.i18n import N_, _
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.lists import row
from phb_tui.screens.lists.line_list import Line, gap, heading
from phb_tui.services.payments.statement_import import Candidate, State

GO_ON = "go-on"
ANSWER, COLUMN = "answer:", "column:"
"""Prefixes of the ids of an answer and of a column."""
PAID, CAME_IN, NOT_UNDERSTOOD = "paid:", "in:", "not:"
"""Prefixes of the ids of rows: those paid out with the purchase's id, the others with the number of their line."""
_ROLES: Mapping[Role | None, str] = {
    Role.DAY: N_("Date"),
    Role.PAYEE: N_("Paid to"),
    Role.AMOUNT: N_("Amount, in and out"),
    Role.OUT: N_("Paid out"),
    Role.IN: N_("Money in"),
    None: N_("not needed"),
}
_TITLES: Mapping[State, str] = {
    State.NEW: N_("Paid out"),
    State.PERHAPS: N_("Perhaps there already: the same amount, about the same day"),
    State.THERE: N_("There already"),
    State.REMOVED: N_("Removed here before"),
}
_REFUNDS: Mapping[State, str] = {
    State.NEW: N_("Money in: tick what came back as a refund"),
    State.PERHAPS: N_("Money in, perhaps there already: the same amount, about the same day"),
    State.THERE: N_("Money in, there already as a refund"),
    State.REMOVED: N_("Money in, removed here before"),
}


def question(found: Statement) -> str:
    """What is asked first about a statement; "" when nothing is."""
    asked = {
        Ask.COLUMNS: _("The file does not say which column is which. Enter changes what a column holds."),
        Ask.ORDER: _("The dates of this file can be read in two ways. Which one is right?"),
        Ask.SIGN: _("The file does not say which amounts were paid out."),
    }
    return asked[found.asks[0]] if found.asks else ""


def answers(found: Statement) -> Iterator[Option]:
    """The lines that answer what is asked first."""
    first = found.asks[0]
    if first is Ask.COLUMNS:
        yield from _columns(found)
    elif first is Ask.ORDER:
        row_ = next((each for each in (*found.paid_out, *found.money_in) if each.day.day in range(1, 13)), None)
        day = row_.day if row_ is not None else None
        yield Option(_("The day comes first{example}").format(example=_example(day)), id=f"{ANSWER}day")
        turned = date(day.year, day.day, day.month) if day is not None else None
        yield Option(_("The month comes first{example}").format(example=_example(turned)), id=f"{ANSWER}month")
    else:
        example = next((f"{amount(each)} {each.payee}" for each in found.money_in), _("An amount without a minus sign"))
        yield Option(_("{example}: it was paid out").format(example=example), id=f"{ANSWER}out")
        yield Option(_("{example}: it came in").format(example=example), id=f"{ANSWER}in")


def _example(day: date | None) -> str:
    return f": {dates.in_full(day.isoformat())}" if day is not None else ""


def _columns(found: Statement) -> Iterator[Option]:
    layout = found.answers.layout or Layout({})
    for number, column in enumerate(found.columns):
        name = column.heading or _("Column {number}").format(number=number + 1)
        left = Content.assemble((name, "bold $bold"), "  ", " · ".join(column.examples))
        yield Option(row.Row(left, _(_ROLES.get(layout.role_of(number), _ROLES[None]))), id=f"{COLUMN}{number}")
    yield gap()
    if layout.is_whole:
        yield Line(_("Go on: the columns are right"), GO_ON, "g")
    else:
        words = _("Needed: a date, whom it was paid to, and an amount, or what was paid out.")
        yield Option(words, disabled=True)


def next_role(layout: Layout, column: int) -> Role | None:
    """What a column holds after the next Enter: of what no other column holds, or whom it was paid to."""
    role = layout.role_of(column)
    order: list[Role | None] = [*(r for r in CHOSEN if r in {role, Role.PAYEE} or not layout.has(r)), None]
    return order[(order.index(role) + 1) % len(order)] if role in order else order[0]


def amount(found: Row) -> str:
    """The amount of a row."""
    return MONEY.shown(found.pence)


def paid(candidates: Sequence[Candidate], ticked: Mapping[str, bool], lines: Mapping[str, str]) -> Iterator[Option]:
    """The rows that may be kept, in groups: what is new first.

    Args:
        candidates: The rows that were paid out, or those that came in.
        ticked: Whether each is to be kept, by its record's id; none for what cannot be kept.
        lines: What its line of the budget is called, by its record's id.
    """
    for state, title in (_REFUNDS if any(each.is_refund for each in candidates) else _TITLES).items():
        group = [each for each in candidates if each.state is state]
        if group:
            yield gap()
            yield heading(_(title))
        for each in group:
            mark = ""
            if each.record_id in ticked:
                mark = f"{SHAPES.ticked if ticked[each.record_id] else SHAPES.not_ticked} "
            line = lines.get(each.record_id, "")
            right = f"{line}  {amount(each.row)}" if line else amount(each.row)
            yield Option(row.Row(f"{mark}{_when_and_whom(each.row)}", right, whole=True), id=f"{PAID}{each.record_id}")


def others(came_in: Sequence[Row], not_read: Sequence[NotRead]) -> Iterator[Option]:
    """The rows that are not kept: what was paid by the budget, and what was not understood, with the reason."""
    if came_in:
        yield gap()
        yield heading(_("Money in from the budget: not kept"))
    for each in came_in:
        yield Option(row.Row(_when_and_whom(each), amount(each), whole=True), id=f"{CAME_IN}{each.line}")
    if not_read:
        yield gap()
        yield heading(_("Not understood: not kept"))
    for left in not_read:
        words = _("Line {number}: {reason}").format(number=left.line, reason=left.reason)
        yield Option(f"{words} {left.words}", id=f"{NOT_UNDERSTOOD}{left.line}")


def _when_and_whom(found: Row) -> str:
    return "  ".join((dates.in_short(found.day.isoformat()), found.payee or _("(not said to whom)")))
