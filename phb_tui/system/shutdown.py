"""Graceful shutdown on SIGHUP, SIGTERM, a vanished terminal and the Windows console events."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable

CHECK_SECONDS = 2.0
"""How often to check whether the terminal still exists."""


def keep_on_signals(loop: asyncio.AbstractEventLoop, shut_down: Callable[[], None]) -> None:
    """Call `shut_down` when the terminal's window is closed or the system asks the app to end.

    Textual itself handles none of these, on any system.

    Args:
        loop: The running event loop.
        shut_down: Saves everything and ends the process; it is called on the loop's thread.
    """
    if sys.platform == "win32":
        _on_console_close(loop, shut_down)
    else:
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
            loop.add_signal_handler(number, shut_down)
        if os.isatty(0):
            _watch_terminal(loop, shut_down)


def _watch_terminal(loop: asyncio.AbstractEventLoop, shut_down: Callable[[], None]) -> None:
    """Check from time to time whether the terminal exists: the parent process may not have passed on SIGHUP."""
    if os.isatty(0):
        loop.call_later(CHECK_SECONDS, _watch_terminal, loop, shut_down)
    else:
        shut_down()


def _on_console_close(loop: asyncio.AbstractEventLoop, shut_down: Callable[[], None]) -> None:
    """Handle the console's close, logoff and shutdown events; Windows ends the process when the handler returns."""
    import ctypes  # noqa: PLC0415 - only on Windows
    import threading  # noqa: PLC0415

    close, logoff, shutdown = 2, 5, 6
    kind = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint)  # type: ignore[attr-defined, unused-ignore]

    def handler(event: int) -> int:
        if event in {close, logoff, shutdown}:
            loop.call_soon_threadsafe(shut_down)
            threading.Event().wait(5)  # `shut_down` ends the process long before
            return 1
        return 0

    callback = kind(handler)
    keep_on_signals.__dict__["callback"] = (
        callback  # it must not be garbage-collected: Windows calls it until the process ends
    )
    ctypes.windll.kernel32.SetConsoleCtrlHandler(callback, 1)  # type: ignore[attr-defined, unused-ignore]
