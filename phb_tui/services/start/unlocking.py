"""Setting a laptop up and unlocking it."""

import contextlib
import shutil
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from phb_tui import errors
from phb_tui.content.preload import preload
from phb_tui.content.steps import load
from phb_tui.keys import unlock_process
from phb_tui.services.records import draft_recovery
from phb_tui.services.session import Joining, Nurse, Session
from phb_tui.services.start.uuid7 import new_id
from phb_tui.services.sync import device_lock
from phb_tui.store import disk_reserve, encrypted_store, key_values
from phb_tui.store.disk_reserve import DiskReserve
from phb_tui.system import print_folder, removable_drives
from phb_tui.system.private_files import make_private_folder

if TYPE_CHECKING:
    from phb_tui.keys.keyring import Keyring
    from phb_tui.keys.passphrase import Kdf


def find_store(stores: Path) -> Path | None:
    """The folder of this laptop's store; None before set-up."""
    found = sorted(folder for folder in stores.iterdir() if folder.is_dir()) if stores.is_dir() else []
    return found[0] if found else None


def set_up(stores: Path, passphrase: str, joining: Joining, kdf: "Kdf | None" = None) -> Path:
    """Make this laptop's key file and empty store.

    Args:
        stores: The folder with one folder for each store.
        passphrase: What will open it; its strength was checked.
        joining: What the team lead gave, which says whose laptop it is.
        kdf: How hard guessing is made; the standard unless a test or the demo asks for less.

    Returns:
        The store's folder.

    Raises:
        KeyProblem, StoreProblem: Each with a sentence; nothing half-made is left.
    """
    if find_store(stores):
        raise errors.StoreProblem("This laptop is set up already. Close phb-tui and start it again.")
    from phb_tui.keys import keyring  # noqa: PLC0415 - once in a laptop's life; unlocking needs none of it here
    from phb_tui.keys.passphrase import STANDARD  # noqa: PLC0415

    make_private_folder(stores)
    making = stores.parent / f"making-{uuid.uuid4()}"
    make_private_folder(making)
    try:
        ring = keyring.create(making, passphrase, joining.nurse.id, int(datetime.now(UTC).timestamp()), kdf or STANDARD)
        _create_store(making, ring, joining)
        DiskReserve(making).make()
        folder = stores / ring.store_id
        making.rename(folder)  # only a whole store ever appears under its name
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    return folder


def _create_store(making: Path, ring: "Keyring", joining: Joining) -> None:
    """Make the empty store beside its key file; the ring is of no use afterwards."""
    from phb_tui.sync import signing  # noqa: PLC0415 - once in a laptop's life

    try:
        about = {
            "store_id": ring.store_id,
            "nurse_id": joining.nurse.id,
            "nurse_name": joining.nurse.name,
            "nurse_role": joining.nurse.role,
            "team_id": joining.team_id,
            "device_id": joining.device_id,
            "central": joining.address,
            "central_key": joining.central_key,
            "code": joining.code,
            "device_key": signing.new_key()[0],
        }
        encrypted_store.create(making, ring.database_key(), about)
    finally:
        ring.wipe()


def unlock(
    stores: Path,
    passphrase: str,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ids: Callable[[], str] = new_id,
    *,
    allow_expired_lease: bool = False,
) -> Session:
    """Open the store and keep what was being typed when the laptop last stopped.

    Args:
        stores: The folder with one folder for each store.
        passphrase: What opens it.
        now: The time.
        ids: Makes a new record's id.
        allow_expired_lease: Whether a laptop whose offline lease has expired is opened all the same, for a caller that
            shows only the overdue screen; `device_lock.is_lease_expired_only` says so.

    Raises:
        WrongPassphrase, KeyFileProblem, StoreProblem: Each with a sentence.
        LaptopLocked: The team lead locked it, or it was without central for too long, and neither central nor an
            answer on a stick says anything else.
    """
    folder = find_store(stores)
    if folder is None:
        raise errors.StoreMissing("This laptop is not set up yet.")
    with ThreadPoolExecutor(1, "content") as beside:  # deriving the key takes longer, in a process of its own
        reading = beside.submit(preload)
        found = unlock_process.unlock(folder, passphrase)
    reading.result()
    try:
        store = encrypted_store.open_store(folder, found.key)
    finally:
        found.key[:] = bytes(len(found.key))
    try:
        disk_reserve.hold(store.db, folder)
        nurse = Nurse(*(key_values.get(store.db, f"nurse_{name}") for name in ("id", "name", "role")))
        team_id, device_id = key_values.get(store.db, "team_id"), key_values.get(store.db, "device_id")
        copies = print_folder.CopiesFolder(print_folder.places(stores.parent))
        session = Session(store, nurse, team_id, device_id, load(), now, ids, copies)
        if device_lock.lock_reason(session, store.db):
            _ask_central(session, allow_expired_lease=allow_expired_lease)
        return replace(session, recovered=draft_recovery.recover(session))
    except BaseException:
        store.close()
        raise


def _ask_central(session: Session, *, allow_expired_lease: bool) -> None:
    """Ask central whether a locked laptop may be used again. What waits on it is sent meanwhile.

    Raises:
        LaptopLocked: It may not, or central cannot be reached and no stick holds its answer.
    """
    from phb_tui.services.sync import sync_service, usb_exchange  # noqa: PLC0415 - seldom

    with contextlib.suppress(errors.SyncProblem, errors.LaptopLocked):  # what counts is whether it still is, afterwards
        sync_service.sync_now(session, lambda _: None)
    if allow_expired_lease and device_lock.is_lease_expired_only(session, session.store.db):
        return
    for drive in removable_drives.removable_drives() if device_lock.lock_reason(session, session.store.db) else ():
        # Nobody can choose a folder on a locked laptop; an answer on a stick that is in is looked for.
        with contextlib.suppress(errors.PhbError):
            usb_exchange.read(session, str(drive))
    device_lock.require_unlocked(session, session.store.db)
