"""Letters to people who differ, read aloud: no sentence is untrue, contradicts another or is meant for staff."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

import pytest

from phb_tui.documents import html, pdf
from phb_tui.documents.model import Layout
from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.decision import agreements as rules
from phb_tui.domain.records.changes import Value
from phb_tui.services.decision import agreements
from phb_tui.services.documents import plan_document
from phb_tui.services.documents.letters import agreement_letter, offered
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.screens.screen_harness import somebody
from tests.services.decision.samples import agreed_plan, confirm, decision_about, kept_version, request_for
from tests.services.documents.letter_samples import AGREED, ASKED, COPIED, LOCAL, LONGEST, sentences, signed, written

LONG = "Wilhelmina Konstantinopolitanskaya-Featherstonehaugh-Cholmondeley-Marjoribanks"
ODD = "I want to swim.\n\nAnd \u202eodd\u202c \x07 <b>&amp; \u2603 \u0174 \u65e5\u672c " * 60


def free() -> Records:
    """A budget that comes to nothing."""
    return Records(examples.budget("2026-12-07", "2027-12-05"), costs=[examples.cost("A friend", "activity", "0.00")])


def wheelchair() -> Records:
    """A wheelchair for which something is paid on top of the NHS's part."""
    return examples.d("1,350.00", "3,150.00", "third_party", "400.00")


class Case(NamedTuple):
    """Somebody, what was asked for and answered, and what was signed."""

    person: Mapping[str, str]
    example: Callable[[], Records]
    request: Mapping[str, Value]
    decision: Mapping[str, Value]
    agreement: Mapping[str, Value]


CASES = {
    "a child": Case(
        {"given_name": "Nia", "date_of_birth": "2017-03-27"}, examples.e, {}, {},
        {"holder": "representative", "signed_by": "Mair Prawf", "signed_role": "parent"},
    ),
    "one word": Case(
        {"given_name": "", "family_name": "Sukarno", "known_as": ""}, examples.c, {},
        {"outcome": "conditions", "conditions": "The gym has a lift.\nThe bus goes there."},
        {"kind": "one_off", "holder": "person", "account": "one_off_existing"},
    ),
    "a long name": Case(
        {"given_name": LONG}, examples.f, {}, {}, {"kind": "third_party", "managed_by": "Invented Support"},
    ),
    "an apostrophe": Case(
        {"given_name": "Sin\u00e9ad", "family_name": "O'Brien"}, examples.b, {},
        {"outcome": "part", "alternatives": "A pool."},
        {"kind": "managed_account", "holder": "person", "account": "managed", "managed_by": "Invented Payroll"},
    ),
    "no NHS number": Case(
        {"nhs_number": ""}, examples.b, {}, {"outcome": "declined", "alternatives": "A day centre."},
        {"kind": "notional", "managed_by": "The NHS"},
    ),
    "urgent": Case(
        {}, examples.b, {"urgent": "yes", "promised_by": "2026-11-22"}, {"outcome": "deferred", "until": "2026-12-11"},
        {"kind": "managed_account", "holder": "nominee", "account": "managed", "managed_by": "Invented Payroll"},
    ),
    "nothing": Case({}, free, {}, {}, {"holder": "person"}),
    "a wheelchair": Case({}, wheelchair, {}, {}, {"kind": "third_party", "managed_by": "Invented Wheels"}),
    "odd words": Case({}, examples.h, {"wish": ODD}, {"outcome": "escalated", "to": "panel"}, {"holder": "person"}),
}  # fmt: skip
"""People who differ, by how."""


def letters(laptop: Session, case: Case) -> dict[str, str]:
    """Every letter to somebody as text, by what it is about; each can be printed in the three layouts too."""
    person_id = somebody(laptop, **case.person).record_id
    version = kept_version(laptop, person_id, case.example(), name="From December")
    plan = agreed_plan(laptop, person_id)
    request = request_for(laptop, version, plan_id=plan.record_id, **{**ASKED, "risk": "ordinary", **case.request})
    confirm(laptop, version, request, decision_about(laptop, request, 1, **{**COPIED, **case.decision}))
    not_for = rules.EXPLAINED_TO_NOBODY.get(str(case.agreement.get("kind", "")), frozenset())
    new = record_lists.new(laptop, "agreement", person_id)
    editing.save(laptop, new, {**AGREED, **{f"read:{code}": None for code in not_for}, **case.agreement})
    found = {}
    for each in offered.of_person(laptop, person_id):
        paper = each.make()
        found[each.name.partition(":")[0]] = written(paper)
        assert [words for words in sentences(paper) if len(words.split()) > LONGEST] == []
        for layout in Layout:
            assert html.write(paper, layout)
            assert pdf.write(paper, layout).startswith(b"%PDF")
    return found


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_letter_says_nothing_that_is_for_staff(laptop: Session, case: Case) -> None:
    """No key, no "the person", and whom to ask follows a colon: it is a sentence of the service's own."""
    found = letters(laptop, case)
    assert set(found) == {"decision", "agreement"}
    for words in found.values():
        assert re.search(r"\bF\d\b|\bEsc\b|Press |the person\b", words) is None
        assert re.search(f"(?<!: ){LOCAL['contact']}", words) is None
        assert LOCAL["contact"] in words


def test_the_plan_names_whom_to_ask_after_a_colon(laptop: Session) -> None:
    """What the service says of itself is a sentence of its own, so it never stands within one of ours."""
    for review in ("", "27 3 2027", "22 11 2026", "when it suits"):
        person_id = somebody(laptop).record_id
        editing.save(laptop, record_lists.single(laptop, "care_plan", person_id), {"review_date": review})
        until = plan_document.plan(laptop, person_id).until
        assert until.endswith(f": {LOCAL['contact']}"), until


def test_a_yes_on_a_condition_says_when_it_counts(laptop: Session) -> None:
    """What has to be done stands there, that the yes counts when it is done, and that help is there for it."""
    words = letters(laptop, CASES["one word"])["decision"]
    assert "The gym has a lift.\nThe bus goes there.\n\nThe yes counts when this is done." in words


def test_what_is_paid_once_is_called_so(laptop: Session) -> None:
    """One payment is neither the first of several nor an amount with something else in it."""
    found = letters(laptop, CASES["one word"])
    assert "Bought once: 1,008.83" in found["decision"]
    assert re.search(r"^In all +£1,008.83$", found["agreement"], re.MULTILINE)
    assert re.search(r"^On Monday 7 December 2026 +£1,008.83$", found["agreement"], re.MULTILINE)


def test_what_is_paid_on_top_for_a_wheelchair_is_in_the_letter(laptop: Session) -> None:
    """The amount is the NHS's part: what is paid on top of it is named, whoever pays it; that may be the person."""
    words = letters(laptop, CASES["a wheelchair"])["decision"]
    assert "On top of this 1,350.00 is paid, and not by the NHS. It is not part of this budget." in words


def test_a_budget_of_nothing_is_called_that(laptop: Session) -> None:
    """Nobody arranges or pays what costs nothing, and a budget that was decided is not called undecided."""
    found = letters(laptop, CASES["nothing"])
    assert "No money is paid out: this budget comes to £0.00." in found["decision"]
    assert "The NHS arranges the support and pays for it." not in found["decision"]
    assert "No money is paid out for the budget that was decided." in found["agreement"]


@pytest.mark.parametrize("name", ["an apostrophe", "urgent"])
def test_one_holds_the_money_of_a_managed_account(laptop: Session, name: str) -> None:
    """An organisation holds it; the person or whoever acts for them says what it is spent on: letter and screen."""
    case = CASES[name]
    words = letters(laptop, case)["agreement"]
    record = signed(laptop, **case.agreement)
    for said in (words, written(agreement_letter.document(laptop, record)), "\n".join(
        agreements.summary(laptop, record)
    )):  # fmt: skip
        assert "hold the money" not in said
        assert "holds the money" not in said
        assert "what the money is spent on" in said
    assert "No budget has been agreed yet." in words
    assert "decided yet" not in words


def test_a_notional_budget_is_reviewed_too(laptop: Session) -> None:
    """The agreement about one names no payment, but says by when it is looked at and whom to tell of a change."""
    words = letters(laptop, CASES["no NHS number"])["agreement"]
    assert "How much is paid, and when" not in words
    assert "When we look at it with you" in words
    assert f"Tell us: {LOCAL['contact']}" in words


def test_a_review_that_is_late_is_called_late(laptop: Session) -> None:
    """A day that has passed is not called the next one; the one that is to come is named too."""
    agreement = signed(laptop)
    editing.save(laptop, record_lists.single(laptop, "setup", agreement.person_id), {"first_payment": "2026-06-01"})
    words = written(agreement_letter.document(laptop, agreement))
    late = "A review was due by Tuesday 1 September 2026. We are sorry that it is late."
    assert f"{late}\n\nThat is 3 months after the first payment." in words
    assert "The next review is by" not in words
    eligible = {"cohort:adult_nhs_chc": "yes", "decided_on": "2026-10-01"}
    editing.save(laptop, record_lists.single(laptop, "eligibility", agreement.person_id), dict(eligible))
    words = written(agreement_letter.document(laptop, agreement))
    assert late in words
    assert "The next review is by Friday 1 January 2027." in words
    assert "That is 3 months after it was decided that you can have this care." in words


def test_a_request_that_was_urgent_says_so(laptop: Session) -> None:
    """Why the answer was promised for so soon stands beside the day."""
    assert "Urgent: yes" in letters(laptop, CASES["urgent"])["decision"]
    assert "Urgent" not in letters(laptop, CASES["a child"])["decision"]
