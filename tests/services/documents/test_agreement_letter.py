"""The letter about an agreement: each tick is a sentence of one side, and a missing signature stands first."""

import re
from collections.abc import Iterator

import pytest

from phb_tui.content import forms
from phb_tui.domain.decision import agreements as rules
from phb_tui.services.documents.letters import agreement_letter
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.screens.screen_harness import somebody, unlocked_laptop
from tests.services.documents.letter_samples import LONGEST, sentences, signed, written
from tests.services.payments.paid_budgets import approved


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A laptop that the tests share; each has a person of its own."""
    with unlocked_laptop(tmp_path_factory.mktemp("agreements")) as found:
        yield found


def test_an_agreement_letter_says_what_each_side_promises(laptop: Session) -> None:
    """Each tick is a sentence of one side; who holds the money, account, records, notice and who signed are there."""
    words = written(agreement_letter.document(laptop, signed(laptop)))
    for wanted in (
        *agreement_letter.YOUR_SIDE.values(), *agreement_letter.OUR_SIDE.values(),
        "Beth Price holds the money for you, as your nominee.",
        "They agreed to it on Friday 20 November 2026.",
        "It is paid to an account that is only for this money.",
        "Records are kept for 6 years.", "Each side can end it, and says so 4 weeks before.",
        "For your side: Annie Example", "Acting as: yourself", "For the NHS: Sam Brown",
        "You can also complain at any time.",
    ):  # fmt: skip
        assert wanted in words, wanted
    assert "Not signed yet" not in words
    one_tick = {f"read:{code}": None for code in (*agreement_letter.YOUR_SIDE, *agreement_letter.OUR_SIDE)}
    less = written(agreement_letter.document(laptop, signed(laptop, **{**one_tick, "read:repay": "yes"})))
    assert "What your side promises" not in less
    assert agreement_letter.OUR_SIDE["repay"] in less


def test_an_agreement_that_is_not_signed_says_so_first(laptop: Session) -> None:
    """Whose signature is missing stands in the box on the first page."""
    found = agreement_letter.document(laptop, signed(laptop, nhs_signed_by=""))
    assert found.warning.startswith("Not signed yet by: the NHS.")


def test_an_agreement_that_does_not_count_says_so_first(laptop: Session) -> None:
    """One that ended, one in the place of which another was signed, and one that begins later say it in the box."""
    ended = agreement_letter.document(laptop, signed(laptop, start_date="2026-11-01", end_date="2026-11-22"))
    assert ended.warning == "This agreement ended on Sunday 22 November 2026."
    later = agreement_letter.document(laptop, signed(laptop))
    assert later.warning == "This agreement counts from Monday 7 December 2026."
    old = signed(laptop, start_date="2026-11-21")
    anew = {**rules.anew(old), "signed_by": "Annie", "signed_on": "2026-11-23"}
    by_nhs = {"nhs_signed_by": "Sam", "nhs_signed_on": "2026-11-23"}
    new = editing.save(laptop, record_lists.new(laptop, "agreement", old.person_id or ""), {**anew, **by_nhs})
    assert "a newer one has taken its place" in agreement_letter.document(laptop, old).warning
    paper = agreement_letter.document(laptop, new)
    assert paper.warning == ""
    assert "It takes the place of the one that was signed on Saturday 21 November 2026." in written(paper)


def test_each_choice_of_an_agreement_has_its_sentence() -> None:
    """What can be chosen and ticked in the form is what the letter has sentences for."""

    def chosen(name: str) -> set[str]:
        field = forms.field("agreement", name)
        assert field is not None
        return set(field.options or {})

    letter = agreement_letter
    assert set(letter.KINDS) == chosen("kind")
    assert set(letter.HOLDERS) == chosen("holder")
    assert set(letter.ACCOUNTS) == chosen("account")
    read = next(field for field in forms.form("agreement").fields() if field.name == "read")
    assert {*letter.YOUR_SIDE, *letter.OUR_SIDE} == set(read.options or {})


def test_the_letter_about_an_agreement_is_plain(laptop: Session) -> None:
    """It asks nothing and calls nobody the person, and no sentence of it has more than 25 words."""
    ours = list(sentences(agreement_letter.document(laptop, signed(laptop))))
    assert len(ours) > 20
    assert [words for words in ours if len(words.split()) > LONGEST or "?" in words or "the person" in words] == []


def test_whatever_is_kept_makes_a_letter(laptop: Session) -> None:
    """An agreement with anything in it can be read, and what has no sentence is left out."""
    new = record_lists.new(laptop, "agreement", somebody(laptop).record_id)
    odd = {"kind": "barter", "holder": "x", "account": "7", "keep_records_years": "many", "holder_id": "gone"}
    broken = editing.save(laptop, new, {**odd, "read:x": "yes", "notice_weeks": "9" * 5_000})
    words = written(agreement_letter.document(laptop, broken))
    assert "What it is: barter" in words
    assert "How long, and how it ends" not in words


def test_an_agreement_letter_says_how_much_when_and_by_when_it_is_reviewed(laptop: Session) -> None:
    """Amount, rhythm, first day and the rest come from the approved version; three months after it is the review."""
    agreement = signed(laptop)
    person_id = agreement.person_id or ""
    none_yet = written(agreement_letter.document(laptop, agreement))
    assert "No budget has been agreed yet." in none_yet
    approved(laptop, person_id, examples.b(), "2026-11-20")
    words = written(agreement_letter.document(laptop, agreement))
    for wanted in (
        "By version 1 of the budget, which was decided on Friday 20 November 2026.", "It is paid every four weeks.",
        r"What it comes to every week +£818\.88", r"First, on Monday 7 December 2026 +£6,826\.22",
        r"Then every four weeks, until Monday 8 November 2027 +£3,275\.52", "12 payments",
        "The next review is by Sunday 7 March 2027.", "That is 3 months after the first payment.",
        "Who to tell when something changes", "Tell us: your nurse advisor or PHB officer",
    ):  # fmt: skip
        assert re.search(wanted, words), wanted
    assert [
        each for each in sentences(agreement_letter.document(laptop, agreement)) if len(each.split()) > LONGEST
    ] == []


def test_an_agreement_that_is_over_names_no_amount(laptop: Session) -> None:
    """What is paid now stands in the letter about the one in force, and not in that about the one before."""
    agreement = signed(laptop, end_date="2026-11-22")
    approved(laptop, agreement.person_id or "", examples.b(), "2026-11-20")
    assert "How much is paid" not in written(agreement_letter.document(laptop, agreement))
