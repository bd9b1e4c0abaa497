"""A decision that came is told: what reminds of it, from when, and which telling ends it."""

import pytest

from phb_tui.domain.decision.tellings import Wrong
from phb_tui.domain.records.changes import Record
from phb_tui.services.decision import standing, to_tell
from phb_tui.services.person import due_this_week
from phb_tui.services.records import editing, record_checks, record_lists
from phb_tui.services.session import Session
from tests.services.decision.samples import confirm, decision_about, kept_version, request_for


def asked(laptop: Session, person_id: str) -> Record:
    """A request that waits."""
    return request_for(laptop, kept_version(laptop, person_id))


def telling(laptop: Session, request: Record, **values: str) -> Record:
    """A telling of what was decided about a request, as it is typed: the link to the request comes with the first."""
    new = record_lists.new(laptop, "telling", request.person_id or "")
    return editing.save(laptop, new, {**record_lists.parent_link(request, "telling"), **values})


def is_to_tell(laptop: Session, request: Record) -> bool:
    """Whether the person is still to be told; the list of what is due says the same."""
    found = list(to_tell.among(laptop, standing.of_person(laptop, request.person_id or "")))
    items = due_this_week.of_person(laptop, request.person_id or "")
    due = [item for item in items if item.sort is due_this_week.Sort.TELLING]
    assert [item.words for item in due] == ["A decision came: tell Rhys"] * len(found)
    return bool(found)


@pytest.mark.parametrize("outcome", ["approved", "declined", "part"])
def test_a_final_decision_is_to_be_told_once_it_is_confirmed(laptop: Session, person_id: str, outcome: str) -> None:
    """Not while nothing is confirmed, and until a telling with a day is written."""
    request = asked(laptop, person_id)
    decision = decision_about(laptop, request, outcome=outcome, decided_on="2026-11-22")
    assert not is_to_tell(laptop, request)
    confirm(laptop, decision)
    assert is_to_tell(laptop, request)
    told = telling(laptop, request, told_how="spoken")
    assert is_to_tell(laptop, request)
    editing.save(laptop, told, {"told_on": "today"})
    assert not is_to_tell(laptop, request)


def test_what_is_put_off_is_told_again_when_it_is_decided(laptop: Session, person_id: str) -> None:
    """A decision that puts it off reminds of nothing, and a telling of it does not end the reminder of the last."""
    request = asked(laptop, person_id)
    confirm(laptop, decision_about(laptop, request, outcome="deferred", until="2026-11-22", decided_on="2026-11-20"))
    assert not is_to_tell(laptop, request)
    told = telling(laptop, request, told_on="20 November 2026")
    confirm(laptop, decision_about(laptop, request, 2, outcome="declined", decided_on="2026-11-22"))
    there = standing.of(laptop, request)
    assert to_tell.wrong(laptop, there, told) is None
    assert is_to_tell(laptop, request)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("", Wrong.NO_DAY),
        ("November 2026", Wrong.NO_DAY),
        ("when I saw her", Wrong.NO_DAY),
        ("24 11 2026", Wrong.TO_COME),
        ("21 11 2026", Wrong.TOO_EARLY),
        ("22 11 2026", None),
        ("today", None),
    ],
)
def test_a_telling_needs_a_day_from_the_decision_to_today(
    laptop: Session, person_id: str, typed: str, wrong: Wrong | None
) -> None:
    """Any other day is marked in the list, is said at the field where something is written, and ends no reminder."""
    request = asked(laptop, person_id)
    confirm(laptop, decision_about(laptop, request, decided_on="2026-11-22"))
    told = telling(laptop, request, told_how="spoken", told_on=typed)
    assert to_tell.wrong(laptop, standing.of(laptop, request), told) is wrong
    assert is_to_tell(laptop, request) is (wrong is not None)
    assert bool(record_checks.at_field(laptop, told, "told_on")) is (wrong is not None and bool(typed))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("24 Nov", "2026-11-24"),  # tomorrow: a year ago it was not decided, so it is to come, and said to be
        ("22 Nov", "2026-11-22"),
        ("21 Nov", "2026-11-21"),  # before the decision in any year: said, and never moved
        ("yesterday", "2026-11-22"),
        ("24 Nov 2025", "2025-11-24"),
    ],
)
def test_a_day_without_a_year_is_not_taken_for_one_before_the_decision(
    laptop: Session, person_id: str, typed: str, kept: str
) -> None:
    """The nearest year that is not before the decision is taken; a year that was written stays."""
    request = asked(laptop, person_id)
    decision_about(laptop, request, decided_on="2026-11-22")
    assert telling(laptop, request, told_on=typed).text("told_on") == kept
