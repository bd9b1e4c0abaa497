"""However the app ends, words are kept, the terminal is as it was, and a sentence and a code say what happened."""

import os
import random
import signal
import sys
from pathlib import Path

import pytest

from tests import counts
from tests.journeys import laptops
from tests.journeys.terminal import Terminal
from tests.journeys.visit_steps import talk

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform == "win32", reason="drives a pseudo-terminal, which Windows has not"),
]
WORDS = "zqxjkv in the field"
MODES = (1049, 1000, 1003, 1006, 2004, 1004)
"""What the app switches on: the alternate screen, mouse, paste and focus reports."""
NOISE = (
    *(b"\xff", b"\xc3", b"\x1b[M\x20\x84\x25", b"\x1b[M\x20\xff\xff", b"\x1b[99999999999u", b"\x1b[55296u"),
    *(b"\x1b[1;1:2:3u", b"\x1b[" + b"9" * 300 + b"u", b"\x1b[<0;99999999;99999999M"),
    *(b"\x1b[48;99999999;99999999;1;1t", b"\x1b[48;0;0;0;0t"),
)
ENDING_KEYS = (0x0C, 0x11, 0x10)
"""Ctrl+L and Ctrl+Q; Ctrl+P leads to them."""
FAULT = """
import sys
from phb_tui import cli
cli.quiet_environment()
{fault}
cli.main(sys.argv[1:])
"""
READER = """
from phb_tui.system.terminal.decoding import Decoder
before = Decoder.decode
def decode(self, data):
    assert b"!" not in data, "a mistake of ours"
    return before(self, data)
Decoder.decode = decode
"""
KEEPING = """
from phb_tui.screens.visit.conversation import ConversationScreen
def save_field(self, field):
    raise RuntimeError("a mistake of ours about " + field.text)
ConversationScreen.save_field = save_field
"""
THREAD = """
from phb_tui.screens.base import background
before = background._deliver
def told(app, outcome):
    if app.is_open:
        raise LookupError("a mistake of ours")
    before(app, outcome)
background._deliver = told
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    found = laptops.set_up(tmp_path / "data")
    laptops.add_person(found)
    return found


def start_typing(terminal: Terminal) -> None:
    """Write in a field of the conversation, and stay in it."""
    laptops.to_the_person(terminal)
    talk(terminal)
    terminal.press("tab")
    terminal.type(WORDS)
    terminal.wait(WORDS)


def said(terminal: Terminal) -> str:
    """What stands on the screen, in one line."""
    return " ".join(terminal.text().split())


def assert_kept(data: Path, words: str = WORDS) -> None:
    """The words that stood in the field are in the store."""
    with laptops.opened(data) as session:
        kept = [row["shown"] for row in session.store.db.query("SELECT shown FROM record WHERE kind = 'answer'")]
    assert any(words in fields for fields in kept)


def assert_left_as_it_was(terminal: Terminal, since: int) -> None:
    """The terminal is as before the app, with no word of it on the screen."""
    tail = bytes(terminal.raw[since:])
    assert [mode for mode in MODES if b"\x1b[?%dl" % mode not in tail] == []
    assert b"\x1b[?25h" in tail
    seen = terminal.scrollback()
    assert WORDS not in seen
    assert "Ann Example" not in seen


SIGNALS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL, signal.SIGQUIT]


@pytest.mark.parametrize("number", counts.some(SIGNALS))
def test_an_app_that_is_ended_from_outside_leaves_the_terminal_as_it_was(number: int, data: Path) -> None:
    """Whatever signal ends the app, the terminal is put back, a sentence says so and the code is not 0."""
    with Terminal(["--data", str(data)]) as terminal:
        start_typing(terminal)
        terminal.wait("Saved on this laptop")
        since = len(terminal.raw)
        os.kill(terminal.app_pid(), number)
        assert terminal.finish() == 1
        assert "phb-tui was ended from outside. Everything you typed is kept" in said(terminal)
        assert_left_as_it_was(terminal, since)
    assert_kept(data)


@pytest.mark.parametrize("number", counts.some([signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT]))
def test_a_command_that_is_ended_from_outside_leaves_the_terminal_as_it_was(number: int, data: Path) -> None:
    """Told to end, the command ends the app, keeps the words and puts the terminal back."""
    with Terminal(["--data", str(data)]) as terminal:
        start_typing(terminal)
        since = len(terminal.raw)
        os.kill(terminal.process.pid, number)
        assert terminal.finish() == 1
        assert_left_as_it_was(terminal, since)
    assert_kept(data)


@pytest.mark.parametrize(
    ("fault", "ends_with"),
    counts.some(
        [
            pytest.param(KEEPING, "\t", id="keeping"),
            pytest.param(READER, "!", id="reader"),
            pytest.param(THREAD, "\x1b[15~", id="thread"),
        ]
    ),
)
def test_a_mistake_of_ours_on_any_thread_ends_in_one_way(fault: str, ends_with: str, data: Path) -> None:
    """A mistake in reading the terminal, in keeping a field or beside the screen: words kept, a sentence, a code."""
    with Terminal(["--data", str(data)], program=("-c", FAULT.format(fault=fault))) as terminal:
        start_typing(terminal)
        since = len(terminal.raw)
        terminal.type(ends_with)
        assert terminal.finish() == 1
        assert "phb-tui met a problem it did not expect and closed. Everything you typed is kept." in said(terminal)
        assert b"Traceback" not in terminal.raw
        assert_left_as_it_was(terminal, since)
    assert_kept(data)
    with laptops.opened(data) as session:
        reports = [row["value"] for row in session.store.db.table("meta").rows if row["key"].startswith("problem ")]
    assert any("a mistake of ours" in report for report in reports)


def test_whatever_the_terminal_sends_the_app_goes_on(data: Path) -> None:
    """Bad bytes, old mouse reports and absurd reports in the middle of a visit change nothing of what is written."""
    with Terminal(["--data", str(data)], columns=140) as terminal:
        start_typing(terminal)
        for sent in NOISE:
            os.write(terminal.master, sent + b"~")
            terminal.read(0.05)
        terminal.type(" to the end")
        terminal.wait("to the end")
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
    assert_kept(data)


def test_random_bytes_do_not_end_the_app(data: Path) -> None:
    """A thousand random bytes into the app's terminal, but for the keys that lock and close, and it goes on."""
    chance = random.Random(6668)
    others = [byte for byte in range(256) if byte not in ENDING_KEYS]
    with Terminal(["--data", str(data)]) as terminal:
        terminal.wait("Passphrase")
        for _ in range(5):
            os.write(terminal.master, bytes(chance.choices(others, k=200)))
            terminal.read(0.02)
        terminal.press("ctrl+q")
        assert terminal.finish(120) == 0  # each key waits for the one before
        assert b"Traceback" not in terminal.raw
