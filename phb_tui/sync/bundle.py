"""An exchange without a network: what would be sent, sealed into a file that anybody may carry, and the answer too.

A bundle is sealed (HPKE) to central's key and signed with the laptop's; the answer is sealed to the laptop's and signed
with central's. Whoever carries it can neither read nor change it. Carrying it twice, late or not at all does no harm.
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
"""How the names of the files end."""
UP, DOWN = b"phb-tui bundle 1\n", b"phb-tui answer 1\n"
"""How each file begins; what is sealed for one way cannot be opened as the other."""
NOT_ONE = "This is not a file of phb-tui's for this, or it is damaged. Nothing was taken and nothing is lost."
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a laptop sends.

    Attributes:
        team_id: The team.
        device_id: The laptop.
        central: Central's public key, so that one for another central is not mistaken for one of ours.
        reply_to: The key the answer is sealed to, in hex.
        enrolment: What it joins with, when it has not joined yet.
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
    """What central answers.

    Attributes:
        team_id: The team.
        device_id: The laptop it is for.
        asked: The cursor each reply answers.
        replies: Replies as `wire` encodes them.
        problem: Why central took nothing or not everything, as a sentence; "" when all is well.
        orders: What the laptop is to do, when it is not let in any more.
    """

    team_id: str
    device_id: str
    asked: tuple[SyncPosition, ...]
    replies: tuple[bytes, ...] = field(repr=False)
    problem: str = ""
    orders: tuple[Order, ...] = ()


class _Signed(msgspec.Struct, array_like=True):
    words: bytes
    signature: str


def seal_bundle(bundle: Bundle, key: str) -> bytes:
    """A bundle as a file.

    Args:
        bundle: What to send.
        key: The laptop's private key in hex.
    """
    return _seal(UP, bundle, key, bundle.central[KEY_LETTERS:])


def open_bundle(words: bytes, box: X25519PrivateKey) -> tuple[Bundle, bytes, str]:
    """What a file says, the bytes that are signed, and the signature; it is not checked yet.

    Raises:
        CentralRefused: It is not a bundle for this central.
    """
    return _open(UP, words, box, Bundle, CentralRefused(NOT_ONE))


def seal_answer(answer: Answer, key: str, to: str) -> bytes:
    """An answer as a file.

    Args:
        answer: What to answer.
        key: Central's private key in hex.
        to: The laptop's `Bundle.reply_to`.

    Raises:
        CentralRefused: There is no such key.
    """
    return _seal(DOWN, answer, key, to)


def open_answer(words: bytes, box: X25519PrivateKey, central_key: str) -> Answer:
    """What an answer says.

    Raises:
        CentralNonsense: It is not an answer from central for this laptop.
    """
    answer, signed, signature = _open(DOWN, words, box, Answer, CentralNonsense(NOT_ONE))
    if not verify_bytes(central_key[:KEY_LETTERS], DOWN + signed, signature):
        raise CentralNonsense(NOT_ONE)
    return answer


def is_signed(public: str, signed: bytes, signature: str) -> bool:
    """Whether a bundle's bytes carry the signature of a laptop's key."""
    return verify_bytes(public, UP + signed, signature)


def _seal(kind: bytes, what: Bundle | Answer, key: str, to: str) -> bytes:
    words = msgspec.msgpack.encode(what)
    signed = msgspec.msgpack.encode(_Signed(words, sign_bytes(key, kind + words)))
    try:
        public = X25519PublicKey.from_public_bytes(bytes.fromhex(to))
    except ValueError as error:
        raise CentralRefused(NOT_ONE) from error
    return kind + _SUITE.encrypt(signed, public, info=kind)


def _open(
    kind: bytes, words: bytes, box: X25519PrivateKey, of: type[T], wrong: CentralRefused | CentralNonsense
) -> tuple[T, bytes, str]:
    if not words.startswith(kind):
        raise wrong
    try:
        found = msgspec.msgpack.decode(_SUITE.decrypt(words[len(kind) :], box, info=kind), type=_Signed)
        return msgspec.msgpack.decode(found.words, type=of), found.words, found.signature
    except (InvalidTag, ValueError, RecursionError) as error:
        raise wrong from error
