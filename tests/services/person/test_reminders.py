"""Dates that come due: what is no date is never forgotten, and an interval counts from the last review."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from phb_tui.domain.records.changes import Record, Value
from phb_tui.services.person import overdue_reviews, reminders
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.start import unlocking
from phb_tui.services.visit import conversation, visits
from tests.screens.screen_harness import PASSPHRASE, somebody, unlocked_laptop


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An unlocked laptop on 23 November 2026."""
    with unlocked_laptop(tmp_path) as found:
        yield found


def kept(session: Session, kind: str, **values: Value) -> Record:
    """A record of somebody."""
    return editing.save(session, record_lists.new(session, kind, somebody(session).record_id), values)


def said(session: Session, record: Record) -> list[str]:
    """What is due about a record's person."""
    return [item.words for item in reminders.due(session, record.person_id or "")]


@pytest.mark.parametrize(
    ("kind", "name"),
    [("task", "by_when"), ("action", "by_when"), ("support", "start_date"), ("risk", "review_date"),
     ("flag", "end_date"), ("money_choice", "come_back"), ("competency", "reassess_due")],
)  # fmt: skip
def test_a_date_that_nobody_understood_counts_as_due(session: Session, kind: str, name: str) -> None:
    """Words where a date of something to come belongs are brought up at once: "look at the date"."""
    record = kept(session, kind, **{name: "when the leaves fall"})
    assert [words for words in said(session, record) if "Look at the date: " in words and "leaves fall" in words]
    editing.save(session, editing.read(session, kind, record.record_id, record.person_id), {name: "1 3 2030"})
    assert not [words for words in said(session, record) if "Look at the date" in words]


def test_a_review_interval_counts_from_the_day_it_was_written_then_from_the_last_review(session: Session) -> None:
    """A review "every 2 weeks" falls due two weeks after it was written, and two weeks after the last review."""
    record = kept(session, "accessible_need", need="BSL", review_date="every 2 weeks")
    assert said(session, record) == []
    later = session.today + timedelta(days=14)
    after = session_on(session, later.isoformat())
    assert said(after, record) == ["Review due: BSL"]
    editing.save(after, editing.read(after, record.kind, record.record_id, record.person_id), {"reviewed_on": "today"})
    assert said(after, record) == []


@pytest.mark.parametrize(
    ("kind", "name", "looked_at"),
    [
        ("competency", "reassess_due", "competent_on"), ("capacity", "review_date", "date"),
        ("consent", "review_date", "date"), ("risk", "review_date", "agreed_on"),
        ("contingency", "review_date", "updated"), ("care_plan", "review_date", "reviewed_on"),
    ],
)  # fmt: skip
def test_an_interval_counts_from_the_day_on_which_it_was_last_looked_at(
    session: Session, kind: str, name: str, looked_at: str
) -> None:
    """An assistant signed off eleven months ago, to be checked every year, is checked in a month and not in a year."""
    record = kept(session, kind, **{name: "every year", looked_at: "1 12 2025"})
    assert overdue_reviews.due_date(session, record, name) == date(2026, 12, 1)
    record = editing.save(session, record, {looked_at: "1 11 2026"})
    assert overdue_reviews.due_date(session, record, name) == date(2027, 11, 1)


def test_an_interval_does_not_count_from_a_review_in_the_future(session: Session) -> None:
    """A last review whose year is wrong neither puts off the next one nor is forgotten: its date is to be looked at."""
    record = kept(session, "accessible_need", need="BSL", review_date="every 2 weeks", reviewed_on="1 3 2028")
    after = session_on(session, (session.today + timedelta(days=14)).isoformat())
    assert said(after, record) == [
        "Review due: BSL",
        'Look at the date: When was it last checked? "1 March 2028" (BSL)',
    ]


@pytest.mark.parametrize(
    ("kind", "name"), [("eligibility", "decided_on"), ("care_plan", "reviewed_on"), ("accessible_need", "reviewed_on")]
)
@pytest.mark.parametrize("typed", ["last spring", "1 3 2030"])
def test_a_date_that_a_review_counts_from_is_looked_at_when_it_is_wrong(
    session: Session, kind: str, name: str, typed: str
) -> None:
    """Without it the review would never fall due, and nobody would be told."""
    person_id = somebody(session).record_id
    record = record_lists.single(session, kind, person_id) if kind != "accessible_need" else kept(session, kind)
    record = editing.save(session, record, {name: typed})
    assert [words for words in said(session, record) if words.startswith("Look at the date: ")]
    editing.save(session, record, {name: "1 3 2026"})
    assert not [words for words in said(session, record) if words.startswith("Look at the date: ")]


def session_on(session: Session, day: str) -> Session:
    """The same laptop on another day."""
    return replace(session, now=lambda: datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC))


def test_the_words_as_typed_stay_in_the_history(session: Session) -> None:
    """A date that was worked out stands in the history after what was typed; one that was only spelt stands alone."""
    record = kept(session, "task", what="Ring", by_when="next friday")
    assert [version.value for version in editing.history(session, record, "by_when")] == ["2026-12-04", "next friday"]
    other = kept(session, "task", what="Ring", by_when="4 12 2026")
    assert [version.value for version in editing.history(session, other, "by_when")] == ["2026-12-04"]


def test_words_that_are_put_back_count_from_the_day_they_were_written(session: Session) -> None:
    """What was "tomorrow" last week is, put back from the history, the day it meant last week."""
    record = kept(session, "task", what="Ring", by_when="tomorrow")
    editing.save(session, record, {"by_when": "1 3 2027"})
    later = session_on(session, (session.today + timedelta(days=7)).isoformat())
    now = editing.read(later, "task", record.record_id, record.person_id)
    typed = next(v for v in editing.history(later, now, "by_when") if v.value == "tomorrow")
    assert editing.restore(later, now, "by_when", typed).text("by_when") == "2026-11-24"


def test_since_when_something_is_true_lies_back(session: Session) -> None:
    """An alert "since 1 September" is since the last one, and a day to come is asked about."""
    assert kept(session, "flag", what="Dog", start_date="1 September").text("start_date") == "2026-09-01"


def test_what_a_power_cut_leaves_is_tidied(tmp_path: Path) -> None:
    """A draft found at the next unlocking counts from the day it was typed, and its words stay in the history."""
    with unlocked_laptop(tmp_path) as session:
        record = kept(session, "task", what="Ring")
        person = editing.read(session, "person", record.person_id or "", record.person_id)
        editing.save_draft(session, record, {"by_when": "tomorrow"})
        editing.save_draft(session, person, {"nhs_number": "9990000018"})
        now = session.now() + timedelta(days=3)
    with closing(unlocking.unlock(tmp_path / "stores", PASSPHRASE, now=lambda: now)) as again:
        found = editing.read(again, "task", record.record_id, record.person_id)
        assert found.text("by_when") == "2026-11-24"
        assert [version.value for version in editing.history(again, found, "by_when")] == ["2026-11-24", "tomorrow"]
        assert editing.read(again, "person", person.record_id, person.record_id).text("nhs_number") == "999 000 0018"


def days_later(session: Session, days: int) -> Session:
    """The same laptop some days later."""
    day = session.now() + timedelta(days=days)
    return replace(session, now=lambda: day)


def test_tasks_from_answers_stand_in_the_order_of_the_conversation(session: Session) -> None:
    """What would help is listed as it was talked about, on every laptop, though the tasks' ids are of chance."""
    for _ in range(4):  # four people, because two ids are in the right order by chance half the time
        person_id = somebody(session).record_id
        for words, later in (("A phone number", 0), ("A leaflet", 7)):
            visit = visits.start(days_later(session, later), person_id)
            for statement in session.content.statements[:3]:
                held = conversation.statement_answer(session, visit, statement).answer
                conversation.save_answer(session, visit, held, {"would_help": f"{words} for {statement.id}"})
        tasks = [task.text("what") for task in reminders.to_do(session, person_id)]
        wanted = [statement.id for statement in session.content.statements[:3]]
        assert tasks == [f"{words} for {name}" for name in wanted for words in ("A leaflet", "A phone number")]
