"""A person's name and other small facts, from a record of kind "person"."""

from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record
from phb_tui.domain.text import nhs_number
from phb_tui.i18n import _


def full_name(record: Record) -> str:
    """Given name and family name; "No name yet" when there is neither."""
    return f"{record.text('given_name')} {record.text('family_name')}".strip() or _("No name yet")


def called(record: Record) -> str:
    """What the person likes to be called."""
    return record.text("known_as") or record.text("given_name") or full_name(record)


def born(record: Record) -> str:
    """The date of birth in a few letters: "27 Mar 1962"; "" when it is not known."""
    return " ".join(dates.in_short(record.text("date_of_birth")).split())


def number(record: Record, *, whole: bool) -> str:
    """The NHS number, or "...0018" where there is little room; "" when there is none."""
    kept = record.text("nhs_number")
    four = nhs_number.last_four(kept)
    return nhs_number.tidy(kept) if whole or not four else f"...{four}"


def marks(record: Record, *, whole: bool) -> list[str]:
    """The date of birth and the NHS number in a few letters, for a head: "born 27 Mar 1962", "NHS ...0018"."""
    date, words = born(record), number(record, whole=whole)
    found = [_("born {date}").format(date=date)] if date else []
    return [*found, _("NHS {number}").format(number=words)] if words else found


def identity(record: Record) -> str:
    """Name, date of birth and NHS number in words: by these one person is told from another."""
    parts = [full_name(record)]
    if words := dates.in_words(record.text("date_of_birth")):
        parts.append(_("born {date}").format(date=words))
    if words := number(record, whole=True):
        parts.append(_("NHS number {number}").format(number=words))
    return ", ".join(parts)


def has_died(record: Record) -> bool:
    """Whether a date of death is written. What follows from it is worked out, so taking it away opens everything."""
    return bool(record.text("died_on").strip())


def death(record: Record, *, staff: bool = True) -> str:
    """That the person died and when, as one calm sentence; "" while no date of death is written.

    Args:
        record: The person.
        staff: Whether it says what was written in the date's place when that is no date: those words are for staff.
    """
    kept = record.text("died_on").strip()
    if not kept:
        return ""
    if dates.parse(kept):
        words = _("{name} died on {date}.")
    elif dates.is_date(kept):
        words = _("{name} died in {date}.")
    else:
        words = _("{name} has died: {date}.") if staff else _("{name} has died.")
    return words.format(name=called(record), date=dates.in_words(kept))
