"""The words of `docs/words.md`: no string says what that page says not to say."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import phb_tui
from phb_tui.content import forms
from phb_tui.domain.plan import i_statements
from tests.test_words import content_texts, sentences, texts
from tools import messages

PACKAGE = Path(phb_tui.__file__).parent
PAGE = Path(__file__).parents[1] / "docs" / "words.md"
OF_CENTRAL = PACKAGE / "central"
NOT_SENT = (
    "__main__.py", "cli.py", "server", "storage", "admin/staff.py", "auth/login_settings.py", "http/metrics.py",
    "web/openapi.py",
)  # fmt: skip
"""What of central speaks to those who run it or write to it; all else reaches laptops and browsers."""
QUOTED = PACKAGE / "content" / "data" / "framework.toml"

LEFT = (
    "For whom do they speak?", "Who is there, and for whom they speak", "For the person, with their help",
    "For the person, who cannot", "Taken back", "Somebody who may act for them agreed", "We do differently: {words}",
    "Take care when visiting: {words}", "Which way fits, and why", "The ways to manage the money: read together",
    "What do you say about today?", "Who heard it read back?", "What was left with them?",
    "Who watches over your health?", "Nothing says who watches over the person's health.", "When do we think again?",
    "When is it looked at again?", "When shall it be looked at again?", "When was this last brought up to date?",
    "What risk is left?", "Taking risks well", "How sure are you that it will happen, 1 to 10", "10 is quite sure",
    "4  Great harm", "5  Very great harm", "Take off the list", "Put it back", "Earlier words", "Another voice",
    "Say it another way", "Exact words", "Our service", "Your service, for the person", "Send and get",
    "10 records came in", "so central kept it aside", "the team server keeps it aside", "Central",
    "Central could not be reached", "Two people wrote in the same place", "not begun",
    "not yet", "none yet", "0 open", "nobody yet", "Get ready, then start it", "Talk: go on with the conversation",
    "What you told us today: read it back", "How far everything is", "Make the tasks for the way that was agreed",
    "Getting it going", "That passphrase does not open this store", "What has to be brought?", "To bring",
    "for nobody has read them at their source", "from memory: check", "Is this the one lead point of contact?",
    "The GP they know", "Where they used to live", "Where they stay for now", "For letters only",
    "Decision Support Tool results, for information", "Behaviour that others find hard", "Going to the toilet",
    "Additional plans", "Formulations (mental health)", "(x) This step is completed", "Saved?",
    "Everything is already saved", "Before", "not even we", "Born", "nobody named", "No longer wanted",
)  # fmt: skip
"""What the screens said when they were tried, as it stood there."""

FORTY = (
    "Did the person agree, or somebody who may act for them?", "In what role?", "Something staff have to know",
    "Safeguarding and taking care", "What might happen, or what would you see first?", "What should happen then?",
    "Early signs that things get worse", "What have you written down for a time when you cannot say it?",
    "When is this plan looked at again?", "When shall it be looked at again?", "When shall we ask again?",
    "Look at it again: {what}", "Look at what you need", "Work out the money", "The ways to manage the money",
    "Getting it going", "A smaller step on the way", "What you want to change or keep", "What will be different",
    "One thing to do", "What will happen", "Where are you with it?", "Where are we with it?", "Taken off the list",
    "Took it off the list", "It is off the list now. Put it back", "Send and get", "Everything is sent",
    " - last sent {time}", "What central kept aside", "I have seen to it",
    "Keep what stands in front for all {count} everyday fields", "Decide between two versions",
    "Letters after the name", "Name, numbers, how to communicate",
    "What makes it possible to understand and be understood", "We do differently: {words}", "Take care when visiting",
    "Attorney under an earlier power (enduring)", "Representative appointed by the health body",
    "Say more, if you like",
    "Reminders: check these with your local policy, for nobody has read them at their source", "Send by a stick",
    "Talk: go on with the conversation", "not begun", "What shall we talk about?", "Somebody else",
)  # fmt: skip
"""Those of them that the words were measured on."""


@cache
def rows() -> tuple[tuple[str, str, bool], ...]:
    """The page's rows: what not to say, what to say, and whether the former is looked for as a text of its own."""
    found: list[tuple[str, str, bool]] = []
    table = 0
    for line in PAGE.read_text("utf-8").splitlines():
        if line == "| Do not say | Say | Where, or why |":
            table += 1
        elif table and line.startswith("| ") and not line.startswith("|---"):
            never, say, _why = (cell.strip() for cell in line.strip("|").split("|"))
            found.append((never, say, table > 1))
    return tuple(found)


@cache
def pattern(never: str, *, alone: bool) -> re.Pattern[str]:
    """What finds a phrase in a text: anywhere, or at its beginning and before nothing, a colon or a comma."""
    words = re.escape(never)
    found = rf"{words}\s*(?:$|[:,])" if alone else rf"(?<![\w\[-]){words}(?![\w-])"
    return re.compile(found, re.IGNORECASE)


def said(text: str) -> list[str]:
    """What a text says that the page says not to say."""
    looked = text.strip()
    return [
        never
        for never, _say, alone in rows()
        if (pattern(never, alone=alone).match(looked) if alone else pattern(never, alone=alone).search(looked))
    ]


def code_texts() -> Iterator[str]:
    """Every sentence in the code that is no docstring, also one that only an error shows or that central answers."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if not any(path.is_relative_to(OF_CENTRAL / name) for name in NOT_SENT):
            tree = ast.parse(path.read_text("utf-8"))
            documented = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documented:
                    yield from [node.value] if len(node.value.split()) > 1 else []


@cache
def everything() -> tuple[str, ...]:
    """Every string that somebody may read, but what is quoted and the answers to an I statement."""
    framework = QUOTED.read_text("utf-8")
    answers = set(i_statements.WORDS.values())
    found = {*texts(), *content_texts(), *code_texts()}
    return tuple(sorted(text for text in found if text not in answers and text not in framework))


def test_no_text_says_what_the_page_says_not_to_say() -> None:
    """No string of the catalogue, the content or the code says a word that the page replaces."""
    assert len(everything()) > 2000
    assert {text: found for text in everything() if (found := said(text))} == {}


@pytest.mark.parametrize("text", [*LEFT, *FORTY])
def test_what_the_screens_said_would_be_found(text: str) -> None:
    """Each text that the screens said before is found when it is planted, alone and with more behind it."""
    assert said(text)
    assert said(f"{text}: Annie")


def test_what_the_page_says_instead_is_free_to_say() -> None:
    """Nothing that the page says to say is among what it says not to say."""
    assert {say: found for _never, say, _alone in rows() if (found := said(say))} == {}


def test_each_row_finds_what_it_names() -> None:
    """Each row finds its own phrase, and no phrase stands there twice."""
    assert [never for never, _say, _alone in rows() if never not in said(never)] == []
    assert len({never for never, _say, _alone in rows()}) == len(rows()) > 100


def hint_words() -> tuple[str, ...]:
    """How a hint may begin, as the page has it."""
    table = PAGE.read_text("utf-8").partition("| Begins with | For |")[2].partition("\n\n")[0]
    return tuple(line.strip("|").split("|")[0].strip() for line in table.splitlines() if line.startswith("| "))


def test_a_hint_says_how_to_fill_in_its_field() -> None:
    """A hint is an example or how to fill in the field: it begins as the page says, and asks nothing."""
    begins = tuple(words for words in hint_words() if words != "a number")
    fields = [(kind, field) for kind in forms.kinds() for field in forms.form(kind).fields() if field.hint]
    assert len(begins) > 5
    assert len(fields) > 100
    odd = [
        f"{kind}.{field.name}: {field.hint}"
        for kind, field in fields
        if not (field.hint.startswith(begins) or field.hint[0].isdigit()) or field.hint.endswith("?")
    ]
    assert odd == []
    assert [field.label for _kind, field in fields if field.hint.rstrip(".") == field.label.rstrip("?")] == []


GRADE = 6
"""The school grade that no sort of text may reach; the Automated Readability Index, which counts letters and words."""
ENOUGH = 6
"""Words from which a text counts: a label of two words has no grade."""


def grade(shown: list[str]) -> float:
    """The Automated Readability Index of texts, each placeholder as one short word."""
    parts = [
        re.findall(r"[A-Za-z0-9'-]+", part) for text in shown for part in sentences(re.sub(r"\{[^}]*\}", "x", text))
    ]
    words = [word for part in parts for word in part]
    return 4.71 * sum(map(len, words)) / len(words) + 0.5 * len(words) / sum(map(bool, parts)) - 21.43


def test_what_people_read_is_easy() -> None:
    """The screens' own words, and each file of the content with more than a few texts, stay under grade 6."""
    by_file: dict[str, list[str]] = {}
    for message in messages.catalog():
        found = [message.id] if isinstance(message.id, str) else list(message.id)
        for place, _line in message.locations:
            by_file.setdefault(place if place.endswith(".toml") else "screens", []).extend(found)
    grades = {
        place: round(grade(read), 1)
        for place, shown in by_file.items()
        if len(read := [text for text in shown if len(text.split()) >= ENOUGH]) > ENOUGH
    }
    assert len(grades) > 10
    assert {place: value for place, value in grades.items() if value >= GRADE} == {}


def test_what_is_hard_to_read_would_be_found() -> None:
    """A sentence as offices write it is over the limit."""
    assert (
        grade(["Commissioning authorities accountable for personalised interventions facilitate implementation."])
        > GRADE
    )
