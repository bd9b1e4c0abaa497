"""The terminal's modes: noted before the app runs, put back when it has ended and could not do so itself."""

import sys
from collections.abc import Callable

RESET = (
    "\x1b[?2026l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l\x1b[?1004l"
    "\x1b[?2004l\x1b[?2048l\x1b[?7h\x1b[0m\x1b[2J\x1b[3J\x1b[H"
)
"""What the app switched on, off again: held-back painting, the keyboard protocol (each screen has its own, so before
leaving the alternate one), the alternate screen, mouse, focus, paste and size reports; cursor and line wrap on; nothing
to read on the screen or in what can be scrolled back to."""
FORGET = "\x1b[3J"
"""Empty what can be scrolled back to."""


def noted() -> Callable[[], None]:
    """Note how the terminal is set now.

    Returns:
        A function that sets it so again; it does nothing where there is no terminal any more.
    """
    return _noted_console() if sys.platform == "win32" else _noted_tty()


def write(sequence: str) -> None:
    """Send a control sequence to the terminal, if there still is one."""
    try:
        if sys.stdout.isatty():
            sys.stdout.write(sequence)
            sys.stdout.flush()
    except (OSError, ValueError):
        return  # its window was closed: there is nothing left to restore


def _noted_tty() -> Callable[[], None]:
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


def _noted_console() -> Callable[[], None]:
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
