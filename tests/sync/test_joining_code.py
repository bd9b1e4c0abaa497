"""The joining code comes from outside: what is read is what central made, and anything else is a sentence."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.errors import RuleBroken
from phb_tui.sync.joining_code import LONGEST, PREFIX, JoiningCode, decode

WORDS = ["https://central.example", "north", "SECRETWORDS", "0" * 64, "sam", "Sam Okafor", "PHB officer", ""]


def packed(words: object) -> str:
    return PREFIX + base64.urlsafe_b64encode(json.dumps(words).encode()).decode().rstrip("=")


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(st.lists(texts, min_size=7, max_size=7), texts | st.just(""))
def test_what_central_made_is_what_the_laptop_reads(parts: list[str], device_id: str) -> None:
    """Every code comes back as it was, also with line breaks that a mail program put in."""
    made = JoiningCode.model_validate(dict(zip(JoiningCode.model_fields, [*parts, device_id], strict=True)))
    code = made.encode()
    assert decode(code) == decode("\n".join(code[at : at + 20] for at in range(0, len(code), 20))) == made


def test_a_code_of_an_earlier_central_is_read() -> None:
    """The form is as it always was: eight texts of a JSON array, also when letters are escaped in it."""
    assert list(decode(packed([*WORDS[:5], "Zoë", *WORDS[6:]])).model_dump().values())[5] == "Zoë"
    assert "SECRETWORDS" not in repr(decode(packed(WORDS)))


@pytest.mark.parametrize(
    "code",
    [
        "", "phb2.", "phb3.AAAA", "words", packed(WORDS)[:-9], packed(WORDS) + "é", packed(WORDS[:-1]),
        packed([*WORDS, ""]), packed([*WORDS[:-1], None]), packed([7, *WORDS[1:]]), packed(["", *WORDS[1:]]),
        packed(dict(enumerate(WORDS))), packed("words"), packed(["x" * LONGEST, *WORDS[1:]]), packed([["[" * 99]] * 8),
    ],
)  # fmt: skip
def test_anything_else_is_a_sentence(code: str) -> None:
    """A code that is cut off, has a part too many, or one of the wrong kind or empty, is none."""
    with pytest.raises(RuleBroken, match="This is not a joining code"):
        decode(code)


def test_an_older_code_asks_for_a_new_one() -> None:
    """A code of the first form is named as old."""
    with pytest.raises(RuleBroken, match="of an older kind"):
        decode("phb1.AAAA")
