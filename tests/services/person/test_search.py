"""How a person is found: what is searched and what was typed, brought to the same letters."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.domain.people import search_terms
from phb_tui.domain.records.changes import Value
from phb_tui.services.person import caseload
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import somebody

TODAY = date(2026, 11, 25)
PERSON: dict[str, Value] = {
    "given_name": "Łukasz", "family_name": "O\u2019Brien-Sørensen", "known_as": "Mary Ann", "nhs_number": "9990000018",
    "phone": "Bea's mobile: +44 (0)7700 900123", "date_of_birth": "1962-05-03",
    "alias": "Smyth\nDe la Cruz",
}  # fmt: skip
FINDS = """
lukasz|ŁUKASZ|obrien|o'brien|o brien|O\u2019Brien|soren|sørensen|obrien-sorensen|obriensorensen|brien sor|maryann
mary-ann|mary ann|9990000018|999 000 0018|999-000-0018|999 0000018|9990|0018|lukasz 0018|07700 900123|07700900123
+447700900123|0044 7700 900123|900123|3/5/1962|3 may 1962|3.5.62|1962-05-03|may 1962|1962|lukasz 1962|bea|Siân
sian lloyd|01632 960002|960 002|NHS 999 000 0018|nhs no: 9990000018|NHS ...0018|born 3 May 1962|DOB: 03/05/62
03051962|030562|sorensen 3/5/62|3/5/62 obrien|lukasz born Thursday 3rd of May 1962|lukasz 999 000 0018
9990000018 o'brien|447700900123|lukasz +44 7700 900 123|de la cruz|delacruz
"""
FINDS_NOT = """
  |-|'|"|lukasz zed|obrian|4/5/1962|1963|9990000026|07700900124|OR|lukasz zed*(|NEAR
lukasz 4/5/62|zed 3/5/62|born 4 may 1962|04051962|lukasz 999 000 0026|nia 9990000018|born|nhs
"""


def listed(words: str) -> list[str]:
    return words.strip("\n").replace("\n", "|").split("|")


@pytest.fixture
def laptop(session: Session) -> Session:
    """A laptop with somebody who has a carer."""
    person = somebody(session, **PERSON)
    carer = record_lists.new(session, "contact", person.record_id)
    editing.save(session, carer, {"name": "Siân Lloyd", "contact": "01632 960 002"})
    return session


def test_a_person_is_found_however_it_is_spelt(laptop: Session) -> None:
    """Accents, apostrophes, hyphens and spaces make no difference; a number, a carer and a date of birth find too."""
    assert [typed for typed in listed(FINDS) if len(caseload.find(laptop, typed)) != 1] == []
    (found,) = caseload.find(laptop, "soren")
    assert caseload.lines_of(laptop, [found])[0].name == "Łukasz O\u2019Brien-Sørensen"


def test_nobody_is_found_by_what_they_do_not_have(laptop: Session) -> None:
    """Another number, another day and signs of the search's own language find nobody and break nothing."""
    assert [typed for typed in ["", *listed(FINDS_NOT)] if caseload.find(laptop, typed)] == []


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_question_that_can_be_asked(typed: str) -> None:
    """What is asked holds only quoted letters and digits beside the search's own few words."""
    asked = search_terms.asked(typed, TODAY)
    for part in asked.split('"')[1::2]:
        assert part.isalnum()


@given(st.text(st.sampled_from("ab1 9/+.'-\"()*:^ORAND\u00a0"), max_size=200))
def test_every_question_can_be_asked(typed: str) -> None:
    """The search's own language takes whatever is made of what was typed, however many words and figures it has."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5 (own, others, numbers, births)")
        if asked := search_terms.asked(typed, TODAY):
            db.execute("SELECT * FROM t WHERE t MATCH ?", [f"{{own numbers births}} : ({asked})"]).fetchall()


def test_a_date_of_birth_of_two_possible_centuries_is_found(session: Session) -> None:
    """Somebody whose year of birth was left with two figures is found by what was typed and by either whole year."""
    person = somebody(session, date_of_birth="5/6/19")
    asked = ("5/6/19", "5/6/1919", "5 June 2019", "1919")
    assert [caseload.find(session, typed) for typed in asked] == [[person.record_id]] * len(asked)


def test_who_is_found_by_their_own_name_comes_first(session: Session) -> None:
    """Somebody whose carer has the name comes after those who have it themselves, whatever their family names."""
    first = somebody(session, given_name="Anne", family_name="Abel", known_as="")
    editing.save(session, record_lists.new(session, "contact", first.record_id), {"name": "Rhys"})
    own = somebody(session, given_name="Rhys", family_name="Zed", known_as="")
    assert caseload.find(session, "rhys") == [own.record_id, first.record_id]


def test_search_follows_those_around_a_person(laptop: Session) -> None:
    """A carer who is renamed or taken off the list finds nobody by what they were."""
    (person,) = caseload.lines(laptop, 0, 9)
    (carer,) = record_lists.of(laptop, "contact", person.person_id)
    carer = editing.save(laptop, carer, {"name": "Nesta"})
    assert (caseload.find(laptop, "sian"), len(caseload.find(laptop, "nesta"))) == ([], 1)
    record_lists.remove(laptop, carer)
    assert caseload.find(laptop, "nesta") == []


@given(
    st.dictionaries(st.sampled_from([*PERSON, "removed"]), st.text(max_size=60) | st.integers() | st.none(), max_size=6)
)
def test_no_kept_value_breaks_the_list(values: dict[str, Value]) -> None:
    """Whatever stands in a person's record, what it is found by can be made."""
    search_terms.entry(values, [("contact", values), ("contact_detail", {"phone": values.get("phone")})])
