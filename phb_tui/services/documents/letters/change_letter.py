"""The letter about a change of the money: what it was and is, from when, why, and how the next payment comes out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from phb_tui.documents.model import Block, Document, Heading, Plain, Said, Sum, Sums
from phb_tui.domain.budget import version_content
from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.calendar import dates
from phb_tui.domain.payments import approved
from phb_tui.domain.payments.approved import Approved, Content
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.services.budget import versions
from phb_tui.services.documents.budget_amounts import ONCE, pounds
from phb_tui.services.documents.letters import change_sums, changed_lines
from phb_tui.services.documents.letters.change_sums import Adjusted
from phb_tui.services.documents.letters.letter import PANEL, Letter, chapter, facts, if_you_do_not_agree
from phb_tui.services.payments import due, making
from phb_tui.services.payments.approvals import Approvals, ApprovedVersion
from phb_tui.services.payments.due import BudgetPayments, Payment, State
from phb_tui.services.session import Session

SORTS = {**ONCE, "adjustment": N_("To set right what was paid before")}
"""Payments that say what they are for."""


@dataclass(frozen=True, slots=True)
class Change:
    """A budget that was approved after another version of it, or after the one whose place it takes.

    Attributes:
        request, decision: What was asked and decided about the new version.
        before, now: The approved versions.
    """

    request: Record
    decision: Record
    before: ApprovedVersion
    now: ApprovedVersion


def find(there: Approvals, request: Record, decision: Record) -> Change | None:
    """The change that a decision made; None when there was nothing approved before, or it is not on this laptop.

    Args:
        there: The person's approved versions.
        request: What was asked for.
        decision: The decision about it, which says yes and which central holds.
    """
    confirmed = {each.version.record_id: each for each in there.versions if each.is_confirmed}
    now = confirmed.pop(request.text("version_id"), None)
    made = [each.version for each in there.made if each.version.record_id in confirmed]
    others = [each.version for each in confirmed.values()]
    before = (_before(now.version, made) or _before(now.version, others)) if now is not None else None
    return Change(request, decision, confirmed[before.record_id], now) if now is not None and before else None


def _before(now: Record, there: list[Record]) -> Record | None:
    """The approved version that another one follows: of the same budget, else of the one whose place it takes."""
    inputs = version_content.read_inputs(now.text("inputs"))
    replaced = inputs.budget.get("replaces_id", "").strip() if inputs is not None else ""
    same = [each for each in there if _budget(each) == _budget(now) and versions.number(each) < versions.number(now)]
    other = [each for each in there if replaced and _budget(each) == replaced]
    return next(iter(versions.newest_first(same or other)), None)


def _budget(version: Record) -> str:
    return version.text("budget_id")


def wait(session: Session, there: Approvals, change: Change) -> str:
    """Why the change cannot be told as it is written, as a sentence that says what to do; "" when it can."""
    if say := making.taken_over(there, change.now):
        return say
    found = there.schedule_of(change.now)
    is_running = any(each.version.record_id == change.now.version.record_id for each, _due in there.running)
    is_paid_out = bool(found.payments or found.earlier)
    return making.too_soon(session, there, change.now) if is_paid_out and not is_running else ""


def document(session: Session, there: Approvals, change: Change) -> Document:
    """The letter about a change of the money.

    Raises:
        UnknownRecord: The person is not on this laptop, or not any more.
    """
    letter = Letter(session, change.request.person_id or "")
    content = approved.read(change.now.approved)
    blocks = [
        *_what(change, content),
        *changed_lines.blocks(session, change.before, change.now),
        *chapter(_("Why"), letter.words(change.decision, "reasons")),
        *chapter(_("On what condition"), letter.words(change.decision, "conditions")),
        *_who(letter, change.decision),
        *_paid(due.by_version(session, there, change.now), _adjusted(there, change, content)),
        *if_you_do_not_agree(letter, change.decision),
        *_asked(letter, change.request),
    ]
    day = letter.day(change.decision, "decided_on")
    dated = _("Decided on {day}.").format(day=day) if day else ""
    return letter.document(_("Your money changes"), dated, blocks)


def _what(change: Change, content: Content | None) -> Iterator[Block]:
    name = "total_weekly" if change.now.approved.fields.get("total_weekly") else "total_first"
    old, new = (_pence(each.approved, name) for each in (change.before, change.now))
    weekly = name == "total_weekly"
    yield Heading(1, _("What changes"))
    if old is None or new is None:
        yield Plain(_("The amounts cannot be read on this laptop. Ask us for them."))
        return
    if content is not None:
        day = dates.in_full(content.period.first.isoformat())
        yield Plain((_("From {day} there is less money.") if new < old else _("From {day} there is more money.")
                     if new > old else _("From {day} the money is as much as before.")).format(day=day))  # fmt: skip
    if _has_begun(change, content):
        yield Sums(
            (
                Sum(_("Every week until then") if weekly else _("In all until now"), pounds(old)),
                Sum(_("Every week from then on") if weekly else _("In all now"), pounds(new)),
            )
        )
    elif new != old:
        words = (
            _("Instead of {old} it will be {new} every week.") if weekly else _("Instead of {old} it will be {new}.")
        )
        yield Plain(words.format(old=pounds(old), new=pounds(new)))
    if new != old:
        difference = _("{sum} less") if new < old else _("{sum} more")
        yield Plain(
            (_("That is {difference} every week: {more} - {less} = {sum}.") if weekly
             else _("That is {difference} in all: {more} - {less} = {sum}.")).format(
                difference=difference.format(sum=pounds(abs(new - old))), more=shown(max(old, new)),
                less=shown(min(old, new)), sum=shown(abs(new - old)),
            )
        )  # fmt: skip


def _has_begun(change: Change, content: Content | None) -> bool:
    """Whether the version before runs for some days at least before the change."""
    before = approved.read(change.before.approved)
    return before is None or content is None or before.period.first < content.period.first


def _pence(version: Approved, name: str) -> int | None:
    found = version.fields.get(name)
    return found if type(found) is int else None


def _who(letter: Letter, decision: Record) -> Iterator[Block]:
    role = letter.line(decision, "decided_role")
    yield Heading(1, _("Who decided, and when"))
    yield from facts(
        (_("Name"), letter.line(decision, "decided_name") or letter.somebody(decision.text("decided_by"))),
        (_("Role"), _("member of the panel") if role == PANEL else role),
        (_("Decided on"), letter.day(decision, "decided_on")),
    )


def _paid(found: BudgetPayments, adjusted: Adjusted | None) -> Iterator[Block]:
    """What is still to be paid: the days and amounts of the list of payments, less what was paid before."""
    yield Heading(1, _("What is paid next"))
    if not found.payments:
        yield Plain(_("No money is paid out. The NHS arranges the support and pays for it."))
        return
    yield Plain(_("This is what is paid to you, or to whoever manages the money for you."))
    if before := sum(each.taken_off for each in found.payments):
        yield Plain(_("{sum} was paid before and is taken off here.").format(sum=pounds(before)))
    there = (each for each in found.payments if each.state is not State.ENDED and (each.to_pay or not each.due.pence))
    rows = [
        Sum(_label(found, each), pounds(each.to_pay), (*_steps(adjusted, each), *_less_paid(each)))
        for each in sorted(there, key=lambda one: (one.due.due_on, one.due.number))
    ]
    yield Sums(tuple(rows)) if rows else Plain(_("All of it was paid."))
    if found.owed:
        words = _("{sum} was paid too much. We look at it with you when we look at what was spent.")
        yield Plain(words.format(sum=pounds(found.owed)))


def _label(found: BudgetPayments, payment: Payment) -> str:
    day = dates.in_full(payment.due.due_on.isoformat())
    what = SORTS.get(payment.due.what)
    words = _("{what}, on {day}").format(what=_(what), day=day) if what else day
    if payment.due.version_id != found.version.version.record_id:
        return _("Not paid yet, from before: {what}").format(what=words)
    return words


def _steps(adjusted: Adjusted | None, payment: Payment) -> Iterator[str]:
    """How the payment that sets it right was worked out; nothing for any other."""
    if adjusted is not None and (payment.due.due_on, payment.due.pence) == (adjusted.set_right_on, adjusted.set_right):
        yield from _how(adjusted)


def _less_paid(payment: Payment) -> Iterator[str]:
    """What was paid of a payment before, where the rest is still to come."""
    if before := payment.due.pence - payment.to_pay:
        yield _("{due} is due, and {before} of it was paid: {due} - {before} = {rest}.").format(
            due=shown(payment.due.pence), before=shown(before), rest=shown(payment.to_pay)
        )


def _how(found: Adjusted) -> Iterator[str]:
    """How the payment that sets it right was worked out, a step a sentence."""
    values: Mapping[str, object] = {
        "paid": shown(found.paid), "paid_on": dates.in_words(found.paid_on.isoformat()), "days": found.days,
        "last": dates.in_words(found.last.isoformat()), "before": found.days_before, "after": found.days_after,
        "old": shown(found.old_part), "new": shown(found.new_part), "regular": shown(found.recurring),
        "all": found.all_days, "right": shown(found.right), "wrong": shown(abs(found.too_much)),
        "rest": shown(found.rest), "count": found.count, "usual": shown(found.usual), "sum": shown(found.set_right),
    }  # fmt: skip
    steps = [
        _("The payment of {paid_on} is {paid}, for {days} days, until {last}."),
        _("{before} of these days are before the change: {paid} x {before} / {days} = {old}."),
        _("From the change on {regular} comes, for {all} days."),
        _("{after} of the days are after the change: {regular} x {after} / {all} = {new}."),
        _("So {old} + {new} = {right} is right for these days."),
    ]
    if found.too_much > 0:
        odd = found.rest % found.count
        steps += [
            _("That payment is {paid} - {right} = {wrong} too much."),
            _("After it comes the rest, {regular} - {new} = {rest}: {rest} / {count} = {usual} (odd pennies).")
            if odd
            else _("After it comes the rest, {regular} - {new} = {rest}: {rest} / {count} = {usual}."),
            _("What was too much is taken off here: {usual} - {wrong} = {sum}."),
        ]
    elif found.too_much < 0:
        steps.append(_("That payment is {right} - {paid} = {wrong} too little. It is paid here."))
    yield from (step.format(**values) for step in steps)


def _adjusted(there: Approvals, change: Change, content: Content | None) -> Adjusted | None:
    read = approved.read(change.before.approved)
    if content is None or read is None:
        return None
    was_due = there.schedule_of(change.before).due
    return change_sums.adjusted(
        was_due, read.period.last, content.period, content.recurring, there.schedule_of(change.now).payments
    )


def _asked(letter: Letter, request: Record) -> Iterator[Block]:
    if words := letter.words(request, "wish"):
        yield Heading(1, _("What you asked for, in your words"))
        yield Said(words)
