"""The nurse of the journeys presses Enter only where she sees what she looks for, and has no key on its way."""

import pytest

from tests.journeys.highlight import moved

LINE = "Today's visit                     Not started"
FILLED_ANEW = "Today's visit                     Begun"
NEXT = "Get clear information             Not started"


@pytest.mark.parametrize(
    ("before", "now", "at_old_row", "is_another"),
    [
        ((3, LINE), (3, LINE), LINE, False),
        ((3, LINE), (3, FILLED_ANEW), FILLED_ANEW, False),
        ((3, LINE), (-1, ""), LINE, False),
        ((3, LINE), (4, NEXT), LINE, True),
        ((3, LINE), (4, LINE), LINE, True),
        ((20, LINE), (20, NEXT), NEXT, True),
        ((20, LINE), (15, LINE), NEXT, False),
        ((20, NEXT), (3, LINE), NEXT, True),
    ],
    ids=[
        "nothing",
        "another state",
        "half painted",
        "next line",
        "another of the same words",
        "scrolled",
        "scrolled and not moved",
        "from the last to the first",
    ],
)
def test_a_list_filled_anew_is_not_taken_for_a_move(
    before: tuple[int, str], now: tuple[int, str], at_old_row: str, *, is_another: bool
) -> None:
    """Another state or row of the same line is not another line: a second arrow would be on its way behind Enter."""
    assert moved(before, now, at_old_row) is is_another
