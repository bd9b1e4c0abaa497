"""Letters and the plan call each outcome what it is: no amount reads as granted that is not, and nothing as decided."""

import pytest

from phb_tui.documents import text
from phb_tui.documents.model import Sums
from phb_tui.domain.decision import authority
from phb_tui.domain.records.changes import Record
from phb_tui.services.documents import plan_document
from phb_tui.services.documents.letters import decision_letter, offered
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import somebody
from tests.services.decision.samples import (
    agreed_plan,
    confirm,
    decision_about,
    kept_version,
    request_for,
)
from tests.services.documents.letter_samples import (
    AGREED,
    ASKED,
    COPIED,
    DECIDED,
    LOCAL,
    headings,
    made,
    written,
)


@pytest.mark.parametrize("outcome", sorted(authority.OUTCOMES - authority.PAYABLE))
def test_an_amount_that_is_not_granted_is_called_what_was_asked_for(
    laptop: Session, asked: Record, outcome: str
) -> None:
    """Only a Yes says what the budget is; a part says that it is kept as a version of its own and not paid before."""
    letter = made(laptop, asked, outcome=outcome, to="panel")
    labels = [row.label for block in letter.blocks if isinstance(block, Sums) for row in block.rows]
    assert labels == ["You asked for, every week", "You asked for, in the first year"]
    if outcome == authority.PART:
        for wanted in (
            "That is what you asked for, and not what you get.",
            "It is kept as a version of its own, and then decided.", "No money is paid for it before that.",
        ):  # fmt: skip
            assert wanted in written(letter)


def test_a_yes_calls_its_amounts_the_budget(laptop: Session, asked: Record) -> None:
    """The amounts of a Yes are the person's; those of one about how much there is are about."""
    labels = [row.label for block in made(laptop, asked).blocks if isinstance(block, Sums) for row in block.rows]
    assert labels[:2] == ["Your budget, every week", "Your budget, in the first year"]
    told = request_for(laptop, kept_version(laptop, somebody(laptop).record_id, purpose="indicative"))
    assert "About how much, in all" in written(made(laptop, told))


@pytest.mark.parametrize("outcome", sorted(authority.PASSING_ON))
def test_where_nothing_was_decided_no_letter_says_that_it_was(laptop: Session, asked: Record, outcome: str) -> None:
    """Who put it off or passed it on, the day, and by when or who decides; no other look, and whom to ask or ring."""
    paper = made(laptop, asked, outcome=outcome, to="panel", appeal="You can ask until Thursday 24 December 2026.")
    words, is_later = written(paper), outcome == authority.DEFERRED
    assert headings(paper) == [
        "What happened", "Who put it off" if is_later else "Who passed it on", "When", "What was looked at so far",
        "Why", "What happens now", "If you want to ask or complain", "What you asked for, in your words",
    ]  # fmt: skip
    for wrong in ("Who decided:", "It was decided on", "Decided on", "24 December", "look at this again"):
        assert wrong not in words, wrong
    day = "Monday 7 December 2026"
    for wanted in (
        "Your request is not decided yet", "Name: Ann Invented", "The hours are what you need.",
        f"The day it was put off: {day}" if is_later else f"The day it was passed on: {day}",
        "It will be decided by Monday 11 January 2027." if is_later else "Who decides now: the panel.",
        "It will be decided later than we promised." if is_later else "The day that we promised has passed.",
        "Until then no money is paid for this request.", LOCAL["contact"], COPIED["complaint"], COPIED["advocacy"],
    ):  # fmt: skip
        assert wanted in words, wanted
    early = decision_letter.document(laptop, asked, Record(
        asked.team_id, "decision", "early", asked.person_id, {**DECIDED, "outcome": outcome, "decided_on": "2026-12-01",
                                                              "until": "2026-12-03", "to": "panel"},
    ))  # fmt: skip
    assert "We are sorry." not in written(early)
    assert ("The day that we promised stays the same." in written(early)) is not is_later


def test_a_yes_that_is_looked_at_again_stays(laptop: Session) -> None:
    """After a Yes another answer takes nothing away: the letter says what one has, and that nothing is paid twice."""
    person_id = somebody(laptop, known_as="Annie").record_id
    version = kept_version(laptop, person_id)
    first = request_for(laptop, version, **ASKED)
    yes = decision_about(laptop, first, 1, **DECIDED)
    second = request_for(laptop, version, again_id=yes.record_id)
    no = decision_about(laptop, second, 1, **{**DECIDED, "outcome": "declined", "decided_on": "2026-12-09"})
    third = request_for(laptop, version, again_id=no.record_id)
    for request in (second, third):
        for outcome in sorted(authority.OUTCOMES):
            words = written(made(laptop, request, outcome=outcome, to="panel"))
            assert "You have now, in all" in words
            assert "You asked for, in all" not in words
        assert "No. The decision of Monday 7 December 2026 stays as it is." in written(
            made(laptop, request, outcome="declined")
        )
        assert "Nothing is paid twice." in written(made(laptop, request))
    other = request_for(laptop, kept_version(laptop, person_id, name="More"), again_id=yes.record_id)
    assert "You have this budget since" not in written(made(laptop, other))
    assert "Your budget, in all" in written(made(laptop, other))


def test_no_two_letters_are_called_the_same(laptop: Session) -> None:
    """The line of each letter says outcome and day, and a number where these are the same; the oldest is number 1."""
    person_id = somebody(laptop).record_id
    version = kept_version(laptop, person_id)
    request = request_for(laptop, version)
    made_of = [
        decision_about(laptop, request, number, outcome="deferred", until="2026-12-09", decided_on=day)
        for number, day in enumerate(("2026-11-22", "2026-11-23", "2026-11-23"), start=1)
    ]
    confirm(laptop, version, request, *made_of)
    for _number in range(2):
        editing.save(laptop, record_lists.new(laptop, "agreement", person_id), dict(AGREED))
    found = offered.of_person(laptop, person_id)
    assert [each.title for each in found] == [
        "the letter about the decision of 23 November 2026: Later, number 2",
        "the letter about the decision of 23 November 2026: Later, number 1",
        "the letter about the decision of 22 November 2026: Later",
        "the letter about the agreement that was signed on 21 November 2026, number 2",
        "the letter about the agreement that was signed on 21 November 2026, number 1",
    ]
    assert found[0].name == f"{offered.DECISION}{made_of[-1].record_id}"


def chapter_of(laptop: Session, person_id: str) -> str:
    """What the plan says about the money."""
    words = text.write(plan_document.plan(laptop, person_id), 300)
    return words.partition("\nThe money\n")[2].partition("\nIf I do not agree\n")[0]


AMOUNTS = {
    "part": ("and not what I get.", "No money is paid for it before that."), "declined": ("and not what I get.",),
    "deferred": ("They are not decided yet.", "Who put it off", "The day it was put off"),
    "escalated": ("They are not decided yet.", "Who passed it on", "The day it was passed on"),
    "approved": (), "conditions": (),
}  # fmt: skip
"""What the plan says of the amounts above a decision, by its outcome."""


@pytest.mark.parametrize("outcome", sorted(authority.OUTCOMES))
def test_the_plan_calls_what_is_not_granted_what_was_asked_for(laptop: Session, outcome: str) -> None:
    """Below amounts that were not said yes to it says so, and names nobody as who decided what is not decided."""
    person_id = somebody(laptop).record_id
    version = kept_version(laptop, person_id)
    agreed_plan(laptop, person_id)
    request = request_for(laptop, version)
    confirm(laptop, version, request, decision_about(laptop, request, 1, **{**DECIDED, "outcome": outcome}))
    words = chapter_of(laptop, person_id)
    assert [each for each in AMOUNTS[outcome] if each not in words] == []
    assert ("The amounts above are what I asked for" in words) is bool(AMOUNTS[outcome])
    assert ("Who decided:" in words) is (outcome not in authority.PASSING_ON)


def test_the_plan_says_that_an_earlier_yes_stays(laptop: Session) -> None:
    """A No to another look at what was approved leaves the amounts agreed; one about another version is named."""
    person_id = somebody(laptop).record_id
    version = kept_version(laptop, person_id)
    agreed_plan(laptop, person_id)
    first = request_for(laptop, version)
    yes = decision_about(laptop, first, 1, **DECIDED)
    again = request_for(laptop, version, again_id=yes.record_id)
    no = decision_about(laptop, again, 1, **{**DECIDED, "outcome": "declined", "decided_on": "2026-12-09"})
    confirm(laptop, version, first, yes, again, no)
    assert "The amounts above were agreed on Monday 7 December 2026. That stays as it is." in chapter_of(
        laptop, person_id
    )
