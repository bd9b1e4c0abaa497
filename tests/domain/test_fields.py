"""NHS numbers, dates, times and the sentences about them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.domain import dates, fields, nhs_number
from phb_tui.domain.changes import Record

NINE = st.integers(0, 999_999_999).map(lambda number: f"{number:09d}")


@pytest.mark.parametrize("number", ["9434765919", "999 000 0018", "999-000-0026", " 9990000034 "])
def test_valid_nhs_numbers_have_no_problem(number: str) -> None:
    """Published and computed valid numbers pass, however they are spaced."""
    assert nhs_number.problem(number) == ""


@pytest.mark.parametrize("number", ["9434765910", "999 123 4567", "12345", "943476591x", "99900000180"])
def test_wrong_nhs_numbers_have_a_sentence(number: str) -> None:
    """A wrong check digit or a wrong length is named in a sentence that says what to do."""
    assert nhs_number.problem(number).endswith(".")


@given(NINE)
def test_one_wrong_digit_is_always_noticed(nine: str) -> None:
    """Changing any one digit of a valid number makes it invalid."""
    check = nhs_number.check_digit(nine)
    if check < nhs_number.DIGITS:
        number = f"{nine}{check}"
        for place, digit in enumerate(number):
            wrong = number[:place] + str((int(digit) + 1) % 10) + number[place + 1 :]
            assert nhs_number.problem(wrong)


@given(NINE)
def test_tidying_an_nhs_number_twice_changes_nothing_more(nine: str) -> None:
    """A number is kept in one spelling."""
    once = nhs_number.tidy(nine + "0")
    assert (once, len(once)) == (nhs_number.tidy(once), 12)


@pytest.mark.parametrize(
    "typed", ["27 3 2007", "27/3/2007", "27/03/07", "27 March 2007", "27th mar 2007".replace("th", ""), "2007-03-27"]
)
def test_dates_are_understood_as_people_write_them(typed: str) -> None:
    """A British date in figures or words is the same date."""
    assert dates.parse(typed) == date(2007, 3, 27)


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_kept_date_reads_back(day: date) -> None:
    """A date in words is understood as the date it was made from."""
    assert dates.parse(dates.in_words(day.isoformat())) == day


@given(st.text(max_size=20))
def test_no_typed_date_is_ever_lost(typed: str) -> None:
    """What is not a date is kept as it was typed."""
    assert dates.parse(typed) or dates.tidy(typed) == typed.strip()


@pytest.mark.parametrize(
    ("typed", "kept"), [("14:30", "14:30"), ("2.30pm", "14:30"), ("9", "09:00"), ("12am", "00:00"), ("25:00", "25:00")]
)
def test_times_are_understood_as_people_write_them(typed: str, kept: str) -> None:
    """A time is kept as hours and minutes; anything else as typed."""
    assert dates.tidy_time(typed) == kept


def test_a_letter_made_of_two_characters_becomes_one() -> None:
    """Welsh w with a circumflex is kept as one letter, so that deleting it deletes all of it."""
    assert fields.tidy("answer", "words", " cw\u0302n ") == "c\u0175n"


def test_a_person_without_a_name_has_a_problem() -> None:
    """A record of somebody needs something to call them."""
    problems = fields.problems(Record("t", "person", "p", "p", {"phone": "1"}))
    assert [problem.field for problem in problems] == ["given_name"]


def test_a_right_record_has_no_problem() -> None:
    """Right values have nothing to say."""
    values = {"given_name": "Ann", "nhs_number": "999 000 0018", "date_of_birth": "1950-03-27"}
    assert fields.problems(Record("t", "person", "p", "p", values)) == []


def test_a_date_in_a_list_is_short() -> None:
    """A list shows three letters of the month; what is not a date stays as it was typed."""
    assert (dates.in_short("2007-03-27"), dates.in_short("soon")) == ("27 Mar 2007", "soon")
