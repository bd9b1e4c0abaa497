"""Selects the terminal driver of the operating system."""

import sys

from textual.driver import Driver


def driver_class() -> type[Driver]:
    """The driver class for this operating system."""
    if sys.platform == "win32":
        from phb_tui.system.terminal.windows import ConsoleDriver  # noqa: PLC0415 - Windows only

        return ConsoleDriver
    from phb_tui.system.terminal.posix import PosixDriver  # noqa: PLC0415 - not on Windows

    return PosixDriver
