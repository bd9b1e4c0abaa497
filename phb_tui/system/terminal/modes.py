"""Saves the terminal's modes before the app runs and restores them when the app could not do so itself."""

import sys
from collections.abc import Callable

RESET = (
    "\x1b[0 q"
    "\x1b[?2026l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l\x1b[?1004l"
    "\x1b[?2004l\x1b[?2048l\x1b[?7h\x1b[0m\x1b[2J\x1b[3J\x1b[H"
)
"""Resets what the app enabled: synchronised output, the keyboard protocol (per screen, so before leaving the alternate
one), the alternate screen, mouse, focus, paste and size reports; shows the cursor, enables line wrap, and clears the
screen and the scrollback."""
SHOW_CURSOR, OWN_CURSOR = "\x1b[6 q\x1b[?25h", "\x1b[0 q"
"""Shows the cursor as a steady bar, so that it hides no letter and does not blink; gives it the user's shape again."""
FORGET = "\x1b[3J"
"""Clears the scrollback."""


def noted() -> Callable[[], None]:
    """Save the terminal's current modes.

    Returns:
        A function that restores them; it does nothing when the terminal no longer exists.
    """
    return _save_console() if sys.platform == "win32" else _save_tty()


def write(sequence: str) -> None:
    """Write a control sequence to the terminal, if it still exists."""
    try:
        if sys.stdout.isatty():
            sys.stdout.write(sequence)
            sys.stdout.flush()
    except (OSError, ValueError):
        return  # its window was closed, so there is nothing to restore


def _save_tty() -> Callable[[], None]:
    assert sys.platform != "win32"  # noqa: S101 - `noted` does not come here on Windows
    import termios  # noqa: PLC0415 - not there on Windows

    try:
        before = termios.tcgetattr(0)
    except termios.error:
        return lambda: None

    def restore() -> None:
        try:
            termios.tcsetattr(0, termios.TCSANOW, before)
        except termios.error:
            return  # its window was closed

    return restore


def _save_console() -> Callable[[], None]:
    assert sys.platform == "win32"  # noqa: S101 - `noted` does not come here elsewhere
    import ctypes  # noqa: PLC0415 - only here

    kernel, number = ctypes.windll.kernel32, ctypes.c_ulong  # type: ignore[attr-defined, unused-ignore]
    before = []
    for name in (-10, -11):  # STD_INPUT_HANDLE, STD_OUTPUT_HANDLE
        handle, mode = kernel.GetStdHandle(name), number()
        if kernel.GetConsoleMode(handle, ctypes.byref(mode)):
            before.append((handle, mode.value))

    def restore() -> None:
        for handle, mode in before:
            kernel.SetConsoleMode(handle, mode)

    return restore
