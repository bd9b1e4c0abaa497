"""Words that can stand in a log without names."""

import pytest

from phb_tui.domain.decision.nameless import names_nobody

KNOWN = ("Annie Example", "Dr Ewa Przyk\N{LATIN SMALL LETTER L WITH STROKE}ad-Nowak", "May")


@pytest.mark.parametrize(
    "text",
    [
        "I would like to go to the gym twice a week.",
        "The plan did not say how it helps. It was too early.",
        "Money for a laptop, the NHS pays half. There is a grant, too.",
        "",
    ],
)
def test_plain_words_name_nobody(text: str) -> None:
    """What has no known name and no capital letter within a sentence may be shown."""
    assert names_nobody(text, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "Annie wants to swim.",
        "The gym that annie likes.",
        "It is annie's wish.",
        "Help from Ewa.",
        "Support by the Nowak family.",
        "The gym on High Street.",
        "Tom helps at the weekend.",
        "Call 01632 960001 for more.",
        "Write to a@example.org.",
        "The number is 9990000018.",
        "We may do it in spring.",
    ],
)
def test_whatever_may_be_a_name_is_one(text: str) -> None:
    """A known name in any spelling, a capital letter in a sentence, an unusual first word or a number is a doubt."""
    assert not names_nobody(text, KNOWN)
