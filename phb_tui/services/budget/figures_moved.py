"""Figures that arrive later: kept budgets are worked out again with them, and say what moved (rule R17)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from phb_tui.domain.budget import purposes, version_content, work
from phb_tui.domain.budget.amounts.pence import half_up, shown
from phb_tui.domain.budget.law.rates import Rates
from phb_tui.domain.budget.periods import Period
from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.budget.work import Worked
from phb_tui.domain.calendar import dates
from phb_tui.domain.people import person_facts
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.services.budget import team_figures, versions
from phb_tui.services.budget.team_figures import TeamPolicy
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

_LONGEST = 9
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Moved:
    """What today's figures make of a kept budget.

    Attributes:
        since: The day from which it is another amount.
        first: Pence by which the first year is more; below nought when it is less.
        weekly: Pence by which each week from that day is more.
        problems: What stands against it now and did not when it was kept, such as a wage below a new law.
    """

    since: date
    first: int
    weekly: int
    problems: tuple[str, ...] = ()


def reminders(session: Session, person: Record, everything: record_lists.Everything) -> Iterator[tuple[str, Record]]:
    """Sentences about a person's open budgets whose newest version comes out otherwise by now, each with its budget."""
    if not everything.get(versions.KIND) or _has_ended(session, everything):
        return
    budgets = purposes.meant(everything.get("budget", []))
    replaced = {each.text("replaces_id") for each in budgets if _newest(everything, each)}
    for budget in budgets:
        newest = _newest(everything, budget)
        if newest is None or budget.record_id in replaced or record_lists.has_ended(session, budget):
            continue
        if found := changes_since(session, newest):
            for sentence in sentences(person, budget, found):
                yield sentence, budget


def sentences(person: Record, budget: Record, found: Moved) -> Iterator[str]:
    """What moved, in words that can be told to the person."""
    name = person_facts.preferred_name(person)
    if called := budget.text("name").strip():
        name = _("{person} ({budget})").format(person=name, budget=called)
    day, amount = dates.in_words(found.since.isoformat()), found.weekly or found.first
    if amount:
        say = (
            _("The amount of the budget of {name} changes on {day}: {sign} \N{POUND SIGN}{sum} a week.")
            if found.weekly
            else _("The amount of the budget of {name} changes on {day}: {sign} \N{POUND SIGN}{sum} in all.")
        )
        yield say.format(name=name, day=day, sign="-" if amount < 0 else "+", sum=shown(abs(amount)))
    for problem in found.problems:
        yield _("Look at the budget of {name}: {problem}").format(name=name, problem=problem)


def changes_since(session: Session, version: Record) -> Moved | None:
    """What moved since a version was kept; None when nothing did, or it was kept with newer figures than are here."""
    rates, policy = team_figures.rates(session), team_figures.policy(session)
    if _version(version, "rates") > rates.version or (_version(version, "rates"), _version(version, "policy")) == (
        rates.version,
        policy.version,
    ):
        return None
    records, lines = version_content.read_inputs(version.text("inputs")), versions.lines(version)
    if records is None or lines is None:
        return None
    kept = {line.id: line.pence for line in lines}
    now = work.work(records, rates, policy.policy)
    problems = tuple(dict.fromkeys(problem.say for problem in now.problems))
    if now.budget is None or (_pence(now) == kept and not problems and now.totals.first == _total(version, "first")):
        return None
    since = _since(records, rates, policy, kept, now.budget.period)
    first, recurring = (getattr(now.totals, name) - _total(version, name) for name in ("first", "recurring"))
    days = (now.budget.period.last - since).days + 1
    return Moved(since, first, half_up(Fraction(recurring * _WEEK, days)), problems)


def _since(records: Records, rates: Rates, policy: TeamPolicy, kept: dict[str, int], period: Period) -> date:
    """The day from which it comes out otherwise: of the first figure without which it comes out as it was kept.

    The budget's first day when no figure of the law is the reason, such as after a change of the team's policy.
    """
    days = sorted({row.begins for rows in rates.rows.values() for row in rows if row.begins in period}, reverse=True)
    for day in days:
        rows = {name: tuple(row for row in rows if row.begins < day) for name, rows in rates.rows.items()}
        if _pence(work.work(records, replace(rates, rows=rows), policy.policy)) == kept:
            return day
    return period.first


def _pence(worked: Worked) -> dict[str, int]:
    return {line.id: line.pence for line in worked.lines}


def _newest(everything: record_lists.Everything, budget: Record) -> Record | None:
    found = [
        each
        for each in everything.get(versions.KIND, [])
        if each.text("budget_id") == budget.record_id and each.text("number")
    ]
    return max(found, key=versions.number, default=None)


def _has_ended(session: Session, everything: record_lists.Everything) -> bool:
    return any(dates.is_past(each.text("ended_on"), session.today) for each in everything.get("phb", []))


def _total(version: Record, name: str) -> int:
    value = version.fields.get(f"total_{name}")
    return value if isinstance(value, int) else 0


def _version(version: Record, name: str) -> int:
    kept = version.text(name)
    return int(kept) if kept.isascii() and kept.isdecimal() and len(kept) <= _LONGEST else 0
