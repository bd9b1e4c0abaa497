"""Characters that steer a terminal or the direction of writing are taken out of words; letters are not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.domain.text.control_characters import cleaned, one_line

EVERY = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in {"Cc", "Cs"}]
TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def balanced(line: str) -> bool:
    """Whether every isolate of a line has its other half."""
    depth = 0
    for letter in line:
        depth += (letter in "\u2066\u2067\u2068") - (letter == "\u2069")
        if depth < 0:
            return False
    return depth == 0


@given(st.text(st.sampled_from([*EVERY[:200], *TURNS, "a", "\u0628", "\n"])))
def test_nothing_that_steers_is_left(words: str) -> None:
    """No control but the line feed is left, no override or embedding, no half of an isolate or of a letter."""
    found = cleaned(words)
    assert not [c for c in found if c != "\n" and unicodedata.category(c) in {"Cc", "Cs"}]
    assert not set(found) & set("\u202a\u202b\u202c\u202d\u202e")
    assert all(map(balanced, found.split("\n")))
    assert cleaned(found) == found


def test_every_control_and_half_letter_is_taken_out() -> None:
    """Of all the code points, each control but line breaks and the tab goes, and so does each half of a letter."""
    kept = {c: cleaned(f"a{c}b") for c in EVERY}
    breaks = set("\n\r\x0b\x0c\x85")
    assert {c for c, found in kept.items() if found == "a\nb"} == breaks
    assert {found for c, found in kept.items() if c not in breaks} == {"ab", "a b"}
    assert [c for c, found in kept.items() if found == "a b"] == ["\t"]


@pytest.mark.parametrize(
    "words",
    [
        "O\u2019Brien-S\u00f8rensen \u0141ukasz",
        "\u0628\u06cc\u200c\u062e\u0627\u0646\u0647",
        "\u05e9\u05b8\u05dc\u05d5\u05b9\u05dd\u200f!",
        "\u0915\u094d\u200d\u0937",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "\u2067\u05d0\u05d1\u2069 and \u2068x \u2066y\u2069\u2069",
        "two\nlines\n\nand more",
        "\u5c0f\u9f8d \u674e",
        "Q\u0307" * 9,
        "\ufffd \U0010ffff \u061c",
    ],
)
def test_writing_of_every_script_stays_whole(words: str) -> None:
    """Accents, joiners, marks of direction, balanced isolates, emoji and line feeds stay as they are."""
    assert cleaned(words) == words


def test_line_breaks_of_every_system_become_one() -> None:
    """A line break of any system becomes a line feed, and on one line a space."""
    assert cleaned("a\r\nb\rc\nd\u2028e") == "a\nb\nc\nd\ne"
    assert one_line("a\r\nb  c") == "a b  c"


def test_an_isolate_ends_with_its_line() -> None:
    """An isolate that is opened on one line and closed on another is on neither."""
    assert cleaned("\u2067a\nb\u2069") == "a\nb"
