"""Builds central from its settings: storage, key, services, login."""

import gc
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from phb_tui.central.admin.devices import DeviceRegistry
from phb_tui.central.api.context import Central
from phb_tui.central.auth import login_settings
from phb_tui.central.exchange.bundle_service import BundleService
from phb_tui.central.exchange.money.panel import PanelDecisions
from phb_tui.central.exchange.own_changes import OwnChanges
from phb_tui.central.exchange.restored_device import DeviceSuccession
from phb_tui.central.exchange.sync_service import SyncService
from phb_tui.central.exchange.version_guard import LawFigures
from phb_tui.central.http import json_log
from phb_tui.central.http.limits import Limits
from phb_tui.central.server.login_factory import link_login, oidc_login
from phb_tui.central.server.settings import ServerSettings, is_postgres
from phb_tui.central.storage.repository import Storage
from phb_tui.content import rates
from phb_tui.errors import SettingsProblem
from phb_tui.sync import signing


def now() -> datetime:
    """The current time in UTC."""
    return datetime.now(UTC)


def build_central(
    storage: Storage,
    key: str,
    now: Callable[[], datetime] = now,
    log: json_log.JsonLog | None = None,
    limits: Limits | None = None,
) -> Central:
    """Build central's services over a storage.

    Args:
        storage: The storage; the caller closes it.
        key: Central's private key in hex.
        now: Returns the current time.
        log: The JSON log; None for no log.
        limits: Of concurrency and request rates.
    """
    service = SyncService(storage, now, key, law_figures())
    access = DeviceRegistry(storage, now, signing.public_key(key))
    bundles, successions = BundleService(service, access, key), DeviceSuccession(storage, now)
    panel = PanelDecisions(storage, now)
    return Central(service, access, bundles, successions, panel, storage, log or json_log.JsonLog(), limits or Limits())


def central_from_settings(settings: ServerSettings, storage: Storage) -> Central:
    """Build central with the log and the login of its settings.

    Raises:
        SettingsProblem: Its key or its login cannot be used.
    """
    log = json_log.to_stderr() if settings.log else None
    key, sign_in = read_key(Path(settings.key_file)), settings.oidc()
    central = build_central(storage, key, log=log)
    if sign_in is not None:
        central = replace(central, login=oidc_login(sign_in, key, now))
    elif settings.link_for:
        central = replace(
            central, login=link_login(settings.link_for, login_settings.origin(settings.public_address), key, now)
        )
    gc.collect()
    gc.freeze()  # modules and services stay for ever; collecting them again and again delayed requests by 30 ms
    gc.set_threshold(100_000, 50, 100)  # a request makes thousands of tuples and no reference cycles
    return central


def law_figures() -> LawFigures:
    """The figures of the law that ship with this version, and how to read others."""
    return LawFigures(rates.shipped(), lru_cache(maxsize=10)(rates.from_text))


def send_rates(storage: Storage) -> None:
    """Write the figures of the law that ship with this version for every team that has older ones.

    Raises:
        CentralBusy: The database cannot be used now.
    """
    OwnChanges(storage, now).write_rates(rates.shipped().version, rates.shipped_text())


def open_storage(database: str) -> Storage:
    """Open central's storage: a postgresql:// address or the path of a SQLite file.

    Raises:
        SettingsProblem: The database cannot be used.
    """
    if is_postgres(database):
        from phb_tui.central.storage.postgres import PostgresEngine  # noqa: PLC0415 - only with PostgreSQL

        return Storage(PostgresEngine(database))
    path = Path(database)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        storage = Storage.on_sqlite(path)
        path.chmod(0o600)
    except OSError as error:
        raise SettingsProblem(f"Central's database cannot be used: {error.strerror}. See --database.") from error
    return storage


def read_key(path: Path) -> str:
    """Central's private key in hex, generated at the first start; laptops carry out commands signed with it.

    Raises:
        SettingsProblem: The file is damaged, or cannot be read or made.
    """
    try:
        if path.exists():
            words = path.read_text(encoding="ascii", errors="replace").strip()
            if not re.fullmatch(r"[0-9a-f]{64}", words):  # 32 bytes in hex
                raise SettingsProblem("Central's key file is damaged. Put it back from your backup.")
            return words
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        key, _public = signing.new_key()
        path.write_text(f"{key}\n", encoding="ascii")
    except OSError as error:
        raise SettingsProblem(f"Central's key file cannot be used: {error.strerror}. See --key-file.") from error
    return key
