"""The `phb-central` command."""

import argparse
import ipaddress
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from platformdirs import user_data_path

from phb_tui import __version__
from phb_tui.central import roles
from phb_tui.central.access import Access
from phb_tui.central.http import Central, make_app
from phb_tui.central.kept import Staff
from phb_tui.central.service import CentralService
from phb_tui.central.storage import Storage
from phb_tui.errors import PhbError, SettingsProblem
from phb_tui.sync import signing

ADDRESS = "http://127.0.0.1:8765"


class _Server(uvicorn.Server):
    """A server that says when it really listens."""

    def __init__(self, central: Central, ready: Callable[[], None]) -> None:
        # No access log: addresses and times of visits are nobody's business either.
        super().__init__(
            uvicorn.Config(
                make_app(central), access_log=False, log_level="error", lifespan="off", server_header=False,
                timeout_keep_alive=75,
            )
        )  # fmt: skip
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


def main(argv: list[str] | None = None) -> None:
    """Run `phb-central`."""
    options = _parse(sys.argv[1:] if argv is None else argv)
    try:
        options.run(options)
    except PhbError as error:
        sys.exit(error.sentence)


def central_on(storage: Storage, key: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Central:
    """Central over a storage.

    Args:
        storage: What it keeps; the caller closes it.
        key: Its private key in hex.
        now: The time.
    """
    public = signing.private_key(key).public_key().public_bytes_raw().hex()
    return Central(CentralService(storage, now, key), Access(storage, now, public), storage)


@contextmanager
def running(central: Central, port: int = 0) -> Iterator[str]:
    """The real service on a loopback port, on a thread; its address.

    Args:
        central: What it speaks for.
        port: The port, 0 for any free one.
    """
    listener = _listen("127.0.0.1", port)
    ready = threading.Event()
    server = _Server(central, ready.set)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


def _serve(options: argparse.Namespace) -> None:
    if not ipaddress.ip_address(options.host).is_loopback:
        raise SettingsProblem(
            "phb-central only listens on this machine. Put a web service with a certificate in front of it."
        )
    listener = _listen(options.host, options.port)
    storage = _storage(options)
    host = f"[{options.host}]" if ":" in options.host else options.host
    address = f"http://{host}:{listener.getsockname()[1]}"
    try:
        central = central_on(storage, _key(options))
        _Server(central, lambda: print(f"Central is listening on {address}", flush=True)).run([listener])
    finally:
        storage.close()
        listener.close()


@contextmanager
def _access(options: argparse.Namespace) -> Iterator[Access]:
    storage = _storage(options)
    try:
        yield central_on(storage, _key(options)).access
    finally:
        storage.close()


def _init(options: argparse.Namespace) -> None:
    if _is_postgres(options.database):
        from phb_tui.central.postgres import make_tables  # noqa: PLC0415 - only where there is one

        make_tables(options.database, options.role, options.parts)
    else:
        _storage(options).close()
    print("The tables are there.")


def _add_team(options: argparse.Namespace) -> None:
    with _access(options) as access:
        access.add_team(options.team_id, options.name)
    print(f"Added the team {options.name}.")


def _staff(options: argparse.Namespace) -> None:
    with _access(options) as access:
        access.add_staff(options.team_id, Staff(options.staff_id, options.name, options.role))
    print(f"{options.name} is a {options.role} in this team.")


def _code(options: argparse.Namespace) -> None:
    with _access(options) as access:
        code = access.make_code(options.address, options.team_id, options.staff_id, options.device)
    print("Give the nurse this joining code. It is shown only once, and is good once within a week:")
    print(code)


def _devices(options: argparse.Namespace) -> None:
    storage = _storage(options)
    try:
        for device in storage.read({options.team_id}, lambda tables: tables.devices(options.team_id)):
            seen = device.seen_at[:16].replace("T", " ") or "never"
            print(
                f"{device.device_id}  {device.state:<8} {device.last_op:>8,} changes  last here {seen}  {device.label}"
            )
    finally:
        storage.close()


def _order(options: argparse.Namespace) -> None:
    with _access(options) as access:
        if options.what == "revoke":
            access.revoke(options.team_id, options.device_id)
        else:
            access.order(options.team_id, options.device_id, options.what)
    print("Done. The laptop is told when it next asks.")


def _storage(options: argparse.Namespace) -> Storage:
    if _is_postgres(options.database):
        from phb_tui.central.postgres import PostgresEngine  # noqa: PLC0415 - only where there is one

        return Storage(PostgresEngine(options.database))
    path = Path(options.database)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    storage = Storage.on_sqlite(path)
    path.chmod(0o600)
    return storage


def _is_postgres(database: str) -> bool:
    return database.startswith(("postgresql://", "postgres://"))


def _key(options: argparse.Namespace) -> str:
    """Central's private key, made at the first start: laptops take orders from whoever has it."""
    path: Path = options.key_file
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


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":  # where it would let two programs share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise SettingsProblem(f"Port {port} is in use. Choose another with --port.") from error
    listener.listen(1024)
    return listener


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="phb-central", description="The service that phb-tui laptops exchange with.")
    parser.add_argument("--version", action="version", version=f"phb-central {__version__}")
    commands = parser.add_subparsers(required=True)

    def command(
        name: str, run: Callable[[argparse.Namespace], None], about: str, *names: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=about)
        for argument in names:
            made.add_argument(argument)
        home = user_data_path("phb-central", False)
        made.add_argument("--database", default=str(home / "central.db"), help="a file, or postgresql://...")
        made.add_argument("--key-file", type=Path, default=home / "central.key", help="central's private key")
        made.set_defaults(run=run)
        return made

    serve = command("serve", _serve, "answer laptops, and show a page of what has arrived")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8765)
    init = command("init", _init, "make the tables, or bring older ones up to date")
    init.add_argument("--role", default="", help="PostgreSQL: the user that central runs as")
    init.add_argument("--parts", type=int, default=0, help="PostgreSQL: divide every table by team into so many parts")
    command("add-team", _add_team, "add a team", "team_id", "name")
    staff = command(
        "staff", _staff, "add somebody to a team, or change their name or role", "team_id", "staff_id", "name"
    )
    staff.add_argument("--role", choices=roles.ROLES, default=roles.NURSE_ADVISOR)
    code = command("code", _code, "print a joining code for somebody's laptop", "team_id", "staff_id")
    code.add_argument("--device", default="", help="a laptop that joins again, by its id")
    code.add_argument("--address", default=ADDRESS, help="where the laptop will find central")
    command("devices", _devices, "list a team's laptops", "team_id")
    for what in ("lock", "release", "wipe", "revoke"):
        command(what, _order, f"{what} a laptop", "team_id", "device_id").set_defaults(what=what)
    return parser.parse_args(argv)
