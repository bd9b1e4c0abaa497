"""What is typed is nowhere to be found afterwards but in the encrypted store."""

import os
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

import psutil
import pytest

from tests.journeys import laptops
from tests.journeys.terminal import Terminal
from tests.journeys.visit_steps import talk, walk

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform == "win32", reason="drives a pseudo-terminal, which Windows has not"),
]
MARKER = "zqxjkv"
FAULTY = """
import sys
from phb_tui import cli
cli.quiet_environment()
from phb_tui.screens.visit.conversation import ConversationScreen
def fail(self, by):
    words = self.query_one("#field-words").text
    raise RuntimeError("the message holds " + words)
ConversationScreen.action_move = fail
cli.main(sys.argv[1:])
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    found = laptops.set_up(tmp_path / "data")
    laptops.add_person(found)
    return found


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A home and a temporary folder of the test's own, and settings that would make Textual write logs."""
    for name in ("home", "tmp"):
        (tmp_path / name).mkdir()
    log = {"TEXTUAL_LOG": str(tmp_path / "textual.log"), "TEXTUAL_SCREENSHOT": "1", "TEXTUAL": "debug,devtools"}
    return {"HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "tmp"), **log}


def found_in(folder: Path, words: Iterable[str]) -> list[str]:
    """Files under a folder that hold any of the words, in one of the encodings a program might use."""
    needles = [form for word in words for form in (word.encode(), word.encode("utf-16-le"), word[::-1].encode())]
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]


def start_typing(terminal: Terminal) -> None:
    laptops.to_the_person(terminal)
    talk(terminal)
    terminal.press("tab")
    terminal.type(f"{MARKER} in the field")
    terminal.wait(f"{MARKER} in the field", "Saved on this laptop")


def assert_nothing_left(terminal: Terminal, folder: Path) -> None:
    """Nothing of what was typed, and no passphrase, is on disk or in what a person could scroll back to."""
    assert found_in(folder, [MARKER, laptops.PASSPHRASE]) == []
    seen = terminal.scrollback()
    assert MARKER not in seen
    assert "Ann" not in seen


def test_nothing_is_found_while_the_app_runs_or_after_it_was_killed(
    data: Path, home: dict[str, str], tmp_path: Path
) -> None:
    """Neither during a visit nor after `kill -9` does any file or the scrollback hold a word of it."""
    with Terminal(["--data", str(data)], environment=home) as terminal:
        laptops.to_the_person(terminal)
        assert list(walk(terminal, MARKER))
        assert found_in(tmp_path, [MARKER, laptops.PASSPHRASE]) == []
        os.kill(terminal.app_pid(), signal.SIGKILL)
        terminal.finish()
        assert_nothing_left(terminal, tmp_path)


def test_nothing_is_found_after_closing(data: Path, home: dict[str, str], tmp_path: Path) -> None:
    """After a proper end nothing is left either."""
    with Terminal(["--data", str(data)], environment=home) as terminal:
        start_typing(terminal)
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
        assert_nothing_left(terminal, tmp_path)


def test_a_mistake_of_ours_shows_a_sentence_and_no_words(data: Path, home: dict[str, str], tmp_path: Path) -> None:
    """A crash with a person's words in the error shows one sentence; all is kept."""
    with Terminal(["--data", str(data)], environment=home, program=("-c", FAULTY)) as terminal:
        start_typing(terminal)
        terminal.press("pgdn")
        assert terminal.finish() == 1
        assert "phb-tui met a problem it did not expect" in terminal.text()
        assert "Traceback" not in terminal.text()
        assert_nothing_left(terminal, tmp_path)
    with laptops.opened(data) as session:
        rows = {row["key"]: row["value"] for row in session.store.db.table("meta").rows}
        assert any(key.startswith("problem ") and MARKER in value for key, value in rows.items())
        assert session.recovered == ()


def test_locking_ends_the_process_and_comes_back_to_the_same_place(data: Path) -> None:
    """Ctrl+L ends the process that holds the key; unlocking goes back to the statement, with the words there."""
    with Terminal(["--data", str(data)]) as terminal:
        start_typing(terminal)
        before = terminal.app_pid()
        terminal.press("ctrl+l")
        terminal.wait("phb-tui is locked")
        assert terminal.app_pid() != before
        assert not psutil.pid_exists(before)
        laptops.unlock(terminal)
        terminal.wait("statement 1 of 5", f"{MARKER} in the field")


def test_a_screen_that_would_go_into_a_file_is_refused(data: Path) -> None:
    """Standard error into a file would be a person's words in it, so the app does not start."""
    program = "import os, sys; os.dup2(os.open(os.devnull, os.O_WRONLY), 2)\n"
    program += "from phb_tui.cli import main; main(sys.argv[1:])"
    with Terminal(["--data", str(data)], program=("-c", program)) as terminal:
        assert terminal.finish() == 1
        assert "Passphrase" not in terminal.text()


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("second", "already open"),
        ("wrong", "Passphrase not recognised"),
        ("keys", "key file"),
        ("store", "store"),
    ],
)
def test_what_is_wrong_at_the_start_is_one_sentence(damage: str, sentence: str, data: Path) -> None:
    """A second phb-tui, a wrong passphrase, a damaged key file and a damaged store each say so on the unlock screen."""
    folder = next((data / "stores").iterdir())
    if damage == "keys":
        for copy in folder.glob("keys.json*"):
            copy.write_bytes(b"{}")
    if damage == "store":
        (folder / "store-1.db").write_bytes(bytes(8192))
    with Terminal(["--data", str(data)]) as first, Terminal(["--data", str(data)]) as second:
        if damage == "second":
            laptops.unlock(first)
            first.wait("Your people")
        if damage == "wrong":
            second.wait("Passphrase")
            second.type("not the passphrase at all")
            second.press("enter")
        else:
            laptops.unlock(second)
        text = second.wait("There is a problem", sentence)
        assert "Traceback" not in text
