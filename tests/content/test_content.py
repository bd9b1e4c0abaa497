"""The words that ship with the app."""

import hashlib
import re
from pathlib import Path

import pytest

from phb_tui.content.steps import load
from phb_tui.errors import ContentProblem

CONTENT = load()
FRAMEWORK = "a2f720c4232c199472fdc8322cc2c69196cbee32fcfc13f7bd55132deec80da1"
OURS = (
    [text for s in CONTENT.statements for text in (s.plain, s.ask, s.means, s.follow_up)]
    + [text for step in CONTENT.steps for text in (step.short, step.purpose)]
    + [text for o in CONTENT.money for text in (o.plain, o.who_holds, o.who_arranges, *o.your_part)]
    + [term.meaning for term in CONTENT.glossary]
)


def test_statement_ids_and_words_are_the_committed_ones() -> None:
    """No statement's id or wording changes unnoticed."""
    committed = Path(__file__).with_name("statement_ids.txt").read_text("utf-8").split("\n")[:-1]
    assert [f"{s.id} {hashlib.sha256(s.text.encode()).hexdigest()}" for s in CONTENT.statements] == committed


def test_the_other_words_of_the_framework_are_the_committed_ones() -> None:
    """No step's title, right-to-have group or description of a way to manage the money changes unnoticed."""
    titles = [step.title for step in CONTENT.steps]
    verbatim = [*titles, *(group.text for group in CONTENT.groups), *(option.text for option in CONTENT.money)]
    assert hashlib.sha256("\n".join(verbatim).encode()).hexdigest() == FRAMEWORK


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


@pytest.mark.parametrize("statement", CONTENT.statements, ids=lambda s: s.id)
def test_prompts_fit_the_card(statement: object) -> None:
    """What is read aloud fits beside a statement at 80 columns."""
    longest = {"plain": 110, "ask": 110, "means": 200, "follow_up": 110}
    assert [name for name, most in longest.items() if len(getattr(statement, name)) > most] == []


def test_every_other_text_fits_its_place() -> None:
    """A purpose, a way to manage the money in plain words and a meaning are each a few lines at most."""
    long = [step.id for step in CONTENT.steps if len(step.purpose) > 150]
    long += [option.code for option in CONTENT.money if len(option.plain) > 200]
    long += [term.term for term in CONTENT.glossary if len(term.meaning) > 220]
    assert long == []


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


def test_what_to_ask_cannot_be_answered_with_yes() -> None:
    """What the nurse reads aloud asks who, what, when, which or how."""
    opens = re.compile(r"\b(who|what|when|which|how|where)\b", re.IGNORECASE)
    assert [s.id for s in CONTENT.statements if not opens.search(s.ask)] == []


def test_no_question_is_asked_twice() -> None:
    """Each statement has questions of its own."""
    questions = [question for s in CONTENT.statements for question in (s.ask, s.follow_up)]
    assert len(questions) == len(set(questions))


def test_a_carer_who_is_paid_is_called_a_paid_carer() -> None:
    """In the prompts "carer" alone never means somebody who is paid."""
    prompts = [text for s in CONTENT.statements for text in (s.plain, s.ask, s.means, s.follow_up)]
    assert [text for text in prompts if re.search(r"(?<!paid )carer", text, re.IGNORECASE)] == []


def test_the_source_is_credited() -> None:
    """The framework and its licence are named."""
    assert "NHS England" in CONTENT.credit
    assert "Open Government Licence v3.0" in CONTENT.credit


def test_an_unknown_statement_is_a_sentence() -> None:
    """A statement from a newer version says so instead of failing."""
    with pytest.raises(ContentProblem, match="newer"):
        CONTENT.statement("S9-I9")


def test_an_unknown_step_is_a_sentence() -> None:
    """A step from a newer version says so instead of failing."""
    with pytest.raises(ContentProblem, match="newer"):
        CONTENT.step(7)
