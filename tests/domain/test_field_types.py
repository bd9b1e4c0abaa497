"""NHS numbers, dates, times and the sentences about them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.content import forms
from phb_tui.domain import field_types
from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record
from phb_tui.domain.text import nhs_number, snomed

TODAY = date(2026, 11, 23)
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
    "typed", ["27 3 2007", "27/3/2007", "27/03/2007", "27 March 2007", "27th mar 2007", "2007-03-27"]
)
def test_dates_are_understood_as_people_write_them(typed: str) -> None:
    """A British date in figures or words is the same date."""
    assert dates.parse(typed) == date(2007, 3, 27)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_a_kept_date_reads_back(day: date) -> None:
    """A date in words is understood as the date it was made from."""
    assert dates.parse(dates.in_words(day.isoformat())) == day


@given(st.sampled_from(sorted(field_types.DATES)), st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_what_a_reader_and_a_field_show_of_a_date_is_understood(kind: str, day: date) -> None:
    """A date is understood as it is shown, typed again from a list or left as it stands in its field."""
    kept = day.isoformat()
    assert field_types.tidy(kind, field_types.show(kind, kept), TODAY) == kept
    assert field_types.tidy(kind, field_types.typed(kind, kept), TODAY) == kept


def test_a_date_that_lies_ahead_is_read_with_its_weekday() -> None:
    """A reader sees the weekday of a day to come; its field does not, for another day typed there would not fit it."""
    ahead, behind = {"date", "review"}, {"happened", "past"}
    assert {field_types.show(kind, "2026-12-04") for kind in ahead} == {"Friday 4 December 2026"}
    assert {field_types.show(kind, "2026-12-04") for kind in behind} == {"4 December 2026"}
    assert {field_types.typed(kind, "2026-12-04") for kind in ahead | behind} == {"4 December 2026"}
    assert field_types.show("date", "2026-12") == "December 2026"


def tidied_alike(typed: str) -> bool:
    """Whether a date was understood: tidied again it stays as it is."""
    once = dates.tidy(typed, TODAY)
    return once == dates.tidy(once, TODAY) and not dates.problem(once, TODAY)


@given(st.text(max_size=20))
def test_no_typed_date_is_ever_lost(typed: str) -> None:
    """What is not a date is kept as it was typed."""
    assert tidied_alike(typed) or dates.tidy(typed, TODAY) == typed.strip()


@pytest.mark.parametrize(
    ("typed", "kept"), [("14:30", "14:30"), ("2.30pm", "14:30"), ("9", "09:00"), ("12am", "00:00"), ("25:00", "25:00")]
)
def test_times_are_understood_as_people_write_them(typed: str, kept: str) -> None:
    """A time is kept as hours and minutes; anything else as typed."""
    assert dates.tidy_time(typed) == kept


@pytest.mark.parametrize("typed", ["2.30", "2", "6:15", "230", "1"])
def test_a_time_that_can_be_in_the_night_or_in_the_afternoon_is_asked_about(typed: str) -> None:
    """An hour before seven in one figure, without am or pm, stays as typed, and the sentence has both times."""
    assert dates.tidy_time(typed) == typed
    assert dates.problem_time(typed).startswith("Write 0")
    assert dates.parse_time(f"{typed}pm") is not None
    assert dates.problem_time("02:30") == ""


@pytest.mark.parametrize("typed", ["13am", "14.30 am", "2m", "24:00", "7.75"])
def test_what_no_clock_shows_is_no_time(typed: str) -> None:
    """It is kept as typed and has a sentence."""
    assert dates.tidy_time(typed) == typed
    assert dates.problem_time(typed)


def test_a_letter_made_of_two_characters_becomes_one() -> None:
    """Welsh w with a circumflex is kept as one letter, so that deleting it deletes all of it."""
    assert field_types.tidy("words", " cw\u0302n ", TODAY) == "c\u0175n"


def test_a_person_without_a_name_has_a_problem() -> None:
    """A record of somebody needs something to call them."""
    problems = forms.problems(Record("t", "person", "p", "p", {"phone": "1"}), TODAY)
    assert [problem.field for problem in problems] == ["given_name"]


def test_a_right_record_has_no_problem() -> None:
    """Right values have nothing to say."""
    values = {"given_name": "Ann", "nhs_number": "999 000 0018", "date_of_birth": "1950-03-27"}
    assert forms.problems(Record("t", "person", "p", "p", values), TODAY) == []


def test_a_date_in_a_list_is_short() -> None:
    """A list shows three letters of the month; what is not a date stays as it was typed."""
    assert (dates.in_short("2007-03-27"), dates.in_short("soon")) == ("27 Mar 2007", "soon")


@pytest.mark.parametrize(
    ("typed", "kept", "words"),
    [
        ("March 2027", "2027-03", "March 2027"),
        ("3 2027", "2027-03", "March 2027"),
        ("2027", "2027", "2027"),
        ("about 2027", "about 2027", "about 2027"),
        ("around 27 March 2027", "about 2027-03-27", "about 27 March 2027"),
        ("today", "2026-11-23", "23 November 2026"),
        ("Tomorrow", "2026-11-24", "24 November 2026"),
        ("in 2 weeks", "2026-12-07", "7 December 2026"),
        ("in 3 months", "2027-02-23", "23 February 2027"),
        ("Friday", "2026-11-27", "27 November 2026"),
        ("next monday", "2026-11-30", "30 November 2026"),
        ("when the leaves fall", "when the leaves fall", "when the leaves fall"),
    ],
)
def test_a_date_may_be_approximate_or_counted_from_today(typed: str, kept: str, words: str) -> None:
    """A month, a year, "about" and words such as tomorrow are kept as dates; anything else as it was typed."""
    assert (dates.tidy(typed, TODAY), dates.in_words(kept)) == (kept, words)


@pytest.mark.parametrize(("born", "good"), [("1950-03-27", "good"), ("2030-01-01", "wrong"), ("1820-01-01", "wrong")])
def test_a_date_of_birth_lies_in_the_past(born: str, good: str) -> None:
    """A date of birth in the future, or of somebody older than anybody, is named."""
    assert (dates.problem_past(born, TODAY) == "") is (good == "good")


@pytest.mark.parametrize(("kept", "come"), [("2026-11-23", "yes"), ("2026-11", "yes"), ("2027", "no"), ("soon", "no")])
def test_a_date_is_due_from_its_first_day(kept: str, come: str) -> None:
    """A month is due from its first day; what is not a date never is."""
    assert dates.is_due(kept, TODAY) is (come == "yes")


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1)), st.integers(0, 60))
def test_months_are_added_without_leaving_the_month(day: date, months: int) -> None:
    """Some months later is in that month, on the same day or its last one."""
    later = dates.add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@pytest.mark.parametrize("code", ["73211009", "1127581000000103", "425268008"])
def test_published_snomed_codes_have_no_problem(code: str) -> None:
    """Published identifiers have a right check digit."""
    assert snomed.problem(code) == ""


@given(st.integers(10**7, 10**16))
def test_one_wrong_digit_of_a_snomed_code_is_always_noticed(number: int) -> None:
    """Of the ten digits that may end an identifier exactly one is right."""
    assert sum(snomed.is_identifier(f"{number}{digit}") for digit in range(10)) == 1


def test_a_snomed_code_is_kept_without_its_name() -> None:
    """What is copied from a browser with its name is kept as the code, each line for itself."""
    assert snomed.tidy("73211009 | Diabetes |\nmy words", TODAY) == "73211009\nmy words"


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "good"),
    [
        ("score", "7", "7", "good"), ("score", "11", "11", "wrong"), ("score", "a lot", "a lot", "wrong"),
        ("ods", " y12345 ", "Y12345", "good"), ("ods", "Y1", "Y1", "wrong"), ("postcode", "ne11aa", "NE1 1AA", "good"),
        ("postcode", "no idea", "no idea", "good"), ("email", "a@b.example", "a@b.example", "good"),
        ("email", "a at b", "a at b", "wrong"),
    ],
)  # fmt: skip
def test_each_type_tidies_and_names_what_is_wrong(kind: str, typed: str, kept: str, good: str) -> None:
    """A known form is tidied; anything else stays as typed, with a sentence where it cannot be right."""
    tidied = field_types.tidy(kind, typed, TODAY)
    assert (tidied, field_types.problem(kind, tidied, TODAY) == "") == (kept, good == "good")


@pytest.mark.parametrize(
    ("kept", "says"),
    [
        ("", ""), ("2027-03-27", ""), ("2020-03-27", ""),
        ("2027-03", "a day, month"), ("about 2027-03-27", "a day, month"), ("soon", "a day, month"),
    ],
)  # fmt: skip
def test_a_day_that_is_counted_from_is_whole(kept: str, says: str) -> None:
    """A month is no first day of a budget, and what is said then asks for what the budget needs."""
    said = forms.problem("budget", "start_date", kept, TODAY)
    assert (says in said, "month is enough" in said, bool(said)) == (True, False, bool(says))
