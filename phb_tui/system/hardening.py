"""What is done before anything else so that nothing a person said leaves the store by a back door."""

import ctypes
import os
import sys
import threading
import types
from collections.abc import Callable

from phb_tui.i18n import _
from phb_tui.system.supervisor import SENTENCES, UNSURE


def quiet_environment() -> None:
    """Forget settings that make Textual write what is typed into files: TEXTUAL_LOG and the like."""
    for name in [name for name in os.environ if name.upper().startswith("TEXTUAL")]:
        del os.environ[name]


def no_dumps() -> None:
    """Keep this process's memory out of core files and away from the user's other programs, where the system can."""
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
    """A mistake of ours prints one sentence, never a traceback: values in it may be a person's words."""

    def hook(
        _type: type[BaseException], _error: BaseException | None, _trace: types.TracebackType | None = None
    ) -> None:
        os.write(2, f"{_(SENTENCES[UNSURE])}\n".encode())

    sys.excepthook = hook
    threading.excepthook = lambda _args: None  # the app is not there yet, and nothing of it depends on a thread
    sys.unraisablehook = lambda _unraisable: None


def tell_of_threads(failed: Callable[[BaseException], None]) -> None:
    """Give the app every error that ended a thread.

    Args:
        failed: Ends the app; it is called on the thread that died.
    """

    def hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and args.exc_type is not SystemExit:
            failed(args.exc_value)

    threading.excepthook = hook
