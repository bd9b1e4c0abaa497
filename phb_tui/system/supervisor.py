"""The process the nurse starts: it runs the app, runs it again after locking, and tidies up if the app was killed.

It never holds a key. Locking ends the app's process, because that is the only way in Python to be sure that the key
has left the memory.
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
CRASHED, CRASHED_UNKEPT, UNSURE, DAMAGED = 70, 71, 72, 73
LOCKED, LOCKED_UNKEPT = 75, 78
ENDED, ENDED_UNKEPT = 76, 77
"""How the app's process ends; after LOCKED and LOCKED_UNKEPT it is started again, at the unlock screen."""

_AGAIN = N_("Start it again with: phb-tui")
_UNKEPT = N_("The words in the last field could not be kept. If the disk is full, make room on it first.")
SENTENCES = {
    CRASHED: N_("phb-tui met a problem it did not expect and closed. Everything you typed is kept."),
    CRASHED_UNKEPT: N_("phb-tui met a problem it did not expect and closed."),
    UNSURE: N_("phb-tui met a problem it did not expect and closed. What it said was saved is kept."),
    DAMAGED: N_(
        "phb-tui closed because the store could not be read or written. What was sent is safe at central. "
        "If it happens again, keep the laptop as it is and tell your IT team."
    ),
    ENDED: N_("phb-tui was ended from outside. Everything you typed is kept."),
    ENDED_UNKEPT: N_("phb-tui was ended from outside."),
}
"""What is said after each end that nobody in front of the screen asked for."""
NARROWEST = 20
KILLED = N_("phb-tui was ended from outside. Everything you typed is kept, except perhaps the last two seconds of it.")


UNKEPT = "--unkept"
"""The option that says the same to an app that is not forked."""


def supervise(run: Callable[[bool], int], again: list[str], clean: Callable[[], str]) -> int:
    """Run the app in a process of its own until it ends for another reason than locking.

    Args:
        run: Runs the app and returns its exit code; called in a forked process where there is one. It is told whether
            the app before it could not keep the last words when it locked.
        again: The command line that runs the app where processes cannot be forked.
        clean: Removes what must not outlive the app, however it ended, and says what it could not remove.

    Returns:
        The exit code for the shell.
    """
    clean()  # an earlier supervisor may have been killed too
    restore = modes.noted()
    unkept = False
    while True:
        code = _spawned(again + [UNKEPT] * unkept) if sys.platform == "win32" else _forked(partial(run, unkept))
        left = clean()
        if code in {LOCKED, LOCKED_UNKEPT} and os.isatty(0):  # or there is nobody who could unlock it
            unkept = code == LOCKED_UNKEPT
            continue
        tidy(code, restore)
        if left:
            modes.write(f"{left}\n")  # not folded: the name of a file has to stay whole
        return code if code in {CLOSED, 1} else 1


def tidy(code: int, restore: Callable[[], None]) -> None:
    """Leave the terminal as it was, with nothing of a person's in it, and say what happened if it needs saying.

    Args:
        code: How the app ended.
        restore: Sets the terminal as it was before the app.
    """
    restore()
    modes.write(modes.FORGET if code in {CLOSED, 1} else modes.RESET)
    said = [KILLED] if code < 0 else [SENTENCES[code]] if code in SENTENCES else []
    if code in {CRASHED_UNKEPT, ENDED_UNKEPT}:
        said.append(_UNKEPT)
    if said:
        width = max(shutil.get_terminal_size().columns, NARROWEST)
        modes.write("".join(f"{textwrap.fill(_(words), width)}\n" for words in (*said, _AGAIN)))


def _forked(run: Callable[[], int]) -> int:
    """The app in a child that shares nothing with us but the program's code."""
    assert sys.platform != "win32"  # noqa: S101 - Windows has no fork, and `supervise` does not come here
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = UNSURE
        try:
            _die_with(os.getppid())
            code = run()
        finally:
            # Not sys.exit: a thread waiting for the network must not keep the key in memory.
            os._exit(code)
    return _wait(child)


def _wait(child: int) -> int:
    """Wait for the app, passing on what the system tells us."""
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
    """The app in a process of its own, where there is no fork."""
    process = subprocess.Popen(again)
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            continue  # Ctrl+C belongs to the app
        return code if code <= 255 else -1  # noqa: PLR2004 - Windows reports being ended as a large number


def _die_with(parent: int) -> None:
    """Be told to end when the supervisor is gone, so that no app is left with a key and without a terminal."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - only here

        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(0)
