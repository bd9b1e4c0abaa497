"""The letter about a decision: everything that was decided stands in it in its order, in plain words, and stays so."""

from pathlib import Path
from typing import Any

import pytest

from phb_tui.content import forms, standards
from phb_tui.documents import html, pdf, text
from phb_tui.documents.model import Document, Layout, Undecided
from phb_tui.domain.decision import authority
from phb_tui.domain.records.changes import Record, Value
from phb_tui.errors import UnknownRecord
from phb_tui.services.documents import plan_document
from phb_tui.services.documents.letters import decision_letter, money_now, offered
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import somebody
from tests.screens.team_harness import disagree, disagreeing
from tests.services.decision.samples import (
    agreed_plan,
    confirm,
    decision_about,
    kept_version,
    refuse,
    request_for,
)
from tests.services.documents.letter_samples import (
    AGREED,
    ASKED,
    COPIED,
    DECIDED,
    LONGEST,
    headings,
    made,
    sentences,
    written,
)
from tests.services.documents.test_print import read_html, read_pdf


def decided(laptop: Session, request: Record, **values: Value) -> Document:
    """The letter about a decision on a request."""
    decision = decision_about(laptop, request, 1, **{**DECIDED, **values})
    return decision_letter.document(laptop, request, decision)


def test_a_decision_letter_has_its_parts_in_their_order(laptop: Session, asked: Record) -> None:
    """What, who, when, what was looked at, why, conditions, what else, what now, how to ask again, the own words."""
    assert headings(made(laptop, asked, outcome="conditions")) == [
        "What was decided", "Who decided", "When", "What was looked at", "Why", "On what condition",
        "What else could reach the same goal", "What happens now", "If you do not agree",
        "What you asked for, in your words",
    ]  # fmt: skip


TRANSPARENT = {
    "T1": ("Name: Ann Invented", "Role: team lead"),
    "T2": (
        "You asked on: Friday 20 November 2026", "We promised an answer by: Friday 4 December 2026",
        "It was decided on: Monday 7 December 2026", "This is later than we promised. We are sorry.",
        "You are told by this letter.",
    ),
    "T3": (
        "- The plan", "- What family and carers think", "Your daughter told us about the nights.",
        "The budget that it is about: From December, version 1",
        "The plan that it is for: version 1, agreed on Friday 20 November 2026",
        "You may fall at night.", "The letter from the clinic",
    ),
    "T4": ("The hours are what you need.", "Direct payment: you want to choose who comes.", "A gym with a pool."),
    "T5": (
        *COPIED.values(), "You can ask us to look at this again.", "You can give us something new to look at",
        "We must tell you what comes of it, and why.",
    ),
}  # fmt: skip
"""What the letter says of each item on transparency in decisions."""


@pytest.mark.parametrize("item", [item for item in standards.items() if item.group == standards.DECISION],
                         ids=lambda item: item.id)  # fmt: skip
def test_each_item_on_transparency_is_in_the_letter(laptop: Session, asked: Record, item: standards.Item) -> None:
    """Who decides, response times and how one is told, what was considered, why, and how to appeal or complain."""
    words = written(made(laptop, asked))
    assert [each for each in TRANSPARENT[item.id] if each not in words] == []


@pytest.mark.parametrize("outcome", sorted(authority.OUTCOMES))
def test_each_outcome_is_said_in_a_sentence(laptop: Session, asked: Record, outcome: str) -> None:
    """What was decided and what happens now fit the outcome; money comes only after a Yes."""
    words = written(made(laptop, asked, outcome=outcome, to="panel"))
    assert decision_letter.DECIDED[outcome] in words
    assert ("£6,826.22" in words) is (outcome in authority.PAYABLE)
    assert ("It will be decided by Monday 11 January 2027." in words) is (outcome == authority.DEFERRED)
    assert ("Who decides now: the panel." in words) is (outcome == authority.ESCALATED)
    assert '"I want Maria to come, and to go swimming."' in words


def test_when_money_comes_is_in_the_letter(laptop: Session, asked: Record) -> None:
    """Example B: the first payment with its parts, the others, and what they come to; notional is not paid out."""
    words = written(made(laptop, asked))
    for wanted in (
        "Monday 7 December 2026", "3,275.54 + 275.16 + 3,275.52 = 6,826.22",
        "Then every four weeks, until Monday 8 November 2027", "£3,275.52", "12 payments", "£46,132.46", "£818.88",
        "The first payment has the odd pennies, which cannot be divided.",
    ):  # fmt: skip
        assert wanted in words, wanted
    assert money_now.EVERY.keys() | {"once"} == set(forms.field("budget", "pay_every").options or {})  # type: ignore[union-attr]


def test_a_letter_stays_as_it_was(laptop: Session) -> None:
    """What the service says now, and what the budget says now, changes no letter about an earlier decision."""
    person_id = somebody(laptop, known_as="Annie").record_id
    version = kept_version(laptop, person_id)
    request = request_for(laptop, version, **ASKED)
    before = written(decided(laptop, request))
    local = record_lists.single(laptop, "local", None)
    editing.save(laptop, local, {"appeal": "Quite new", "advocacy": "Quite new", "response": "Quite new"})
    for cost in record_lists.of(laptop, "cost", person_id):
        editing.save(laptop, cost, {"price": "1.00"})
    decision = record_lists.of(laptop, "decision", person_id)[0]
    assert written(decision_letter.document(laptop, request, decision)) == before
    assert "£1,008.83" in before


def test_a_decision_is_printed_only_when_central_holds_it(laptop: Session) -> None:
    """Before that the letter is offered with why it has to wait; one that was kept aside is offered nowhere."""
    person_id = somebody(laptop).record_id
    version = kept_version(laptop, person_id)
    request = request_for(laptop, version)
    decision = decision_about(laptop, request)
    (waits,) = offered.of_person(laptop, person_id)
    assert "when the team server has confirmed" in waits.wait
    with pytest.raises(UnknownRecord):
        offered.paper(laptop, person_id, waits.name)
    refuse(laptop, decision, "It is above what you may decide.")
    assert offered.of_person(laptop, person_id) == []
    with pytest.raises(UnknownRecord):
        offered.paper(laptop, person_id, waits.name)
    confirm(laptop, version, request, decision_about(laptop, request))
    (there,) = offered.of_person(laptop, person_id)
    assert (there.name, there.wait) == (waits.name, "")
    assert "Ann Invented" in written(offered.paper(laptop, person_id, there.name))


def test_an_outcome_that_is_not_known_here_has_no_letter(laptop: Session) -> None:
    """A decision of a newer program is named with why its letter cannot be made, and no code is printed."""
    person_id = somebody(laptop).record_id
    version = kept_version(laptop, person_id)
    request = request_for(laptop, version)
    confirm(laptop, version, request, decision_about(laptop, request, outcome="something_new"))
    (found,) = offered.of_person(laptop, person_id)
    assert found.wait.startswith("This version of phb-tui cannot read what was decided.")


def test_nothing_for_staff_and_no_id_is_in_a_letter(laptop: Session, asked: Record) -> None:
    """What the team should learn stays out, and whoever has no name is not named by an id."""
    for outcome in sorted(authority.OUTCOMES):
        words = written(made(laptop, asked, outcome=outcome, decided_name="", decided_by="staff-7", to="staff-8"))
        ids = (
            asked.record_id,
            asked.text("version_id"),
            "staff-7",
            "staff-8",
            "lead-1",
            "ONLY-FOR-STAFF",
            outcome + '"',
        )
        assert [each for each in ids if each in words] == []
    assert "Name: not written down: ask us" in words


def test_what_was_left_empty_is_left_out_or_said(laptop: Session) -> None:
    """A decision with its outcome only makes a letter that says what was not written, and has no empty heading."""
    person_id = somebody(laptop).record_id
    request = request_for(laptop, kept_version(laptop, person_id))
    document = decision_letter.document(laptop, request, decision_about(laptop, request, reasons=""))
    words = written(document)
    for wanted in (
        "The reasons were not written down.", "How to ask was not written down.", "Who does that was not written down.",
        "What was looked at was not written down.",
    ):  # fmt: skip
        assert wanted in words
    assert {"On what condition", "What you asked for, in your words"}.isdisjoint(headings(document))


DAMAGED: tuple[dict[str, Any], ...] = (
    {"decided_on": "9" * 5_000, "value": "x", "until": "\u202e?", "decided_role": 7},
    {"reasons": "\x1b[31m" + "x" * 5_000, "appeal": 10**30, "to": 3},
)


@pytest.mark.parametrize("damage", DAMAGED)
def test_whatever_is_kept_makes_a_letter(laptop: Session, damage: dict[str, Any]) -> None:
    """A request whose version and plan are gone, and a decision with anything in it, can be read."""
    person_id = somebody(laptop).record_id
    new = record_lists.new(laptop, "request", person_id)
    gone = {"version_id": "gone", "plan_id": "gone", "asked_on": "?", "considered:x": "yes"}
    request = editing.save(laptop, new, gone)
    for outcome in sorted(authority.OUTCOMES):
        words = written(made(laptop, request, outcome=outcome, **damage))
        assert "The budget that this is about is not on this laptop." in words


def test_letters_are_plain(laptop: Session, asked: Record) -> None:
    """No letter asks anything or calls somebody the person, and no sentence has more than 25 words."""
    papers = [made(laptop, asked, outcome=outcome, to="panel") for outcome in sorted(authority.OUTCOMES)]
    for paper in papers:
        ours = list(sentences(paper))
        assert len(ours) > 20
        assert [words for words in ours if len(words.split()) > LONGEST or "?" in words or "the person" in words] == []


@pytest.mark.parametrize("layout", Layout)
def test_every_layout_has_the_whole_letter(laptop: Session, asked: Record, layout: Layout) -> None:
    """The PDF and the page have every heading, amount and sentence in ordinary print, large print and with room."""
    document = made(laptop, asked)
    wanted = [words for sentence in sentences(document) for words in sentence.split()]
    for words in (read_pdf(pdf.write(document, layout)), " ".join(read_html(html.write(document, layout)).words)):
        there = "".join(words.split())
        assert [word for word in wanted if word not in there] == []


def test_the_plan_has_the_newest_decision_and_agreement(laptop: Session) -> None:
    """The chapter about the money shows both once central holds them, and the agreed plan looks unchanged by it."""
    person_id = somebody(laptop).record_id
    version = kept_version(laptop, person_id)
    agreed_plan(laptop, person_id)
    request = request_for(laptop, version)
    decision = decision_about(laptop, request, 1, **DECIDED)

    def chapter() -> str:
        words = text.write(plan_document.plan(laptop, person_id), 300)
        return words.partition("\nThe money\n")[2].partition("\nIf I do not agree\n")[0]

    assert "Ann Invented" not in chapter()
    confirm(laptop, version, request, decision)
    editing.save(laptop, record_lists.new(laptop, "agreement", person_id), {**AGREED, "holder": "person"})
    for wanted in (
        "What was decided: Yes", "Who decided: Ann Invented", "Decided on: Monday 7 December 2026",
        "The hours are what you need.", "The agreement about the money", "Who holds the money: Me",
        "Signed for the NHS by: Sam Brown",
    ):  # fmt: skip
        assert wanted in chapter(), wanted
    assert "ONLY-FOR-STAFF" not in chapter()
    assert "?" not in chapter()
    assert plan_versions.changed(laptop, person_id) == []


def test_two_versions_of_what_was_looked_at_stand_in_a_box(tmp_path: Path) -> None:
    """Where two colleagues wrote other words about it, the letter has both, and says first that it is not decided."""
    with disagreeing(tmp_path) as both:
        request = editing.save(
            both.one, record_lists.new(both.one, "request", both.person.record_id), {"wish": "A gym"}
        )
        both.team.exchange(both.one, both.two)
        disagree(both.team, both.one, both.two, request, ("considered_words", "The hours", "The nights"))
        document = made(both.one, editing.read(both.one, "request", request.record_id, request.person_id))
    boxes = [block for block in document.blocks if isinstance(block, Undecided)]
    assert [{words for words, _by in box.versions} for box in boxes] == [{"The hours", "The nights"}]
    assert "Not decided yet" in document.warning
