"""Server runner: serves central with uvicorn in one process or several workers."""

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
from phb_tui.central.server.factory import central_from_settings, open_storage, send_rates
from phb_tui.central.server.listener import listen
from phb_tui.central.server.settings import ServerSettings, check
from phb_tui.central.server.settings_sources import load

END_SECONDS = 60
"""How long requests in progress may take once central is told to shut down."""


class _Server(uvicorn.Server):
    """A uvicorn server that calls back once it accepts connections."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


@contextmanager
def serve_in_thread(central: Central, port: int = 0, certfile: str = "", keyfile: str = "") -> Iterator[str]:
    """Serve central on a loopback port in a thread; yields its address.

    Args:
        central: Central's services.
        port: The port, 0 for any free one.
        certfile: The TLS certificate, "" for plain http.
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


def serve(settings: ServerSettings, announce: Callable[[str, str], None]) -> None:
    """Serve until a signal ends it; requests in progress are answered first.

    Args:
        settings: The settings.
        announce: Called once it listens, with the address and the one-time login link; "" for none.

    Raises:
        SettingsProblem: The settings, the key or the database cannot be used.
    """
    check(settings)
    listener = listen(settings.host, settings.port)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http{'s' if settings.certfile else ''}://{host}:{listener.getsockname()[1]}"
    settings = settings.model_copy(update={"public_address": settings.public_address or address})
    try:
        if settings.workers > 1:
            _serve_workers(settings, listener, lambda: announce(address, ""))
            return
        storage = open_storage(settings.database.get_secret_value())
        try:
            central = central_from_settings(settings, storage)
            link = f"{central.login.address}{central.login.link.path}" if central.login and central.login.link else ""
            send_rates(storage)
            app = make_app(central)
            _Server(
                _config(app, settings.certfile, settings.keyfile, proxy=settings.proxy), lambda: announce(address, link)
            ).run([listener])
        finally:
            storage.close()
    finally:
        listener.close()


def worker() -> ASGIApp:
    """The application of one process of several, by the settings that the first one put into the environment."""
    settings = load(ServerSettings, {})
    return make_app(central_from_settings(settings, open_storage(settings.database.get_secret_value())))


def _serve_workers(settings: ServerSettings, listener: socket.socket, ready: Callable[[], None]) -> None:
    # What is wrong is said once, and here.
    storage = open_storage(settings.database.get_secret_value())
    try:
        central_from_settings(settings, storage)
        send_rates(storage)
    finally:
        storage.close()
    with tempfile.TemporaryDirectory(prefix="phb-central-") as counted:
        os.environ[metrics.MULTIPROC_DIR] = counted
        settings.to_environment()
        config = _config(
            "phb_tui.central.server.runner:worker",
            settings.certfile,
            settings.keyfile,
            settings.workers,
            settings.proxy,
        )
        ready()
        Multiprocess(config, [listener]).run()


def _config(app: ASGIApp | str, certfile: str, keyfile: str, workers: int = 1, proxy: str = "") -> uvicorn.Config:
    # No access log by uvicorn: it would hold IP addresses; central's own does not. Forwarded headers are trusted from
    # the configured proxy only, or a client could claim another address.
    return uvicorn.Config(
        app, factory=isinstance(app, str), workers=workers, access_log=False, log_level="error", lifespan="off",
        server_header=False, timeout_keep_alive=75, timeout_graceful_shutdown=END_SECONDS,
        ssl_certfile=certfile or None, ssl_keyfile=keyfile or None, proxy_headers=bool(proxy),
        forwarded_allow_ips=proxy or None,
    )  # fmt: skip
