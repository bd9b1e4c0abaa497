"""Key wrapping: derives keys from the passphrase, wraps the data key, and authenticates the key file. No file access.

passphrase --Argon2id--> root --HKDF-Expand--> wrapping key --AES-256-GCM--> data key
                              --HKDF-Expand--> commitment (is this the right passphrase?)
data key --HKDF--> the database's key, the key file's MAC key
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from phb_tui.errors import KeyFileProblem, WrongPassphrase
from phb_tui.keys import passphrase as stretching
from phb_tui.keys.keyfile import COMMIT_BYTES, NONCE_BYTES, Binding, Json, KeyFile, PassphraseSlot, signed_part

KEY_BYTES: Final = 32

_WRAP: Final = b"phb/slot-wrap/v1"
_COMMIT: Final = b"phb/slot-commit/v1"
_WRONG: Final = "Passphrase not recognised. Check Caps Lock and try again."
_TAMPERED: Final = (
    "The key file of this store has been changed by something other than phb-tui, so it was not used. "
    "Do not delete anything: tell your IT team."
)


def wipe(*secret: bytearray) -> None:
    """Overwrite key material with zeros, in place."""
    for buffer in secret:
        buffer[:] = bytes(len(buffer))


def subkey(dek: bytearray, store_id: str, epoch: int, label: str) -> bytearray:
    """A key for one purpose, derived from the data key.

    Args:
        dek: The data key.
        store_id: The store; its 16 bytes are the salt.
        epoch: Counts the store's data keys.
        label: The purpose.

    Returns:
        32 bytes; the caller wipes them.
    """
    key = bytearray(KEY_BYTES)
    info = f"phb/{label}/v1/epoch={epoch}".encode()
    HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=UUID(store_id).bytes, info=info).derive_into(dek, key)
    return key


def wrap(dek: bytearray, passphrase: str, binding: Binding, created: int) -> PassphraseSlot:
    """Wrap the data key in a new slot.

    Args:
        dek: The data key.
        passphrase: As typed.
        binding: What the slot is bound to; its salt must be fresh, as each wrapping key is used once.
        created: Seconds since 1970.

    Returns:
        The slot.
    """
    key, commit = _derive(passphrase, binding)
    try:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return PassphraseSlot(binding, nonce, AESGCM(key).encrypt(nonce, dek, binding.aad()), commit, created)
    finally:
        wipe(key)


def unwrap_file(file: KeyFile, passphrase: str) -> tuple[bytearray, PassphraseSlot]:
    """Unwrap the data key and make sure that nobody changed the file.

    Args:
        file: The key file.
        passphrase: As typed.

    Returns:
        The data key, which the caller wipes, and the slot that gave it.

    Raises:
        WrongPassphrase: No slot opens.
        KeyFileProblem: A slot opens and the file is not as phb-tui wrote it.
    """
    for slot in file.passphrases:
        dek = _open_slot(slot, passphrase)
        if dek is None:
            continue
        if not hmac.compare_digest(mac(dek, file.document, file.store_id, file.epoch), file.mac):
            wipe(dek)
            raise KeyFileProblem(_TAMPERED)
        return dek, slot
    raise WrongPassphrase(_WRONG)


def mac(dek: bytearray, document: Mapping[str, Json], store_id: str, epoch: int) -> bytes:
    """The key file's authenticator: HMAC-SHA-256 over all of it but `mac`."""
    key = subkey(dek, store_id, epoch, "keyfile-mac")
    try:
        return hmac.new(key, signed_part(document), hashlib.sha256).digest()
    finally:
        wipe(key)


def _open_slot(slot: PassphraseSlot, passphrase: str) -> bytearray | None:
    """The data key, or None when the commitment says that this is not the passphrase."""
    key, commit = _derive(passphrase, slot.binding)
    dek = bytearray(KEY_BYTES)
    try:
        if not hmac.compare_digest(commit, slot.commit):
            return None
        AESGCM(key).decrypt_into(slot.nonce, slot.wrapped, slot.binding.aad(), dek)
    except InvalidTag:
        raise KeyFileProblem(_TAMPERED) from None
    finally:
        wipe(key)
    return dek


def _derive(passphrase: str, binding: Binding) -> tuple[bytearray, bytes]:
    """The wrapping key and the commitment."""
    typed = stretching.normalise(passphrase)
    root, key, commit = bytearray(), bytearray(KEY_BYTES), bytearray(COMMIT_BYTES)
    try:
        root = stretching.derive(typed, binding.salt, binding.kdf, binding.aad())
        HKDFExpand(algorithm=SHA256(), length=KEY_BYTES, info=_WRAP).derive_into(root, key)
        HKDFExpand(algorithm=SHA256(), length=COMMIT_BYTES, info=_COMMIT).derive_into(root, commit)
    finally:
        wipe(typed, root)
    return key, bytes(commit)
