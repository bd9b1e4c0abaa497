"""Asking for a budget to be looked at again: a task with a day, for the local contact."""

from datetime import timedelta

from phb_tui.domain.budget.amounts.figures import read_count
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.services.budget import team_figures
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session

DAYS = 14
"""Days until it is looked at again where the team's policy says nothing."""


def asked(session: Session, budget: Record) -> Record | None:
    """The task by which a budget is looked at again; None when nobody asked, or it was done."""
    task = _task(session, budget)
    return task if task.fields else None


def ask(session: Session, budget: Record) -> Record:
    """Ask for a budget to be looked at again; the task that there is stays as it is.

    Raises:
        NotSaved: The disk refuses; nothing was asked.
    """
    task = _task(session, budget)
    if task.fields:
        return task
    local = record_lists.single(session, "local", None)
    contact = [" ".join(local.text(name).split()) for name in ("service", "contact")]
    day = session.today + timedelta(days=_days(session, budget))
    what = _("Look at the budget again: {name}") if budget.text("name") else _("Look at the budget again")
    said = budget.text("enough_words").strip()
    values = {
        "what": what.format(name=budget.text("name")),
        "who": ", ".join(part for part in contact if part) or session.nurse.name,
        "by_when": day.isoformat(),
        "notes": _("In the person's words: {words}").format(words=said) if said else "",
    }
    return editing.save(session, task, dict(values))


def _task(session: Session, budget: Record) -> Record:
    """The open task of a budget, or the next one, which is empty until it is kept; two laptops mean the same one."""
    number = 1
    while True:
        name = f"look again {budget.record_id} {number}"
        task = editing.read(session, "task", record_ids.task_id(budget.person_id or "", name), budget.person_id)
        open_one = record_lists.is_listed(task) and not record_lists.has_ended(session, task)
        if not task.fields or open_one:
            return task
        number += 1


def _days(session: Session, budget: Record) -> int:
    days = team_figures.policy(session).text.get("days")
    nature = "one_off" if budget.text("nature") == "one_off" else "ongoing"
    given = days.get(nature) if isinstance(days, dict) else None
    found = read_count(given) if isinstance(given, str) else None
    return found or DAYS
