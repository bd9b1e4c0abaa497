"""Age bands of workers by date; a date of birth is never kept, only the day on which the next band begins."""

from datetime import date

BANDS = ("16_17", "18_20", "21", "22_plus")
"""Bands in the order in which somebody grows into them."""
FIXED = ("apprentice", "pension_age")
_YEARS_IN = {"18_20": 3, "21": 1}
"""How many whole years each later band lasts."""


def band_on(age: str, turns_on: date | None, day: date) -> str:
    """The band on a day (rule 3.0, *Age*).

    Args:
        age: The band on the day before `turns_on`; "" counts as 22 or over.
        turns_on: The day the next band begins; None when it is not known, and then the band stays.
        day: The day asked about.
    """
    band = age or BANDS[-1]
    for following, begins in zip(
        BANDS[BANDS.index(band) + 1 :] if band in BANDS else (), birthdays(band, turns_on), strict=False
    ):
        if day < begins:
            return band
        band = following
    return band


def birthdays(age: str, turns_on: date | None) -> list[date]:
    """The days on which the later bands begin; none when they are not known or there are no later ones."""
    if age not in BANDS or turns_on is None:
        return []
    found = []
    for following in BANDS[BANDS.index(age) + 1 :]:
        found.append(turns_on)
        turns_on = _years_later(turns_on, _YEARS_IN.get(following, 0))
    return found


def is_under_21(band: str) -> bool:
    """Whether no employer National Insurance is due; an apprentice's age is not asked, so it is counted (rule R7)."""
    return band in {"16_17", "18_20"}


def wage_rate(band: str) -> str:
    """The id of the minimum wage of a band."""
    return {"16_17": "nmw_16_17", "18_20": "nmw_18_20", "apprentice": "nmw_apprentice"}.get(band, "nmw_21")


def _years_later(day: date, years: int) -> date:
    """The same day some years later; 29 February counts as 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
