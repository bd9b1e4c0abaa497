"""Several lines on one."""

import pytest

from phb_tui.domain.text import one_line


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ("", ""), ("  a\tb ", "a b"), ("Ask the\nsurgery", "Ask the surgery"), ("a\r\nB", "a; B"), ("a\n2 b", "a; 2 b"),
        ("In hospital\nThe assistant stays", "In hospital; The assistant stays"),
        ("Ring Beth.\n\nThen wait", "Ring Beth. Then wait"), ("One:\n door", "One: door"),
    ],
)  # fmt: skip
def test_lines_never_run_together(words: str, joined: str) -> None:
    """Between two lines on one stands a mark, unless the second may go on with the sentence of the first."""
    assert one_line.joined(words) == joined
