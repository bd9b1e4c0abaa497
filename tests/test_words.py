"""Every word the person or the nurse reads: collected for translators, short, and plain."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

import phb_tui
from tools import messages

MOST_WORDS = 28
"""Words in a sentence; the NHS service manual asks for about 25, and ours name keys and screens besides."""
BANNED = {
    "patient": "person", "patients": "people", "service user": "person", "case": "person", "caseload": "your people",
    "utilise": "use", "commence": "start", "terminate": "end", "prior to": "before", "in order to": "to",
    "please note": "", "via": "by", "whilst": "while", "facilitate": "help", "e.g.": "for example", "i.e.": "that is",
    "etc": "for example", "invalid": "say what is wrong", "illegal value": "say what is wrong", "fatal": "",
    "abort": "stop", "failed": "say what happened", "oops": "", "user": "you", "click here": "", "login": "unlock",
    "database": "what is on this laptop", "null": "", "exception": "",
    "wheelchair bound": "uses a wheelchair", "suffers from": "has", "non-compliant": "", "challenging behaviour": "",
}  # fmt: skip
"""Words a reader should not meet, and what to say instead."""


@cache
def texts() -> list[str]:
    """Every message in English."""
    found = [message.id for message in messages.catalog() if message.id]
    return [text for id_ in found for text in ([id_] if isinstance(id_, str) else id_)]


def sentences(words: str) -> list[str]:
    """A text's sentences; a line of its own counts as one."""
    return [part for part in re.split(r"(?<=[.!?:;])\s+|\n", words) if part.strip()]


def holds(text: str, word: str) -> bool:
    """Whether a text has a word or a phrase, in any case."""
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, re.IGNORECASE) is not None


def test_the_template_for_translators_is_up_to_date() -> None:
    """`make words` has collected every message there is."""
    assert messages.TEMPLATE.read_text("utf-8") == messages.template()


def test_no_sentence_is_too_long() -> None:
    """Nobody has to read a sentence twice because of its length."""
    long = [s for text in texts() for s in sentences(text) if len(s.split()) > MOST_WORDS]
    assert long == []


@pytest.mark.parametrize("word", BANNED)
def test_no_text_says(word: str) -> None:
    """A word that readers stumble over, or that the field does not use, is nowhere."""
    assert [text for text in texts() if holds(text, word)] == []


UNSURE = ("from memory", "nobody has read", "at their source", "at its source", "likely the same", "unverified")
"""How sure the makers are of a rule is no news to a reader, who is told to check with the local policy."""


def content_texts() -> list[str]:
    """Every string in the content that ships, also what is not translated."""

    def strings(found: object) -> list[str]:
        if isinstance(found, dict):
            return [text for value in found.values() for text in strings(value)]
        if isinstance(found, list):
            return [text for value in found for text in strings(value)]
        return [found] if isinstance(found, str) else []

    files = (Path(phb_tui.__file__).parent / "content").rglob("*.toml")
    return [text for file in files for text in strings(tomllib.loads(file.read_text("utf-8")))]


def test_no_text_says_how_sure_its_makers_are() -> None:
    """No screen or paper says that a rule is from memory or was not read; it says to check with the local policy."""
    shown = [*texts(), *(text for text in content_texts() if text != "unverified")]  # the stable name of a standing
    assert len(shown) > 2000
    assert [text for text in shown if any(words in text.lower() for words in UNSURE)] == []
    assert "Check these with your local policy" in shown


def test_a_banned_word_would_be_found() -> None:
    """The lint can fail: it finds a banned word, and does not find it inside another."""
    assert holds("The patient is here", "patient")
    assert not holds("Be patiently here", "patient")
    assert len(sentences("One. Two: three\nFour")) == 4


def test_no_text_shouts() -> None:
    """No text is in capitals, and none ends in an exclamation mark."""
    loud = [t for t in texts() if t.rstrip().endswith("!") or (t.isupper() and len(t) > len("NHS ODS PDF"))]
    assert loud == []


def test_no_words_to_translate_stand_in_a_formatted_string() -> None:
    """A text that is looked up inside an f-string reaches translators on newer Pythons only, so none is there."""
    found = []
    for path in Path(phb_tui.__file__).parent.rglob("*.py"):
        for formatted in ast.walk(ast.parse(path.read_text("utf-8"))):
            for call in ast.walk(formatted) if isinstance(formatted, ast.JoinedStr) else ():
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"_", "n_", "N_"}:
                    literal = [one for one in call.args if isinstance(one, ast.Constant)]
                    found += [f"{path.name}:{call.lineno}" for _text in literal[:1]]
    assert found == []
