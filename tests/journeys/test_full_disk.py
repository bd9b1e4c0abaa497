"""A disk without one free byte: words are kept, the laptop locks, and what could not be kept is said."""

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from tests import counts
from tests.journeys import laptops
from tests.journeys.terminal import NotSeen, Terminal
from tests.journeys.test_shutdown import assert_kept, said, start_typing
from tests.store.test_disk_reserve import fill, small_disk, whole

__all__ = ["small_disk", "whole"]

pytestmark = [pytest.mark.terminal]


@pytest.fixture
def data(small_disk: Path, whole: None) -> Path:
    """A laptop on a disk of 12 MiB."""
    found = laptops.set_up(small_disk / "data")
    laptops.add_person(found)
    return found


def fill_with_ballast(data: Path, disk: Path) -> None:
    """Fill a disk, and what is held back on it too."""
    fill(disk)  # first, or the app would make it again
    next((data / "stores").iterdir()).joinpath("ballast").unlink(missing_ok=True)
    fill(disk)


def type_until_nothing_fits(terminal: Terminal, data: Path, disk: Path) -> None:
    """Fill the disk and paste more than the store has pages for; its log and its free pages take some of it."""
    fill_with_ballast(data, disk)
    terminal.paste("and lost " * 9_000)
    for _ in range(10):
        fill_with_ballast(data, disk)  # what the store gave back meanwhile
        terminal.type(" and lost")
        with suppress(NotSeen):
            terminal.wait("These words are not saved yet", patience=5)
            return
    raise NotSeen("every word was saved on a full disk")


@pytest.mark.parametrize("number", counts.some([signal.SIGTERM, signal.SIGHUP]))
def test_the_last_words_fit_on_a_full_disk(number: int, data: Path, small_disk: Path) -> None:
    """Ended from outside on a full disk, what stood in the field is kept."""
    with Terminal(["--data", str(data)]) as terminal:
        start_typing(terminal)
        terminal.wait("Saved on this laptop")
        fill(small_disk)
        terminal.type(" to the last")
        terminal.wait("to the last")
        os.kill(terminal.process.pid, number)
        assert terminal.finish() == 1
    (small_disk / "filler").unlink()
    assert_kept(data, "to the last")


def test_a_nurse_is_told_that_the_disk_is_full_while_words_still_fit(data: Path, small_disk: Path) -> None:
    """While words are kept in what was held back, the line at the bottom says to make room."""
    with Terminal(["--data", str(data)]) as terminal:
        start_typing(terminal)
        terminal.wait("Saved on this laptop")
        fill(small_disk)
        terminal.type(" to the last")
        terminal.wait("but the disk is full: make room on it now")
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
    (small_disk / "filler").unlink()
    assert_kept(data, "to the last")


def test_what_could_not_be_kept_is_said(data: Path, small_disk: Path) -> None:
    """With no room held back either, the end says that the last words are lost, and the code is not 0."""
    with Terminal(["--data", str(data)]) as terminal:
        start_typing(terminal)
        terminal.wait("Saved on this laptop")
        type_until_nothing_fits(terminal, data, small_disk)
        os.kill(terminal.process.pid, signal.SIGTERM)
        assert terminal.finish() == 1
        assert "The words in the last field could not be kept" in said(terminal)
        assert "Everything you typed is kept" not in said(terminal)


def test_a_full_disk_keeps_no_laptop_open(data: Path, small_disk: Path) -> None:
    """Ctrl+L locks although nothing can be kept any more; the unlock screen says what was lost, and it opens again."""
    with Terminal(["--data", str(data)]) as terminal:
        start_typing(terminal)
        terminal.wait("Saved on this laptop")
        type_until_nothing_fits(terminal, data, small_disk)
        before = terminal.app_pid()
        terminal.press("ctrl+l")
        terminal.wait("phb-tui is locked", "could not be kept")
        assert terminal.app_pid() != before
        laptops.unlock(terminal)
        terminal.wait("Your people")
