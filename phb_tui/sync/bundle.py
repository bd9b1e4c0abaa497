"""Bundles: files that carry sync requests and replies when there is no network, such as on a USB stick.

A bundle is encrypted to central's key (HPKE, RFC 9180) and signed with the laptop's; an answer is encrypted to the
laptop's key and signed with central's. Losing one or delivering it late or twice does no harm.
"""

from dataclasses import dataclass, field
from typing import TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from phb_tui.domain.records.changes import SyncPosition
from phb_tui.errors import CentralNonsense, CentralRefused
from phb_tui.sync.protocol import Enrolment, Order
from phb_tui.sync.signing import KEY_LETTERS, sign_bytes, verify_bytes

T = TypeVar("T")
SENT, ANSWER = ".phb", ".phb-answer"
"""The file name extensions of a bundle and of an answer."""
UP, DOWN = b"phb-tui bundle 1\n", b"phb-tui answer 1\n"
"""The magic bytes of each file, which are also part of the encryption's context."""
NOT_ONE = "This is not a file of phb-tui's for this, or it is damaged. Nothing was taken and nothing is lost."
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A laptop's sync requests in a file.

    Attributes:
        team_id: The team.
        device_id: The laptop.
        central: Central's public key in hex, so that a bundle for another central is recognised.
        reply_to: The X25519 public key that the answer is encrypted to, in hex.
        enrolment: The enrolment request, when the laptop is not enrolled yet.
        requests: Requests as `wire` encodes them.
    """

    team_id: str
    device_id: str
    central: str
    reply_to: str
    enrolment: Enrolment | None
    requests: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """Central's replies in a file.

    Attributes:
        team_id: The team.
        device_id: The laptop it is for.
        asked: The cursor of the request that each reply answers.
        replies: Replies as `wire` encodes them.
        problem: Why central did not ingest all of it, as a sentence; "" on success.
        orders: Remote commands, when the laptop is blocked.
    """

    team_id: str
    device_id: str
    asked: tuple[SyncPosition, ...]
    replies: tuple[bytes, ...] = field(repr=False)
    problem: str = ""
    orders: tuple[Order, ...] = ()


class _Signed(msgspec.Struct, array_like=True):
    data: bytes
    signature: str


def seal_bundle(bundle: Bundle, key: str) -> bytes:
    """Sign and encrypt a bundle; returns the file's content.

    Args:
        bundle: The bundle.
        key: The laptop's private key in hex.
    """
    return _seal(UP, bundle, key, bundle.central[KEY_LETTERS:])


def open_bundle(data: bytes, box: X25519PrivateKey) -> tuple[Bundle, bytes, str]:
    """Decrypt a bundle; returns it with the signed bytes and the signature, which is not verified yet.

    Raises:
        CentralRefused: It is not a bundle for this central.
    """
    return _open(UP, data, box, Bundle, CentralRefused(NOT_ONE))


def seal_answer(answer: Answer, key: str, to: str) -> bytes:
    """Sign and encrypt an answer; returns the file's content.

    Args:
        answer: The answer.
        key: Central's private key in hex.
        to: The laptop's `Bundle.reply_to`.

    Raises:
        CentralRefused: `to` is not a public key.
    """
    return _seal(DOWN, answer, key, to)


def open_answer(data: bytes, box: X25519PrivateKey, central_key: str) -> Answer:
    """Decrypt and verify an answer.

    Raises:
        CentralNonsense: It is not an answer from central for this laptop.
    """
    answer, signed, signature = _open(DOWN, data, box, Answer, CentralNonsense(NOT_ONE))
    if not verify_bytes(central_key[:KEY_LETTERS], DOWN + signed, signature):
        raise CentralNonsense(NOT_ONE)
    return answer


def is_signed(public: str, signed: bytes, signature: str) -> bool:
    """Whether the signature of a bundle's signed bytes was made with a laptop's key."""
    return verify_bytes(public, UP + signed, signature)


def _seal(kind: bytes, what: Bundle | Answer, key: str, to: str) -> bytes:
    data = msgspec.msgpack.encode(what)
    signed = msgspec.msgpack.encode(_Signed(data, sign_bytes(key, kind + data)))
    try:
        public = X25519PublicKey.from_public_bytes(bytes.fromhex(to))
    except ValueError as error:
        raise CentralRefused(NOT_ONE) from error
    return kind + _SUITE.encrypt(signed, public, info=kind)


def _open(
    kind: bytes, data: bytes, box: X25519PrivateKey, of: type[T], wrong: CentralRefused | CentralNonsense
) -> tuple[T, bytes, str]:
    if not data.startswith(kind):
        raise wrong
    try:
        found = msgspec.msgpack.decode(_SUITE.decrypt(data[len(kind) :], box, info=kind), type=_Signed)
        return msgspec.msgpack.decode(found.data, type=of), found.data, found.signature
    except (InvalidTag, ValueError, RecursionError) as error:
        raise wrong from error
