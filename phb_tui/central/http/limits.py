"""Concurrency limiter with a bounded queue, and a token-bucket rate limiter per client.

On a Monday morning all laptops synchronise at once. Requests then wait in a queue of bounded length; one that finds the
queue full is answered 503 with Retry-After at once.
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
    """The queue is full, or no slot became free in time."""


class RateLimited(Exception):
    """A client has sent too many requests.

    Args:
        seconds: After how many seconds to try again.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = max(1, round(seconds + 0.5))


class ConcurrencyLimiter:
    """Limits how many requests are processed at the same time; others queue.

    Args:
        max_concurrent: How many are processed at the same time.
        max_queued: How many may queue; the next is refused.
        max_queued_bytes: How many bytes of bodies may queue.
        seconds: How long one may queue before it is refused.
        on_queue_change: Called with the queue's length whenever that changes.
    """

    def __init__(
        self, max_concurrent: int, max_queued: int, max_queued_bytes: int, seconds: float,
        on_queue_change: Callable[[int], None] = lambda _: None,
    ) -> None:  # fmt: skip
        self._slots = asyncio.Semaphore(max_concurrent)
        self._max_queued, self._max_queued_bytes, self._seconds = max_queued, max_queued_bytes, seconds
        self._queued_bytes, self._on_queue_change = 0, on_queue_change
        self.waiting = 0
        """The queue's length."""

    @asynccontextmanager
    async def slot(self, size: int = 0) -> AsyncIterator[None]:
        """Wait for a slot and hold it until the end of the block.

        Args:
            size: The size of the request's body, in bytes.

        Raises:
            Overloaded: The queue is full, or no slot became free in time.
        """
        if self.waiting >= self._max_queued or self._queued_bytes + size > self._max_queued_bytes:
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
        self._queued_bytes += size
        self._on_queue_change(self.waiting)


class RateLimiter:
    """Token-bucket rate limiter per client; safe to use from any thread.

    Args:
        burst: The bucket's size: how many requests at once.
        per_second: How many tokens are added per second.
        now: Returns seconds of a monotonic clock.
    """

    MAX_CLIENTS = 20_000
    """How many clients' buckets are kept; the least recently used is dropped first."""

    def __init__(self, burst: int, per_second: float, now: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._per_second, self._now = burst, per_second, now
        self._tokens: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def retry_after(self, client: str) -> float:
        """Take a token for a client; returns 0, or the seconds until there is one."""
        with self._lock:
            now = self._now()
            tokens, at = self._tokens.pop(client, (float(self._burst), now))
            tokens = min(self._burst, tokens + (now - at) * self._per_second)
            wait = 0.0 if tokens >= 1 else (1 - tokens) / self._per_second
            self._tokens[client] = (tokens - 1 if not wait else tokens, now)
            while len(self._tokens) > self.MAX_CLIENTS:
                self._tokens.popitem(last=False)
            return wait

    def check(self, client: str) -> None:
        """Take a token for a client.

        Raises:
            RateLimited: The bucket is empty.
        """
        if wait := self.retry_after(client):
            raise RateLimited(wait)

    def check_address(self, request: Request) -> None:
        """Take a token for the IP address that a request comes from.

        Raises:
            RateLimited: The bucket is empty.
        """
        self.check(request.client.host if request.client else "")


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one central process.

    Attributes:
        max_concurrent: Requests processed at the same time.
        max_queued: Requests that may queue.
        max_queued_bytes: Bytes of bodies that may queue.
        queue_seconds: How long a request may queue; less than a laptop waits for a reply.
        burst, per_second: The rate limit of one laptop.
        unknown_burst, unknown_per_second: The rate limit of one IP address for enrolment, login and requests without a
            valid signature. Many laptops of an organisation can share an address.
    """

    max_concurrent: int = 8
    max_queued: int = 2_000
    max_queued_bytes: int = 512 * 1024 * 1024
    queue_seconds: float = 20.0
    burst: int = 300
    per_second: float = 5.0
    unknown_burst: int = 200
    unknown_per_second: float = 5.0
