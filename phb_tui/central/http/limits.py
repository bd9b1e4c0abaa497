"""Who may come in now: a bounded queue in front of the work, and how often one visitor may ask.

On a Monday morning every laptop comes at once. The work then takes its turn in a queue of known length, and whoever
finds the queue full is told at once when to come again; nobody waits for an answer that cannot come in time.
"""

import asyncio
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.requests import Request


class Overloaded(Exception):
    """There is no room in the queue, or no turn came in time."""


class RateLimited(Exception):
    """A visitor has asked too often.

    Args:
        seconds: When to come again.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = max(1, round(seconds + 0.5))


class ConcurrencyLimiter:
    """Lets so many in at once; others queue.

    Args:
        at_once: How many are let in at once.
        most_waiting: How many may queue; the next is turned away.
        most_held: How many bytes may queue.
        seconds: How long one waits for a turn before being turned away.
        tell: Called with how many queue whenever that changes.
    """

    def __init__(
        self, at_once: int, most_waiting: int, most_held: int, seconds: float,
        tell: Callable[[int], None] = lambda _: None,
    ) -> None:  # fmt: skip
        self._slots = asyncio.Semaphore(at_once)
        self._most_waiting, self._most_held, self._seconds = most_waiting, most_held, seconds
        self._held, self._tell = 0, tell
        self.waiting = 0
        """How many queue now."""

    @asynccontextmanager
    async def slot(self, size: int = 0) -> AsyncIterator[None]:
        """Wait for a turn, and have it until the end of the block.

        Args:
            size: How many bytes wait with it.

        Raises:
            Overloaded: There is none.
        """
        if self.waiting >= self._most_waiting or self._held + size > self._most_held:
            raise Overloaded
        self._queue(1, size)
        try:
            async with asyncio.timeout(self._seconds):
                await self._slots.acquire()
        except TimeoutError:
            raise Overloaded from None
        finally:
            self._queue(-1, -size)
        try:
            yield
        finally:
            self._slots.release()

    def _queue(self, more: int, size: int) -> None:
        self.waiting += more
        self._held += size
        self._tell(self.waiting)


class RateLimiter:
    """How often each visitor may ask: some at once, then so many a second. Only the latest visitors are remembered.

    Any thread may ask it.

    Args:
        at_once: How many a visitor may ask at once.
        a_second: How many a second in the long run.
        now: The time in seconds.
    """

    MAX_CLIENTS = 20_000
    """Visitors that are remembered; whoever has been quiet longest is forgotten first."""

    def __init__(self, at_once: int, a_second: float, now: Callable[[], float] = time.monotonic) -> None:
        self._at_once, self._a_second, self._now = at_once, a_second, now
        self._tokens: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def retry_after(self, visitor: str) -> float:
        """Take one; 0 when the visitor may ask, else in how many seconds they may."""
        with self._lock:
            now = self._now()
            left, at = self._tokens.pop(visitor, (float(self._at_once), now))
            left = min(self._at_once, left + (now - at) * self._a_second)
            wait = 0.0 if left >= 1 else (1 - left) / self._a_second
            self._tokens[visitor] = (left - 1 if not wait else left, now)
            while len(self._tokens) > self.MAX_CLIENTS:
                self._tokens.popitem(last=False)
            return wait

    def check(self, visitor: str) -> None:
        """Take one.

        Raises:
            RateLimited: There is none.
        """
        if wait := self.retry_after(visitor):
            raise RateLimited(wait)

    def check_address(self, request: Request) -> None:
        """Take one for the address that a request comes from.

        Raises:
            RateLimited: There is none.
        """
        self.check(request.client.host if request.client else "")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much central does at once, for each of its processes.

    Attributes:
        at_once: Requests that are worked on together.
        most_waiting: Requests that may queue.
        most_held: Bytes of bodies that may queue.
        seconds: How long a request may queue; less than a laptop waits for an answer.
        burst, a_second: How often one laptop may ask: at once, and in the long run.
        strangers_burst, strangers_a_second: How often one address may ask in vain, or to join. Many laptops of an
            organisation can come from one address.
    """

    max_concurrent: int = 8
    max_queued: int = 2_000
    max_queued_bytes: int = 512 * 1024 * 1024
    queue_seconds: float = 20.0
    burst: int = 300
    per_second: float = 5.0
    unknown_burst: int = 200
    unknown_per_second: float = 5.0
