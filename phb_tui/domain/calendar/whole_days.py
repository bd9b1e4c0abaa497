"""Days of what is kept for ever, such as when a version was agreed: whole ones, over, and hardly ever long ago."""

from datetime import date

from phb_tui.domain.calendar import date_words, dates, weekdays
from phb_tui.domain.calendar.date_words import Tense
from phb_tui.i18n import _

_YEAR = 12
_HALF_A_YEAR = 183
"""Days from today, either way, within which a day and a month are one day."""


def whole(kept: str) -> date | None:
    """The day that a stored date is; None for a month, a year, "about" and anything that is no date."""
    first = dates.first_day(kept)
    return first if first is not None and kept == first.isoformat() else None


def problem(kept: str, today: date) -> str:
    """Validate a whole day that is not in the future: an error as a sentence, "" if valid."""
    is_part = dates.is_date(kept) and whole(kept) is None
    is_no_date = not dates.is_date(kept) and not date_words.wrong_weekday(kept, today, Tense.BACK)
    if kept and (is_part or is_no_date):
        return _("Write the whole date, with its day, month and year, for example today or 27 3 2026.")
    return dates.problem_past(kept, today)


def problem_ahead(kept: str, today: date) -> str:
    """Validate a whole day, over or to come: an error as a sentence, "" if valid."""
    if not kept or whole(kept) is not None:
        return ""
    wrong_day = dates.problem(kept, today) if date_words.wrong_weekday(kept, today, Tense.AHEAD) else ""
    return wrong_day or needed()


def needed() -> str:
    """What is to be written where a whole day is needed, as a sentence."""
    return _("Enter a day, month and year, for example 7 12 2026.")


def warning(kept: str, today: date) -> str:
    """A sentence about a day that is more than a year ago and may be meant otherwise; "" for any other."""
    day = whole(kept)
    if day is None or day >= dates.add_months(today, -_YEAR):
        return ""
    return _("{date} is more than a year ago. Check the year.").format(date=dates.in_full(kept))


def in_short(kept: str) -> str:
    """Format a stored day as "Sat 28 Nov 2026", for lists; anything else as `dates.in_short`."""
    day, words = whole(kept), dates.in_short(kept)
    return (
        words
        if day is None
        else _("{weekday} {date}").format(weekday=weekdays.name(day.weekday(), short=True), date=words)
    )


def in_shortest(kept: str, today: date) -> str:
    """Format a stored day as "27 Mar" where its year can only be one; any other date as `dates.in_short`."""
    day, words = whole(kept), dates.in_short(kept)
    if day is None or abs((day - today).days) > _HALF_A_YEAR:
        return words
    return words.removesuffix(f" {day.year}")


def tidy_from(typed: str, today: date, floor: date) -> str:
    """Normalise a past date as `dates.tidy_past` does; of a day without a year the one that is not before a day.

    A day just before it stays as it is: it is rather a mistake in the day than in the year.

    Args:
        typed: As somebody wrote it.
        today: The day it was written.
        floor: The day before which it cannot have been.
    """
    kept, ahead = dates.tidy_past(typed, today), dates.tidy(typed, today, Tense.AHEAD)
    back, coming = whole(kept), whole(ahead)
    if back is None or coming is None or back >= floor or coming < floor:
        return kept
    is_nearer = coming - today < today - back
    return ahead if is_nearer and (back.day, back.month) == (coming.day, coming.month) else kept
