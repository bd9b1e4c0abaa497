"""Parses, stores, validates and formats dates and times as people write them.

A date that is parsed is stored as 2026-11-23, a month as 2026-11, a year as 2026, each with "about" before it when it
is not certain. Anything else stays as typed.
"""

import re
from calendar import monthrange
from datetime import date, time

from phb_tui.domain.calendar import date_words, durations, timestamps, weekdays
from phb_tui.domain.calendar.date_words import Tense
from phb_tui.domain.calendar.date_words import exact as parse
from phb_tui.domain.calendar.durations import add_months
from phb_tui.i18n import N_, _, n_

__all__ = [
    "add_months",
    "explained",
    "first_day",
    "in_full",
    "in_short",
    "in_words",
    "is_date",
    "is_due",
    "is_past",
    "last_day",
    "parse",
    "parse_time",
    "problem",
    "problem_birth",
    "problem_past",
    "problem_review",
    "problem_time",
    "review_due_date",
    "sort_key",
    "tidy",
    "tidy_birth",
    "tidy_past",
    "tidy_review",
    "tidy_time",
]  # fmt: skip

_NAMES = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_ABOUT = re.compile(r"(about|around|approx(?:imately)?\.?|circa|c\.?|roughly)\s+", re.IGNORECASE)
_KEPT = re.compile(r"(about )?(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_TIME = re.compile(r"\s*(\d{1,2})(?:[:.h ]?(\d{2}))?\s*([ap])?\.?m?\.?\s*")
_NOON, _EARLIEST_VISIT = 12, 7
_EARLIEST, _LATEST = 1900, 2199
_OLD = 100
"""Age in years from which a date of birth is queried."""
_DAYS_IN_WORDS, _MONTHS_IN_WORDS = 31, 24
"""Largest distance to a date that is given in days, and in months."""


def parse_time(typed: str) -> time | None:
    """The time in "14:30", "14.30", "2.30pm" or "9"; None when it is not one, or can be two."""
    found = _times(typed)
    return found[0] if len(found) == 1 else None


def _times(typed: str) -> list[time]:
    """The times that a text can be: "2.30" is in the night or in the afternoon, "9.30" and "02:30" in the morning."""
    found = _TIME.fullmatch(typed.lower())
    if not found:
        return []
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half == "a" and hour > _NOON:
        return []
    if half:
        hours = [hour % _NOON + (_NOON if half == "p" else 0)]
    else:
        hours = [hour, hour + _NOON] if len(found[1]) == 1 and 0 < hour < _EARLIEST_VISIT else [hour]
    try:
        return [time(hour, minute) for hour in hours]
    except ValueError:
        return []


def tidy(typed: str, today: date, lean: Tense = Tense.AHEAD) -> str:
    """Normalise a date to 2007-03-27, a month to 2007-03, a year to 2007, keeping "about"; other text is unchanged.

    Args:
        typed: As somebody wrote it; "tomorrow", "next Friday" and "in 3 weeks" count from today.
        today: The day it was written.
        lean: Direction for "4/12" and "Friday": the next such day, or the last.
    """
    about, words = _without_about(typed)
    kept = date_words.read(words, today, lean)
    if not kept:
        return typed.strip()
    return f"about {kept}" if about else kept


def tidy_past(typed: str, today: date) -> str:
    """Normalise a past date as `tidy` does: "4/12" and "Friday" are the last such day."""
    return tidy(typed, today, Tense.BACK)


def tidy_birth(typed: str, today: date) -> str:
    """Normalise a date of birth as `tidy_past` does; a two-digit year is completed only if one century is possible."""
    about, words = _without_about(typed)
    possible = date_words.years_meant(words, today)
    if len(possible) > 1:
        return typed.strip()
    return tidy_past(about + (date_words.with_year(words, possible[0]) if possible else words), today)


def tidy_review(typed: str, today: date) -> str:
    """Normalise a review date as `tidy` does, and an interval to "every 3 months"."""
    return durations.interval(typed) or tidy(typed, today)


def tidy_time(typed: str) -> str:
    """Normalise a time to 14:30; other text is unchanged."""
    found = parse_time(typed)
    return timestamps.clock(found) if found else typed.strip()


def problem(kept: str, today: date, lean: Tense = Tense.AHEAD) -> str:
    """Validate a date: an error as a sentence, "" if valid. A month, a year and "about" are valid."""
    if not kept or is_date(kept):
        return ""
    if day := date_words.wrong_weekday(kept, today, lean):
        return _("{date} is a {weekday}. Check the day and the date.").format(
            date=in_words(day.isoformat()), weekday=weekdays.name(day.weekday())
        )
    if lean is Tense.AHEAD:
        return _("Enter a date, for example 4 12 2027, next Friday or in 2 weeks. A month is enough: March 2027.")
    return _("Enter a date, for example 27 3 2007. A month or a year is enough: March 2007, about 2007.")


def problem_past(kept: str, today: date) -> str:
    """Validate a date that must be in the past: an error as a sentence, "" if valid."""
    found = first_day(kept)
    if not kept or found is None or not is_date(kept):
        return problem(kept, today, Tense.BACK)
    return _("This date is in the future. Check the year.") if found > today else ""


def problem_birth(kept: str, today: date) -> str:
    """Validate a date of birth: an error or a question as a sentence, "" if valid."""
    possible = date_words.years_meant(_without_about(kept)[1], today)
    if len(possible) > 1:
        first, *_more, last = possible
        return _("Write the year with four figures: {first} or {last}.").format(first=first, last=last)
    found, last_day_of_it = first_day(kept), last_day(kept)
    if (wrong := problem_past(kept, today)) or found is None or last_day_of_it is None:
        return wrong
    if last_day_of_it < _years_before(today, _OLD):
        return _("This date is more than a hundred years ago. Check the year.")
    if found > _years_before(today, 1):
        return _("This date is less than a year ago. Check the year.")
    return ""


def problem_review(kept: str, today: date) -> str:
    """Validate the date or interval of a review: an error as a sentence, "" if valid."""
    del today
    if not kept or durations.interval(kept) or is_date(kept):
        return ""
    return _("Enter a date, for example 27 3 2027, or how often, for example every 3 months.")


def problem_time(kept: str) -> str:
    """Validate a time: an error as a sentence, "" if valid."""
    found = _times(kept)
    if len(found) > 1:
        return _("Write {early} or {late}.").format(early=timestamps.clock(found[0]), late=timestamps.clock(found[1]))
    return "" if found or not kept else _("Enter a time, for example 14:30.")


def in_words(kept: str) -> str:
    """Format a stored date as "27 March 2007", "March 2007" or "about 2007"; other text is unchanged."""
    return _in_words(kept, len(max(_NAMES, key=len)))


def in_full(kept: str) -> str:
    """Format a stored day as "Tuesday 27 March 2007"; a month, a year and "about" as `in_words`."""
    day = first_day(kept)
    if day is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", kept, re.ASCII):
        return in_words(kept)
    return _("{weekday} {date}").format(weekday=weekdays.name(day.weekday()), date=in_words(kept))


def in_short(kept: str) -> str:
    """Format a stored date as "27 Mar 2007", for lists; other text is unchanged."""
    return _in_words(kept, 3)


def is_date(kept: str) -> bool:
    """Whether a stored value is a date, a month or a year."""
    found = first_day(kept)
    return found is not None and _EARLIEST <= found.year <= _LATEST


def explained(kept: str, today: date) -> str:
    """How a date was understood: "Friday 4 December 2026, in 9 days"; "" when it is none.

    A month, a year and an interval have no distance added.
    """
    day = first_day(kept)
    if day is None or not is_date(kept):
        return kept if durations.interval(kept) == kept else ""
    full = in_full(kept)
    return full if full == in_words(kept) else _("{date}, {distance}").format(date=full, distance=_distance(day, today))


def review_due_date(kept: str, since: date) -> date | None:
    """The day on which a review falls due; None when that is neither a date nor an interval.

    Args:
        kept: A date, which is that day, or an interval.
        since: The last review, or the day the interval was written.
    """
    return first_day(kept) if is_date(kept) else durations.after(kept, since)


def is_due(kept: str, today: date) -> bool:
    """Whether a stored date is today or past. A month or year counts from its first day; other text is never due."""
    found = first_day(kept)
    return found is not None and found <= today


def last_day(kept: str) -> date | None:
    """Last day that a stored date can mean, for a month or year its last; None when it is no date."""
    first, found = first_day(kept), _KEPT.fullmatch(kept)
    if first is None or found is None or found[4]:
        return first
    if not found[3]:
        return date(first.year, 12, 31)
    return date(first.year, first.month, monthrange(first.year, first.month)[1])


def is_past(kept: str, today: date) -> bool:
    """Whether the last day of a stored date is past; other text is never over."""
    last = last_day(kept)
    return last is not None and last < today


def sort_key(kept: str) -> str:
    """Key that sorts stored dates by time, and other text last."""
    found = first_day(kept)
    return found.isoformat() if found else "9999"


def _in_words(kept: str, letters: int) -> str:
    found = _KEPT.fullmatch(kept)
    if not found or first_day(kept) is None:
        return kept
    about, year, month, day = found.groups()
    parts = [str(int(day))] if day else []
    parts += [_(_NAMES[int(month) - 1])[:letters]] if month else []
    words = " ".join([*parts, str(year)])
    return _("about {date}").format(date=words) if about else words


def first_day(kept: str) -> date | None:
    """First day that a stored date can mean; None when it is no date."""
    found = _KEPT.fullmatch(kept)
    if not found:
        return parse(kept) if kept else None
    try:
        return date(int(found[2]), int(found[3] or 1), int(found[4] or 1))
    except ValueError:
        return None


def _without_about(typed: str) -> tuple[str, str]:
    """A word such as "about" at the beginning of a text, with what follows it, or "", and the rest."""
    words = typed.strip()
    about = _ABOUT.match(words)
    return (about[0], words[about.end() :]) if about else ("", words)


def _years_before(today: date, years: int) -> date:
    return add_months(today, -12 * years)


def _distance(day: date, today: date) -> str:
    """Distance of a day from today, in whole days, months or years."""
    days = (day - today).days
    if days in {-1, 0, 1}:
        return (_("yesterday"), _("today"), _("tomorrow"))[days + 1]
    first, last = sorted((day, today))
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    if abs(days) <= _DAYS_IN_WORDS:
        far = n_("{count} day", "{count} days", abs(days)).format(count=abs(days))
    elif months < _MONTHS_IN_WORDS:
        far = n_("{count} month", "{count} months", months).format(count=months)
    else:
        far = n_("{count} year", "{count} years", months // 12).format(count=months // 12)
    return _("in {time}").format(time=far) if days > 0 else _("{time} ago").format(time=far)
