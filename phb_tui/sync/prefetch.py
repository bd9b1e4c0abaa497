"""Prefetches the next page of a pull while the current one is being stored."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from types import TracebackType
from typing import Self

from phb_tui.sync.protocol import Central, SyncReply, SyncRequest


class Prefetcher:
    """Wraps `Central` and sends the next request ahead, in a thread.

    A prefetched reply is used only if the next `sync` has the same request, and is discarded otherwise, so an
    interrupted exchange loses nothing.

    Args:
        central: The connection to central; it gets one request at a time.
    """

    def __init__(self, central: Central) -> None:
        self._central = central
        self._thread = ThreadPoolExecutor(1, "phb-ahead")
        self._asked: tuple[SyncRequest, Future[SyncReply]] | None = None

    def __enter__(self) -> Self:
        """Return itself; the thread starts with the first request."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Wait for a request in progress, because the connection is about to be closed."""
        self._thread.shutdown()

    def ask(self, request: SyncRequest) -> None:
        """Send ahead the request that will probably come next."""
        self._asked = request, self._thread.submit(self._central.sync, request)

    def sync(self, request: SyncRequest) -> SyncReply:
        """Central's reply, prefetched if the request is the same but for its page size; see `Central.sync`."""
        if self._asked is None:
            return self._central.sync(request)
        (asked, answer), self._asked = self._asked, None
        if replace(request, page=asked.page) == asked:
            return answer.result()
        answer.exception()  # wait for it first: one request at a time
        return self._central.sync(request)
