"""Asking central for the next page while this one is being kept: the network, central and the disk work together."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from types import TracebackType
from typing import Self

from phb_tui.sync.protocol import Central, SyncReply, SyncRequest


class Prefetcher:
    """Central, asked one request ahead.

    What is asked ahead changes nothing here, so an exchange that breaks off in between loses nothing: the answer is
    used only if the exchange really comes to ask the same, and is dropped if it asks something else.

    Args:
        central: Who to ask; never more than one request at a time.
    """

    def __init__(self, central: Central) -> None:
        self._central = central
        self._thread = ThreadPoolExecutor(1, "phb-ahead")
        self._asked: tuple[SyncRequest, Future[SyncReply]] | None = None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Wait for what is still under way, for the connection is about to be closed."""
        self._thread.shutdown()

    def ask(self, request: SyncRequest) -> None:
        """Ask for what will probably be asked next."""
        self._asked = request, self._thread.submit(self._central.sync, request)

    def sync(self, request: SyncRequest) -> SyncReply:
        """Central's answer; see `Central.sync`. How large a page is does not matter."""
        if self._asked is None:
            return self._central.sync(request)
        (asked, answer), self._asked = self._asked, None
        if replace(request, page=asked.page) == asked:
            return answer.result()
        answer.exception()  # its turn first: one request at a time
        return self._central.sync(request)
