"""Name, identifiers and death of a person, formatted from their record."""

import re

from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record
from phb_tui.domain.text import letters, nhs_number
from phb_tui.i18n import _


def full_name(record: Record) -> str:
    """Given name and family name; "No name yet" when both are empty."""
    return f"{record.text('given_name')} {record.text('family_name')}".strip() or _("No name yet")


def preferred_name(record: Record) -> str:
    """The person's preferred name."""
    return record.text("known_as") or record.text("given_name") or full_name(record)


def date_of_birth(record: Record) -> str:
    """The date of birth in short form: "27 Mar 1962"; "" when unknown."""
    return " ".join(dates.in_short(record.text("date_of_birth")).split())


def shown_nhs_number(record: Record, *, whole: bool) -> str:
    """The NHS number, or "...0018" when shortened; "" when there is none."""
    kept = record.text("nhs_number")
    four = nhs_number.last_four(kept)
    return nhs_number.tidy(kept) if whole or not four else f"...{four}"


def short_identity(record: Record, *, whole: bool) -> list[str]:
    """Date of birth and NHS number in short form, for a head: "born 27 Mar 1962", "NHS ...0018"."""
    date, words = date_of_birth(record), shown_nhs_number(record, whole=whole)
    found = [_("born {date}").format(date=date)] if date else []
    return [*found, _("NHS {number}").format(number=words)] if words else found


def identity(record: Record) -> str:
    """Name, date of birth and NHS number, which together identify a person."""
    parts = [full_name(record)]
    if words := dates.in_words(record.text("date_of_birth")):
        parts.append(_("born {date}").format(date=words))
    if words := shown_nhs_number(record, whole=True):
        parts.append(_("NHS number {number}").format(number=words))
    return ", ".join(parts)


_NO_DEATH = {
    "",
    "no",
    "na",
    "none",
    "nil",
    "nope",
    "not",
    "notapplicable",
    "notdead",
    "notdied",
    "hasnot",
    "alive",
    "living",
}
"""What stands in the place of a date of death where nobody has died, in letters alone: "n/a", "-", "Not applicable"."""


def has_died(record: Record) -> bool:
    """Whether a date of death is recorded; everything that follows is derived from it and undone by clearing it.

    Other words count too, such as "found by Bea", but not those that say that the person has not died.
    """
    return "".join(re.findall(r"[^\W_]", letters.fold(record.text("died_on")))) not in _NO_DEATH


def death(record: Record, *, staff: bool = True) -> str:
    """A sentence that the person died and when; "" while no date of death is recorded.

    Args:
        record: The person.
        staff: Whether to include text entered in place of a date, which is for staff only.
    """
    if not has_died(record):
        return ""
    kept = record.text("died_on").strip()
    if dates.parse(kept):
        words = _("{name} died on {date}.")
    elif dates.is_date(kept):
        words = _("{name} died in {date}.")
    else:
        words = _("{name} has died: {date}.") if staff else _("{name} has died.")
    return words.format(name=preferred_name(record), date=dates.in_words(kept))
