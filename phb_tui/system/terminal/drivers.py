"""Which driver paints and reads here."""

import sys

from textual.driver import Driver


def driver_class() -> type[Driver]:
    """Our driver for this system."""
    if sys.platform == "win32":
        from phb_tui.system.terminal.windows import ConsoleDriver  # noqa: PLC0415 - imports what only Windows has

        return ConsoleDriver
    from phb_tui.system.terminal.posix import PosixDriver  # noqa: PLC0415 - imports what Windows has not

    return PosixDriver
