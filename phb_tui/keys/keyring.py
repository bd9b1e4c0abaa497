"""Creates and unlocks the key of a store: the interface of this package, besides `passphrase`.

Importing it loads `cryptography`, so callers import it where they use it.
"""

import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

from phb_tui.errors import KeyFileProblem, KeyProblem
from phb_tui.keys import key_wrapping, keyfile
from phb_tui.keys.passphrase import STANDARD, Kdf, check_strength
from phb_tui.system.private_files import make_private_folder, write_private

COPIES: Final = ("keys.json", "keys.json.2")
"""The two copies of the key file, in the order they are written and read."""

_EXISTS: Final = (
    "There is already a key file in this folder, so nothing was changed. "
    "Open the store with its passphrase, or ask your IT team."
)
_NOT_WRITTEN: Final = (
    "The key file could not be written: the disk is full or refuses to be written. Nothing was set up. "
    "Free some space and try again, or ask your IT team."
)
_MISSING: Final = (
    "The key file of this store is missing. "
    "Do not delete anything and do not set the store up again: tell your IT team."
)
_DAMAGED: Final = (
    "Both copies of the key file of this store are damaged or missing. "
    "Do not delete anything and do not set the store up again: tell your IT team."
)
_MEMORY: Final = "There is not enough free memory to unlock the store. Close other programs and try again."
_WIPED: Final = "The store is locked. Type the passphrase again."
_BAD_STORE_ID: Final = "The number of the new store is not one phb-tui can use. Nothing was set up; tell your IT team."


class Keyring:
    """The unlocked data key of one store; its owner calls `wipe`.

    Args:
        file: The authenticated key file.
        user: The user whose slot was opened.
        dek: The data key; the keyring owns it from now on.
    """

    __slots__ = ("_dek", "epoch", "gen", "store_id", "user")

    def __init__(self, file: keyfile.KeyFile, user: str, dek: bytearray) -> None:
        self.store_id = file.store_id
        self.epoch = file.epoch
        self.gen = file.gen
        self.user = user
        self._dek = dek

    def __repr__(self) -> str:
        state = "unlocked" if any(self._dek) else "wiped"
        return f"<Keyring of store {self.store_id}, epoch {self.epoch}, gen {self.gen}, {state}>"

    def database_key(self) -> bytearray:
        """Derive the raw key of the encrypted database.

        Returns:
            32 bytes; the caller wipes them.

        Raises:
            KeyProblem: The keyring has been wiped.
        """
        if not any(self._dek):
            raise KeyProblem(_WIPED)
        return key_wrapping.subkey(self._dek, self.store_id, self.epoch, "db")

    def wipe(self) -> None:
        """Overwrite the data key with zeros; calling it again does nothing."""
        key_wrapping.wipe(self._dek)


@dataclass(frozen=True, slots=True)
class _Copy:
    """One copy of the key file: `data` is None when it is missing, `file` is None when it is damaged."""

    path: Path
    data: bytes | None
    file: keyfile.KeyFile | None


def create(  # noqa: PLR0913 (each is a separate decision of the caller; one is by name only)
    folder: Path, passphrase: str, user: str, now: int, kdf: Kdf = STANDARD, *, store_id: str | None = None
) -> Keyring:
    """Generate the key of a new store and write both copies of its key file.

    Args:
        folder: The store's own folder; created and made private if needed.
        passphrase: As typed; it is checked for strength.
        user: The stable id of the passphrase's user.
        now: Seconds since 1970.
        kdf: The cost parameters of the key derivation.
        store_id: The store's UUID; None to generate one.

    Returns:
        The unlocked keyring.

    Raises:
        PassphraseTooWeak: With a sentence that says what to do instead.
        KeyFileProblem: There is a key file already, or it could not be written.
        KeyProblem: There is too little memory.
    """
    check_strength(passphrase, (user,))
    store_id = str(uuid4()) if store_id is None else store_id
    _refuse_unusable(folder, store_id)
    salt = secrets.token_bytes(keyfile.SALT_BYTES)
    binding = keyfile.Binding(store_id, 1, secrets.token_hex(6), user, kdf, salt)
    dek = bytearray(secrets.token_bytes(key_wrapping.KEY_BYTES))
    try:
        data = _first_file(dek, passphrase, binding, now)
        file = keyfile.parse(data)
        _write_first(folder, data)
    except BaseException:
        key_wrapping.wipe(dek)
        raise
    return Keyring(file, user, dek)


def unlock(folder: Path, passphrase: str) -> Keyring:
    """Unlock the key file with a passphrase, and repair a copy that differs.

    The second copy is used only when the first is missing, damaged or tampered with.

    Args:
        folder: The store's own folder.
        passphrase: As typed.

    Returns:
        The unlocked keyring.

    Raises:
        WrongPassphrase: It does not open this store.
        KeyFileProblem: Neither copy can be used.
        KeyProblem: There is too little memory.
    """
    copies = [_read(folder / name) for name in COPIES]
    if all(copy.data is None for copy in copies):
        raise KeyFileProblem(_MISSING)
    problem = KeyFileProblem(_DAMAGED)
    tried: set[bytes] = set()
    for copy in copies:
        if copy.data is None or copy.file is None or copy.data in tried:
            continue
        tried.add(copy.data)
        try:
            dek, slot = key_wrapping.unwrap_file(copy.file, passphrase)
        except KeyFileProblem as error:
            problem = error
        except MemoryError:
            raise KeyProblem(_MEMORY) from None
        else:
            _repair_copies(copies, copy.data)
            return Keyring(copy.file, slot.binding.user, dek)
    raise problem


def _refuse_unusable(folder: Path, store_id: str) -> None:
    if not keyfile.is_store_id(store_id):
        raise KeyFileProblem(_BAD_STORE_ID)
    if any(os.path.lexists(folder / name) for name in COPIES):
        raise KeyFileProblem(_EXISTS)


def _first_file(dek: bytearray, passphrase: str, binding: keyfile.Binding, now: int) -> bytes:
    try:
        slot = key_wrapping.wrap(dek, passphrase, binding, now)
    except MemoryError:
        raise KeyProblem(_MEMORY) from None
    document = keyfile.new_document(binding.store_id, binding.epoch, 1, [slot.document()])
    return keyfile.encode(document, key_wrapping.mac(dek, document, binding.store_id, binding.epoch))


def _write_first(folder: Path, data: bytes) -> None:
    """Write both copies of a new key file, or none when the disk refuses."""
    paths = [folder / name for name in COPIES]
    try:
        make_private_folder(folder)
        for path in paths:
            write_private(path, data)
    except OSError as error:
        for path in paths:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise KeyFileProblem(_NOT_WRITTEN) from error


def _read(path: Path) -> _Copy:
    """Read one copy; raises `NewerKeyFile` for one of a newer version, so that it is not overwritten."""
    try:
        with path.open("rb") as stream:
            data = stream.read(keyfile.MAX_BYTES + 1)
    except FileNotFoundError:
        return _Copy(path, None, None)
    except OSError:
        return _Copy(path, b"", None)
    try:
        return _Copy(path, data, keyfile.parse(data))
    except keyfile.NewerKeyFile:
        raise
    except KeyFileProblem:
        return _Copy(path, data, None)


def _repair_copies(copies: list[_Copy], good: bytes) -> None:
    """Overwrite copies that differ; a disk error is ignored, because the store can be opened all the same."""
    for copy in copies:
        if copy.data != good:
            with contextlib.suppress(OSError):
                write_private(copy.path, good)
