"""The `phb-central` command."""

import argparse
import ipaddress
import json
import secrets
import socket
import sys
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from platformdirs import user_data_path

from phb_tui import __version__
from phb_tui.central.http import make_app, token_hash
from phb_tui.central.service import CentralService
from phb_tui.central.storage import Storage
from phb_tui.errors import PhbError, SettingsProblem


class _Server(uvicorn.Server):
    """A server that says when it really listens."""

    def __init__(self, storage: Storage, ready: Callable[[], None]) -> None:
        app = make_app(CentralService(storage, _now), storage)
        # No access log: addresses and times of visits are nobody's business either.
        super().__init__(uvicorn.Config(app, access_log=False, log_level="error", lifespan="off", server_header=False))
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


@contextmanager
def running(storage: Storage, port: int = 0) -> Iterator[str]:
    """The real service on a loopback port, on a thread; its address.

    Args:
        storage: What it keeps; the caller closes it.
        port: The port, 0 for any free one.
    """
    listener = _listen("127.0.0.1", port)
    ready = threading.Event()
    server = _Server(storage, ready.set)
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
        _Server(storage, lambda: print(f"Central is listening on {address}", flush=True)).run([listener])
    finally:
        storage.close()
        listener.close()


def _add_team(options: argparse.Namespace) -> None:
    storage = _storage(options)
    try:
        if options.team_id in {team.team_id for team in storage.teams()}:
            raise SettingsProblem("There is a team with this id already.")
        storage.add_team(options.team_id, options.name)
    finally:
        storage.close()
    print(f"Added the team {options.name}.")


def _add_device(options: argparse.Namespace) -> None:
    token = secrets.token_urlsafe(32)
    storage = _storage(options)
    try:
        if options.team_id not in {team.team_id for team in storage.teams()}:
            raise SettingsProblem("There is no team with this id. Add it first with: phb-central add-team")
        if storage.device(options.team_id, options.device_id):
            raise SettingsProblem("There is a laptop with this id already. Choose another id.")
        storage.add_device(options.team_id, options.device_id, options.label, token_hash(token))
    finally:
        storage.close()
    print("Give the nurse this joining code. It is shown only once:")
    print(joining_code(options.address, options.team_id, options.device_id, token))


def joining_code(address: str, team_id: str, device_id: str, token: str) -> str:
    """What a nurse pastes to set up a laptop: where central is and who the laptop is there."""
    words = json.dumps([address, team_id, device_id, token])
    return "phb1." + urlsafe_b64encode(words.encode()).decode().rstrip("=")


def _storage(options: argparse.Namespace) -> Storage:
    path: Path = options.database
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    storage = Storage.on_sqlite(path)
    path.chmod(0o600)
    return storage


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
    listener.listen(128)
    return listener


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="phb-central", description="The service that phb-tui laptops exchange with.")
    parser.add_argument("--version", action="version", version=f"phb-central {__version__}")
    commands = parser.add_subparsers(required=True)
    serve = commands.add_parser("serve", help="answer laptops, and show a page of what has arrived")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8765)
    serve.set_defaults(run=_serve)
    team = commands.add_parser("add-team", help="add a team")
    team.add_argument("team_id")
    team.add_argument("name")
    team.set_defaults(run=_add_team)
    device = commands.add_parser("add-device", help="add a laptop and print its joining code")
    device.add_argument("team_id")
    device.add_argument("device_id")
    device.add_argument("label")
    device.add_argument("--address", default="http://127.0.0.1:8765", help="where the laptop will find central")
    device.set_defaults(run=_add_device)
    for command in (serve, team, device):
        command.add_argument("--database", type=Path, default=user_data_path("phb-central", False) / "central.db")
    return parser.parse_args(argv)
