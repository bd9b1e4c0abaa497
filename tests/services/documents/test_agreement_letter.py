"""The letter about an agreement: each tick is a sentence of one side, and a missing signature stands first."""

from collections.abc import Iterator

import pytest

from phb_tui.content import forms
from phb_tui.services.documents.letters import agreement_letter
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import somebody, unlocked_laptop
from tests.services.documents.letter_samples import LONGEST, sentences, signed, written


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
        "For your side: Annie Example", "For the NHS: Sam Brown", "You can also complain.",
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
