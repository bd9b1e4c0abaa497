"""Names in a field that may hold several."""

import pytest

from phb_tui.domain.text import name_lists

NAMES = ["Beth Example", "Tom Sample", "Ada Okafor"]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("", NAMES),
        ("be", ["Beth Example"]),
        ("exa", ["Beth Example"]),
        ("o", ["Ada Okafor"]),
        ("nobody", []),
        ("Beth Example", ["Tom Sample", "Ada Okafor"]),
        ("Beth Example, to", ["Tom Sample"]),
        ("Beth Example and a", ["Ada Okafor"]),
        ("Beth Example, ", ["Tom Sample", "Ada Okafor"]),
        ("Alexandra", []),
    ],
)
def test_what_fits_what_is_being_typed_is_offered(text: str, offered: list[str]) -> None:
    """A name is offered by the start of any of its words, after a whole name the others, and none twice."""
    assert name_lists.offered(text, NAMES) == offered


@pytest.mark.parametrize(
    ("text", "name", "taken"),
    [
        ("", "Beth Example", "Beth Example"),
        ("be", "Beth Example", "Beth Example"),
        ("Beth Example", "Tom Sample", "Beth Example, Tom Sample"),
        ("Beth Example, to", "Tom Sample", "Beth Example, Tom Sample"),
        ("Beth Example and t", "Tom Sample", "Beth Example and Tom Sample"),
        ("her sister, ", "Tom Sample", "her sister, Tom Sample"),
    ],
)
def test_a_name_takes_the_place_of_what_was_being_typed(text: str, name: str, taken: str) -> None:
    """Only the name that was being typed is replaced; what stood before it stays as it is."""
    assert name_lists.taken(text, name, NAMES) == taken
