"""A laptop's store for tests: really encrypted, with a key that was stretched from its passphrase once a process.

Stretching costs a quarter of a second, and unlocking does it in a process of its own. Only tests that are about the
passphrase need that each time: they call `opening` themselves, or type in the app. Making the empty store costs a
fiftieth of a second and is done once a process for each laptop too: the next one of the same name is a copy.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest import mock

from phb_tui.keys import keyfile, keyring, unlock_process
from phb_tui.keys.passphrase import FLOOR, Kdf
from phb_tui.services.session import Joining, Session
from phb_tui.services.start import unlocking
from phb_tui.services.start.uuid7 import new_id
from phb_tui.system.private_files import make_private_folder, write_private


class _KeyFile(NamedTuple):
    data: bytes
    dek: bytes


_create, _unlock = keyring.create, unlock_process.unlock
_key_files: dict[tuple[str, str], _KeyFile] = {}
"""By passphrase and user."""
_opened: dict[tuple[bytes, bytes, str], tuple[str, bytes]] = {}
"""The store's id and the database's key, by both copies of a key file and the passphrase."""


_made: dict[tuple[str, Joining], tuple[str, dict[str, bytes]]] = {}
"""The folder's name and the files of a store that was just set up, by passphrase and joining."""


def set_up(stores: Path, passphrase: str, joining: Joining) -> Path:
    """Make a laptop's store as `unlocking.set_up` does, or copy the one that was made for the same laptop before.

    Returns:
        The store's folder.
    """
    if (passphrase, joining) in _made and unlocking.find_store(stores) is None:
        name, files = _made[passphrase, joining]
        for folder in (stores, stores / name):
            make_private_folder(folder)
        for file, data in files.items():
            (stores / name / file).write_bytes(data)
            (stores / name / file).chmod(0o600)
        return stores / name
    with mock.patch.object(keyring, "create", _copy_key_file):
        made = unlocking.set_up(stores, passphrase, joining, FLOOR)
    _made[passphrase, joining] = made.name, {file.name: file.read_bytes() for file in made.iterdir()}
    return made


def unlock(
    stores: Path,
    passphrase: str,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ids: Callable[[], str] = new_id,
    *,
    allow_expired_lease: bool = False,
) -> Session:
    """Open the store as `unlocking.unlock` does; the same key file and passphrase are stretched once."""
    with mock.patch.object(unlock_process, "unlock", _remembered):
        return unlocking.unlock(stores, passphrase, now, ids, allow_expired_lease=allow_expired_lease)


@contextmanager
def unlocked(
    stores: Path, passphrase: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Iterator[Session]:
    """The laptop, unlocked; its store is closed afterwards."""
    session = unlock(stores, passphrase, now)
    try:
        yield session
    finally:
        session.close()


def _copy_key_file(folder: Path, passphrase: str, user: str, now: int, kdf: Kdf) -> keyring.Keyring:
    """As `keyring.create`, except that laptops of one user and one passphrase have the same key."""
    made = _key_file(passphrase, user, now, kdf)
    make_private_folder(folder)
    for name in keyring.COPIES:
        write_private(folder / name, made.data)
    return keyring.Keyring(keyfile.parse(made.data), user, bytearray(made.dek))


def _key_file(passphrase: str, user: str, now: int, kdf: Kdf) -> _KeyFile:
    """The key file of a user and passphrase, made by `keyring.create` the first time it is asked for."""
    if (passphrase, user) not in _key_files:
        with TemporaryDirectory() as folder:
            ring = _create(Path(folder), passphrase, user, now, kdf)
            data = (Path(folder) / keyring.COPIES[0]).read_bytes()
        _key_files[passphrase, user] = _KeyFile(data, bytes(ring._dek))
        _opened[data, data, passphrase] = ring.store_id, bytes(ring.database_key())
    return _key_files[passphrase, user]


def _remembered(folder: Path, passphrase: str) -> unlock_process.DatabaseKey:
    """As `unlock_process.unlock`; what these copies of a key file and this passphrase gave before is given again."""
    copies = [folder / name for name in keyring.COPIES]
    if not all(copy.is_file() for copy in copies):
        return _unlock(folder, passphrase)
    asked = (copies[0].read_bytes(), copies[1].read_bytes(), passphrase)
    if asked not in _opened:
        found = _unlock(folder, passphrase)
        _opened[asked] = found.store_id, bytes(found.key)
    store_id, key = _opened[asked]
    return unlock_process.DatabaseKey(store_id, bytearray(key))
