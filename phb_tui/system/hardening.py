"""Process hardening: no core dumps, no TEXTUAL_* environment, no tracebacks with data."""

import ctypes
import os
import sys
import threading
import types
from collections.abc import Callable

from phb_tui.i18n import _
from phb_tui.system.supervisor import SENTENCES, UNSURE


def quiet_environment() -> None:
    """Remove environment variables that make Textual log input to files: TEXTUAL_LOG and the like."""
    for name in [name for name in os.environ if name.upper().startswith("TEXTUAL")]:
        del os.environ[name]


def no_dumps() -> None:
    """Disable core dumps and memory access by the user's other programs, and make new files private (umask)."""
    if sys.platform == "win32":
        # SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX: no error report with a memory image.
        ctypes.windll.kernel32.SetErrorMode(0x0001 | 0x0002)
    else:
        import resource  # noqa: PLC0415 - not there on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.umask(0o077)
    if sys.platform == "linux":
        pr_set_dumpable = 4
        ctypes.CDLL(None).prctl(pr_set_dumpable, 0, 0, 0, 0)


def quiet_crashes() -> None:
    """Replace Python's exception hooks, so that a crash prints one sentence and no traceback with data."""

    def hook(
        _type: type[BaseException], _error: BaseException | None, _trace: types.TracebackType | None = None
    ) -> None:
        os.write(2, f"{_(SENTENCES[UNSURE])}\n".encode())

    sys.excepthook = hook
    threading.excepthook = lambda _args: None  # the app is not running yet, and needs no thread
    sys.unraisablehook = lambda _unraisable: None


def report_thread_exceptions(failed: Callable[[BaseException], None]) -> None:
    """Report every exception that ends a thread to the app.

    Args:
        failed: Called with the exception, on the thread that ends.
    """

    def hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and args.exc_type is not SystemExit:
            failed(args.exc_value)

    threading.excepthook = hook
