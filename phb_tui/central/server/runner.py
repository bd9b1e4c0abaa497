"""Runs central: in one process or several, with which certificate, and how it ends."""

import os
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

from phb_tui.central.api.context import Central
from phb_tui.central.http import metrics
from phb_tui.central.server.app import make_app
from phb_tui.central.server.factory import central_from_settings, open_storage
from phb_tui.central.server.listener import listen
from phb_tui.central.server.settings import ServerSettings, check
from phb_tui.central.server.settings_sources import load

END_SECONDS = 60
"""How long requests under way may take to be answered once central is told to end."""


class _Server(uvicorn.Server):
    """A server that says when it really listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


@contextmanager
def serve_in_thread(central: Central, port: int = 0, certfile: str = "", keyfile: str = "") -> Iterator[str]:
    """The real service on a loopback port, on a thread; its address.

    Args:
        central: What it speaks for.
        port: The port, 0 for any free one.
        certfile: Its certificate, "" for none.
        keyfile: The certificate's key, "" when it is in the same file.
    """
    listener = listen("127.0.0.1", port)
    ready = threading.Event()
    server = _Server(_config(make_app(central), certfile, keyfile), ready.set)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield f"http{'s' if certfile else ''}://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


def serve(how: ServerSettings, said: Callable[[str, str], None]) -> None:
    """Serve until told to end; requests under way are answered first.

    Args:
        how: How.
        said: Called once it listens, with the address and with the link that signs somebody in; "" for none.

    Raises:
        SettingsProblem: It cannot be served like this.
    """
    check(how)
    listener = listen(how.host, how.port)
    host = f"[{how.host}]" if ":" in how.host else how.host
    address = f"http{'s' if how.certfile else ''}://{host}:{listener.getsockname()[1]}"
    how = how.model_copy(update={"public_address": how.public_address or address})
    try:
        if how.workers > 1:
            _serve_workers(how, listener, lambda: said(address, ""))
            return
        storage = open_storage(how.database.get_secret_value())
        try:
            central = central_from_settings(how, storage)
            link = f"{central.login.address}{central.login.link.path}" if central.login and central.login.link else ""
            app = make_app(central)
            _Server(_config(app, how.certfile, how.keyfile, proxy=how.proxy), lambda: said(address, link)).run(
                [listener]
            )
        finally:
            storage.close()
    finally:
        listener.close()


def worker() -> ASGIApp:
    """The application of one process of several, by the settings that the first one put into the environment."""
    how = load(ServerSettings, {})
    return make_app(central_from_settings(how, open_storage(how.database.get_secret_value())))


def _serve_workers(how: ServerSettings, listener: socket.socket, ready: Callable[[], None]) -> None:
    # What is wrong is said once, and here.
    central_from_settings(how, open_storage(how.database.get_secret_value())).storage.close()
    with tempfile.TemporaryDirectory(prefix="phb-central-") as counted:
        os.environ[metrics.MULTIPROC_DIR] = counted
        how.to_environment()
        config = _config("phb_tui.central.server.runner:worker", how.certfile, how.keyfile, how.workers, how.proxy)
        ready()
        Multiprocess(config, [listener]).run()


def _config(app: ASGIApp | str, certfile: str, keyfile: str, workers: int = 1, proxy: str = "") -> uvicorn.Config:
    # No access log of uvicorn's: it would hold addresses; central's own does not. What anybody says about who asks is
    # believed from the web service that was named and from nobody else, or a visitor could ask as somebody else.
    return uvicorn.Config(
        app, factory=isinstance(app, str), workers=workers, access_log=False, log_level="error", lifespan="off",
        server_header=False, timeout_keep_alive=75, timeout_graceful_shutdown=END_SECONDS,
        ssl_certfile=certfile or None, ssl_keyfile=keyfile or None, proxy_headers=bool(proxy),
        forwarded_allow_ips=proxy or None,
    )  # fmt: skip
