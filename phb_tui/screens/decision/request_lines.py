"""All of one request in lines to be read: what was asked, what was decided and why, and how the person was told."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from phb_tui.content import forms
from phb_tui.domain.decision.ask_again import APPEAL
from phb_tui.domain.decision.authority import PASSING_ON, PAYABLE
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.screens.decision import words
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.services.decision import about_request, subjects, to_tell
from phb_tui.services.decision.standing import Standing
from phb_tui.services.records import record_lists, roster
from phb_tui.services.session import Session

SAID = ("reasons", "conditions", "alternatives", "until", "way_decided", "learning", "appeal", "complaint", "advocacy")
"""Fields of a decision that are read, in their order."""


def lines(session: Session, there: Standing, *, hides: bool) -> Iterator[Content]:
    """All of one request: what was asked, what was looked at, each decision in full, and the telling.

    Args:
        session: The session.
        there: The request as it stands.
        hides: Whether what only staff may read is left out.
    """
    request, about = there.request, subjects.asked_of(session, there.request)
    yield from words.urgent(request)
    asked = _("Asked for: {sums}").format(sums=words.sums(about)) if about is not None else ""
    yield Content.styled(asked or _("The amounts cannot be read here."), "bold")
    who = about_request.who_asked(session, request)
    yield Content(_("Asked by {name} on {day}.").format(name=who, day=words.day(request.text("asked_on"))))
    if promised := request.text("promised_by"):
        yield Content(_("Answer promised by {day}.").format(day=words.promised_day(promised)))
    if waits := words.waits(session, there):
        yield Content(f"{waits}.")
    yield from (Content(line) for line in about_request.lines(session, there))
    for name in ("wish", "evidence"):
        yield from _quote(forms.printed_label("request", name), request.text(name))
    for decision in there.decisions:
        yield from _decision(session, there, decision, hides=hides)
    for told in there.told:
        yield Content("")
        yield Content.styled(forms.form("telling").title, "bold")
        yield Content(record_lists.line(session, told))
        if wrong := to_tell.what_is_wrong(session, there, told):
            yield Content.styled(f"{SHAPES.late} {wrong}", "bold $red")
        yield from _quote(forms.printed_label("telling", "said_back"), told.text("said_back"))


def _decision(session: Session, there: Standing, decision: Record, *, hides: bool) -> Iterator[Content]:
    yield Content("")
    yield Content.styled(words.decided(session, decision), "bold")
    if decision is there.newest and not there.is_confirmed:
        open_words = _("The team server has not confirmed it yet.")
        if there.outcome in PAYABLE:
            open_words = _("The team server has not confirmed it yet: do not pay.")
        yield Content.styled(f"{SHAPES.late} {open_words}", "bold $red")
    if to := decision.text("to"):
        yield Content(_("Passed on to: {name}").format(name=roster.decider_name(session, to)))
    for name in SAID:
        if name == APPEAL and decision.text("outcome") in PASSING_ON:
            continue  # older decisions copied it too; nothing was decided that could be looked at again
        field = forms.field("decision", name)
        if decision.text(name).strip() and not (hides and field is not None and field.staff_only):
            yield Content.styled(forms.printed_label("decision", name), "$quiet")
            yield Content(record_lists.display(session, decision, name))


def _quote(label: str, said: str) -> Iterator[Content]:
    if said.strip():
        yield Content.styled(label, "$quiet")
        yield Content.styled(f"{SHAPES.own_words} ", "$blue") + Content.styled(said, "bold $bold")
