"""The letter about a change of the money: before and after, why, and the next payment in steps that can be checked."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from phb_tui.documents.model import Document
from phb_tui.domain.budget.periods import Period
from phb_tui.domain.payments.schedule import Due
from phb_tui.domain.records.changes import Record
from phb_tui.services.budget import versions
from phb_tui.services.documents.letters import change_sums, offered
from phb_tui.services.payments import making
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.screens.screen_harness import somebody, unlocked_laptop
from tests.services.decision.samples import confirm, decision_about, kept_version, request_for
from tests.services.documents.letter_samples import LONGEST, sentences, written


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A laptop that the tests share; each has a person of its own."""
    with unlocked_laptop(tmp_path_factory.mktemp("changes")) as found:
        yield found


def approve(laptop: Session, version: Record, day: str, *, pay: bool = False) -> None:
    """Somebody says yes to a version, and central holds that; its payments are made if wanted."""
    request = request_for(laptop, version, wish="Please let Tom stay.")
    decision = decision_about(laptop, request, decided_on=day, reasons="You need less help at night.")
    confirm(laptop, version, request, decision)
    if pay:
        making.make(laptop, version.person_id or "", version.record_id)


def change(laptop: Session, person_id: str) -> Document:
    """The only letter about a change."""
    (name,) = (each.name for each in offered.of_person(laptop, person_id) if each.name.startswith(offered.CHANGE))
    return offered.paper(laptop, person_id, name)


@pytest.fixture(scope="module")
def reviewed(laptop: Session) -> str:
    """Somebody with example H: after a review less than example A, from the middle of a payment on.

    It was decided with No first, and asked for again.
    """
    person_id = somebody(laptop).record_id
    before = kept_version(laptop, person_id, examples.a())
    approve(laptop, before, "2026-03-30", pay=True)
    after = kept_version(laptop, person_id, examples.h(), replaces_id=before.text("budget_id"))
    request = request_for(laptop, after)
    confirm(laptop, after, request, decision_about(laptop, request, outcome="declined", decided_on="2026-10-19"))
    approve(laptop, after, "2026-10-26")
    return person_id


@pytest.fixture(scope="module")
def less(laptop: Session, reviewed: str) -> Document:
    """The letter about that change."""
    return change(laptop, reviewed)


def test_example_h_is_explained_to_the_penny(less: Document) -> None:
    """A week before and after, the day, and each step to the next payment of 2,969.23 stand in the letter."""
    words = written(less)
    for wanted in (
        "From Monday 30 November 2026 there is less money.", "977.19 - 820.60 = 156.59",
        "The payment of 16 November 2026 is 3,908.75, for 28 days, until 13 December 2026.",
        "14 of these days are before the change: 3,908.75 x 14 / 28 = 1,954.38.",
        "From the change on 14,770.80 comes, for 126 days.",
        "14 of the days are after the change: 14,770.80 x 14 / 126 = 1,641.20.",
        "So 1,954.38 + 1,641.20 = 3,595.58 is right for these days.",
        "That payment is 3,908.75 - 3,595.58 = 313.17 too much.",
        "After it comes the rest, 14,770.80 - 1,641.20 = 13,129.60: 13,129.60 / 4 = 3,282.40.",
        "What was too much is taken off here: 3,282.40 - 313.17 = 2,969.23.",
        "You need less help at night.", "You can ask us to look at this again.", '"Please let Tom stay."',
    ):  # fmt: skip
        assert wanted in words, wanted
    assert re.search(r"Monday 14 December 2026 +£2,969\.23", words)
    assert len(re.findall(r"£3,282\.40", words)) == 3


def test_each_amount_of_a_change_says_what_it_is(less: Document) -> None:
    """What is taken off is not called more of something, and two payments of one day are not called the same."""
    words = written(less)
    assert "Less is taken off: Employment Allowance, from Monday 30 November 2026" in words
    assert "Instead of 96.36 it will be 88.75 a week that is taken off." in words
    for wanted in ("", "To start with, on ", "Put by for emergencies, on "):
        assert words.count(f"Not paid yet, from before: {wanted}Monday 6 April 2026") == 1, wanted


def test_the_letter_about_a_change_is_plain(less: Document) -> None:
    """It asks nothing, and no sentence of it has more than 25 words."""
    ours = list(sentences(less))
    assert len(ours) > 20
    assert [words for words in ours if len(words.split()) > LONGEST or "?" in words] == []


def test_the_letter_about_the_decision_leaves_the_payments_to_it(laptop: Session, reviewed: str) -> None:
    """It names no payment of the new version by itself, which would not be what is due; the first one's letter does."""
    names = [each.name for each in offered.of_person(laptop, reviewed) if each.name.startswith(offered.DECISION)]
    newest, _no, first = (written(offered.paper(laptop, reviewed, name)) for name in names)
    assert ("Another letter says from when the money changes" in newest, "Paid in all" in newest) == (True, False)
    assert ("Another letter" in first, "Paid in all" in first) == (False, True)


def test_more_money_is_explained_too(laptop: Session) -> None:
    """A new version of the same budget with a later first day says what is paid to set it right, and from when."""
    person_id = somebody(laptop).record_id
    before = kept_version(laptop, person_id, examples.f())
    approve(laptop, before, "2026-12-01", pay=True)
    budget = editing.read(laptop, "budget", before.text("budget_id"), person_id)
    editing.save(laptop, budget, {"start_date": "2027-01-11"})
    shift = record_lists.of(laptop, "shift", person_id)[0]
    editing.save(laptop, shift, {"rate": "30.00"})
    budget = editing.read(laptop, "budget", budget.record_id, person_id)
    begun = versions.being_kept(laptop, budget)
    agreed = {"agreed_by": "Annie Example", "agreed_how": "said", "agreed_on": "2026-11-20"}
    begun = editing.save(laptop, begun, {**record_lists.parent_link(budget, versions.KIND), **agreed})
    approve(laptop, versions.keep(laptop, versions.candidate(laptop, budget), begun), "2026-12-21")
    words = written(change(laptop, person_id))
    assert "From Monday 11 January 2027 there is more money." in words
    assert re.search(r"To set right what was paid before, on Monday 11 January 2027 +£", words)
    step = re.search(r"That payment is ([\d,.]+) - ([\d,.]+) = ([\d,.]+) too little\. It is paid here\.", words)
    assert step is not None
    right, paid, little = (int(each.replace(",", "").replace(".", "")) for each in step.groups())
    assert right - paid == little > 0


def test_what_was_never_paid_is_not_taken_off(laptop: Session) -> None:
    """Where no payments of the version before were made, the letter lists what is paid and explains no step."""
    person_id = somebody(laptop).record_id
    before = kept_version(laptop, person_id, examples.a())
    approve(laptop, before, "2026-03-30")
    approve(laptop, kept_version(laptop, person_id, examples.h(), replaces_id=before.text("budget_id")), "2026-10-26")
    words = written(change(laptop, person_id))
    assert "977.19 - 820.60 = 156.59" in words
    assert re.search(r"Monday 30 November 2026 +£2,954\.16", words)
    assert "was too much" not in words


def test_there_is_no_letter_about_a_change_where_nothing_changed(laptop: Session) -> None:
    """A first budget, one that takes the place of one that nobody approved, and a No have none."""
    person_id = somebody(laptop).record_id
    before = kept_version(laptop, person_id, examples.a())
    after = kept_version(laptop, person_id, examples.h(), replaces_id=before.text("budget_id"))
    approve(laptop, after, "2026-10-26")
    request = request_for(laptop, before)
    confirm(laptop, before, request, decision_about(laptop, request, outcome="declined", decided_on="2026-03-30"))
    assert not [each for each in offered.of_person(laptop, person_id) if each.name.startswith(offered.CHANGE)]


NEXT = (
    (date(2026, 12, 14), 296923), (date(2027, 1, 11), 328240), (date(2027, 2, 8), 328240), (date(2027, 3, 8), 328240)
)  # fmt: skip
"""Payments of example H after the change."""


def test_what_does_not_come_out_is_not_explained() -> None:
    """Where the payments that are due are not what the steps come to, no step is written."""
    before = [Due("old", 1, "instalment", date(2026, 11, 16), 390875, "direct_payment"),
              Due("old", 2, "instalment", date(2026, 12, 14), 390875, "direct_payment")]  # fmt: skip
    period = Period(date(2026, 11, 30), date(2027, 4, 4))
    due = [Due("new", number, "instalment", day, pence, "direct_payment")
           for number, (day, pence) in enumerate(NEXT, 1)]  # fmt: skip
    found = change_sums.adjusted(before, date(2027, 4, 4), period, 1477080, due)
    assert found is not None
    assert (found.too_much, found.set_right) == (31317, 296923)
    assert change_sums.adjusted(before, date(2027, 4, 4), period, 1477081, due) is None
    assert change_sums.adjusted([], date(2027, 4, 4), period, 1477080, due) is None
