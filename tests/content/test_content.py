"""The words that ship with the app."""

import hashlib
import re
from importlib import resources
from pathlib import Path

import pytest

from phb_tui.content import load, parse
from phb_tui.errors import ContentProblem

CONTENT = load()
OURS = (
    [text for s in CONTENT.statements for text in (s.plain, s.ask, s.means, s.follow_up)]
    + [text for step in CONTENT.steps for text in (step.short, step.purpose)]
    + [text for option in CONTENT.money for text in (option.plain, *option.your_part)]
    + [heading.prompt for heading in CONTENT.about_me]
    + [term.meaning for term in CONTENT.glossary]
)


def texts() -> dict[str, str]:
    folder = resources.files("phb_tui.content")
    return {name: (folder / f"{name}.toml").read_text("utf-8") for name in ("steps", "money", "about_me", "glossary")}


def test_statement_ids_and_words_are_the_committed_ones() -> None:
    """No statement's id or wording changes unnoticed."""
    committed = Path(__file__).with_name("statement_ids.txt").read_text("utf-8").split("\n")[:-1]
    assert [f"{s.id} {hashlib.sha256(s.text.encode()).hexdigest()}" for s in CONTENT.statements] == committed


def test_there_are_27_statements_in_six_steps() -> None:
    """The steps have five, five, four, five, three and five statements."""
    assert [len(step.statements) for step in CONTENT.steps] == [5, 5, 4, 5, 3, 5]


def test_the_ways_to_manage_the_money_are_all_there() -> None:
    """Three ways, a mixture of them and the managed account."""
    codes = ["notional", "third_party", "direct_payment", "mixed", "managed_account"]
    assert [option.code for option in CONTENT.money] == codes


def test_the_right_to_have_groups_are_all_there() -> None:
    """Four groups have a legal right."""
    assert len(CONTENT.groups) == 4


def test_about_me_has_the_standards_seven_headings() -> None:
    """Each heading has a SNOMED CT code of its own."""
    assert len({heading.snomed for heading in CONTENT.about_me}) == 7


@pytest.mark.parametrize("statement", CONTENT.statements, ids=lambda s: s.id)
def test_prompts_fit_the_card(statement: object) -> None:
    """What is read aloud fits beside a statement at 80 columns."""
    longest = {"plain": 110, "ask": 110, "means": 200, "follow_up": 110}
    assert [name for name, most in longest.items() if len(getattr(statement, name)) > most] == []


def test_labels_fit_a_list() -> None:
    """A step's label fits the task list at 60 columns."""
    assert [step.short for step in CONTENT.steps if len(step.short) > 22] == []


def test_our_sentences_are_short() -> None:
    """No sentence of ours has more than twenty words."""
    sentences = [sentence for text in OURS for sentence in re.split(r"(?<=[.?!])\s", text)]
    assert [sentence for sentence in sentences if len(sentence.split()) > 20] == []


def test_our_words_are_plain() -> None:
    """None of our own words is one that people should not have to read."""
    banned = re.compile(r"\b(patient|case|clinician|non-compliant|allocate|service user|utilise)s?\b", re.IGNORECASE)
    assert [text for text in OURS if banned.search(text)] == []


def test_every_question_asks() -> None:
    """What to ask and the follow-up end in a question mark."""
    assert [s.id for s in CONTENT.statements if not (s.ask.endswith("?") and s.follow_up.endswith("?"))] == []


def test_the_source_is_credited() -> None:
    """The framework and its licence are named."""
    assert "NHS England" in CONTENT.credit
    assert "Open Government Licence v3.0" in CONTENT.credit


def test_an_unknown_statement_is_a_sentence() -> None:
    """A statement from a newer version says so instead of failing."""
    with pytest.raises(ContentProblem, match="newer"):
        CONTENT.statement("S9-I9")


@pytest.mark.parametrize(
    ("old", "new"), [("[[step]]", "[[step"), ('id = "S1-I2"', 'id = "S1-I1"'), ("ask =", "asks ="), ("number = 6", "")]
)
def test_damaged_text_is_noticed(old: str, new: str) -> None:
    """A file that is not whole never becomes half a conversation."""
    with pytest.raises(ContentProblem):
        parse({**texts(), "steps": texts()["steps"].replace(old, new, 1)})
