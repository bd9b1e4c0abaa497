"""Idle time since the last input, by several clocks, because some of them stop while the laptop sleeps."""

import sys
import time


class Idle:
    """Measures the time since the last input."""

    def __init__(self) -> None:
        self.somebody_is_there()

    def somebody_is_there(self) -> None:
        """Start measuring again, because there was input."""
        self._since = _clocks()

    def seconds(self) -> float:
        """Seconds since the last input, by the clock that has advanced most.

        A clock that is set forward only locks the app too early; one that is set back has no effect.
        """
        return max(0.0, *(now - then for now, then in zip(_clocks(), self._since, strict=True)))


def _clocks() -> tuple[float, float, float]:
    """Seconds of the monotonic clock, of the wall clock, and of one that also runs while the laptop sleeps."""
    return time.monotonic(), time.time(), _clock_with_sleep()


def _clock_with_sleep() -> float:
    clock = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}.get(sys.platform)
    # time.monotonic stops during sleep on Linux and macOS, and runs on Windows.
    return time.clock_gettime(getattr(time, clock)) if clock else time.monotonic()
