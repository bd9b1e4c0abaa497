"""Two records that may be of one person are noticed on every laptop."""

from pathlib import Path

import pytest

from phb_tui.services.person import caseload, possible_duplicates
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.team_harness import somebody, team_in

NUMBER = "999 000 0018"


def said(session: Session, person_id: str) -> list[str]:
    return [other.sentence for other in possible_duplicates.of_person(session, person_id)]


def test_a_number_that_somebody_else_has_is_said_with_who(session: Session) -> None:
    """The sentence names the other person by name, date of birth and number, whatever the second one's name is."""
    first = somebody(session, nhs_number=NUMBER, date_of_birth="1962-05-03")
    second = somebody(session, given_name="Reece", family_name="Example", nhs_number="9990000018")
    assert said(session, second.record_id) == [
        "Someone else here already has this NHS number: Rhys Price, born 3 May 1962, NHS number 999 000 0018"
    ]
    assert len(said(session, first.record_id)) == 1


def test_the_same_name_and_birth_date_are_said(session: Session) -> None:
    """However the name is spelt and in whichever field its parts stand, name and date of birth together are noticed."""
    somebody(session, given_name="Siân", family_name="O'Brien", date_of_birth="1962-05-03")
    second = somebody(session, given_name="OBRIEN", family_name="sian", date_of_birth="1962-05-03")
    third = somebody(session, given_name="Siân", family_name="O'Brien", date_of_birth="1962-05-04")
    assert [words.partition(":")[0] for words in said(session, second.record_id)] == [
        "There is already someone of this name and date of birth"
    ]
    assert said(session, third.record_id) == []


@pytest.mark.parametrize(
    ("given", "family"),
    [
        ("Ann", "Smith Jones"),
        ("ann", "Smith-Jones"),
        ("Smith Jones", "Ann"),
        ("Ann", "Smithjones"),
        ("Ann Smith", "Jones"),
    ],
)
def test_spaces_and_dashes_make_no_other_name(session: Session, given: str, family: str) -> None:
    """A double name with a dash, with a space or as one word is one name; another name is another."""
    first = somebody(session, given_name="Ann", family_name="Smith\u2011Jones", date_of_birth="1962-05-03")
    somebody(session, given_name=given, family_name=family, date_of_birth="1962-05-03")
    somebody(session, given_name="Nan", family_name="Smith Jones", date_of_birth="1962-05-03")
    assert len(said(session, first.record_id)) == 1


def test_what_is_nobodys_or_missing_makes_nobody_alike(session: Session) -> None:
    """Two people without a number, with ten equal digits or without a name are not taken for one."""
    for number in ("", "1111111111", "not known"):
        people = [somebody(session, given_name="", family_name="", known_as="", nhs_number=number) for _ in range(2)]
        assert said(session, people[0].record_id) == []


def test_the_list_marks_who_has_the_same_name_or_number(session: Session) -> None:
    """Each line says whether somebody else on the list has its name or its NHS number."""
    somebody(session, given_name="John", family_name="Smith", nhs_number=NUMBER)
    somebody(session, given_name="JOHN", family_name="Smith", nhs_number="999 000 0026")
    somebody(session, given_name="Reece", family_name="Zed", nhs_number="9990000018")
    marks = {line.nhs_number + line.name: (line.same_name, line.same_number) for line in caseload.lines(session, 0, 9)}
    assert marks == {
        "999 000 0018John Smith": (True, True),
        "999 000 0026JOHN Smith": (True, False),
        "999 000 0018Reece Zed": (False, True),
    }


def test_one_that_arrives_by_exchange_is_noticed_on_both_laptops(tmp_path: Path) -> None:
    """Two laptops that wrote down one person each say so after the exchange, in the list and on the person's page."""
    with team_in(tmp_path) as team:
        one, two = team.laptop(1, "Ada Okafor"), team.laptop(2, "Sam Brown")
        first = somebody(one, nhs_number=NUMBER)
        second = somebody(two, given_name="Reece", family_name="Example", nhs_number=NUMBER)
        team.exchange(one, two, one)
        for laptop, person in ((one, first), (two, second)):
            assert len(said(laptop, person.record_id)) == 1
            assert all(line.same_number for line in caseload.lines(laptop, 0, 9))


def test_a_number_that_was_put_right_is_not_marked_any_more(session: Session) -> None:
    """The mark follows the record: another number, or the other person off the list, ends it."""
    first, second = somebody(session, nhs_number=NUMBER), somebody(session, given_name="Nia", nhs_number=NUMBER)
    editing.save(session, second, {"nhs_number": "9990000026"})
    assert said(session, first.record_id) == []
    second = editing.save(session, caseload.person(session, second.record_id), {"nhs_number": NUMBER})
    assert len(said(session, first.record_id)) == 1
    record_lists.remove(session, second)
    assert said(session, first.record_id) == []


def test_letters_that_nobody_sees_make_no_other_name(session: Session) -> None:
    """A name that was pasted with fillers, joiners and variation selectors is the same name, and is found by it."""
    first = somebody(session, given_name="Rhys", family_name="Price", date_of_birth="1962-05-03")
    pasted = {"given_name": "\u3164Rh\u200bys\ufe0f", "family_name": "Pr\u034fice\u2800"}
    second = somebody(session, **pasted, known_as="", date_of_birth="1962-05-03")
    assert len(said(session, first.record_id)) == 1
    assert second.record_id in caseload.find(session, "rhys price")
