"""Process supervisor: runs the app in a child process, restarts it after locking, and cleans up if it was killed.

The supervisor never has a key. Locking ends the app's process, because in Python only that is sure to remove the key
from memory.
"""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from functools import partial

from phb_tui.i18n import N_, _
from phb_tui.system.terminal import modes

CLOSED = 0
CRASHED, CRASHED_UNSAVED, UNSURE, DAMAGED = 70, 71, 72, 73
LOCKED, LOCKED_UNSAVED = 75, 78
ENDED, ENDED_UNSAVED = 76, 77
"""The app's exit codes; after LOCKED and LOCKED_UNSAVED it is started again, at the unlock screen."""

_AGAIN = N_("Start it again with: phb-tui")
_UNSAVED = N_("The words in the last field could not be kept. If the disk is full, make room on it first.")
SENTENCES = {
    CRASHED: N_("phb-tui met a problem it did not expect and closed. Everything you typed is kept."),
    CRASHED_UNSAVED: N_("phb-tui met a problem it did not expect and closed."),
    UNSURE: N_("phb-tui met a problem it did not expect and closed. What it said was saved is kept."),
    DAMAGED: N_(
        "phb-tui closed because the store could not be read or written. What was sent is safe at the team server. "
        "If it happens again, keep the laptop as it is and tell your IT team."
    ),
    ENDED: N_("phb-tui was ended from outside. Everything you typed is kept."),
    ENDED_UNSAVED: N_("phb-tui was ended from outside."),
}
"""The sentence printed after each exit that the user did not ask for, by exit code."""
NARROWEST = 20
KILLED = N_("phb-tui was ended from outside. Everything you typed is kept, except perhaps the last two seconds of it.")


UNSAVED_FLAG = "--unsaved"
"""The command line option that tells a spawned app what `supervise` tells a forked one by its argument."""


def supervise(run: Callable[[bool], int], again: list[str], clean: Callable[[], str]) -> int:
    """Run the app in a child process, again after each lock, until it ends for another reason.

    Args:
        run: Runs the app and returns its exit code; called in a forked child. Its argument is whether the app before
            it could not save the last input when it locked.
        again: The command line that runs the app where the system has no fork.
        clean: Removes files that must not outlive the app; returns a sentence about those it could not remove.

    Returns:
        The exit code for the shell.
    """
    clean()  # an earlier supervisor may have been killed too
    restore = modes.noted()
    unsaved = False
    while True:
        code = _spawned(again + [UNSAVED_FLAG] * unsaved) if sys.platform == "win32" else _forked(partial(run, unsaved))
        left = clean()
        if code in {LOCKED, LOCKED_UNSAVED} and os.isatty(0):  # without a terminal nobody could unlock it
            unsaved = code == LOCKED_UNSAVED
            continue
        tidy(code, restore)
        if left:
            modes.write(f"{left}\n")  # not wrapped, so that file names stay whole
        return code if code in {CLOSED, 1} else 1


def tidy(code: int, restore: Callable[[], None]) -> None:
    """Restore the terminal, clear the screen and the scrollback, and print a sentence about an unexpected exit.

    Args:
        code: The app's exit code; negative when it was killed by a signal.
        restore: Restores the terminal's modes.
    """
    restore()
    modes.write(modes.FORGET if code in {CLOSED, 1} else modes.RESET)
    sentences = [KILLED] if code < 0 else [SENTENCES[code]] if code in SENTENCES else []
    if code in {CRASHED_UNSAVED, ENDED_UNSAVED}:
        sentences.append(_UNSAVED)
    if sentences:
        width = max(shutil.get_terminal_size().columns, NARROWEST)
        modes.write("".join(f"{textwrap.fill(_(sentence), width)}\n" for sentence in (*sentences, _AGAIN)))


def _forked(run: Callable[[], int]) -> int:
    """Run the app in a forked child process; returns its exit code."""
    assert sys.platform != "win32"  # noqa: S101 - Windows has no fork, and `supervise` does not come here
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = UNSURE
        try:
            _terminate_with(os.getppid())
            code = run()
        finally:
            # Not sys.exit, which would wait for threads, with the key still in memory.
            os._exit(code)
    return _wait(child)


def _wait(child: int) -> int:
    """Wait for the app's process and forward termination signals to it."""
    assert sys.platform != "win32"  # noqa: S101 - as above

    def pass_on(number: int, _frame: object) -> None:
        os.kill(child, number)

    passed = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
    before = {number: signal.signal(number, pass_on) for number in passed}
    before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        _, status = os.waitpid(child, 0)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return os.waitstatus_to_exitcode(status)


def _spawned(again: list[str]) -> int:
    """Run the app as a spawned process, where there is no fork; returns its exit code."""
    process = subprocess.Popen(again)
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            continue  # Ctrl+C is handled by the app
        return code if code <= 255 else -1  # noqa: PLR2004 - Windows reports a killed process as a large number


def _terminate_with(parent: int) -> None:
    """On Linux, receive SIGTERM when the supervisor dies, so that no app is left with a key and without a terminal."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - only here

        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(0)
