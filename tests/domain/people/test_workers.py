"""Checks of those who are paid to help, before their first day."""

from datetime import date, timedelta

import pytest

from phb_tui.domain.people import workers
from phb_tui.domain.records.changes import Record, SyncPosition, Value

TODAY = date(2026, 11, 23)
ALL = ["dbs", "right_to_work_on", "insured", "contract_on"]


def worker(**fields: Value) -> Record:
    """Somebody who is paid to help."""
    return Record("team", "worker", "w", "p", {"name": "Maria", "employed_as": "employed", **fields}, SyncPosition())


def missing(record: Record, support: str = "") -> list[str]:
    """The fields of the checks that are missing."""
    return [check.field for check in workers.missing_checks(record, support, TODAY)]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, ALL),
        ({"employed_as": "live_in"}, ALL),
        ({"employed_as": "self_employed"}, ["dbs"]),
        ({"employed_as": "agency"}, []),
        ({"employed_as": ""}, []),
        ({"end_date": "2026-11-22"}, []),
        ({"removed": "yes"}, []),
        ({"dbs": "seen", "right_to_work_on": "2026-11-01", "insured": "yes", "contract_on": "2026-11-23"}, []),
        ({"dbs": "not_needed", "insured": "no"}, ALL[1:]),
        ({"dbs": "not_yet", "right_to_work_on": "2026-11-24", "contract_on": "soon"}, ALL),
    ],
)
def test_who_is_employed_is_checked_and_who_has_ended_is_not(fields: dict[str, Value], found: list[str]) -> None:
    """An organisation checks its own; a check of a day to come, or of no day, has not happened."""
    assert missing(worker(**fields)) == found


def test_a_check_is_due_the_day_before_the_first_day_and_a_contract_on_it() -> None:
    """Their own first day, else that of the support; while nobody knows it nothing is due, and all is missing."""
    days = {c.field: c.day for c in workers.missing_checks(worker(start_date="2026-12-07"), "2026-11-01", TODAY)}
    assert days == {**dict.fromkeys(ALL[:3], date(2026, 12, 6)), "contract_on": date(2026, 12, 7)}
    from_support = workers.missing_checks(worker(), "2026-12-07", TODAY)
    assert {check.day for check in from_support} == set(days.values())
    due = workers.due_by(workers.missing_checks(worker(start_date="2026-12-07"), "", TODAY), date(2026, 12, 6))
    assert [check.field for check in due] == ALL[:3]
    assert workers.due_by(workers.missing_checks(worker(), "", TODAY), TODAY + timedelta(days=9999)) == []
    assert missing(worker(start_date="0001-01-01")) == ALL


def test_the_insurance_of_the_employer_is_asked_once() -> None:
    """With whoever begins first of those who are employed; with nobody once it is known from one of them."""
    agency = worker(record="a", employed_as="agency")
    first, second = worker(start_date="2026-12-07"), worker(start_date="2027-01-11")
    assert workers.asked_for_insurance([agency, second, first], TODAY) is first
    assert workers.asked_for_insurance([second, worker(insured="yes")], TODAY) is None
    assert workers.asked_for_insurance([worker(insured="yes", end_date="2026-11-01"), second], TODAY) is second
    found = workers.missing_checks(worker(), "", TODAY, is_insured=True)
    assert [check.field for check in found] == [field for field in ALL if field != "insured"]


def test_a_name_has_ended_when_nobody_of_that_name_still_works() -> None:
    """Capitals, accents and double spaces make no other name."""
    gone, there = worker(name="Zoë  Invented", end_date="2026-01-01"), worker(name="zoe invented")
    assert workers.names_that_ended([gone], TODAY) == {"zoe invented"}
    assert workers.names_that_ended([gone, there], TODAY) == set()
    assert workers.names_that_ended([worker(name="", end_date="2026-01-01")], TODAY) == set()
