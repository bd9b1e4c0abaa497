"""The ways an operating system ends a program, each made to keep everything first."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable

LOOK_SECONDS = 2.0
"""How long a terminal can be gone before it is noticed."""


def keep_on_signals(loop: asyncio.AbstractEventLoop, gone: Callable[[], None]) -> None:
    """Call `gone` when the terminal's window is closed or the system asks the app to end.

    Textual runs nothing of its own then, on any system.

    Args:
        loop: The running event loop.
        gone: Keeps everything and ends the process; it is called on the loop's thread.
    """
    if sys.platform == "win32":
        _on_console_close(loop, gone)
    else:
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
            loop.add_signal_handler(number, gone)
        if os.isatty(0):
            _watch_terminal(loop, gone)


def _watch_terminal(loop: asyncio.AbstractEventLoop, gone: Callable[[], None]) -> None:
    """Look now and then whether the terminal is there: whoever started us may have kept the signal to itself."""
    if os.isatty(0):
        loop.call_later(LOOK_SECONDS, _watch_terminal, loop, gone)
    else:
        gone()


def _on_console_close(loop: asyncio.AbstractEventLoop, gone: Callable[[], None]) -> None:
    """Windows tells a console program on a thread of its own and ends it when that thread returns."""
    import ctypes  # noqa: PLC0415 - only on Windows
    import threading  # noqa: PLC0415

    close, logoff, shutdown = 2, 5, 6
    kind = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint)  # type: ignore[attr-defined, unused-ignore]

    def handler(event: int) -> int:
        if event in {close, logoff, shutdown}:
            loop.call_soon_threadsafe(gone)
            threading.Event().wait(5)  # `gone` ends the process long before
            return 1
        return 0

    callback = kind(handler)
    keep_on_signals.__dict__["callback"] = callback  # Windows calls it for as long as the process lives
    ctypes.windll.kernel32.SetConsoleCtrlHandler(callback, 1)  # type: ignore[attr-defined, unused-ignore]
