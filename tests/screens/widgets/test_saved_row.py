"""The row with what is saved and the sync status: parts are left out where there is no room, and no word is cut."""

import pytest
from rich.cells import cell_len

from phb_tui.screens.frame import saved_bar
from phb_tui.services.sync.sync_service import Status

LEFT = (
    "",
    "Saved on this laptop 10:42",
    "When were they told: Saturday 21 November 2026, 2 days ago",
    "When did they agree to hold the money for the person: Saturday 21 November 2026, 2 days ago, and so on",
)
AT = "2026-11-23T09:00:00+00:00"


@pytest.mark.parametrize("left", LEFT)
@pytest.mark.parametrize("width", [38, 78, 158])
@pytest.mark.parametrize(
    "status",
    [
        Status(0, "", 0, 0),
        Status(3, AT, 0, 0),
        Status(0, AT, 0, 0),
        Status(12, AT, 2, 1, 1),
        Status(0, AT, 0, 3, 2),
    ],
)
def test_no_word_of_the_row_is_cut(left: str, width: int, status: Status) -> None:
    """Every word of the row is a whole word of what it says, and it fits."""
    rights = saved_bar.badges(status)
    row = saved_bar.row(left, rights, width)
    assert cell_len(row) <= width
    whole = {word.rstrip(":") for words in (left, rights[0]) for word in words.split()}
    assert {word.rstrip(":\N{HORIZONTAL ELLIPSIS}") for word in row.split()} <= whole


def test_the_time_goes_first_and_the_most_pressing_stays() -> None:
    """Beside a long message stands how much is to be sent, or what somebody has to do about it."""
    rights = saved_bar.badges(Status(3, AT, 0, 0))
    assert saved_bar.row("x" * 60, rights, 78).endswith("  3 to send")
    rights = saved_bar.badges(Status(3, AT, 2, 1, 1))
    assert saved_bar.row("x" * 25, rights, 78).endswith(" 2 to decide - sync within 1 day - 1 need attention")
    assert saved_bar.row("x" * 50, rights, 78).endswith("  1 need attention")
