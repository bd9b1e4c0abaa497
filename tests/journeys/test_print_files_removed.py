"""A copy to print is gone when the laptop locks, when the app closes, and after any kill."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.journeys import laptops
from tests.journeys.keyboard_driver import KeyboardDriver
from tests.journeys.terminal import Terminal, copies, runtime_of

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
    nurse = KeyboardDriver(terminal)
    nurse.choose("The plan to keep", "Read the plan together")
    nurse.choose("Make a copy", "This will be a draft")
    nurse.choose("Web page, large print", "The copy is here")
    assert copies(data)


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


def test_a_second_start_touches_no_copy_of_the_first(data: Path) -> None:
    """While one phb-tui runs, another start on the same laptop leaves its copy where it is."""
    with Terminal(["--data", str(data)]) as terminal:
        make_copy(terminal, data)
        with Terminal(["--data", str(data)]) as second:
            second.wait("Passphrase")
            second.press("ctrl+q")
            second.finish()
        assert copies(data)
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
    assert not list(runtime_of(data).glob("phb-tui-copies/*")), "neither a folder nor a lock stays"


def test_a_copy_that_could_not_be_deleted_is_said_at_the_end() -> None:
    """The last line in the terminal, after phb-tui has closed, names the file."""
    program = (
        "from phb_tui.system.supervisor import supervise; supervise(lambda: 0, [], lambda: 'plan-large-1.pdf stays')"
    )
    with Terminal([], program=("-c", program)) as terminal:
        terminal.wait("plan-large-1.pdf stays")
        assert terminal.finish() == 0
