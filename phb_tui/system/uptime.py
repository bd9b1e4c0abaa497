"""How long the machine has been on since its last start, asleep or awake; setting its clock does not change that."""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

_LINUX_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Uptime:
    """A moment since the machine was started.

    Attributes:
        boot: Which start; "" when the system does not say, and then nothing can be compared.
        seconds: Since then, with the time that the machine slept.
    """

    boot: str
    seconds: float


def read() -> Uptime:
    """Now."""
    try:
        return _read()
    except (OSError, ValueError, AttributeError):  # a system that does not say
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
        # There CLOCK_MONOTONIC goes on while the machine sleeps; clock_gettime(3).
        return Uptime("" if found else words.value.decode(), time.clock_gettime(time.CLOCK_MONOTONIC))

else:

    def _read() -> Uptime:
        return Uptime(_LINUX_ID.read_text(encoding="ascii").strip(), time.clock_gettime(time.CLOCK_BOOTTIME))
