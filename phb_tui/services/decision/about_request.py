"""What a decision-maker reads about a request: who asked, what was looked at, and what was decided before."""

from collections.abc import Iterator

from phb_tui.content import forms
from phb_tui.domain.calendar import dates
from phb_tui.domain.decision.amounts_since import amounts_since
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.services.decision import standing, subjects
from phb_tui.services.decision.standing import Standing
from phb_tui.services.records import record_lists, roster
from phb_tui.services.session import Session


def who_asked(session: Session, request: Record) -> str:
    """The names of those who asked."""
    names = roster.printed_names(session)
    found = sorted(roster.name_of(names, each) for each in subjects.asked_by(session, request))
    return ", ".join(found) or roster.name_of(names, "")


def lines(session: Session, there: Standing) -> Iterator[str]:
    """Lines about a request: the risk in words, what was looked at, and what changed since the last decision."""
    request = there.request
    if request.text("risk_words").strip():
        yield _("Risk: {words}").format(words=_one_line(request.text("risk_words")))
    looked = [*record_lists.ticked(request, "considered"), _one_line(request.text("considered_words"))]
    if any(looked):
        yield _("Looked at: {what}").format(what=", ".join(part for part in looked if part))
    before = decided_before(session, there)
    if before is not None and before.newest is not None:
        outcome = forms.show("decision", "outcome", before.outcome)
        day = dates.in_words(before.newest.text("decided_on"))
        what = since(session, before.request, request)
        yield _("Decided before, on {day}: {outcome}. {what}").format(day=day, outcome=outcome, what=what).rstrip()


def decided_before(session: Session, there: Standing) -> Standing | None:
    """The last decided request about the same budget; None for the first one."""
    budget_id = _budget_id(session, there.request)
    found = (
        each
        for each in standing.of_person(session, there.request.person_id or "")
        if each.request.record_id != there.request.record_id and each.decisions and not each.is_waiting
        if budget_id and _budget_id(session, each.request) == budget_id
    )
    return next(found, None)


def since(session: Session, before: Record, now: Record) -> str:
    """By how much the amounts of two requests' versions differ, as a sentence; "" when one cannot be read."""
    then, here = subjects.asked_of(session, before), subjects.asked_of(session, now)
    return amounts_since(then, here) if then and here else ""


def _budget_id(session: Session, request: Record) -> str:
    version = subjects.version_of(session, request)
    return version.text("budget_id") if version is not None else ""


def _one_line(words: str) -> str:
    return " ".join(words.split())
