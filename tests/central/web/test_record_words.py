"""What a team lead reads about records is said in the forms' words and in UK time, never in codes and ids."""

import json
import re
from collections.abc import Iterator
from html import unescape

import pytest

from phb_tui.central.auth import roles
from phb_tui.central.exchange.sync_service import SyncService
from phb_tui.central.storage.repository import Storage
from phb_tui.central.web.views import record_words, uk_time
from phb_tui.content import forms
from phb_tui.domain.records.changes import HANDOVER, TO_TEAM, Change, RecordState, SyncPosition, Value
from phb_tui.domain.records.record_codec import row_of
from phb_tui.sync.protocol import SyncRequest
from tests import factories
from tests.central.client_requests import PUBLIC, TEAM
from tests.oidc.running import add_user, browser, central, now

VISIT, NEED = "01a2173d-b512-7f4c-b522-0e3b3e56af83", "01a2173d-b4fe-733d-a39f-86ddf5b1b68d"
WRITTEN: tuple[tuple[str, str, str, dict[str, Value]], ...] = (
    ("person", "p", "p", {"given_name": "Rhys", "family_name": "Price", "next_visit": "2026-12-04"}),
    ("visit", VISIT, "p", {"date": "2026-11-26", "time": "09:30"}),
    ("attendee", "a", "p", {"visit_id": VISIT, "name": "Mair", "speaks_for": "nhs"}),
    ("eligibility", "e", "p", {"cohort:adult_nhs_chc": "yes", "cohort:ehc_plan": "", "nature": "ongoing"}),
    ("answer", "w", "p", {"statement": "S1-I1", "answer": "partly", "visit_id": VISIT, "words": "I know who to ring"}),
    ("need", NEED, "p", {"words": "Getting out of the house"}),
    ("goal", "g", "p", {"words": "Sing", "need_id": NEED}),
    ("task", "t", "p", {
        "what": "Ring Dewi", "done": "yes", "made_for": "third_party", "counted": "2026-12-04", "from_id": "w",
        "from_words": "Ring Dewi",
    }),
    ("plan_version", "v", "p", {"number": "1", "plan": '{"goal": {}}'}),
    ("local", "l", "", {"contact": "01632 960 000"}),
    ("budget", "b", "p", {"name": "From December"}),
    ("budget_version", "b-v", "p", {
        "number": "1", "budget_id": "b", "for": "final", "total_first": 4613246, "total_weekly": 81888,
        "by_way": '{"direct_payment":4258178,"managed_account":0}', "provisional": "yes",
        "by_stream": '{"education":0,"health":2768000,"social":1490178}', "built_by": '["nurse-d0"]',
        "inputs": "{}", "lines": "[]",
    }),
    ("request", "r", "p", {"version_id": "b-v", "asked_on": "2026-11-23", "to": "panel"}),
    ("decision", "r-draft", "p", {"request_id": "r", "reasons": "Half a sen"}),
    ("decision", "r-draft", "p", {"removed": "yes"}),
    ("decision", "r-1", "p", {
        "request_id": "r", "outcome": "escalated", "decided_by": "nurse-d0", "value": 81888, "measure": "weekly",
        "to": "lee",
    }),
    ("payment", "y", "p", {
        "budget_version_id": "b-v", "number": 2, "what": "start_up", "due_on": "2026-12-07", "due": 327552,
        "way": "direct_payment",
    }),
    ("payment", "z", "p", {"what": "adjustment", "due": -31317}),
)  # fmt: skip
CODES = (
    VISIT, NEED, "_id", "visit id", "nhs_chc", "cohort:", "ehc_plan", "ongoing", ">nhs<", "S1-I1", "2026-11-26",
    "2026-12-04", "nurse-d0", "applied", "327552", "81888",
    "direct_payment", "start_up", "{", "weekly", ">lee<", "UTC", "From id", "came from",
)  # fmt: skip


@pytest.fixture(scope="module")
def page() -> Iterator[str]:
    """The page of changes received, after a laptop has sent one of each sort."""
    storage, prev, sent = Storage.on_sqlite(None), "", []
    factories.admit(storage, TEAM, "d0", factories.nurse("d0"), PUBLIC)
    add_user(storage, TEAM, "lee", roles.TEAM_LEAD)
    for op_no, (kind, record_id, about, fields) in enumerate(WRITTEN, start=1):
        at = "2026-11-23T09:00:00.000Z"
        one = Change(TEAM, "d0", kind, record_id, about or None, fields, {}, SyncPosition(), "nurse-d0", at)
        one = one.numbered(op_no, prev)
        prev = one.hash
        sent.append(one.text.encode())
    SyncService(storage, now, factories.KEY, factories.LAW).sync(
        SyncRequest(TEAM, "d0", SyncPosition(), "", 1, tuple(sent))
    )
    with central(storage) as address, browser(address, "sub-lee") as lee:
        yield unescape(re.sub(r"<br>|\s+", " ", lee.get(f"/team/{TEAM}").text))
    storage.close()


@pytest.mark.parametrize(
    "words",
    [
        "Friday 4 December 2026",
        "Thursday 26 November 2026 - 09:30",
        "Speaking as: The NHS",
        "Adult with NHS Continuing Healthcare; not: Education, health and care plan",
        "Answer: Partly",
        "Getting out of the house",
        "Done: Yes",
        "Made for: Third party budget",
        "The first year: \N{POUND SIGN}46,132.46",
        "By way of managing: Direct payment \N{POUND SIGN}42,581.78",
        "By who pays: The NHS \N{POUND SIGN}27,680.00, Social care \N{POUND SIGN}14,901.78",
        "Who wrote it: Nurse d0",
        "What it is for: To ask for a decision",
        "Who decides: The panel",
        "<b>A decision</b>",
        "Passed on to: Lee North",
        "The amount that was decided about: \N{POUND SIGN}818.88",
        "Which amount that is: A week",
        "What for: To start",
        "Due: \N{POUND SIGN}3,275.52",
        "Due: -\N{POUND SIGN}313.17",
        "<td>The whole team</td>",
        "<td>Nurse d0 Laptop d0</td><td>Accepted</td>",
    ],
)
def test_a_change_is_said_in_the_forms_words(page: str, words: str) -> None:
    """Kinds, names, choices, ticks, dates, links, authors and results each have their words."""
    assert words in page


def test_what_is_being_written_is_no_decision(page: str) -> None:
    """Words of a decision that nobody has made are called so, as is their end; nobody reads "accepted" beside them."""
    rows = [row for row in page.split("<tr>") if "What was being written of a decision" in row]
    assert [("Half a sen" in row, "Finished: Yes" in row) for row in rows] == [(False, True), (True, False)]
    assert [row for row in rows if "Accepted" in row or "Removed" in row] == []
    assert "<td>Received</td>" in rows[1]


def test_every_field_that_the_program_writes_is_said_in_words() -> None:
    """No page asks for these: each has a label, and amounts, sums, codes and staff are said as what they are."""
    tried = 0
    for kind in forms.kinds():
        for field in forms.form(kind).kept:
            codes = list(field.options or {})
            values: dict[str, list[Value]] = {
                "pence": [123456, -5], "choice": list(codes), "sums": [json.dumps(dict.fromkeys(codes, 123456))],
                "date": ["2026-12-04"], "staff": ["lee", "panel", "gone"], "several_staff": ['["lee","gone"]'],
            }  # fmt: skip
            for held in values[field.type]:
                tried += 1
                [(_name, shown)] = record_words.fields(kind, {field.name: held}, {}, {"lee": "Lee North"})
                said = shown.replace("The panel", "")
                assert not any(code in said for code in ("{", "[", "_", "123456", "lee", "gone", "panel")), shown
                assert shown != str(held)
            for odd in ("", None, "[" * 9_000, 10**4_000, "x"):
                assert isinstance(record_words.value(kind, field.name, odd, {}, {}), str)
    assert tried > 30


def test_a_statement_is_said_word_for_word(page: str) -> None:
    """An answer names its statement by the framework's words, which a lead can know, and not by its id."""
    assert record_words.value("answer", "statement", "S1-I1", {}, {}).startswith("I ")
    assert record_words.value("answer", "statement", "S1-I1", {}, {}) in page
    assert record_words.value("answer", "statement", "S9-I9", {}, {}) == "S9-I9"


@pytest.mark.parametrize("code", CODES)
def test_no_code_is_on_the_page(page: str, code: str) -> None:
    """No id, no stable name, no date of the wire and no state of the program's own is what a lead reads."""
    assert code not in page[page.index("<main>") :]


def test_every_choice_of_every_form_has_its_words() -> None:
    """Whatever can be chosen in any form is shown by its words, and every field by its label."""
    tried = 0
    for kind in forms.kinds():
        for field in forms.form(kind).fields():
            for code, words in (field.options or {}).items():
                tried += 1
                name = f"{field.name}:{code}" if field.type == "ticks" else field.name
                shown = record_words.fields(kind, {name: "yes" if field.type == "ticks" else code}, {}, {})
                assert shown == [(field.label[:1].upper() + field.label[1:], words)]
    assert tried > 200


def test_a_link_says_no_words_of_a_record_entered_in_error() -> None:
    """Another person's words, entered in error here, are in no line that points to them."""
    fields: dict[str, Value] = {"words": "Insulin", "removed": "yes", "error_reason": "Another person's"}
    wrong = row_of(RecordState(TEAM, "need", NEED, "p", 1, {}))._replace(values=json.dumps(fields))
    assert record_words.line(wrong) == record_words.IN_ERROR
    assert record_words.value("goal", "need_id", "somewhere", {}, {}) == record_words.UNKNOWN


def test_a_move_to_another_team_names_the_team() -> None:
    """A handover is called a move, and says to which team by its name."""
    assert record_words.kind(HANDOVER) == "Moved to another team"
    assert record_words.fields(HANDOVER, {TO_TEAM: "south"}, {"south": "South team"}, {}) == [("To team", "South team")]


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-11-25T14:30:59.123Z", "Wednesday 25 November 2026, 14:30"),
        ("2026-07-01T12:30:00.000Z", "Wednesday 1 July 2026, 13:30"),
        ("2026-07-01T23:30:00.000Z", "Thursday 2 July 2026, 00:30"),
        ("2026-10-25T00:59:00+00:00", "Sunday 25 October 2026, 01:59"),
        ("2026-10-25T01:00:00+00:00", "Sunday 25 October 2026, 01:00"),
        ("", "never"),
        ("yesterday", "yesterday"),
        ("2026-07-01T12:30:00", "2026-07-01T12:30:00"),
        ("9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59-12:00"),
    ],
)
def test_a_moment_is_in_uk_time(at: str, said: str) -> None:
    """What central noted in UTC is read in UK time, an hour later in summer; what is no moment stays as it is."""
    assert uk_time.moment(at) == said
