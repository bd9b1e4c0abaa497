"""Dates as nurses in England write them: what is understood, what is not, what has to be asked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.domain import field_types
from phb_tui.domain.calendar import date_words, dates

WEDNESDAY = date(2026, 11, 25)
DAYS = st.dates(min_value=date(1980, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("4/12", "2026-12-04"), ("4 dec", "2026-12-04"), ("4th December", "2026-12-04"), ("4.12.26", "2026-12-04"),
        ("Friday 4th December", "2026-12-04"), ("Fri, 4 Dec", "2026-12-04"), ("Dec 4th", "2026-12-04"),
        ("the 1st of March 2027", "2027-03-01"), ("March 1st, 2027", "2027-03-01"), ("24/11", "2027-11-24"),
        ("25 November", "2026-11-25"), ("29/2", "2028-02-29"), ("6 weeks", "2027-01-06"), ("6wks", "2027-01-06"),
        ("in two weeks", "2026-12-09"), ("in 2 weeks' time", "2026-12-09"), ("2 weeks\u2019 time", "2026-12-09"),
        ("in 1 year", "2027-11-25"), ("a fortnight", "2026-12-09"), ("a week", "2026-12-02"), ("a month", "2026-12-25"),
        ("friday", "2026-11-27"), ("next friday", "2026-12-04"), ("next Mon", "2026-11-30"), ("weds", "2026-12-02"),
        ("next Sunday", "2026-12-06"), ("this thurs", "2026-11-26"), ("last friday", "2026-11-20"),
        ("friday week", "2026-12-04"), ("a week on friday", "2026-12-04"), ("by tues", "2026-12-01"),
        ("3 weeks ago", "2026-11-04"), ("the day after tomorrow", "2026-11-27"), ("December", "2026-12"),
        ("in may", "2027-05"), ("sept 2027", "2027-09"),
    ],
)  # fmt: skip
def test_what_an_english_nurse_writes_is_the_day_she_means(typed: str, kept: str) -> None:
    """Ordinals, days without a year, weekdays and times from today are read, in any letters."""
    assert [dates.tidy(words, WEDNESDAY) for words in (typed, typed.upper(), f"  {typed} ")] == [kept] * 3


@pytest.mark.parametrize(
    "typed",
    [
        "next month", "monthly", "maybe 2027", "Sunny", "wedding", "Friends", "saturation", "thunder", "sunday school",
        "31 2 2027", "4/13", "0207-01-01", "1 1 1026", "1 1 9999", "in 999 years", "dec 27", "xmas", "spring", "12",
        "Thursday 4th December", "44 20 7700900123", "9" * 5000, "\u0664/\u0661\u0662", "next week", "may be", "week",
    ],
)  # fmt: skip
def test_what_is_no_date_stays_as_typed_and_says_so(typed: str) -> None:
    """Only a whole date is a date; anything else is kept as it is and has a sentence."""
    kept = dates.tidy(typed, WEDNESDAY)
    assert kept == typed
    assert dates.problem(kept, WEDNESDAY).endswith(".")
    assert dates.explained(kept, WEDNESDAY) == ""


def test_a_weekday_that_does_not_fit_is_named() -> None:
    """The sentence says which weekday the date is."""
    said = dates.problem("Thursday 4th December", WEDNESDAY)
    assert said == "4 December 2026 is a Friday. Check the day and the date."


@given(DAYS, st.sampled_from(date_words.DAYS))
def test_next_and_a_weekday_is_of_the_next_calendar_week(today: date, weekday: str) -> None:
    """From Monday to Sunday: the day named lies in the week after this one, whatever today is."""
    found = date.fromisoformat(dates.tidy(f"next {weekday}", today))
    monday = today - timedelta(days=today.weekday())
    assert monday + timedelta(days=7) <= found < monday + timedelta(days=14)
    assert found.weekday() == date_words.DAYS.index(weekday)


@given(DAYS, DAYS)
def test_without_a_year_it_is_the_next_such_day_or_the_last(day: date, today: date) -> None:
    """What is to come lies today or later, what has happened today or earlier, and each on the day that was typed."""
    ahead = date.fromisoformat(dates.tidy(f"{day.day}/{day.month}", today))
    back = date.fromisoformat(dates.tidy_past(f"{day.day}/{day.month}", today))
    assert back <= today <= ahead
    assert {(found.day, found.month) for found in (ahead, back)} == {(day.day, day.month)}


@given(DAYS, DAYS)
def test_every_way_to_write_a_whole_date_is_the_same_date(day: date, today: date) -> None:
    """A date in figures, words, ordinals and with its weekday, with the year behind or before, is that date."""
    month, weekday = date_words.MONTHS[day.month - 1], date_words.DAYS[day.weekday()]
    ways = [
        f"{day.day} {day.month} {day.year}", f"{day.day}/{day.month:02}/{day.year}", f"{day.day}th {month} {day.year}",
        f"{weekday} {day.day} {month[:3]} {day.year}", f"{month} {day.day}, {day.year}", day.isoformat(),
    ]  # fmt: skip
    assert {dates.tidy(way, today) for way in ways} == {day.isoformat()}


READERS = (
    dates.in_words,
    dates.in_full,
    dates.in_short,
    dates.sort_key,
    dates.last_day,
    dates.first_day,
    dates.is_date,
)


@pytest.mark.parametrize("kept", ["2026-02-30", "2026-13-01", "0000-01-01", "2026-00", "0000"])
def test_a_stored_date_that_no_calendar_has_is_no_date(kept: str) -> None:
    """What has a date's form and is none raises in no reader, and no day comes of it."""
    for read in READERS:
        read(kept)
    assert dates.first_day(kept) is None


@given(st.text(max_size=40), DAYS, st.sampled_from(sorted(field_types.DATES)))
def test_no_text_makes_a_reader_of_dates_raise(typed: str, today: date, kind: str) -> None:
    """Any text can be tidied, tidied again to the same, checked, shown and sorted."""
    kept = field_types.tidy(kind, typed, today)
    assert field_types.tidy(kind, kept, today) == kept
    for read in READERS:
        read(kept)
    field_types.problem(kind, kept, today)
    dates.explained(kept, today)
    dates.review_due_date(kept, today)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("27 March 45", "1945-03-27"), ("27/3/07", "2007-03-27"), ("27/3/24", "27/3/24"), ("1 1 26", "1 1 26"),
        ("5/6/19", "5/6/19"), ("5 6 1919", "1919-06-05"),
    ],
)  # fmt: skip
def test_a_year_of_birth_is_completed_only_where_one_century_is_possible(typed: str, kept: str) -> None:
    """Two figures that can mean two centuries stay as typed, and the sentence names both years."""
    assert field_types.tidy("past", typed, WEDNESDAY) == kept
    if typed == kept:
        assert "or 20" in field_types.problem("past", kept, WEDNESDAY)


@pytest.mark.parametrize(
    ("born", "asks"),
    [("2026-01-01", "less than a year"), ("2025-11-25", ""), ("1926-11-25", ""), ("1926-11-24", "hundred years"),
     ("2027-01-01", "in the future"), ("1926", ""), ("1925", "hundred years")],
)  # fmt: skip
def test_a_birth_under_one_or_over_a_hundred_years_ago_is_asked_about(born: str, asks: str) -> None:
    """The sentence asks to check the year; the date is kept."""
    said = dates.problem_birth(born, WEDNESDAY)
    assert (asks in said) if asks else said == ""


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("2026-11-25", "Wednesday 25 November 2026"), ("about 2026-11-25", "about 25 November 2026"),
        ("2026-11", "November 2026"), ("every 3 months", "every 3 months"), ("2026-02-30", "2026-02-30"), ("", ""),
    ],
)  # fmt: skip
def test_a_day_in_full_has_its_weekday(kept: str, said: str) -> None:
    """A day is said with its weekday; what is less than a day, or none, has none."""
    assert dates.in_full(kept) == said


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("2026-12-04", "Friday 4 December 2026, in 9 days"), ("2026-11-25", "Wednesday 25 November 2026, today"),
        ("2026-11-24", "Tuesday 24 November 2026, yesterday"), ("2027-03-01", "Monday 1 March 2027, in 3 months"),
        ("1945-03-27", "Tuesday 27 March 1945, 81 years ago"), ("2027-03", "March 2027"), ("about 2027", "about 2027"),
        ("every 3 months", "every 3 months"),
    ],
)  # fmt: skip
def test_what_was_understood_is_said_in_words(kept: str, said: str) -> None:
    """The weekday, the date and how far off it is, so that a wrong one is noticed."""
    assert dates.explained(kept, WEDNESDAY) == said


@pytest.mark.parametrize(
    ("typed", "kept", "falls"),
    [
        ("every 3 months", "every 3 months", "2027-02-25"), ("Every three months", "every 3 months", "2027-02-25"),
        ("3-monthly", "every 3 months", "2027-02-25"), ("quarterly", "every 3 months", "2027-02-25"),
        ("every other week", "every 2 weeks", "2026-12-09"), ("monthly", "every month", "2026-12-25"),
        ("annually", "every year", "2027-11-25"), ("every fortnight", "every fortnight", "2026-12-09"),
        ("in 3 months", "2027-02-25", "2027-02-25"), ("every 0 weeks", "every 0 weeks", ""), ("often", "often", ""),
    ],
)  # fmt: skip
def test_how_often_to_review_is_a_value_that_falls_due(typed: str, kept: str, falls: str) -> None:
    """An interval is kept in one spelling and falls due counted from a day; what is neither has a sentence."""
    assert field_types.tidy("review", typed, WEDNESDAY) == kept
    found = dates.review_due_date(kept, WEDNESDAY)
    assert (found.isoformat() if found else "") == falls
    assert (field_types.problem("review", kept, WEDNESDAY) == "") is bool(falls)


def test_what_has_happened_lies_back() -> None:
    """A weekday and a day without a year are in the past; two figures of a year are never moved by a century for it."""
    typed = ("friday", "4/12", "december", "26/11/26", "24/11/26")
    kept = [field_types.tidy("happened", words, WEDNESDAY) for words in typed]
    assert kept == ["2026-11-20", "2025-12-04", "2025-12", "2026-11-26", "2026-11-24"]
    assert field_types.problem("happened", kept[3], WEDNESDAY).startswith("This date is in the future")


@pytest.mark.parametrize("lean", list(date_words.Tense))
@given(today=DAYS, day=DAYS)
def test_two_figures_of_a_year_are_the_year_nearest_to_today(lean: date_words.Tense, today: date, day: date) -> None:
    """Whichever way a field leans: a date typed a day too soon is seen to be in the future, and not a century ago."""
    found = date_words.read(f"{day.day}/{day.month}/{day.year % 100:02}", today, lean)
    assert not found or abs(int(found[:4]) - today.year) <= 50
    assert not found or found[2:] == day.isoformat()[2:]


@pytest.mark.parametrize("kind", sorted(field_types.DATES))
@pytest.mark.parametrize(
    "typed", ["4-5/12", "7-11/12", "4/12 10", "4.12 14", "7/12-11", "4/5 12", "fri 4-5/12", "4 5/12", "4th-5/12"]
)
def test_two_days_or_a_day_and_a_time_are_no_date(kind: str, typed: str) -> None:
    """Three numbers are a day, a month and a year only where one sign stands between both pairs of them."""
    kept = field_types.tidy(kind, typed, WEDNESDAY)
    assert kept == typed
    assert field_types.problem(kind, kept, WEDNESDAY)
    assert field_types.tidy("date", "4 / 12 / 26", WEDNESDAY) == "2026-12-04"


@pytest.mark.parametrize(("typed", "read"), [("Mar 24", ""), ("March 04", ""), ("Mar 4", "2026-03-04")])
def test_a_month_and_two_figures_in_the_past_are_a_day_or_a_year(typed: str, read: str) -> None:
    """Of something that has happened "Mar 24" may be in the year 2024 and is asked about; "Mar 4" is a day."""
    assert field_types.tidy("happened", typed, WEDNESDAY) == (read or typed)


@pytest.mark.parametrize("typed", ["about 5/6/19", "around 27/3/24", "c. 1 1 26"])
def test_about_does_not_hide_a_year_of_birth_that_can_be_two(typed: str) -> None:
    """An uncertain date of birth with two figures of a year is asked about like any other."""
    assert field_types.tidy("past", typed, WEDNESDAY) == typed
    assert "or 20" in field_types.problem("past", typed, WEDNESDAY)
    assert field_types.tidy("past", "about 27/3/45", WEDNESDAY) == "about 1945-03-27"


def test_an_interval_is_read_whole_or_not_at_all() -> None:
    """Words that stand far behind an interval are not lost."""
    typed = f"every 3 months{' ' * 60}until she is home"
    assert field_types.tidy("review", typed, WEDNESDAY) == typed
