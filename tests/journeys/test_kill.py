"""Killing the app in the middle of a visit."""

import os
import random
import shutil
import signal
import sys
import threading
import time
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from phb_tui.services.records import editing
from phb_tui.services.session import Session
from phb_tui.store import change_log
from tests import counts
from tests.journeys import laptops
from tests.journeys.terminal import NotSeen, Terminal
from tests.journeys.visit_steps import Left, talk, walk

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform == "win32", reason="drives a pseudo-terminal, which Windows has not"),
]
FIELDS = 18
SHARDS = max(counts.KILLS // 5, 1)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = laptops.set_up(tmp_path_factory.mktemp("laptop"))
    laptops.add_person(data)
    return data


class Visit(NamedTuple):
    """A whole visit that nothing came in the way of."""

    data: Path
    left: list[Left]
    seconds: float
    """How long it took on this machine today, so that the kills land in the middle of one."""


@pytest.fixture(scope="module")
def visit(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Visit:
    data = tmp_path_factory.mktemp("timed") / "data"
    shutil.copytree(template, data)
    with Terminal(["--data", str(data)]) as terminal:
        laptops.to_the_person(terminal)
        started = time.monotonic()
        left = list(walk(terminal, "zq"))
        seconds = time.monotonic() - started
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
    return Visit(data, left, seconds)


def lost(session: Session, left: list[Left]) -> list[Left]:
    """The fields that were left and are not in the store."""
    there = set()
    for row in session.store.db.query("SELECT record_id, kind FROM record"):
        record = editing.read(session, row["kind"], row["record_id"], None)
        statement = record.text("statement") if record.kind == "answer" else ""
        there |= {(record.kind, statement, name, str(value)) for name, value in record.fields.items()}
    return [field for field in left if field not in there]


def waiting(session: Session) -> list[tuple[str, dict[str, object]]]:
    """Every change there is, for a failure to say what was kept instead."""
    found = change_log.pending(session.store.db, session.team_id, 100)
    return [(change.kind, dict(change.fields)) for change in found]


class Killing(threading.Timer):
    """Kills the process that holds the key after some time, without warning."""

    def __init__(self, terminal: Terminal, seconds: float) -> None:
        self.pid = terminal.app_pid()
        super().__init__(seconds, lambda: os.kill(self.pid, signal.SIGKILL))
        self.start()


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that ended and was not yet waited for does not."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_field_that_was_left_survives_being_killed(
    shard: int, template: Path, visit: Visit, tmp_path: Path
) -> None:
    """Killed again and again at random moments of a visit, the app has every field that was left."""
    kills = len(range(shard, counts.KILLS, SHARDS))
    moments, cut_short = random.Random(shard), 0
    for turn in range(kills):
        data = tmp_path / str(turn)
        shutil.copytree(template, data)
        left: list[Left] = []
        with Terminal(["--data", str(data)]) as terminal:
            laptops.to_the_person(terminal)
            timer = Killing(terminal, moments.uniform(0.0, visit.seconds))
            try:
                left += walk_until_killed(terminal, timer.pid)
                cut_short += len(left) < FIELDS
            finally:
                timer.cancel()
        with laptops.opened(data) as session:
            missing = lost(session, left)
            assert missing == [], f"of {left}; recovered {session.recovered}; waiting {waiting(session)}"
            assert change_log.verify(session.store.db, session.team_id) == 0
    assert cut_short >= kills // 2, "the kills came after the visit and proved nothing"


def walk_until_killed(terminal: Terminal, pid: int) -> list[Left]:
    """The fields that were left before the app was gone; all of them if it never was."""
    left: list[Left] = []
    try:
        # Once nobody has the terminal any more it paints what is typed by itself, and that proves nothing.
        left.extend(takewhile(lambda _field: is_alive(pid), walk(terminal, "zq")))
    except (NotSeen, OSError):
        assert terminal.process.wait(10) == 1, "the app stopped by itself"
    return left


def test_a_whole_visit_leaves_everything(visit: Visit) -> None:
    """The visit that is killed elsewhere is a whole one: 18 fields of three answers, a goal and two actions."""
    with laptops.opened(visit.data) as session:
        assert (len(visit.left), lost(session, visit.left)) == (FIELDS, [])


@pytest.mark.parametrize("number", counts.some([signal.SIGHUP, signal.SIGTERM]))
def test_closing_the_window_keeps_what_stands_in_the_field(number: int, template: Path, tmp_path: Path) -> None:
    """When the terminal's window is closed or the system ends the app, the words in the field are kept as a change."""
    data = tmp_path / "data"
    shutil.copytree(template, data)
    with Terminal(["--data", str(data)]) as terminal:
        laptops.to_the_person(terminal)
        talk(terminal)
        terminal.press("tab")
        terminal.type("zq the last word")
        terminal.wait("zq the last word")
        os.kill(terminal.process.pid, number)
        terminal.finish()
    with laptops.opened(data) as session:
        assert session.recovered == ()
        assert lost(session, [("answer", "S1-I1", "words", "zq the last word")]) == []


KEEPS_TO_ITSELF = """
import signal, subprocess, sys
signal.signal(signal.SIGHUP, signal.SIG_IGN)
subprocess.call([sys.executable, "-m", "phb_tui", *sys.argv[1:]])
"""
"""Starts phb-tui and does not pass on that the window was closed, as `make` does not."""


def test_a_terminal_that_vanishes_without_a_signal_ends_the_app(template: Path, tmp_path: Path) -> None:
    """When no signal says that the terminal is gone, the app notices, keeps the words in the field and ends."""
    data = tmp_path / "data"
    shutil.copytree(template, data)
    with Terminal(["--data", str(data)], program=("-c", KEEPS_TO_ITSELF)) as terminal:
        laptops.to_the_person(terminal)
        talk(terminal)
        terminal.press("tab")
        terminal.type("zq the last word")
        terminal.wait("zq the last word")
        supervisor, app = psutil.Process(terminal.process.pid).children(recursive=True)
        terminal.close_window()
        _ended, left = psutil.wait_procs([supervisor, app], timeout=30)
        assert not left
    with laptops.opened(data) as session:
        assert session.recovered == ()
        assert lost(session, [("answer", "S1-I1", "words", "zq the last word")]) == []


def test_what_stands_in_the_field_is_durable_half_a_second_after_the_last_key(template: Path, tmp_path: Path) -> None:
    """Words still being typed are there after `kill -9`, found again under their statement and followed up."""
    data = tmp_path / "data"
    shutil.copytree(template, data)
    with Terminal(["--data", str(data)]) as terminal:
        laptops.to_the_person(terminal)
        talk(terminal)
        terminal.press("tab", "tab", "tab")
        terminal.type("zq a ramp")
        terminal.wait("Saved on this laptop")
        os.kill(terminal.app_pid(), signal.SIGKILL)
        terminal.finish()
        assert "Everything you typed is kept" in terminal.text()
    with laptops.opened(data) as session:
        assert len(session.recovered) > 0
        wanted: list[Left] = [("answer", "S1-I1", "would_help", "zq a ramp"), ("task", "", "what", "zq a ramp")]
        assert lost(session, wanted) == []


@pytest.mark.skipif(counts.STEP > 1, reason="`make long` starts the app again after a kill; its screens are tried")
def test_after_a_kill_the_words_are_one_key_away(template: Path, tmp_path: Path) -> None:
    """Started again after `kill -9`, the app says whose words it kept, and Enter shows them."""
    data = tmp_path / "data"
    shutil.copytree(template, data)
    with Terminal(["--data", str(data)]) as terminal:
        laptops.to_the_person(terminal)
        talk(terminal)
        terminal.press("tab")
        terminal.type("zq a ramp")
        terminal.wait("Saved on this laptop")
        os.kill(terminal.app_pid(), signal.SIGKILL)
        terminal.finish()
    with Terminal(["--data", str(data)]) as terminal:
        laptops.unlock(terminal)
        terminal.wait("What you were writing is kept", "Ann Example: ")
        terminal.press("enter")
        terminal.wait("zq a ramp")
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
