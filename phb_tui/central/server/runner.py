"""Central as a running service: where it listens, with which certificate, by how many processes, and how it ends."""

import gc
import json
import os
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

from phb_tui.central.admin.devices import Access
from phb_tui.central.api.sync import Central, Limits, make_app
from phb_tui.central.auth import login_settings
from phb_tui.central.auth.login_settings import SECRET, SignIn, is_here
from phb_tui.central.exchange.bundle_service import Bundles
from phb_tui.central.exchange.restored_device import Successions
from phb_tui.central.exchange.sync_service import CentralService
from phb_tui.central.http import json_log, metrics
from phb_tui.central.server.login_factory import door, door_by_link
from phb_tui.central.storage.repository import Storage
from phb_tui.errors import SettingsProblem
from phb_tui.sync import signing

ENVIRONMENT = "PHB_CENTRAL_WORKER"
"""The environment's name for what a process that was started to help needs to know."""
END_SECONDS = 60
"""How long requests under way may take to be answered once central is told to end."""


@dataclass(frozen=True, slots=True)
class Serving:
    """How central is served.

    Attributes:
        database: A file, or postgresql://...
        key_file: Central's private key.
        host: Where to listen.
        port: The port; 0 for any free one.
        certfile, keyfile: Its certificate and that one's key; "" for none.
        workers: How many processes.
        log: Whether to write its log to the standard error.
        issuer: The address of the provider that people sign in with; "" when nobody signs in.
        client_id: What the provider calls central.
        claim: Which of the provider's words about somebody is their name here.
        public_address: Central's own address, as people's browsers know it; "" for the one it listens on.
        link_for: Whom a link signs in that is good once, where there is no provider; "" for nobody.
        proxy: The address of a web service in front of central, which says for whom it asks; "" for none.
    """

    database: str
    key_file: str
    host: str = "127.0.0.1"
    port: int = 8765
    certfile: str = ""
    keyfile: str = ""
    workers: int = 1
    log: bool = False
    issuer: str = ""
    client_id: str = ""
    claim: str = "sub"
    public_address: str = ""
    link_for: str = ""
    proxy: str = ""

    def sign_in(self) -> SignIn | None:
        """How people sign in; None when nobody does."""
        if not self.issuer:
            return None
        secret = os.environ.get(SECRET, "")
        return SignIn(self.issuer, self.client_id, login_settings.origin(self.public_address), self.claim, secret)


class _Server(uvicorn.Server):
    """A server that says when it really listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def central_on(
    storage: Storage,
    key: str,
    now: Callable[[], datetime] = now,
    log: json_log.Log | None = None,
    limits: Limits | None = None,
) -> Central:
    """Central over a storage.

    Args:
        storage: What it keeps; the caller closes it.
        key: Its private key in hex.
        now: The time.
        log: Where its log goes; nowhere when there is none.
        limits: How much it does at once.
    """
    service, access = CentralService(storage, now, key), Access(storage, now, signing.public_key(key))
    bundles, successions = Bundles(service, access, key), Successions(storage, now)
    return Central(service, access, bundles, successions, storage, log or json_log.Log(), limits or Limits())


@contextmanager
def running(central: Central, port: int = 0, certfile: str = "", keyfile: str = "") -> Iterator[str]:
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


def serve(how: Serving, said: Callable[[str, str], None]) -> None:
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
    how = replace(how, public_address=how.public_address or address)
    try:
        if how.workers > 1:
            _serve_by_many(how, listener, lambda: said(address, ""))
            return
        storage = open_storage(how.database)
        try:
            central = _central(how, storage)
            link = f"{central.door.address}{central.door.link.path}" if central.door and central.door.link else ""
            app = make_app(central)
            _Server(_config(app, how.certfile, how.keyfile, proxy=how.proxy), lambda: said(address, link)).run(
                [listener]
            )
        finally:
            storage.close()
    finally:
        listener.close()


def check(how: Serving) -> None:
    """Refuse a way to serve that would send a person's words unencrypted, or that cannot work.

    Raises:
        SettingsProblem: Why.
    """
    if not how.certfile and not is_here(how.host):
        raise SettingsProblem(
            "Without a certificate central only listens on this machine. Give it one with --certfile, or put a web "
            "service that has one in front of it."
        )
    scheme = "https" if how.certfile else "http"
    host = f"[{how.host}]" if ":" in how.host else how.host
    if sign_in := replace(how, public_address=how.public_address or f"{scheme}://{host}").sign_in():
        login_settings.check(sign_in)
    if how.link_for:
        address = login_settings.origin(how.public_address or f"{scheme}://{host}")
        login_settings.check_link(address, alone=not how.issuer and how.workers == 1)
    for name in filter(None, (how.certfile, how.keyfile)):
        if not Path(name).is_file():
            raise SettingsProblem("The certificate or its key is not there. Check --certfile and --keyfile.")
    if how.workers > 1 and not is_postgres(how.database):
        raise SettingsProblem("Several workers need PostgreSQL: in a file only one can write. See --database.")


def worker() -> ASGIApp:
    """The application of one process of several."""
    how = Serving(**json.loads(os.environ[ENVIRONMENT]))
    return make_app(_central(how, open_storage(how.database)))


def _serve_by_many(how: Serving, listener: socket.socket, ready: Callable[[], None]) -> None:
    _central(how, open_storage(how.database)).storage.close()  # what is wrong is said once, and here
    with tempfile.TemporaryDirectory(prefix="phb-central-") as counted:
        os.environ[metrics.SEVERAL] = counted
        os.environ[ENVIRONMENT] = json.dumps(asdict(how))
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


def _central(how: Serving, storage: Storage) -> Central:
    log = json_log.to_stderr() if how.log else None
    key, sign_in = read_key(Path(how.key_file)), how.sign_in()
    central = central_on(storage, key, log=log)
    if sign_in is not None:
        central = replace(central, door=door(sign_in, key, now))
    elif how.link_for:
        central = replace(central, door=door_by_link(how.link_for, login_settings.origin(how.public_address), key, now))
    gc.collect()
    gc.freeze()  # what is here now stays; to look through it again and again held requests up for 30 ms each time
    gc.set_threshold(100_000, 50, 100)  # and a request makes thousands of tuples, none of which is ever in a circle
    return central


def open_storage(database: str) -> Storage:
    """Central's storage at an address.

    Raises:
        SettingsProblem: It cannot be used.
    """
    if is_postgres(database):
        from phb_tui.central.storage.postgres import PostgresEngine  # noqa: PLC0415 - only where there is one

        return Storage(PostgresEngine(database))
    path = Path(database)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    storage = Storage.on_sqlite(path)
    path.chmod(0o600)
    return storage


def is_postgres(database: str) -> bool:
    """Whether an address is PostgreSQL's."""
    return database.startswith(("postgresql://", "postgres://"))


def read_key(path: Path) -> str:
    """Central's private key in hex, made at the first start: laptops take orders from whoever has it.

    Raises:
        SettingsProblem: The file is damaged.
    """
    if path.exists():
        words = path.read_text(encoding="ascii").strip()
        if len(words) != 64:  # noqa: PLR2004 - 32 bytes in hex
            raise SettingsProblem("Central's key file is damaged. Put it back from your backup.")
        return words
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    key, _public = signing.new_key()
    path.write_text(f"{key}\n", encoding="ascii")
    return key


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        SettingsProblem: The port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With its protocol named, for asyncio turns off the waiting for more to send (40 ms an answer) only then.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":  # where it would let two programs share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise SettingsProblem(f"Port {port} is in use. Choose another with --port.") from error
    listener.listen(4096)
    return listener
