"""How long nobody has been there, by every clock the system has: asleep, some of them stand still."""

import sys
import time


class Idle:
    """Counts since somebody was last there."""

    def __init__(self) -> None:
        self.somebody_is_there()

    def somebody_is_there(self) -> None:
        """Count from now on."""
        self._since = _clocks()

    def seconds(self) -> float:
        """Since somebody was last there, by the clock that says most.

        A clock that is set forward only asks for the passphrase too early; one that is set back is outvoted.
        """
        return max(0.0, *(now - then for now, then in zip(_clocks(), self._since, strict=True)))


def _clocks() -> tuple[float, float, float]:
    """Seconds of the monotonic clock, of the wall clock, and of one that goes on while the laptop is asleep."""
    return time.monotonic(), time.time(), _awake_and_asleep()


def _awake_and_asleep() -> float:
    clock = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}.get(sys.platform)
    # time.monotonic stands still in sleep on Linux and macOS and goes on on Windows.
    return time.clock_gettime(getattr(time, clock)) if clock else time.monotonic()
