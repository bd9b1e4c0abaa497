"""What is done before anything else so that nothing a person said leaves the store by a back door."""

import ctypes
import os
import sys
import threading
import types

from phb_tui.supervisor import CRASH_SENTENCE


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
        os.write(2, f"{CRASH_SENTENCE}\n".encode())

    sys.excepthook = hook
    threading.excepthook = lambda args: None if args.exc_type is SystemExit else hook(args.exc_type, args.exc_value)
    sys.unraisablehook = lambda _unraisable: None
