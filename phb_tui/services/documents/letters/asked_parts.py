"""What a letter says of a request: the budget that it is about, its amounts, what was looked at, and the own words."""

from collections.abc import Iterator
from typing import NamedTuple

from phb_tui.content import forms
from phb_tui.documents.model import Block, Heading, Items, Plain, Said, Sum, Sums
from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.services.budget import statement
from phb_tui.services.budget.statement import Statement
from phb_tui.services.documents import budget_lines
from phb_tui.services.documents.budget_amounts import Where, pounds
from phb_tui.services.documents.letters.letter import Letter, facts
from phb_tui.services.session import Session


class Amounts(NamedTuple):
    """What the amounts of a budget are called."""

    in_all: str
    every_week: str
    first_year: str


YOURS = Amounts(N_("Your budget, in all"), N_("Your budget, every week"), N_("Your budget, in the first year"))
ABOUT = Amounts(N_("About how much, in all"), N_("About how much, every week"), N_("About how much, in the first year"))
YOU_ASKED = Amounts(
    N_("You asked for, in all"), N_("You asked for, every week"), N_("You asked for, in the first year")
)
YOU_HAVE = Amounts(N_("You have now, in all"), N_("You have now, every week"), N_("You have now, in the first year"))


def statement_of(session: Session, letter: Letter, request: Record) -> Statement | None:
    """The kept version that a request is about; None when it is not on this laptop."""
    version = letter.record("budget_version", request.text("version_id"))
    budget = letter.record("budget", version.text("budget_id")) if version is not None else None
    return statement.of_version(session, budget, version) if budget is not None and version is not None else None


def budget(letter: Letter, request: Record, found: Statement | None, amounts: Amounts) -> Iterator[Block]:
    """The budget that a request is about, with its amounts as they were kept.

    Args:
        letter: The letter.
        request: What was asked for.
        found: The kept version; None when it is not on this laptop.
        amounts: What the amounts are called: never an amount alone, which would read as granted.
    """
    if found is None or found.version is None:
        yield Plain(_("The budget that this is about is not on this laptop. Ask us for it."))
        return
    name, number = letter.line(found.record, "name"), letter.line(found.version, "number")
    about = _("{name}, version {number}") if name else _("version {number}")
    yield from facts(
        (_("The budget that it is about"), about.format(name=name, number=number)),
        (_("It runs"), _days(found)),
        (_("The plan that it is for"), _plan(letter, request)),
    )
    week, first = pounds(found.totals.get("weekly")), pounds(found.totals.get("first"))
    if found.is_one_sum:
        yield Sums((Sum(_(amounts.in_all), first, tuple(_on_top(letter, found))),))
    else:
        in_year = Sum(_(amounts.first_year), first, tuple(_on_top(letter, found)))
        yield Sums((Sum(_(amounts.every_week), week), in_year))


def _on_top(letter: Letter, found: Statement) -> Iterator[str]:
    """What the person or others pay on top of the NHS's part of a wheelchair."""
    where = Where(letter.values, {each.record_id: each for each in letter.everything.get("cost", ())}, 1)
    for line in found.lines or ():
        yield from budget_lines.on_top(found, where, line)


def _plan(letter: Letter, request: Record) -> str:
    """The version of the plan that the request named; "" where it named none."""
    plan = letter.record("plan_version", request.text("plan_id"))
    if plan is None:
        return ""
    number, day = letter.line(plan, "number"), letter.day(plan, "agreed_on")
    words = _("version {number}, agreed on {day}") if day else _("version {number}")
    return words.format(number=number, day=day)


def _days(found: Statement) -> str:
    if found.budget is None:
        return ""
    first, last = (dates.in_full(day.isoformat()) for day in (found.budget.period.first, found.budget.period.last))
    return _("from {first} to {last}").format(first=first, last=last)


def looked_at(letter: Letter, request: Record, title: str) -> Iterator[Block]:
    """What was looked at, under a heading, with what was new and how much risk there is."""
    again = letter.record("decision", request.text("again_id"))
    field = next(each for each in forms.form("request").fields() if each.name == "considered")
    ticked = letter.values.ticked(request, field)
    words, new = letter.words(request, "considered_words"), letter.words(request, "evidence")
    yield Heading(1, title)
    yield from letter.boxes(request)
    if day := letter.day(again, "decided_on"):
        yield Plain(_("You asked us to look again at the decision of {day}.").format(day=day))
    if ticked:
        yield Items(tuple(ticked))
    if words:
        yield Plain(words)
    if not (ticked or words or new):
        yield Plain(_("What was looked at was not written down. Ask us."))
    risk = letter.values.has_value(request, "risk", "high")
    yield from facts(
        (_("What was new"), new),
        (_("How much risk there is"), _("high") if risk else ""),
        (_("The risk, and what was agreed about it"), letter.words(request, "risk_words") if risk else ""),
    )


def own_words(letter: Letter, request: Record) -> Iterator[Block]:
    """What the person asked for, as they said it."""
    if words := letter.words(request, "wish"):
        yield Heading(1, _("What you asked for, in your words"))
        yield Said(words)
