"""Several lines on one."""

import pytest

from phb_tui.domain.text import one_line


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ("", ""), ("  a\tb ", "a b"), ("in hospital\nthe assistant stays", "in hospital; the assistant stays"),
        ("Ring Beth.\n\nThen wait", "Ring Beth. Then wait"), ("One:\n door", "One: door"), ("a\r\nb", "a; b"),
    ],
)  # fmt: skip
def test_lines_never_run_together(words: str, joined: str) -> None:
    """Where two lines stand on one, a mark is between them."""
    assert one_line.joined(words) == joined
