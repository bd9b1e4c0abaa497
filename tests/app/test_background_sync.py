"""When an exchange is tried again by itself: soon at first, then less and less often, and never all laptops at once."""

import random

import pytest
from textual.app import App

from phb_tui.app.background_sync import FIRST_WAIT, LONGEST_WAIT, BackgroundSync


def failed(times: int, seed: int = 1) -> BackgroundSync:
    """An exchanger that could not reach central so many times in a row."""
    made = BackgroundSync(App(), random.Random(seed))  # type: ignore[arg-type]
    made._failed, made._jitter = times, random.Random(seed).random()
    return made


@pytest.mark.parametrize("times", range(1, 20))
def test_waiting_grows_and_has_an_end(times: int) -> None:
    """After each failure the wait is at most twice as long, at least half of that, and never over five minutes."""
    longest = min(FIRST_WAIT * 2 ** (times - 1), LONGEST_WAIT)
    assert longest / 2 <= failed(times).wait() <= longest


def test_laptops_do_not_come_back_together() -> None:
    """A hundred laptops that lost central together try again at different times."""
    waits = {round(failed(6, seed).wait(), 1) for seed in range(100)}
    assert len(waits) > 50


def test_an_exchange_that_failed_is_due_before_the_next_regular_one() -> None:
    """After a failure the wait counts; after success only the usual time between exchanges."""
    bad, good = failed(1), failed(0)
    assert bad.due(bad.last + FIRST_WAIT, 600)
    assert not good.due(good.last + FIRST_WAIT, 600)
    assert good.due(good.last + 600, 600)


def test_nothing_is_due_where_exchanges_are_turned_off() -> None:
    """A laptop that is told not to exchange by itself does not try again either."""
    bad = failed(1)
    assert not bad.due(bad.last + 10_000, 0)
