"""The key file's format: final, versioned, and strict to the byte. Nothing here touches a disk or a key.

A copy on disk is one line of canonical JSON, then `#` and its SHA-256 in hex. The checksum only tells a torn
write from a whole one; what is authentic is told by `mac`, keyed from the data key, over everything else.

`policy` is null or absent in version 1. A slot of a type this version does not know is kept byte for byte,
covered by `mac` and passed over at unlock, so a later version can add ways to open a store.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, NoReturn, TypeAlias, cast
from uuid import UUID

from phb_tui.errors import KeyFileProblem
from phb_tui.keys.passphrase import Kdf

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"
"""What a key file can hold: there are no fractions in it."""

FMT: Final = "phb-keys"
VERSION: Final = 1
CIPHER: Final = "sqlcipher4-raw"
PASSPHRASE: Final = "passphrase"  # noqa: S105 (a type, not a secret)
NO_PEPPER: Final = "none"
KDF_ALG: Final = "argon2id"
KDF_VERSION: Final = 19
WRAP_ALG: Final = "A256GCM"
SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12
WRAPPED_BYTES: Final = 48
COMMIT_BYTES: Final = 16
MAC_BYTES: Final = 32
MAX_BYTES: Final = 64 * 1024

_MAX_SLOTS: Final = 32
_MAX_PASSPHRASES: Final = 4
_MAX_USER: Final = 200
_MAX_NUMBER: Final = 2**53 - 1
_UUID_VERSION: Final = 4
_SLOT_ID: Final = re.compile(r"[0-9a-f]{12}")
_SLOT_TYPE: Final = re.compile(r"[a-z0-9-]{1,64}")
_FRAME: Final = re.compile(rb"([^\n]+)\n#([0-9a-f]{64})\n")
_DAMAGED: Final = "The key file of this store is damaged. Do not delete anything: tell your IT team."
_NEWER: Final = (
    "The key file of this store was written by a newer phb-tui, so it was left alone. "
    "Update phb-tui, or ask your IT team to."
)
_FIELDS: Final = frozenset({"fmt", "v", "store_id", "epoch", "gen", "cipher", "slots", "mac"})
_SLOT_FIELDS: Final = frozenset({"id", "type", "user", "kdf", "pepper", "wrap", "commit", "created"})


class NewerKeyFile(KeyFileProblem):
    """Whole, and beyond what this version understands: it must not be replaced by an older copy."""


@dataclass(frozen=True, slots=True)
class Binding:
    """What a passphrase slot is bound to: change one field and the slot no longer opens."""

    store_id: str
    epoch: int
    slot_id: str
    user: str
    kdf: Kdf
    salt: bytes

    def kdf_document(self) -> dict[str, Json]:
        """The stretching as it stands in the file."""
        numbers: dict[str, Json] = {"m_kib": self.kdf.m_kib, "t": self.kdf.t, "p": self.kdf.p}
        return {"alg": KDF_ALG, "v": KDF_VERSION, **numbers, "salt": to_text(self.salt)}

    def aad(self) -> bytes:
        """The bytes authenticated together with the wrapped key."""
        head: list[Json] = [FMT, VERSION, self.store_id, self.epoch, self.slot_id, PASSPHRASE, self.user]
        return canonical([*head, self.kdf_document(), NO_PEPPER])


@dataclass(frozen=True, slots=True)
class PassphraseSlot:
    """The data key, wrapped by one passphrase."""

    binding: Binding
    nonce: bytes
    wrapped: bytes
    commit: bytes
    created: int

    def document(self) -> dict[str, Json]:
        """The slot as it stands in the file."""
        return {
            "id": self.binding.slot_id,
            "type": PASSPHRASE,
            "user": self.binding.user,
            "kdf": self.binding.kdf_document(),
            "pepper": NO_PEPPER,
            "wrap": {"alg": WRAP_ALG, "nonce": to_text(self.nonce), "ct": to_text(self.wrapped)},
            "commit": to_text(self.commit),
            "created": self.created,
        }


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A well-formed key file whose `mac` nobody has checked yet."""

    document: dict[str, Json]
    store_id: str
    epoch: int
    gen: int
    passphrases: tuple[PassphraseSlot, ...]
    mac: bytes


def canonical(value: Json) -> bytes:
    """The only JSON text of a value: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def new_document(store_id: str, epoch: int, gen: int, slots: Collection[Mapping[str, Json]]) -> dict[str, Json]:
    """A key file without its `mac`."""
    listed: list[Json] = [dict(slot) for slot in slots]
    head: dict[str, Json] = {"fmt": FMT, "v": VERSION, "store_id": store_id, "epoch": epoch, "gen": gen}
    return {**head, "cipher": CIPHER, "slots": listed, "policy": None}


def signed_part(document: Mapping[str, Json]) -> bytes:
    """What `mac` covers: all of a key file but `mac` itself."""
    return canonical({name: value for name, value in document.items() if name != "mac"})


def encode(document: Mapping[str, Json], mac: bytes) -> bytes:
    """One copy as it is written to disk."""
    line = canonical({**document, "mac": to_text(mac)})
    return line + b"\n#" + hashlib.sha256(line).hexdigest().encode() + b"\n"


def parse(data: bytes) -> KeyFile:
    """Read one copy.

    Args:
        data: The whole file.

    Returns:
        The key file, every field of the right type and within its limits.

    Raises:
        NewerKeyFile: It is whole and needs a newer version.
        KeyFileProblem: It is damaged or asks for work outside the limits.
    """
    document = _mapping(_unframe(data))
    if document.get("fmt") != FMT:
        _damaged()
    if _number(document, "v", 1) != VERSION or document.get("policy") is not None or document.get("cipher") != CIPHER:
        raise NewerKeyFile(_NEWER)
    _mapping(document, _FIELDS, {"policy"})
    store_id, epoch = _store_id(document), _number(document, "epoch", 1)
    return KeyFile(
        document=document,
        store_id=store_id,
        epoch=epoch,
        gen=_number(document, "gen", 1),
        passphrases=_passphrases(document["slots"], store_id, epoch),
        mac=_binary(document, "mac", MAC_BYTES),
    )


def to_text(data: bytes) -> str:
    """Bytes as they stand in the file."""
    return base64.b64encode(data).decode("ascii")


def _damaged() -> NoReturn:
    raise KeyFileProblem(_DAMAGED)


def _unframe(data: bytes) -> Json:
    frame = _FRAME.fullmatch(data) if len(data) <= MAX_BYTES else None
    if frame is None or hashlib.sha256(frame[1]).hexdigest().encode() != frame[2]:
        _damaged()
    try:
        value = cast(
            "Json", json.loads(frame[1].decode("utf-8"), parse_float=_no_fraction, parse_constant=_no_fraction)
        )
        same = canonical(value) == frame[1]
    except (ValueError, RecursionError):
        same, value = False, None
    if not same:  # a name given twice, spaces, escapes: two readers could see two different files
        _damaged()
    return value


def _no_fraction(_: str) -> NoReturn:
    raise ValueError


def _passphrases(value: Json, store_id: str, epoch: int) -> tuple[PassphraseSlot, ...]:
    if not isinstance(value, list) or not 1 <= len(value) <= _MAX_SLOTS:
        _damaged()
    slots = [_mapping(item) for item in value]
    ids = {_matching(slot, "id", _SLOT_ID) for slot in slots}
    ours = [slot for slot in slots if _matching(slot, "type", _SLOT_TYPE) == PASSPHRASE]
    if len(ids) != len(slots) or len(ours) > _MAX_PASSPHRASES:
        _damaged()
    if not ours:
        raise NewerKeyFile(_NEWER)
    return tuple(_passphrase(slot, store_id, epoch) for slot in ours)


def _passphrase(slot: dict[str, Json], store_id: str, epoch: int) -> PassphraseSlot:
    _mapping(slot, _SLOT_FIELDS)
    kdf = _mapping(slot["kdf"], {"alg", "v", "m_kib", "t", "p", "salt"})
    wrap = _mapping(slot["wrap"], {"alg", "nonce", "ct"})
    means = [_text(slot, "pepper"), _text(kdf, "alg"), _number(kdf, "v", 1), _text(wrap, "alg")]
    if means != [NO_PEPPER, KDF_ALG, KDF_VERSION, WRAP_ALG]:
        raise NewerKeyFile(_NEWER)
    work = Kdf(_number(kdf, "m_kib", 1), _number(kdf, "t", 1), _number(kdf, "p", 1))
    binding = Binding(store_id, epoch, _text(slot, "id"), _text(slot, "user"), work, _binary(kdf, "salt", SALT_BYTES))
    if not 1 <= len(binding.user) <= _MAX_USER:
        _damaged()
    return PassphraseSlot(
        binding=binding,
        nonce=_binary(wrap, "nonce", NONCE_BYTES),
        wrapped=_binary(wrap, "ct", WRAPPED_BYTES),
        commit=_binary(slot, "commit", COMMIT_BYTES),
        created=_number(slot, "created", 0),
    )


def _mapping(
    value: Json, needed: AbstractSet[str] = frozenset(), optional: AbstractSet[str] = frozenset()
) -> dict[str, Json]:
    """A JSON object; where fields are named, one more than those can only come from a newer version."""
    if not isinstance(value, dict) or needed - value.keys():
        _damaged()
    if needed and value.keys() - needed - optional:
        raise NewerKeyFile(_NEWER)
    return value


def _text(document: Mapping[str, Json], name: str) -> str:
    value = document.get(name)
    return value if isinstance(value, str) else _damaged()


def _matching(document: Mapping[str, Json], name: str, pattern: re.Pattern[str]) -> str:
    text = _text(document, name)
    return text if pattern.fullmatch(text) else _damaged()


def _number(document: Mapping[str, Json], name: str, least: int) -> int:
    value = document.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= _MAX_NUMBER:
        _damaged()
    return value


def _binary(document: Mapping[str, Json], name: str, length: int) -> bytes:
    text = _text(document, name)
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        _damaged()
    return data if len(data) == length and to_text(data) == text else _damaged()


def _store_id(document: Mapping[str, Json]) -> str:
    text = _text(document, "store_id")
    return text if is_store_id(text) else _damaged()


def is_store_id(text: str) -> bool:
    """Whether a text is a random UUID in its usual lower-case form."""
    try:
        value = UUID(text)
    except ValueError:
        return False
    return str(value) == text and value.version == _UUID_VERSION
