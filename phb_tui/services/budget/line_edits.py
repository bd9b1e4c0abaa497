"""Edits of a budget's lines that are more than filling in a field: copy, another rate from a date, from the plan."""

from collections.abc import Sequence
from datetime import date, timedelta

from phb_tui.content import forms
from phb_tui.domain.budget.amounts.figures import MONEY
from phb_tui.domain.budget.reading.fields import read_day
from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record, Value
from phb_tui.errors import PhbError
from phb_tui.i18n import _
from phb_tui.services.budget.budgets import BudgetRecords
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session

SUPPORT = "support_id"
"""The field of a line with the support of the plan that it pays for."""
PAID = {"shift": "rate", "cost": "price"}
"""The field with what is paid, by the kind of a line."""
_HOURS = {"", "pa", "agency", "respite"}
"""Sorts of support that are paid by the hour; the others are costs."""
_UNPAID = "unpaid"
_EMPLOYED_AS = {"agency": "agency"}
_COST_KINDS = {"therapy": "therapy", "equipment": "equipment", "activity": "activity", "transport": "mileage",
               "training": "task_training"}  # fmt: skip
_WAYS = {"direct_payment", "notional", "third_party", "managed_account"}
"""Ways of managing that a line can have; "a mixture" and "not decided yet" leave it to the budget."""


def copied(session: Session, line: Record) -> Record:
    """Keep a copy of a line in the same budget.

    Raises:
        NotSaved: The disk refuses.
    """
    return editing.save(session, _new_beside(session, line), _fields(line))


def split(session: Session, budget: Record, line: Record, begins: str, paid: str) -> Record:
    """Go on with a line at another rate: it ends the day before, and a copy of it begins on that day.

    Args:
        session: The session.
        budget: The line's budget.
        line: Hours, or a cost that comes again.
        begins: The first day of the new rate, as typed.
        paid: What is paid from then on, as typed.

    Returns:
        The new line.

    Raises:
        PhbError: The day is no day of the line, what is paid is no amount, or the disk refuses.
    """
    day = _day_within(budget, line, editing.tidied(line.kind, {"from_date": begins}, session.today)["from_date"])
    if not paid.strip():
        raise PhbError(_("Write what is paid from then on."))
    if wrong := MONEY.problem(MONEY.tidy(paid)):
        raise PhbError(wrong)
    new = {**_fields(line), "from_date": day.isoformat(), PAID[line.kind]: paid}
    ended = {"to_date": (day - timedelta(days=1)).isoformat()}
    return editing.save_all(session, [(line, ended), (_new_beside(session, line), new)])[1]


def can_be_split(line: Record) -> bool:
    """Whether a line is paid by a rate that can change: hours, and a price that comes again."""
    return line.kind == "shift" or (line.kind == "cost" and line.text("often") not in {"", "once"})


def take_out(session: Session, line: Record) -> Record:
    """Take a line out of its budget; it stays in the history and can be put back."""
    return record_lists.remove(session, line)


def put_back(session: Session, line: Record) -> Record:
    """Put a line back that was taken out."""
    return editing.save(session, line, {"removed": ""})


def offered(session: Session, records: BudgetRecords) -> list[Record]:
    """The plan's supports that no line of a budget pays for yet, oldest first; unpaid ones need none."""
    there = {line.text(SUPPORT) for line in records.lines}
    found = record_lists.of(session, "support", records.budget.person_id or "")
    return [
        support
        for support in found
        if support.record_id not in there
        and support.text("kind") != _UNPAID
        and support.text("what")
        and not record_lists.has_ended(session, support)
    ]


def kind_of_line(support: Record) -> str:
    """The kind of line that pays for a support: hours or another cost."""
    return "shift" if support.text("kind") in _HOURS else "cost"


def from_support(session: Session, records: BudgetRecords, support: Record) -> Record:
    """Keep a line for a support of the plan: what it is, for which goal, by whom, and how it is managed.

    Who gives it is added to those who are paid, where nobody of that name is among them.

    Raises:
        NotSaved: The disk refuses.
    """
    kind, person_id = kind_of_line(support), records.budget.person_id or ""
    line = record_lists.new(session, kind, person_id)
    way = support.text("management")
    values: dict[str, Value] = {
        **record_lists.parent_link(records.budget, kind),
        SUPPORT: support.record_id,
        "what": " ".join(support.text("what").split()),
        "goal_id": support.text("goal_id"),
        "from_date": _first_day(records.budget, support),
        "management": way if way in _WAYS and way != records.budget.text("management") else "",
    }
    who = " ".join(support.text("provider").split())
    if kind == "cost":
        values |= {"kind": _COST_KINDS.get(support.text("kind"), ""), "provider": who}
        return editing.save(session, line, values)
    if not who:
        return editing.save(session, line, values)
    if found := _of_name(records.workers, who):
        return editing.save(session, line, {**values, "worker_id": found.record_id})
    worker = record_lists.new(session, "worker", person_id)
    about = {"name": who, "employed_as": _EMPLOYED_AS.get(support.text("kind"), "")}
    saved = editing.save_all(session, [(worker, about), (line, {**values, "worker_id": worker.record_id})])
    return saved[1]


def _of_name(workers: Sequence[Record], name: str) -> Record | None:
    same = (worker for worker in workers if " ".join(worker.text("name").split()).casefold() == name.casefold())
    return next(same, None)


def _first_day(budget: Record, support: Record) -> str:
    """The day on which a support begins, where it is a whole day within the budget; else "", the budget's first."""
    begins, first, last = (
        read_day(record.text(name))
        for record, name in ((support, "start_date"), (budget, "start_date"), (budget, "end_date"))
    )
    within = begins is not None and first is not None and last is not None and first < begins <= last
    return begins.isoformat() if begins is not None and within else ""


def _day_within(budget: Record, line: Record, begins: Value) -> date:
    """The day of a new rate, after a line's first day and not after its last one."""
    day = read_day(str(begins or ""))
    if day is None:
        raise PhbError(_("Write from which day, for example 1 4 2027."))
    first = read_day(line.text("from_date")) or read_day(budget.text("start_date"))
    last = read_day(line.text("to_date")) or read_day(budget.text("end_date"))
    if (first is not None and day <= first) or (last is not None and day > last):
        raise PhbError(
            _("{day} is not after the first day of this line and before its end: {first} to {last}.").format(
                day=dates.in_words(day.isoformat()), first=_in_words(first), last=_in_words(last)
            )
        )
    return day


def _in_words(day: date | None) -> str:
    return dates.in_words(day.isoformat()) if day is not None else _("not known")


def _new_beside(session: Session, line: Record) -> Record:
    return record_lists.new(session, line.kind, line.person_id or "")


def _fields(line: Record) -> dict[str, Value]:
    """What a copy takes over: the fields of the form, the budget and the support; no marks such as removed."""
    form = forms.form(line.kind)
    names = {name for field in form.fields() for name in field.names()} | {
        record_lists.parent_field(line.kind),
        SUPPORT,
    }
    return {name: value for name, value in line.fields.items() if name in names and value}
