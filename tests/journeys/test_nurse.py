"""The nurse of the journeys presses Enter only where she sees what she looks for, and has no key on its way."""

import pytest

from tests.journeys.nurse import moved

LINE = "Today's visit                     get ready, then start it"
FILLED_ANEW = "Today's visit                     started"
NEXT = "Step 1  Get clear information     Not started"


@pytest.mark.parametrize(
    ("before", "now", "is_another"),
    [
        ((3, LINE), (3, LINE), False),
        ((3, LINE), (3, FILLED_ANEW), False),
        ((3, LINE), (-1, ""), False),
        ((3, LINE), (4, NEXT), True),
        ((20, LINE), (20, NEXT), True),
        ((20, NEXT), (3, LINE), True),
    ],
    ids=["nothing", "another state", "half painted", "next line", "scrolled", "from the last to the first"],
)
def test_a_list_filled_anew_is_not_taken_for_a_move(
    before: tuple[int, str], now: tuple[int, str], *, is_another: bool
) -> None:
    """Another state beside the same line is not another line: a second arrow would be on its way behind Enter."""
    assert moved(before, now) is is_another
