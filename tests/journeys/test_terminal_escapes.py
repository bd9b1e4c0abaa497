"""What anybody wrote reaches a real terminal as letters, never as a command."""

import sys
from pathlib import Path

import pytest

from phb_tui.domain.records.changes import Value
from phb_tui.services.records import editing, record_lists
from tests.journeys import laptops
from tests.journeys.keyboard_driver import KeyboardDriver
from tests.journeys.terminal import Terminal

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform == "win32", reason="drives a pseudo-terminal, which Windows has not"),
]
COMMANDS = (
    "\x1b]52;c;UVFR\x07", "\x1b]0;QQTITLE\x07", "\x1b[31;47mQQ", "\x9b5mQQ", "\x1b[2JQQ", "\x1bcQQ", "\u202eQQ",
    "\x07QQ",
)  # fmt: skip
"""Clipboard, title, colours, C1, clear, reset, a turn of direction, the bell."""


def test_no_command_in_words_reaches_the_terminal(tmp_path: Path) -> None:
    """A person and a task whose words are terminal commands are shown, and none of the commands is sent."""
    data = laptops.set_up(tmp_path / "data")
    words = " ".join(COMMANDS)
    with laptops.opened(data) as session:
        person = editing.new_record(session, "person", None)
        values: dict[str, Value] = dict.fromkeys(("take_care", "communication", "known_as"), words)
        person = editing.save(session, person, {**values, "given_name": f"Ann{words}", "family_name": "Aaa"})
        task = record_lists.new(session, "task", person.record_id)
        editing.save(session, task, {"what": f"Ring {words}", "notes": words, "by_when": words})
    with Terminal(["--data", str(data)], columns=160, rows=48) as terminal:
        laptops.unlock(terminal)
        terminal.wait("Your people", "Ann")
        terminal.press("down", "enter")
        terminal.wait("Today's visit", "QQ")
        nurse = KeyboardDriver(terminal)
        nurse.choose("To do", "Ring")
        nurse.choose("Ring", "What needs to be done")
        sent = bytes(terminal.raw)
    assert b"UVFR" in sent
    assert [command for command in COMMANDS if command.encode() in sent] == []
