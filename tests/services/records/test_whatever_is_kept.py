"""Whatever is kept can be read: a value that makes no sense is shown as it is and never raises."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phb_tui.content import forms, sections
from phb_tui.documents import html, pdf, text
from phb_tui.documents.model import Layout
from phb_tui.domain import field_types
from phb_tui.domain.calendar import dates, timestamps
from phb_tui.domain.people import capacity, search_terms
from phb_tui.domain.plan import i_statements, plan_snapshots
from phb_tui.domain.records.changes import ConflictingValue, FieldState, Record, RecordState, write
from phb_tui.domain.text import nhs_number, snomed
from phb_tui.services.documents import plan_document
from phb_tui.services.person import (
    banner,
    caseload,
    entered_in_error,
    overdue_reviews,
    possible_duplicates,
    reminders,
    unreadable_records,
)
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, field_conflicts, record_checks, record_lists, roster
from phb_tui.services.session import Session
from phb_tui.services.sync import outbox
from phb_tui.services.visit import conversation, step_progress, visits
from tests import counts, hostile
from tests.screens.screen_harness import NOW, somebody, unlocked_laptop

TODAY = NOW.date()


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """One laptop for all: each test has a person of its own."""
    with unlocked_laptop(tmp_path_factory.mktemp("laptop")) as found:
        yield found


def read_records(session: Session, person_id: str) -> None:
    """Every record about a person as lists, histories and forms read it."""
    for record in [record for records in record_lists.everything(session, person_id).values() for record in records]:
        record_lists.line(session, record)
        record_lists.title(session, record)
        for name, value in record.fields.items():
            forms.label(record.kind, name)
            record_lists.in_words(session, record.kind, name, value)
            record_lists.ticked(record, name)
        entered_in_error.name_of(session, record)
        for name in ("review_date", "next_visit", "reassess_due"):
            overdue_reviews.due_date(session, record, name)
        if forms.known(record.kind):
            record_checks.problems(session, record)
            forms.filled(record)


def read_conversation(session: Session, person_id: str) -> None:
    """What the person and others said, visit by visit."""
    for visit in visits.visits(session, person_id):
        conversation.answers(session, visit)
        conversation.other_voices(session, visit)
        conversation.statement_answer(session, visit, session.content.statements[0])
        for read in (visits.attendees, visits.people_to_add, visits.closing, visits.alerts_read):
            read(session, visit)
    conversation.latest(session, person_id)
    for step in session.content.steps:
        conversation.trend(session, person_id, step)


def read_plan(session: Session, person: Record) -> None:
    """The plan, its versions, what it lacks, what changed, and every paper but the PDF."""
    plan_versions.blocking_reasons(session, person.record_id)
    plan_versions.without_reason(
        session, person.record_id, plan_versions.version_being_agreed(session, person.record_id)
    )
    plan_versions.conflicts_to_resolve(session, person.record_id)
    plan_versions.missing_items(session, person.record_id)
    plan_versions.in_words(session, person, plan_versions.changed(session, person.record_id))
    for version in [None, *plan_versions.versions(session, person.record_id)]:
        for full in (False, True):
            paper = plan_document.plan(session, person.record_id, full=full, version=version)
            text.write(paper)
            html.write(paper, Layout.EASY)


def read_everything(session: Session, person_id: str) -> None:
    """Every list, due line, count and paper there is about a person."""
    caseload.find(session, "soon")
    assert person_id in {line.person_id for line in caseload.lines(session, 0, caseload.count(session))}
    person = caseload.person(session, person_id)
    found = banner.of(session, person)
    [*found.first(family=False), *found.support(), *(alert.line for alert in found.all_alerts)]
    visits.todays(session, person_id)
    visits.open_now(session, person_id)
    visits.unread_alerts(session, person)
    [other.sentence for other in possible_duplicates.of_person(session, person_id)]
    reminders.due(session, person_id)
    reminders.to_do(session, person_id)
    step_progress.progress(session, person_id)
    unreadable_records.of_person(session, person_id)
    entered_in_error.removed(session, person_id)
    entered_in_error.people_in_error(session)
    record_checks.capacity_warnings(session, person_id, capacity.CONSENT, capacity.DIRECT_PAYMENT, capacity.PLAN)
    overdue_reviews.overdue(
        session, person, {kind: record_lists.single(session, kind, person_id) for kind in overdue_reviews.KINDS}
    )
    for section in sections.sections():
        if section.step:
            step_progress.unfinished(session, person_id, section)
    field_conflicts.conflicts(session)
    outbox.waiting(session)
    roster.pending_transfer(session, person_id)
    read_records(session, person_id)
    read_conversation(session, person_id)
    read_plan(session, person)


@pytest.mark.parametrize("name", counts.some(hostile.VALUES))
def test_a_value_in_every_field_of_every_kind_can_be_read(laptop: Session, name: str) -> None:
    """A person whose records of every kind hold one hostile value in every field opens everywhere."""
    person_id = somebody(laptop).record_id
    hostile.keep(laptop, hostile.filled(laptop, person_id, name))
    read_everything(laptop, person_id)


@pytest.mark.parametrize("name", hostile.ALONE)
def test_a_value_in_one_field_of_any_kind_can_be_read(tmp_path: Path, name: str) -> None:
    """Records that hold a hostile value in one field and nothing else, for every field of every kind, are read."""
    with unlocked_laptop(tmp_path) as session:
        person_id = somebody(session).record_id
        hostile.keep(session, hostile.one_field_each(session, person_id, name))
        read_everything(session, person_id)


@pytest.mark.parametrize("seed", range(counts.PEOPLE))
def test_a_value_among_likely_ones_can_be_read(tmp_path: Path, seed: int) -> None:
    """A person whose records are as forms write them, but for a hostile value here and there, opens everywhere."""
    with unlocked_laptop(tmp_path) as session:
        person_id = somebody(session).record_id
        hostile.keep(session, hostile.likely(session, person_id, random.Random(seed)))
        read_everything(session, person_id)


@pytest.mark.parametrize("kind", [kind for kind in hostile.kinds() if kind != "person"])
def test_a_person_whose_record_is_of_another_kind(laptop: Session, kind: str) -> None:
    """A record of another kind that stands where a person's should stops no list."""
    person_id = f"person-{kind}"
    hostile.keep(laptop, [hostile.state(laptop, kind, person_id, person_id, {"words": "a", "by_when": "b"})])
    caseload.lines(laptop, 0, caseload.count(laptop))
    reminders.due(laptop, person_id)
    reminders.to_do(laptop, person_id)
    read_records(laptop, person_id)


def test_a_link_to_anything_can_be_read(laptop: Session) -> None:
    """A link to the record itself, to the person, to nothing and to a record of a newer kind is shown."""
    person_id = somebody(laptop).record_id
    hostile.keep(laptop, [hostile.state(laptop, hostile.NEWER, "newer", person_id, {"words": "a"})])
    for target in ("newer", "nobody", person_id, "self"):
        record_id = f"{person_id}-{target}"
        for kind in hostile.kinds():
            aim = record_id if target == "self" else target
            values = dict.fromkeys(hostile.fields_of(kind), aim) | {"removed": ""}
            row = hostile.state(laptop, kind, f"{record_id}-{kind}", person_id, values)
            hostile.keep(laptop, [row] if kind != "person" else [])
        read_everything(laptop, person_id)


ODD_NAMES = ("", '"', 'a"b', "a\\b", "a\0b", "$", "[0]", "a.b", "#-1", "x" * 5_000)
"""Names of fields that are none in a form, and that mean something else in a JSON path."""


def test_a_field_of_any_name_can_be_read(laptop: Session) -> None:
    """A field of any name, with two versions, opens in histories, in the list of conflicts and on paper."""
    person = somebody(laptop)
    aside = ConflictingValue("two", "device-8", 1, "nurse-8", hostile.WHEN, 1)
    held = {name: FieldState("one", 1, "device-9", 1, "nurse-9", hostile.WHEN, (aside,)) for name in ODD_NAMES}
    hostile.keep(laptop, [RecordState(laptop.team_id, "goal", "odd", person.record_id, 1, held)])
    record = editing.read(laptop, "goal", "odd", person.record_id)
    made = (write(record, {name: "three"}, laptop.authorship()) for name in ODD_NAMES)
    editing.save_changes(laptop, [change for change in made if change])
    read_everything(laptop, person.record_id)
    for name in ODD_NAMES:
        assert {was.value for was in editing.history(laptop, record, name)} == {"one", "two", "three"}
    assert set(ODD_NAMES) - {"a\0b"} <= {name for name, _was in editing.whole_history(laptop, record)}


def test_a_person_off_the_list_is_on_paper(laptop: Session) -> None:
    """A person's record that is marked as off the list prints like any other."""
    person = somebody(laptop, removed="yes", communication="Speak slowly")
    paper = plan_document.plan(laptop, person.record_id, full=True)
    assert "Speak slowly" in text.write(paper)


@pytest.mark.parametrize("name", counts.some(["combining letters", "5,000 digits", "control characters"]))
def test_a_pdf_of_any_value_can_be_made(laptop: Session, name: str) -> None:
    """A PDF is made of whatever is kept."""
    person_id = somebody(laptop).record_id
    hostile.keep(laptop, hostile.filled(laptop, person_id, name))
    assert pdf.write(plan_document.plan(laptop, person_id), Layout.STANDARD).startswith(b"%PDF")


def test_a_version_that_cannot_be_read_says_so_on_paper(laptop: Session) -> None:
    """A paper of a version whose plan cannot be read says so and does not look like an empty plan."""
    person = somebody(laptop)
    row = hostile.state(laptop, "plan_version", "broken", person.record_id, {"number": "1", "plan": '{"goal": {'})
    hostile.keep(laptop, [row])
    version = editing.read(laptop, "plan_version", "broken", person.record_id)
    told = text.write(plan_document.plan(laptop, person.record_id, version=version))
    assert "What was agreed in this version cannot be read on this laptop." in told


@pytest.mark.parametrize("name", hostile.ALONE)
def test_what_was_being_typed_opens_at_unlocking(tmp_path: Path, name: str) -> None:
    """A draft of any value in any field is kept at the next unlocking."""
    from phb_tui.services.records import draft_recovery  # noqa: PLC0415 - what unlocking calls, without the seconds its key takes

    with unlocked_laptop(tmp_path) as session:
        person_id = somebody(session).record_id
        for kind in hostile.kinds():
            record = editing.new_record(session, kind, person_id)
            values = dict.fromkeys(hostile.fields_of(kind), hostile.VALUES[name])
            editing.save_draft(session, record, values)
        draft_recovery.recover(session)
        caseload.lines(session, 0, caseload.count(session))


KNOWN = [value for value in hostile.VALUES.values() if isinstance(value, str)]
ANY = st.text() | st.from_regex(r"\A[\d./ -]{0,60}\Z") | st.sampled_from(KNOWN)


@settings(max_examples=300 if counts.STEP == 1 else 100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(ANY)
def test_no_rule_about_words_raises(words: str) -> None:
    """Every rule that tidies, checks, sorts or shows a field takes any words."""
    for kind in field_types.TYPES:
        field_types.tidy(kind, words, TODAY)
        field_types.problem(kind, words, TODAY)
        field_types.show(kind, words)
    for read in (
        dates.parse,
        dates.parse_time,
        dates.tidy_time,
        dates.in_words,
        dates.in_short,
        dates.last_day,
    ):
        read(words)
    dates.sort_key(words)
    for check in (snomed.is_identifier, nhs_number.problem, i_statements.step_of, plan_snapshots.is_readable):
        check(words)
    for day in (dates.explained, dates.review_due_date, dates.is_due, dates.is_past, search_terms.asked):
        day(words, TODAY)
    timestamps.local(words)
