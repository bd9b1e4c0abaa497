"""A laptop's signature on what it asks (RFC 9421, Ed25519), and central's on what it orders.

The library builds and reads the signed words; the clock is judged here, so that a wrong clock can be named as one.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature as NotSigned
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, HTTPSignatureKeyResolver, algorithms
from http_message_signatures.exceptions import HTTPMessageSignaturesException

from phb_tui.errors import CentralRefused, SyncProblem

TAG = "phb-sync"
COVERED = ("@method", "@authority", "@path", "@query", "content-type")
"""What a signature covers, beside the digest of the body."""

WINDOW = 300
"""How many seconds a request stays good: less than that between the clocks is no matter."""

KEY_LETTERS = 64
"""Letters of a key of 32 bytes in hex."""
LONGEST_NONCE = 100
WRONG_SIGNATURE = "This request is not signed by the laptop it comes from, so central did not take it. Nothing is lost."


class ClockIsWrong(CentralRefused):
    """The clocks of the laptop and of central are too far apart.

    Args:
        ahead: By how many seconds the laptop is ahead of central; negative when it is behind.
    """

    def __init__(self, ahead: int) -> None:
        minutes = abs(ahead) // 60
        way = "ahead of" if ahead > 0 else "behind"
        super().__init__(f"This laptop's clock is {_length(minutes)} {way} central's. Set it right. Nothing is lost.")
        self.ahead = ahead


@dataclass(frozen=True, slots=True)
class Message:
    """What is signed of a request.

    Attributes:
        method: Such as POST.
        url: Its whole address.
        headers: Its fields; the signature is added to them.
    """

    method: str
    url: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: a laptop, by the team and the name central knows it by.

    Attributes:
        team_id: The team.
        device_id: The laptop.
        key: Its private key, 32 bytes in hex.
    """

    team_id: str
    device_id: str
    key: str = field(repr=False)

    def sign(self, message: Message, body: bytes, now: int) -> None:
        """Add the signature's fields to a message.

        Args:
            message: The request.
            body: Its body as it travels.
            now: The time, in seconds since 1970.
        """
        signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=_KeyResolver(self.key))
        signer.sign(
            message,
            key_id=f"{self.team_id}/{self.device_id}",
            created=_FixedClock(now),  # type: ignore[arg-type]
            nonce=secrets.token_urlsafe(16),
            tag=TAG,
            covered_component_ids=COVERED,
            body=body,
        )


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed a request, and when.

    Attributes:
        nonce: What makes it the only one of its kind.
        created: When it was signed by the laptop's clock, in seconds since 1970.
        key: The public key that the signature was checked with, in hex.
    """

    team_id: str
    device_id: str
    nonce: str
    created: int
    key: str


def verify(message: Message, body: bytes, find_key: Callable[[str, str], str], now: int) -> Signed:
    """Check a request's signature.

    Args:
        message: The request.
        body: Its body as it came.
        find_key: Finds a laptop's public key, 32 bytes in hex, by its team and its name.
        now: The time, in seconds since 1970.

    Raises:
        CentralRefused: It is not this laptop's signature over this request.
        SyncProblem: Whatever `find_key` raised.
        ClockIsWrong: It is, and the clocks are too far apart.
    """
    keys = _KeyResolver(find_key=find_key)
    verifier = _Verifier(signature_algorithm=algorithms.ED25519, key_resolver=keys)
    try:
        (found,) = verifier.verify(message, max_age=None, expect_tag=TAG, require_components=COVERED, body=body)
        created, nonce = found.parameters["created"], found.parameters["nonce"]
        team_id, _, device_id = str(found.parameters["keyid"]).partition("/")
    except (HTTPMessageSignaturesException, ValueError, KeyError) as error:
        raise keys.refusal or CentralRefused(WRONG_SIGNATURE) from error
    if not isinstance(created, int) or not isinstance(nonce, str) or not 0 < len(nonce) <= LONGEST_NONCE:
        raise CentralRefused(WRONG_SIGNATURE)
    if abs(created - now) > WINDOW:
        raise ClockIsWrong(created - now)
    return Signed(team_id, device_id, nonce, created, keys.found)


def new_key() -> tuple[str, str]:
    """A new pair of keys, private and public, each 32 bytes in hex."""
    made = Ed25519PrivateKey.generate()
    return made.private_bytes_raw().hex(), made.public_key().public_bytes_raw().hex()


def sealing_key(words: str) -> X25519PrivateKey:
    """The private key for what is sealed to whoever has a private key in hex, made from it for this purpose alone."""
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"phb/box/v1").derive(bytes.fromhex(words))
    return X25519PrivateKey.from_private_bytes(made)


def public_key(words: str) -> str:
    """What others need of a private key in hex: 32 bytes to check signatures and 32 to seal to it, in hex."""
    box = sealing_key(words).public_key().public_bytes_raw()
    return private_key(words).public_key().public_bytes_raw().hex() + box.hex()


def private_key(words: str) -> Ed25519PrivateKey:
    """A private key from hex."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(words))


def public(words: str) -> Ed25519PublicKey:
    """A public key from hex.

    Raises:
        CentralRefused: It is not one.
    """
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(words))
    except ValueError as error:
        raise CentralRefused("This is not a key central can use. Set the laptop up again.") from error


def sign_bytes(key: str, words: bytes) -> str:
    """A signature over words, in hex."""
    return private_key(key).sign(words).hex()


def verify_bytes(public_key: str, words: bytes, signature: str) -> bool:
    """Whether words carry the signature of a key."""
    try:
        public(public_key).verify(bytes.fromhex(signature), words)
    except (NotSigned, ValueError, CentralRefused):  # no key, no signature
        return False
    return True


class _Verifier(HTTPMessageVerifier):
    """The library's verifier without its own clock."""

    def validate_created_and_expires(self, sig_input: Any, max_age: Any = None) -> None:  # noqa: ANN401
        """See `verify`."""


class _KeyResolver(HTTPSignatureKeyResolver):
    """Knows one private key, or where to find public ones."""

    def __init__(self, private: str = "", find_key: Callable[[str, str], str] | None = None) -> None:
        self._private, self._find = private, find_key
        self.refusal: SyncProblem | None = None
        self.found = ""

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:  # noqa: ARG002
        """The key to sign with."""
        return private_key(self._private)

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        """The key to check with; the library would hide why there is none."""
        team_id, _, device_id = key_id.partition("/")
        try:
            self.found = self._find(team_id, device_id) if self._find else ""
            return public(self.found)
        except SyncProblem as refusal:
            self.refusal = refusal
            return None


class _FixedClock:
    """A moment in the only way the library looks at one, so that any laptop's clock can be tried."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds

    def timestamp(self) -> int:
        """Seconds since 1970."""
        return self._seconds


def _length(minutes: int) -> str:
    for size, name in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {name}{'s' if count > 1 else ''}"
    return "some minutes"
