"""The process the nurse starts: it runs the app, runs it again after locking, and tidies up if the app was killed.

It never holds a key. Locking ends the app's process, because that is the only way in Python to be sure that the key
has left the memory.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable

CRASH_SENTENCE = "phb-tui met a problem it did not expect and closed. Everything you typed is kept. Start it again."

CLOSED = 0
CRASHED = 70
LOCKED = 75
"""How the app's process ends; after LOCKED it is started again, at the unlock screen."""

RESET = (
    "\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?7h\x1b[<u\x1b[0m"
    "\x1b[2J\x1b[3J\x1b[H"
)
"""Back from the alternate screen; cursor and line wrap on; mouse, focus and paste reports off; scrollback empty."""


def supervise(run: Callable[[], int], again: list[str], clean: Callable[[], None]) -> int:
    """Run the app in a process of its own until it ends for another reason than locking.

    Args:
        run: Runs the app and returns its exit code; called in a forked process where there is one.
        again: The command line that runs the app where processes cannot be forked.
        clean: Removes what must not outlive the app, however it ended.

    Returns:
        The exit code for the shell.
    """
    clean()  # an earlier supervisor may have been killed too
    while True:
        code = _spawned(again) if sys.platform == "win32" else _forked(run)
        clean()
        if code == LOCKED and os.isatty(0):  # or there is nobody who could unlock it
            continue
        tidy(code)
        return max(code, 0) if code in {0, 1} else 1


def tidy(code: int) -> None:
    """Leave the terminal as it was, with nothing of a person's in it, and say what happened if it needs saying."""
    if sys.stdout.isatty():
        _restore_modes()
        sys.stdout.write(RESET if code not in {0, 1} else "\x1b[3J")
        sys.stdout.flush()
    if code == CRASHED:
        sys.stdout.write(f"{CRASH_SENTENCE}\n")
    elif code < 0:
        sys.stdout.write("phb-tui was ended from outside. Everything you typed is kept. Start it again with: phb-tui\n")


def _forked(run: Callable[[], int]) -> int:
    """The app in a child that shares nothing with us but the program's code."""
    assert sys.platform != "win32"  # noqa: S101 - Windows has no fork, and `supervise` does not come here
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = CRASHED
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

    passed = (signal.SIGTERM, signal.SIGHUP)
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


def _restore_modes() -> None:
    """Put the terminal back to line by line with echo, which a killed app could not do itself."""
    if sys.platform != "win32":
        subprocess.run(["stty", "sane"], check=False)
