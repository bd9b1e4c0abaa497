"""How hard the words are that a person or their family reads, by the Flesch-Kincaid grade level."""

import re
from functools import cache

import pytest
from babel.messages.catalog import Message

from phb_tui.content import forms
from tests.services.documents.test_print_labels import PRINTED
from tests.test_words import sentences
from tools import messages

MOST = 6
"""The school year whose readers understand it; the NHS asks for a reading age of 9 to 11."""
READ_BY_THEM = (
    "content/data/steps.toml", "content/data/money.toml", "content/data/glossary.toml",
    "content/data/forms/about_me.toml", "services/documents/", "services/documents/letters/", "documents/",
    "screens/visit/", "screens/plan/", "screens/start/",
)  # fmt: skip
"""Where the words stand that are on papers and on what is read together."""


@cache
def catalog() -> list[Message]:
    """All words of the app for translators, collected once."""
    return list(messages.catalog())


def syllables(word: str) -> int:
    """About how many syllables an English word has: its groups of vowels, without a silent e at the end."""
    found = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$", word.lower()) is not None
    return max(found - silent, 1)


def grade(texts: list[str]) -> float:
    """The Flesch-Kincaid grade level of some texts; what stands for a value is left out."""
    parts = [part for text in texts for part in sentences(re.sub(r"\{\w*\}", "", text))]
    words = [word for part in parts for word in re.findall(r"[A-Za-z][A-Za-z']*", part)]
    return 0.39 * len(words) / len(parts) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@pytest.mark.parametrize("place", READ_BY_THEM)
def test_what_a_person_reads_is_easy(place: str) -> None:
    """The words of each part that a person or their family reads stay under grade 6."""
    found = [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalog()
        if message.id and any(file.startswith(f"phb_tui/{place}") for file, _line in message.locations)
    ]
    assert len(found) > 2
    assert grade(found) < MOST


def test_the_labels_of_a_paper_are_easy() -> None:
    """So do the names of fields on paper and what is chosen in them, each counted as a sentence of its own."""
    fields = [field for kind in PRINTED for field in forms.form(kind).fields() if not field.staff_only]
    chosen = {forms.printed_option(field, code) for field in fields for code in field.options or {}}
    labels = [*(field.printed for field in fields), *sorted(chosen)]
    assert len(labels) > 150
    assert grade(labels) < MOST


def test_a_hard_text_is_found() -> None:
    """The measure can fail: a sentence of an official letter is over the limit by far."""
    letter = "Notwithstanding eligibility determinations, individual budgetary allocations necessitate reconsideration."
    assert grade([letter]) > 2 * MOST
    assert grade(["I wait in bed until someone comes. I want to be up by nine."]) < 2
