"""Days that have to be whole."""

from datetime import date

import pytest

from phb_tui.domain.calendar import whole_days

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize("typed", ["Demo Nurse", "about then", "2026-11", "about 2026", "2026"])
def test_where_a_whole_day_is_needed_no_sentence_offers_less(typed: str) -> None:
    """What is no whole day is asked for with its day, month and year, and never told that a month or year is enough."""
    said = whole_days.problem(typed, TODAY)
    assert said == "Write the whole date, with its day, month and year, for example today or 27 3 2026."


def test_a_day_that_is_whole_but_wrong_has_its_own_sentence() -> None:
    """A wrong weekday and a day to come are named as such; a whole day that is over is right."""
    assert "is a Friday" in whole_days.problem("Monday 27 11 2026", TODAY)
    assert "in the future" in whole_days.problem("2026-12-01", TODAY)
    assert whole_days.problem("2026-11-27", TODAY) == ""
