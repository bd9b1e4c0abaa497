"""Words that the screens of a decision share: amounts, days, and how a request stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from textual.content import Content

from phb_tui.content import forms
from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.calendar import dates
from phb_tui.domain.decision.authority import Asked
from phb_tui.domain.records.changes import YES, Record
from phb_tui.i18n import _, n_
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.services.decision import subjects
from phb_tui.services.decision.standing import Standing
from phb_tui.services.records import roster
from phb_tui.services.session import Session


def sums(about: Asked) -> str:
    """The amounts that are asked for: a week and in the first year, or all of it where nothing comes again."""
    if not about.weekly:
        return _("\N{POUND SIGN}{sum} in all").format(sum=shown(about.first))
    return _("\N{POUND SIGN}{weekly} a week, \N{POUND SIGN}{first} in the first year").format(
        weekly=shown(about.weekly), first=shown(about.first)
    )


def day(kept: str) -> str:
    """A day as read; "a day that is not known" where none is kept."""
    return dates.in_words(kept) or _("a day that is not known")


def days_left(left: int | None) -> str:
    """How many days are left until the promised day, or since when it is past; "" without such a day."""
    if left is None:
        return ""
    if left < 0:
        return n_("{count} day late", "{count} days late", -left).format(count=-left)
    return n_("{count} day left", "{count} days left", left).format(count=left) if left else _("due today")


def promised_day(kept: str) -> str:
    """A day that is promised, with its weekday; "a day that is not known" where none is kept."""
    return dates.in_full(kept) or _("a day that is not known")


def promised(session: Session, proposed: date, last: date) -> str:
    """The day that is promised where none is written, and the last one that may be where that is another one.

    Args:
        session: The session.
        proposed: The day that is promised where none is written.
        last: The last one that may be.
    """
    count = (last - session.today).days
    words = n_("At the latest {day}, in {count} day", "At the latest {day}, in {count} days", count)
    latest = words.format(day=dates.in_full(last.isoformat()), count=count)
    if proposed == last:
        return latest
    return _("Left empty: {day}. {latest}").format(day=dates.in_full(proposed.isoformat()), latest=latest)


def urgent(request: Record) -> Iterator[Content]:
    """A line that says that a request is urgent; none for one that is not."""
    if request.text("urgent") == YES:
        words = _("Urgent")
        yield Content.styled(f"{SHAPES.late} {words}", "bold $red")


def asked(request: Record) -> str:
    """When it was asked, and whether it asks for another look at what was decided before."""
    words = _("Asked for another look on {day}") if request.text("again_id") else _("Asked on {day}")
    return words.format(day=day(request.text("asked_on")))


def decided(session: Session, decision: Record) -> str:
    """What was decided, by whom and when, on one line."""
    outcome = forms.show("decision", "outcome", decision.text("outcome"))
    name = decision.text("decided_name") or roster.decider_name(session, decision.text("decided_by"))
    who = ", ".join(part for part in (name, decision.text("decided_role")) if part)
    return _("{outcome}: {who}, {day}").format(outcome=outcome, who=who, day=day(decision.text("decided_on")))


def version(session: Session, there: Standing) -> str:
    """Which version a request is about, and its amount."""
    kept, about = subjects.version_of(session, there.request), subjects.asked_of(session, there.request)
    if kept is None or about is None:
        return _("About a version of the budget that cannot be read here")
    return _("Version {number} of the budget: {sums}").format(number=kept.text("number"), sums=sums(about))


def waits(session: Session, there: Standing) -> str:
    """For whom or until when a request waits, or that it is overtaken; "" for one that is decided."""
    if not there.is_waiting:
        return ""
    if about := subjects.overtaken(session, there):
        return about.rstrip(".")
    if there.put_off_until:
        return _("Put off until {day}").format(day=promised_day(there.put_off_until))
    return _("Waits for {name}").format(name=roster.decider_name(session, there.to))
