"""State of a part of a step that is a screen of its own, such as what was asked and decided."""

from __future__ import annotations

from textual.content import Content

from phb_tui.content import forms
from phb_tui.domain.calendar import whole_days
from phb_tui.domain.people import person_facts
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _, n_
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.services.decision import standing, to_tell
from phb_tui.services.decision.standing import Standing
from phb_tui.services.decision.subjects import overtaken_shortly
from phb_tui.services.person import reminders
from phb_tui.services.records import roster
from phb_tui.services.session import Session


def state(session: Session, person: Record, screen: str) -> Content:
    """The state that stands at the line of a screen; empty for one without."""
    found = standing.of_person(session, person.record_id) if screen == "decisions" else []
    if not found:
        return _new_tasks(session, person) if screen == "make_tasks" else Content("")
    if next(to_tell.among(session, found), None) is not None:
        words = _("tell {name}").format(name=person_facts.preferred_name(person))
        return Content.styled(f"{SHAPES.late} {words}", "bold $red")
    newest = found[0]
    if newer := overtaken_shortly(session, newest):
        return Content.styled(f"{SHAPES.late} {newer}", "bold $red")
    if newest.is_waiting:
        return Content.styled(f"{SHAPES.begun} {_waits(session, newest)}", "$blue")
    outcome = forms.show(standing.DECISION, "outcome", newest.outcome)
    words = _("decided: {outcome}").format(outcome=outcome)
    if not newest.is_confirmed:
        words = _("decided: {outcome}, not confirmed yet").format(outcome=outcome)
        return Content.styled(f"{SHAPES.begun} {words}", "$blue")
    return Content.styled(f"{SHAPES.done} {words}", "$green")


def _new_tasks(session: Session, person: Record) -> Content:
    """How many tasks the agreed way needs that are not made yet: with another way there are others."""
    count = reminders.count_new_tasks(session, person.record_id)
    words = n_("{count} new", "{count} new", count).format(count=count)
    return Content.styled(f"{SHAPES.begun} {words}", "$blue") if count else Content("")


def _waits(session: Session, there: Standing) -> str:
    who, until = roster.decider_name(session, there.to), there.put_off_until or there.request.text("promised_by")
    if not until:
        return _("waits for {whom}").format(whom=who)
    return _("waits for {whom} until {day}").format(whom=who, day=whole_days.in_short(until))
