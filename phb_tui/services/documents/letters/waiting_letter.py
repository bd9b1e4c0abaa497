"""The letter about a request that was put off or passed on: nothing is decided, so it says who decides or by when."""

from collections.abc import Iterator

from phb_tui.documents.model import Block, Document, Heading, Plain
from phb_tui.domain.decision.authority import DEFERRED, ESCALATED
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.services.budget.statement import Statement
from phb_tui.services.decision import outcomes
from phb_tui.services.documents.letters import asked_parts
from phb_tui.services.documents.letters.letter import (
    TOLD,
    Letter,
    chapter,
    complain_and_help,
    facts,
    is_later,
    urgent,
    who,
)

SAID = {
    DEFERRED: N_("Not yet. Nothing is decided: the decision was put off."),
    ESCALATED: N_("Not yet. Nothing is decided: it was passed on, so that someone else decides."),
}
"""What each outcome says to the person."""
_DATED = {DEFERRED: N_("Put off on {day}."), ESCALATED: N_("Passed to someone else on {day}.")}


def document(letter: Letter, request: Record, decision: Record, found: Statement | None) -> Document:
    """The letter about a decision that was put off or passed on.

    Args:
        letter: The letter that is being written.
        request: What was asked for.
        decision: What was answered, with an outcome of `SAID`.
        found: The kept version that it is about; None when it is not on this laptop.
    """
    outcome = decision.text("outcome")
    blocks = [
        *_what(letter, request, decision, found),
        *who(letter, decision, _(outcomes.WHO[outcome])),
        *_when(letter, request, decision),
        *asked_parts.looked_at(letter, request, _("What was looked at so far")),
        *chapter(
            _("Why"), letter.words(decision, "reasons") or _("The reasons were not written down. Ask us for them.")
        ),
        *_now(),
        Heading(1, _("If you want to ask or complain")),
        Plain(_("You can ask us about this at any time: {contact}").format(contact=letter.whom_to_ask())),
        *complain_and_help(letter, decision),
        *asked_parts.own_words(letter, request),
    ]
    day = letter.day(decision, "decided_on") or _("a day that was not written")
    return letter.document(_("Your request is not decided yet"), _(_DATED[outcome]).format(day=day), blocks)


def _what(letter: Letter, request: Record, decision: Record, found: Statement | None) -> Iterator[Block]:
    yield Heading(1, _("What happened"))
    yield Plain(_(SAID[decision.text("outcome")]))
    if decision.text("outcome") == DEFERRED:
        day = letter.day(decision, "until")
        yield Plain(_("It will be decided by {day}.").format(day=day) if day else _("Ask us when it will be decided."))
    else:
        name = letter.somebody(decision.text("to"))
        yield Plain(_("Who decides now: {name}.").format(name=name) if name else _("Ask us who decides now."))
    before = outcomes.approved_before(letter.record, request)
    has_it = before is not None and outcomes.is_same_version(before, request)
    yield from asked_parts.budget(letter, request, found, asked_parts.YOU_HAVE if has_it else asked_parts.YOU_ASKED)


def _when(letter: Letter, request: Record, decision: Record) -> Iterator[Block]:
    outcome, promised = decision.text("outcome"), letter.day(request, "promised_by")
    yield Heading(1, _("When"))
    yield from facts(
        (_("You asked on"), letter.day(request, "asked_on")),
        urgent(letter, request),
        (_("We promised an answer by"), promised),
        (_(outcomes.WHEN[outcome]), letter.day(decision, "decided_on")),
    )
    if outcome == DEFERRED and is_later(decision.text("until"), request.text("promised_by")):
        yield Plain(_("It will be decided later than we promised. We are sorry."))
    elif outcome == ESCALATED and is_later(decision.text("decided_on"), request.text("promised_by")):
        yield Plain(_("The day that we promised has passed. We are sorry. Ask us when it will be decided."))
    elif outcome == ESCALATED and promised:
        yield Plain(_("The day that we promised stays the same."))
    yield Plain(_(TOLD))


def _now() -> Iterator[Block]:
    yield Heading(1, _("What happens now"))
    yield Plain(_("You need to do nothing. You get a letter when it is decided."))
    yield Plain(_("Until then no money is paid for this request. What you have now stays as it is."))
