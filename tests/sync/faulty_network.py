"""A network that fails, made of real sockets: it delays, cuts, truncates, stalls, and lets connections overtake."""

import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

PIECE = 4096


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one connection.

    Attributes:
        delay: Seconds before each piece goes on.
        cut_up, cut_down: After how many bytes that way everything is cut off; -1 for never.
        stall: After how many bytes of the answer nothing more comes, with the connection left open; -1 for never.
        late: Whether what was sent arrives only after the next connection's, when nobody waits for it any more.
    """

    delay: float = 0.0
    cut_up: int = -1
    cut_down: int = -1
    stall: int = -1
    late: bool = False


def at_random(chance: random.Random) -> Fault:
    """A fault, or none."""
    match chance.randrange(8):
        case 0:
            return Fault(cut_up=chance.randrange(3_000))
        case 1:
            return Fault(cut_down=chance.randrange(5_000))
        case 2:
            return Fault(stall=chance.choice([0, 10, 300, 2_000]))
        case 3:
            return Fault(late=True)
        case 4:
            return Fault(delay=chance.uniform(0, 0.02))
        case _:
            return Fault()


class Proxy:
    """Stands between laptops and central.

    Args:
        central: Central's address.
        fault: Says what happens to the next connection.
    """

    def __init__(self, central: str, fault: Callable[[], Fault]) -> None:
        parts = urlsplit(central)
        self._central = (str(parts.hostname), int(parts.port or 0))
        self._fault = fault
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._late: list[bytes] = []
        self._open: list[socket.socket] = []
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.connections = 0
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Let go of everything."""
        for one in (self._listener, *self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._thread.join(5)

    def _listen(self) -> None:
        with suppress(OSError):  # closed
            while True:
                laptop, _ = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(laptop, self._fault()), daemon=True).start()

    def _serve(self, laptop: socket.socket, fault: Fault) -> None:
        laptop.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._open.append(laptop)
        if fault.late:
            self._keep_for_later(laptop)
            return
        central = socket.create_connection(self._central)
        central.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._open.append(central)
        up = threading.Thread(target=self._pipe, args=(laptop, central, fault.delay, fault.cut_up, -1), daemon=True)
        up.start()
        self._pipe(central, laptop, fault.delay, fault.cut_down, fault.stall)
        late, self._late = self._late, []
        for words in late:  # overtaken: central gets the earlier request after the later one
            with suppress(OSError), socket.create_connection(self._central) as again:
                again.sendall(words)
                again.settimeout(2)
                again.recv(PIECE)

    def _keep_for_later(self, laptop: socket.socket) -> None:
        found = bytearray()
        laptop.settimeout(0.2)
        with suppress(OSError):
            while piece := laptop.recv(PIECE):
                found += piece
        self._late.append(bytes(found))
        laptop.close()

    @staticmethod
    def _pipe(come: socket.socket, go: socket.socket, delay: float, cut: int, stall: int) -> None:
        done = 0
        with suppress(OSError):
            while piece := come.recv(PIECE):
                time.sleep(delay)
                if 0 <= stall <= done + len(piece):
                    go.sendall(piece[: stall - done])
                    return  # and the connection stays open
                if 0 <= cut <= done + len(piece):
                    go.sendall(piece[: cut - done])
                    break
                go.sendall(piece)
                done += len(piece)
        for one in (come, go):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


@contextmanager
def between(central: str, fault: Callable[[], Fault]) -> Iterator[Proxy]:
    """A proxy for one test."""
    proxy = Proxy(central, fault)
    try:
        yield proxy
    finally:
        proxy.close()
