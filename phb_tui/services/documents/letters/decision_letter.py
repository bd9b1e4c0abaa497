"""The letter about a decision: what, who, when, what was looked at, why, what else, what now, and how to ask again."""

from collections.abc import Iterator

from phb_tui.documents.model import Block, Document, Heading, Plain
from phb_tui.domain.budget.version_content import FINAL
from phb_tui.domain.decision.authority import APPROVED, CONDITIONS, DECLINED, PART, PASSING_ON, PAYABLE
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.services.budget.statement import Statement
from phb_tui.services.decision import outcomes
from phb_tui.services.documents.letters import asked_parts, change_letter, money_now, waiting_letter
from phb_tui.services.documents.letters.letter import (
    TOLD,
    Letter,
    chapter,
    facts,
    if_you_do_not_agree,
    is_later,
    urgent,
    who,
)
from phb_tui.services.payments import approvals
from phb_tui.services.session import Session

DECIDED = {
    APPROVED: N_("Yes. You can have the budget that you asked for."),
    CONDITIONS: N_("Yes, on a condition. It is written further down."),
    PART: N_("Yes to part of what you asked for, and no to the rest. The reasons below say which part."),
    DECLINED: N_("No. You cannot have the budget that you asked for. This letter says why, and what else there is."),
    **waiting_letter.SAID,
}
"""What each outcome says to the person."""
STAYS = N_("No. The decision of {day} stays as it is. This letter says why, and what else there is.")
"""What a No says after a Yes that was looked at again: that Yes still counts."""


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
    found = asked_parts.statement_of(session, letter, request)
    if decision.text("outcome") in PASSING_ON:
        return waiting_letter.document(letter, request, decision, found)
    before = outcomes.approved_before(letter.record, request)
    blocks = [
        *_what(letter, request, decision, found, before),
        *who(letter, decision, _("Who decided")),
        *_when(letter, request, decision),
        *asked_parts.looked_at(letter, request, _("What was looked at")),
        *chapter(
            _("Why"), letter.words(decision, "reasons") or _("The reasons were not written down. Ask us for them.")
        ),
        *_way(letter, decision),
        *_conditions(letter, decision),
        *chapter(_("What else could reach the same goal"), letter.words(decision, "alternatives")),
        *_now(letter, request, decision, found, before),
        *if_you_do_not_agree(letter, decision),
        *asked_parts.own_words(letter, request),
    ]
    dated = _("Decided on {day}.").format(day=letter.day(decision, "decided_on") or _("a day that was not written"))
    return letter.document(_("Our decision about your budget"), dated, blocks)


def _what(
    letter: Letter, request: Record, decision: Record, found: Statement | None, before: outcomes.Approved | None
) -> Iterator[Block]:
    outcome = decision.text("outcome")
    yield Heading(1, _("What was decided"))
    if outcome == DECLINED and before is not None and (day := letter.day(before.decision, "decided_on")):
        yield Plain(_(STAYS).format(day=day))
    else:
        yield Plain(_(DECIDED[outcome]))
    has_it = before is not None and outcomes.is_same_version(before, request)
    amounts = asked_parts.YOU_HAVE if has_it else asked_parts.YOU_ASKED
    if outcome in PAYABLE and not has_it:
        amounts = asked_parts.YOURS if found is not None and found.purpose == FINAL else asked_parts.ABOUT
    yield from asked_parts.budget(letter, request, found, amounts)
    if outcome == PART:
        if not has_it:
            yield Plain(_("That is what you asked for, and not what you get."))
        yield Plain(_("The part that was agreed is worked out next."))


def _when(letter: Letter, request: Record, decision: Record) -> Iterator[Block]:
    asked, promised, decided = (
        letter.day(record, name)
        for record, name in ((request, "asked_on"), (request, "promised_by"), (decision, "decided_on"))
    )
    yield Heading(1, _("When"))
    yield from facts(
        (_("You asked on"), asked),
        urgent(letter, request),
        (_("We promised an answer by"), promised),
        (_("It was decided on"), decided),
    )
    if is_later(decision.text("decided_on"), request.text("promised_by")):
        yield Plain(_("This is later than we promised. We are sorry."))
    yield Plain(_(TOLD))


def _way(letter: Letter, decision: Record) -> Iterator[Block]:
    if words := letter.words(decision, "way_decided"):
        yield Heading(2, _("Which way to manage the money fits best, and why"))
        yield Plain(words)


def _conditions(letter: Letter, decision: Record) -> Iterator[Block]:
    """What has to be done for a yes to count, and that it counts only then."""
    if decision.text("outcome") == CONDITIONS:
        lacks = _("The condition was not written down. Ask us for it.")
        yield from chapter(_("On what condition"), letter.words(decision, "conditions") or lacks)
        yield Plain(_("The yes counts when this is done. Tell us when it is, or when you need help with it."))


def _now(
    letter: Letter, request: Record, decision: Record, found: Statement | None, before: outcomes.Approved | None
) -> Iterator[Block]:
    outcome = decision.text("outcome")
    yield Heading(1, _("What happens now"))
    if outcome in PAYABLE and before is not None and outcomes.is_same_version(before, request):
        day = letter.day(before.decision, "decided_on") or _("a day that was not written")
        yield Plain(_("You have this budget since the decision of {day}. Nothing is paid twice.").format(day=day))
        yield Plain(_("The letter about that decision says when money comes."))
    elif outcome in PAYABLE:
        there = approvals.of_person(letter.session, request.person_id or "")
        is_change = change_letter.find(there, request, decision) is not None
        yield from money_now.blocks(found, decision.text("decided_on"), is_change=is_change)
    elif outcome == PART:
        yield Plain(_("We work out a budget with you for the part that was agreed."))
        yield Plain(_("It is kept as a version of its own, and then decided. You get a letter about that."))
        yield Plain(_("No money is paid for it before that. What you have now stays as it is."))
    else:
        yield Plain(_("No money is paid because of this request. It does not change what you have now."))
        yield Plain(_("We talk with you about what else could help."))
