"""Names of the days of the week."""

from phb_tui.i18n import N_, _

_WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip


def name(number: int, *, short: bool = False) -> str:
    """Name of a day by its number, 0 for Monday: "Monday", or "Mon"."""
    words = _(_WEEKDAYS[number])
    return words[:3] if short else words
