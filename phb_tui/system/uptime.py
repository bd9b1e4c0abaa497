"""Uptime of the machine since its last boot, including sleep; setting the clock does not change it."""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

_LINUX_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Uptime:
    """A boot of the machine and the time since then.

    Attributes:
        boot: The boot id; "" when the system has none, and then uptimes cannot be compared.
        seconds: The seconds since that boot, including sleep.
    """

    boot: str
    seconds: float


def read() -> Uptime:
    """The machine's current uptime; an empty one when the system does not provide it."""
    try:
        return _read()
    except (OSError, ValueError, AttributeError):  # the system does not provide it
        return Uptime("", 0.0)


if sys.platform == "win32":

    def _read() -> Uptime:
        import ctypes  # noqa: PLC0415
        import winreg  # noqa: PLC0415

        kernel = ctypes.windll.kernel32
        kernel.GetTickCount64.restype = ctypes.c_ulonglong
        where = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, where) as key:
            number, _kind = winreg.QueryValueEx(key, "BootId")
        return Uptime(str(number), kernel.GetTickCount64() / 1000)

elif sys.platform == "darwin":

    def _read() -> Uptime:
        import ctypes  # noqa: PLC0415

        words, size = ctypes.create_string_buffer(64), ctypes.c_size_t(64)
        found = ctypes.CDLL(None).sysctlbyname(b"kern.bootsessionuuid", words, ctypes.byref(size), None, 0)
        # On macOS CLOCK_MONOTONIC includes sleep; see clock_gettime(3).
        return Uptime("" if found else words.value.decode(), time.clock_gettime(time.CLOCK_MONOTONIC))

else:

    def _read() -> Uptime:
        return Uptime(_LINUX_ID.read_text(encoding="ascii").strip(), time.clock_gettime(time.CLOCK_BOOTTIME))
