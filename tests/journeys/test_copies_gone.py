"""A copy to print is gone when the laptop locks, when the app closes, and after any kill."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.journeys import laptops
from tests.journeys.nurse import Nurse
from tests.journeys.terminal import Terminal

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform == "win32", reason="drives a pseudo-terminal, which Windows has not"),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    found = laptops.set_up(tmp_path / "data")
    laptops.add_person(found)
    return found


def make_copy(terminal: Terminal, data: Path) -> None:
    """From the unlock screen to a web page of the plan."""
    laptops.to_the_person(terminal)
    nurse = Nurse(terminal)
    nurse.choose("The plan to keep", "Read the plan together")
    nurse.choose("Make a copy", "This will be a draft")
    nurse.choose("Web page, large print", "The copy is here")
    assert copies(data)


def copies(data: Path) -> list[Path]:
    return list((data / "copies").glob("*"))


def gone(data: Path) -> bool:
    until = time.monotonic() + 10
    while copies(data) and time.monotonic() < until:
        time.sleep(0.05)
    return not copies(data)


def test_a_copy_is_gone_when_the_laptop_locks(data: Path) -> None:
    """Ctrl+L takes the copy away before the passphrase is asked for."""
    with Terminal(["--data", str(data)]) as terminal:
        make_copy(terminal, data)
        terminal.press("ctrl+l")
        terminal.wait("phb-tui is locked")
        assert not copies(data)


def test_a_copy_is_gone_when_the_app_is_killed(data: Path) -> None:
    """Killed without warning, the app leaves no copy: the supervisor takes it away."""
    with Terminal(["--data", str(data)]) as terminal:
        make_copy(terminal, data)
        os.kill(terminal.app_pid(), signal.SIGKILL)
        assert gone(data)


def test_a_copy_is_gone_at_the_next_start_after_everything_was_killed(data: Path) -> None:
    """When the supervisor was killed as well, the next start takes the copy away before anything is asked."""
    with Terminal(["--data", str(data)]) as terminal:
        make_copy(terminal, data)
        terminal.kill()
    assert copies(data)
    with Terminal(["--data", str(data)]) as terminal:
        terminal.wait("Passphrase")
        assert not copies(data)
