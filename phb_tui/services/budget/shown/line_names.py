"""What the lines of a budget are called in lists: who comes and when, or what a cost is for."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import groupby

from phb_tui.content import forms
from phb_tui.domain.budget.amounts.figures import hours_shown, read_hours
from phb_tui.domain.budget.inputs import COUNTED
from phb_tui.domain.budget.reading.line_records import WEEK
from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.services.records import record_lists

DAYS = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"))


def of_shift(shift: Record, names: Mapping[str, str]) -> str:
    """What hours of support are called: who comes, what it is, and from when to when if not all the time.

    Args:
        shift: The record.
        names: Of workers by id.
    """
    who = " ".join(names.get(shift.text("worker_id"), "").split()) or _("Someone")
    what = " ".join(shift.text("what").split()) or ", ".join(_sort_and_days(shift))
    what = ", ".join(part for part in (what, _weeks(shift)) if part)
    words = _("{who}: {what}").format(who=who, what=what) if what else who
    return _with_days(words, shift.text("from_date"), shift.text("to_date"))


def _with_days(words: str, begins: str, ends: str) -> str:
    """Words about hours with the days from and to which they are, where they are not all the time."""
    first, last = dates.in_short(begins), dates.in_short(ends)
    if first and last:
        return _("{what}, {first} to {last}").format(what=words, first=first, last=last)
    if first:
        return _("{what}, from {day}").format(what=words, day=first)
    return _("{what}, to {day}").format(what=words, day=last) if last else words


def when(shift: Mapping[str, str]) -> str:
    """When somebody comes: the sort of hours, the days, in which weeks, and from when to when if not all the time.

    Args:
        shift: The text of its fields.
    """
    record = Record("", "shift", "", None, dict(shift))
    words = ", ".join(part for part in (*_sort_and_days(record), _weeks(record)) if part)
    return _with_days(words, shift.get("from_date", ""), shift.get("to_date", ""))


def of_cost(cost: Record) -> str:
    """What a cost is called: its own words, else what sort of cost it is."""
    what = " ".join(cost.text("what").split())
    return what or forms.show("cost", "kind", cost.text("kind")) or _(record_lists.UNSAID)


def _sort_and_days(shift: Record) -> Iterator[str]:
    """What sort of hours they are, unless they are by day, and on which days."""
    sort = shift.text("sort")
    if sort not in {"", "day"}:
        yield forms.show("shift", "sort", sort)
    minutes = [read_hours(shift.text(day)) or 0 for day in WEEK]
    at = 0
    for each, run in groupby(minutes):
        count = len(list(run))
        if each:
            days = _run(at, count)
            hours = hours_shown(Fraction(each))
            yield days if sort in COUNTED else _("{days} {hours}").format(days=days, hours=hours)
        at += count
    weekly = read_hours(shift.text("weekly"))
    if weekly and not any(minutes):
        yield _("{hours} a week").format(hours=hours_shown(Fraction(weekly)))


def _weeks(shift: Record) -> str:
    """In which weeks, unless in all of them."""
    weeks = shift.text("weeks")
    words = forms.show("shift", "weeks", weeks) if weeks not in {"", "every"} else ""
    return words[:1].lower() + words[1:]


def _run(first: int, count: int) -> str:
    """Days of the week that follow each other: "Monday to Friday"."""
    if count == 1:
        return _(DAYS[first])
    if count == 2:  # noqa: PLR2004 - two days are named both
        return _("{first} and {last}").format(first=_(DAYS[first]), last=_(DAYS[first + 1]))
    return _("{first} to {last}").format(first=_(DAYS[first]), last=_(DAYS[first + count - 1]))
