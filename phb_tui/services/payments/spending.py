"""What was spent of each line of the budgets that are being paid: planned to date, spent, left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from phb_tui.domain.budget.amounts.figures import read_money
from phb_tui.domain.budget.amounts.pence import half_up
from phb_tui.domain.budget.periods import TaxYear, tax_year
from phb_tui.domain.budget.version_content import VersionLine
from phb_tui.domain.budget.working.lines import RECURRING
from phb_tui.domain.calendar import dates
from phb_tui.domain.payments import approved
from phb_tui.domain.payments.approved import Content
from phb_tui.domain.records.changes import YES, Record
from phb_tui.services.payments import approvals, line_choices
from phb_tui.services.payments.approvals import ApprovedVersion
from phb_tui.services.payments.line_choices import NONE
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

PURCHASE, REFUND = "purchase", "came_back:yes"
"""The kind of a purchase, and its field that says that the money came back."""
_EARLIEST, _LATEST = 1900, 2199
"""Years that a budget can be of."""


@dataclass(frozen=True, slots=True)
class LineSpending:
    """A line of an approved budget.

    Attributes:
        id: The line's, which a purchase keeps.
        name: What it is called.
        whole: Pence for the whole time of the budget; below nought for what is taken off the costs.
        planned: Pence that were planned up to today.
        spent: Pence of the purchases on it.
    """

    id: str
    name: str
    whole: int
    planned: int
    spent: int

    @property
    def left(self) -> int:
        """Pence that are left; below nought when more was spent."""
        return self.whole - self.spent

    @property
    def is_credit(self) -> bool:
        """Whether it takes something off the costs, and nothing can be bought from it."""
        return self.whole < 0


@dataclass(frozen=True, slots=True)
class Spending:
    """What was spent of a person's budgets.

    Attributes:
        budgets: The lines of each budget that is approved and confirmed, by its version.
        elsewhere: Pence of purchases on lines that no such budget has, by the line's id.
        on_none: Pence of purchases that are on none of the lines.
        not_chosen: Pence of purchases for which no line was chosen yet.
        unreadable: How many purchases have an amount that nobody can read; they are in no sum.
        names: Of all lines by their id.
    """

    budgets: Sequence[tuple[ApprovedVersion, Sequence[LineSpending]]]
    elsewhere: Mapping[str, int]
    on_none: int
    not_chosen: int
    unreadable: int
    names: Mapping[str, str]

    @property
    def lines(self) -> list[LineSpending]:
        """The lines of all budgets."""
        return [line for _version, lines in self.budgets for line in lines]

    @property
    def off_lines(self) -> int:
        """Pence of purchases that are on no line of these budgets."""
        return sum(self.elsewhere.values()) + self.on_none + self.not_chosen


def is_refund(purchase: Record) -> bool:
    """Whether it is money that came back, and not money that was paid."""
    return purchase.text(REFUND) == YES


def pence(purchase: Record) -> int | None:
    """What was paid, below nought where it came back; None when nobody can read it, or nothing is written."""
    found = read_money(purchase.text("amount"))
    return -found if found is not None and is_refund(purchase) else found


def purchases(session: Session, person_id: str) -> list[Record]:
    """What was paid for, by day, newest first, and of one day the last written first; before it what has no day."""
    found = record_lists.of(session, PURCHASE, person_id)[::-1]
    return sorted(found, key=lambda each: dates.last_day(each.text("date")) or date.max, reverse=True)


def of_person(session: Session, person_id: str) -> Spending:
    """What was spent of each line of a person's budgets."""
    there = approvals.of_person(session, person_id)
    spent: dict[str, int] = {}
    unreadable = 0
    for purchase in record_lists.of(session, PURCHASE, person_id):
        found = pence(purchase)
        unreadable += found is None and bool(purchase.text("amount").strip())
        line = purchase.text("line")
        spent[line] = spent.get(line, 0) + (found or 0)
    budgets = [(each, _lines(session, each, spent)) for each in there.newest]
    known = {line.id for _each, lines in budgets for line in lines} | {"", NONE}
    return Spending(
        budgets,
        {line: paid for line, paid in spent.items() if line not in known},
        spent.get(NONE, 0),
        spent.get("", 0),
        unreadable,
        line_choices.all_names(session, person_id),
    )


def choices(found: Spending, day: date) -> list[LineSpending]:
    """The lines from which something of a day can be paid: of its tax year, and none that takes something off."""
    year = str(tax_year(day))
    there = [line for line in found.lines if not line.is_credit]
    return [line for line in there if line_choices.tax_year(line.id) in {"", year}]


def fitting(found: Spending, line: str, day: date) -> str:
    """Id of a line for a payment of a day: itself, or the same one of the day's tax year; "" when it cannot be."""
    there = {each.id for each in choices(found, day)} | {NONE}
    of_year = f"{line.removesuffix(f' {line_choices.tax_year(line)}')} {tax_year(day)}"
    return next((each for each in (line, of_year) if each in there), "")


def _lines(session: Session, version: ApprovedVersion, spent: Mapping[str, int]) -> list[LineSpending]:
    content = approved.read(version.approved)
    found = line_choices.lines(version.version) if content is not None else []
    found = [line for line in found if line.pence or spent.get(line.id)]
    names = line_choices.named(session, version.version.person_id or "", found)
    there = [
        LineSpending(line.id, names[line.id], line.pence, _planned(session, content, line), spent.get(line.id, 0))
        for line in found
        if content is not None
    ]
    return there if content is None else [*there, *_put_by(session, content, spent)]


def _put_by(session: Session, content: Content, spent: Mapping[str, int]) -> Iterable[LineSpending]:
    """What the person holds for emergencies, as a line; all of it is planned from the first day on."""
    line_id = line_choices.put_by_id(content.budget_id)
    if content.contingency or spent.get(line_id):
        planned = content.contingency if session.today >= content.period.first else 0
        name = line_choices.put_by_name()
        yield LineSpending(line_id, name, content.contingency, planned, spent.get(line_id, 0))


def _planned(session: Session, content: Content, line: VersionLine) -> int:
    """Pence of a line that were planned up to today: all of it where it is paid once, else by days."""
    year = line_choices.tax_year(line.id)
    period = content.period
    if year:
        days = TaxYear(min(max(int(year[:4]), _EARLIEST), _LATEST)).period
        period = content.period.overlap(days.first, days.last) or period
    passed = min(max(0, (session.today - period.first).days + 1), period.days)
    if line.nature != RECURRING:
        return line.pence if passed else 0
    return half_up(Fraction(line.pence * passed, period.days))


def total(lines: Iterable[LineSpending]) -> LineSpending:
    """The sum of lines, without a name."""
    there = list(lines)
    return LineSpending(
        "", "", sum(each.whole for each in there), sum(each.planned for each in there), sum(e.spent for e in there)
    )
