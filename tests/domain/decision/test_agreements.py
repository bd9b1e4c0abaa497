"""Agreements about the money: which is in force, and what stands against one."""

from datetime import date

import pytest

from phb_tui.domain.decision import agreements
from phb_tui.domain.records.changes import Record, SyncPosition, Value

TODAY = date(2026, 11, 23)
SIGNED: dict[str, Value] = {"signed_on": "2026-01-10", "nhs_signed_on": "2026-01-12"}


def record(kind: str, record_id: str = "a", /, **fields: Value) -> Record:
    """A record of somebody."""
    return Record("team", kind, record_id, "p", fields, SyncPosition())


def agreement(record_id: str = "a", /, **fields: Value) -> Record:
    """An agreement of somebody."""
    return record("agreement", record_id, **fields)


@pytest.mark.parametrize(
    ("fields", "standing"),
    [
        ({}, "not_signed"),
        ({"signed_on": "soon"}, "not_signed"),
        ({"signed_on": "2026-01-10"}, "not_by_nhs"),
        ({"nhs_signed_on": "2026-01-10"}, "not_signed"),
        ({"signed_on": "2026-12-24", "nhs_signed_on": "2026-01-12"}, "not_signed"),
        (SIGNED, "in_force"),
        ({**SIGNED, "start_date": "2026-12-01"}, "later"),
        ({**SIGNED, "end_date": "2026-11-22"}, "ended"),
        ({**SIGNED, "end_date": "2026-11-23"}, "in_force"),
    ],
)
def test_an_agreement_is_in_force_once_both_sides_signed_until_its_last_day(
    fields: dict[str, Value], standing: str
) -> None:
    """A signature of a day to come, or of a day that nobody can read, is none."""
    assert agreements.standings([agreement(**fields)], TODAY) == {"a": standing}


def test_of_several_agreements_the_one_that_began_last_is_in_force() -> None:
    """In any order; one for later waits, one that was removed does not count, and the one before is replaced."""
    old = agreement("old", **SIGNED, start_date="2025-01-01")
    new = agreement("new", **SIGNED, start_date="2026-03-01")
    later = agreement("later", **SIGNED, start_date="2027-01-01")
    gone = agreement("gone", **SIGNED, start_date="2026-09-01", removed="yes")
    for there in ([old, new, later, gone], [gone, later, new, old]):
        assert agreements.in_force(there, TODAY) == new
        assert agreements.standings(there, TODAY) == {"old": "replaced", "new": "in_force", "later": "later"}
    assert agreements.in_force([later], TODAY) is None


def said(
    fields: dict[str, Value], born: str = "1950-03-27", holder: Record | None = None, lacks: str = ""
) -> list[str]:
    """The fields that have a problem."""
    person = record("person", "p", date_of_birth=born)
    return [each.field for each in agreements.problems(agreement(**fields), person, holder, lacks, TODAY)]


def test_who_holds_the_money_fits_age_and_capacity() -> None:
    """Under 16, or without capacity, a representative; anybody else themselves, or a nominee whom they choose."""
    assert said({"holder": "person"}) == []
    assert said({"holder": "person"}, born="2010-11-24") == ["holder"]
    assert said({"holder": "person"}, born="2010-11-23") == []
    assert said({"holder": "person"}, lacks="c1") == ["holder"]
    assert said({"holder": "representative"}) == ["holder"]
    assert said({"holder": "representative"}, born="2015-01-01") == said({"holder": "representative"}, lacks="c1") == []
    assert said({"holder": "nominee"}) == said({"holder": "representative"}, born="") == []
    assert said({"kind": "notional", "holder": "person"}, lacks="c1") == []


def test_somebody_else_who_holds_it_agrees_and_is_checked_unless_close() -> None:
    """Asked once it is signed: close family, who lives in the same home, or a friend who helps, needs no check."""
    nominee: dict[str, Value] = {"holder": "nominee", "signed_on": "2026-01-10"}
    assert said(nominee) == ["holder_id", "holder_agreed_on"]
    agreed: dict[str, Value] = {**nominee, "holder_agreed_on": "2026-01-09"}
    for fields in ({"relationship": "child"}, {"same_home": "yes"}, {"relationship": "friend", "is_carer": "yes"}):
        assert said(agreed, holder=record("contact", **fields)) == []
    neighbour = record("contact", relationship="neighbour", is_carer="yes")
    assert said(agreed, holder=neighbour) == ["holder_checked_on"]
    assert said({**agreed, "holder_checked_on": "2026-01-08"}, holder=neighbour) == []


def test_the_sort_of_account_fits_the_way() -> None:
    """A managed account is the only one of its way; a card that the person did not choose is no agreement."""
    assert said({"kind": "managed_account", "account": "own_separate"}) == ["account"]
    assert said({"kind": "managed_account", "account": "managed"}) == []
    assert said({"account": "prepaid_card", "card_chosen": "no"}) == ["card_chosen"]
    assert said({"account": "one_off_existing"}) == ["account"]
    assert said({"kind": "one_off", "account": "one_off_existing"}) == []
    offered = {"own_separate", "shared_with_social_care", "prepaid_card", "managed", "one_off_existing"}
    assert offered - agreements.impossible(agreement(kind="managed_account"), "account") == {"managed"}
    kept = agreement(kind="managed_account", account="own_separate")
    assert "own_separate" not in agreements.impossible(kept, "account")


def test_it_does_not_end_before_it_starts() -> None:
    """Two dates the wrong way round are named; a month that both fall in is none."""
    assert said({"start_date": "2026-03-27", "end_date": "2026-03-26"}) == ["end_date"]
    assert said({"start_date": "2026-03-27", "end_date": "2026-03"}) == []
