"""What can be seen in terminals of few colours."""

import os
from pathlib import Path

import pytest

from tests.journeys import laptops
from tests.journeys.terminal import Terminal

pytestmark = [pytest.mark.terminal, pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals")]
EDGES = set("\u258f\u258e\u258c\u2588\u2590\u2595\u2502\u2503")
"""Letters that draw an upright line."""

TERMINALS = {
    "all colours": {},
    "256 colours": {"COLORTERM": ""},
    "16 colours": {"COLORTERM": "", "TERM": "xterm"},
    "no colour": {"NO_COLOR": "1"},
}


def edged(terminal: Terminal, row: int) -> bool:
    """Whether a row begins with a shape in another colour than what it is drawn on."""
    screen = terminal.screen
    first = screen.buffer[row][next(x for x in range(screen.columns) if screen.display[row][x] != " ")]
    return first.data in EDGES and (first.fg != first.bg or first.fg == "default")


@pytest.mark.parametrize("colours", TERMINALS)
def test_a_field_without_the_focus_has_an_edge(colours: str, tmp_path: Path) -> None:
    """Every field has an edge that can be told from the paper in any number of colours."""
    data = laptops.set_up(tmp_path / "one")
    with Terminal(["--data", str(data)], environment=TERMINALS[colours]) as terminal:
        laptops.unlock(terminal)
        terminal.wait("No people on this laptop yet")
        terminal.press("f7")
        terminal.wait("Family name")
        terminal.quiet()  # the name may come before the edge beside it
        label = next(y for y, line in enumerate(terminal.screen.display) if "Family name" in line)
        assert edged(terminal, label + 1)
