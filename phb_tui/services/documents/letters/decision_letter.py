"""The letter about a decision: what, who, when, what was looked at, why, what else, what now, and how to ask again."""

from collections.abc import Iterator

from phb_tui.content import forms
from phb_tui.documents.model import Block, Document, Heading, Items, Plain, Said, Sum, Sums
from phb_tui.domain.calendar import dates
from phb_tui.domain.decision.authority import (
    APPROVED,
    APPROVING,
    CONDITIONS,
    DECLINED,
    DEFERRED,
    ESCALATED,
    PART,
    PAYABLE,
)
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.services.budget import statement
from phb_tui.services.budget.statement import Statement
from phb_tui.services.documents.budget_amounts import pounds
from phb_tui.services.documents.letters import change_letter, money_now
from phb_tui.services.documents.letters.letter import PANEL, Letter, chapter, facts, if_you_do_not_agree
from phb_tui.services.payments import approvals
from phb_tui.services.session import Session

DECIDED = {
    APPROVED: N_("Yes. You can have the budget that you asked for."),
    CONDITIONS: N_("Yes, on a condition. It is written further down."),
    PART: N_("Yes to part of what you asked for, and no to the rest. The reasons below say which part."),
    DECLINED: N_("No. You cannot have the budget that you asked for. This letter says why, and what else there is."),
    DEFERRED: N_("Not yet. The decision was put off."),
    ESCALATED: N_("Not yet. It was passed on, so that someone else decides."),
}
"""What each outcome says to the person."""


def document(session: Session, request: Record, decision: Record) -> Document:
    """The letter about a decision that central holds.

    Args:
        session: The session.
        request: What was asked for.
        decision: The decision about it, with an outcome of `DECIDED`.

    Raises:
        UnknownRecord: The person is not on this laptop, or not any more.
    """
    letter = Letter(session, request.person_id or "")
    version = letter.record("budget_version", request.text("version_id"))
    budget = letter.record("budget", version.text("budget_id")) if version is not None else None
    found = statement.of_version(session, budget, version) if budget is not None and version is not None else None
    is_yes = decision.text("outcome") in APPROVING
    blocks = [
        *_what(letter, request, decision, found),
        *_who(letter, decision),
        *_when(letter, request, decision),
        *_looked_at(letter, request),
        *chapter(
            _("Why"), letter.words(decision, "reasons") or _("The reasons were not written down. Ask us for them.")
        ),
        *_way(letter, decision),
        *chapter(_("On what condition"), letter.words(decision, "conditions") if is_yes else ""),
        *chapter(_("What else could reach the same goal"), letter.words(decision, "alternatives")),
        *_now(session, request, decision, found),
        *if_you_do_not_agree(letter, decision),
        *_asked(letter, request),
    ]
    dated = _("Decided on {day}.").format(day=letter.day(decision, "decided_on") or _("a day that was not written"))
    return letter.document(_("Our decision about your budget"), dated, blocks)


def _what(letter: Letter, request: Record, decision: Record, found: Statement | None) -> Iterator[Block]:
    outcome = decision.text("outcome")
    yield Heading(1, _("What was decided"))
    yield Plain(_(DECIDED[outcome]))
    if outcome == DEFERRED:
        day = letter.day(decision, "until")
        yield Plain(_("It will be made by {day}.").format(day=day) if day else _("Ask us when it will be made."))
    if outcome == ESCALATED and (name := letter.somebody(decision.text("to"))):
        yield Plain(_("Who decides now: {name}.").format(name=name))
    yield from _asked_for(letter, request, found)


def _asked_for(letter: Letter, request: Record, found: Statement | None) -> Iterator[Block]:
    """The budget that it is about, with its amounts as they were kept."""
    if found is None or found.version is None:
        yield Plain(_("The budget that this is about is not on this laptop. Ask us for it."))
        return
    name, number = letter.line(found.record, "name"), letter.line(found.version, "number")
    about = _("{name}, version {number}").format(name=name, number=number) if name else _("version {number}")
    yield from facts(
        (_("The budget that it is about"), about),
        (_("It runs"), _days(found)),
        (_("The plan that it is for"), _plan(letter, request)),
    )
    rows = [] if found.is_one_sum else [Sum(_("Every week"), pounds(found.totals.get("weekly")))]
    title = _("In all") if found.is_one_sum else _("The first year, all together")
    yield Sums((*rows, Sum(title, pounds(found.totals.get("first")))))


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


def _who(letter: Letter, decision: Record) -> Iterator[Block]:
    name = letter.line(decision, "decided_name") or letter.somebody(decision.text("decided_by"))
    role = letter.line(decision, "decided_role")
    yield Heading(1, _("Who decided"))
    yield from facts(
        (_("Name"), name or _("not written down: ask us")),
        (_("Role"), _("member of the panel") if role == PANEL else role),
    )


def _when(letter: Letter, request: Record, decision: Record) -> Iterator[Block]:
    asked, promised, decided = (
        letter.day(record, name)
        for record, name in ((request, "asked_on"), (request, "promised_by"), (decision, "decided_on"))
    )
    yield Heading(1, _("When"))
    yield from facts(
        (_("You asked on"), asked), (_("We promised an answer by"), promised), (_("It was decided on"), decided)
    )
    if _is_late(request, decision):
        yield Plain(_("This is later than we promised. We are sorry."))
    yield Plain(_("You are told by this letter. We can also go through it with you, in the way that suits you."))


def _is_late(request: Record, decision: Record) -> bool:
    promised, decided = dates.last_day(request.text("promised_by")), dates.first_day(decision.text("decided_on"))
    return promised is not None and decided is not None and decided > promised


def _looked_at(letter: Letter, request: Record) -> Iterator[Block]:
    again = letter.record("decision", request.text("again_id"))
    field = next(each for each in forms.form("request").fields() if each.name == "considered")
    ticked = letter.values.ticked(request, field)
    words, new = letter.words(request, "considered_words"), letter.words(request, "evidence")
    yield Heading(1, _("What was looked at"))
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


def _way(letter: Letter, decision: Record) -> Iterator[Block]:
    if words := letter.words(decision, "way_decided"):
        yield Heading(2, _("Which way to manage the money fits best, and why"))
        yield Plain(words)


def _now(session: Session, request: Record, decision: Record, found: Statement | None) -> Iterator[Block]:
    outcome = decision.text("outcome")
    yield Heading(1, _("What happens now"))
    if outcome in PAYABLE:
        there = approvals.of_person(session, request.person_id or "")
        is_change = change_letter.find(there, request, decision) is not None
        yield from money_now.blocks(found, decision.text("decided_on"), is_change=is_change)
    elif outcome == PART:
        yield Plain(_("We work out a budget with you for the part that was agreed. Money comes once that is decided."))
    elif outcome == DECLINED:
        yield Plain(_("No money is paid because of this request. It does not change what you have now."))
        yield Plain(_("We talk with you about what else could help."))
    else:
        yield Plain(
            _("You need to do nothing. You get a letter when it is decided. Until then no money is paid for it.")
        )


def _asked(letter: Letter, request: Record) -> Iterator[Block]:
    if words := letter.words(request, "wish"):
        yield Heading(1, _("What you asked for, in your words"))
        yield Said(words)
