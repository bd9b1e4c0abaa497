"""Signatures: a laptop's on its HTTP requests (RFC 9421, Ed25519), and central's on commands and leases.

The library verifies signatures; the time is checked here, so that a wrong clock is reported as such.
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
"""The signed components of a request, besides the digest of its body (RFC 9421, section 2)."""

WINDOW = 300
"""How many seconds the laptop's and central's clocks may differ; also how long a request stays valid."""

KEY_LETTERS = 64
"""The length of a 32-byte key in hex."""
LONGEST_NONCE = 100
WRONG_SIGNATURE = (
    "This request is not signed by the laptop it comes from, so the team server did not take it. Nothing is lost. Ask "
    "your team lead for a joining code for this laptop."
)


class ClockIsWrong(CentralRefused):
    """The laptop's clock differs from central's by more than `WINDOW`.

    Args:
        ahead: By how many seconds the laptop is ahead of central; negative when it is behind.
    """

    def __init__(self, ahead: int) -> None:
        minutes = abs(ahead) // 60
        way = "ahead of" if ahead > 0 else "behind"
        super().__init__(
            f"This laptop's clock is {_length(minutes)} {way} the team server's. Set it right. Nothing is lost."
        )
        self.ahead = ahead


@dataclass(frozen=True, slots=True)
class Message:
    """An HTTP request as the signature library reads it.

    Attributes:
        method: The HTTP method, such as POST.
        url: The whole URL.
        headers: The header fields; signing adds to them.
    """

    method: str
    url: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs HTTP requests as one laptop.

    Attributes:
        team_id: The team.
        device_id: The laptop.
        key: Its Ed25519 private key, 32 bytes in hex.
    """

    team_id: str
    device_id: str
    key: str = field(repr=False)

    def sign(self, message: Message, body: bytes, now: int) -> None:
        """Add the signature's header fields to a request.

        Args:
            message: The request.
            body: Its body as sent.
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
    """A verified signature: the laptop, the time and the key.

    Attributes:
        nonce: The nonce, unique for each request.
        created: When it was signed by the laptop's clock, in seconds since 1970.
        key: The public key that verified the signature, in hex.
    """

    team_id: str
    device_id: str
    nonce: str
    created: int
    key: str


def verify(message: Message, body: bytes, find_key: Callable[[str, str], str], now: int) -> Signed:
    """Verify a request's signature and its time.

    Args:
        message: The request.
        body: Its body as received.
        find_key: Finds a laptop's public key, 32 bytes in hex, by team id and device id.
        now: The time, in seconds since 1970.

    Raises:
        CentralRefused: The signature is missing or invalid.
        SyncProblem: Whatever `find_key` raised.
        ClockIsWrong: The signature is valid, and the clocks differ too much.
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
    """Generate an Ed25519 key pair, private and public, each 32 bytes in hex."""
    made = Ed25519PrivateKey.generate()
    return made.private_bytes_raw().hex(), made.public_key().public_bytes_raw().hex()


def sealing_key(key: str) -> X25519PrivateKey:
    """The X25519 private key for decryption, derived from an Ed25519 private key in hex."""
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"phb/box/v1").derive(bytes.fromhex(key))
    return X25519PrivateKey.from_private_bytes(made)


def public_key(key: str) -> str:
    """The public key of a private key, both in hex: 32 bytes of Ed25519 to verify and 32 of X25519 to encrypt."""
    box = sealing_key(key).public_key().public_bytes_raw()
    return private_key(key).public_key().public_bytes_raw().hex() + box.hex()


def private_key(key: str) -> Ed25519PrivateKey:
    """An Ed25519 private key from hex."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key))


def public(key: str) -> Ed25519PublicKey:
    """An Ed25519 public key from hex.

    Raises:
        CentralRefused: It is not a valid key.
    """
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
    except ValueError as error:
        raise CentralRefused("This is not a key the team server can use. Set the laptop up again.") from error


def sign_bytes(key: str, data: bytes) -> str:
    """The Ed25519 signature over bytes, in hex; both keys are in hex too."""
    return private_key(key).sign(data).hex()


def verify_bytes(public_key: str, data: bytes, signature: str) -> bool:
    """Whether a signature over bytes was made with the private key of this public key; all in hex but the bytes."""
    try:
        public(public_key).verify(bytes.fromhex(signature), data)
    except (NotSigned, ValueError, CentralRefused):  # a malformed key or signature verifies nothing
        return False
    return True


class _Verifier(HTTPMessageVerifier):
    """The library's verifier without its check of the time, which `verify` does."""

    def validate_created_and_expires(self, sig_input: Any, max_age: Any = None) -> None:  # noqa: ANN401
        """Do nothing: `verify` checks the time."""


class _KeyResolver(HTTPSignatureKeyResolver):
    """Gives the library a private key, or finds public ones, and remembers why one was refused."""

    def __init__(self, private: str = "", find_key: Callable[[str, str], str] | None = None) -> None:
        self._private, self._find = private, find_key
        self.refusal: SyncProblem | None = None
        self.found = ""

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:  # noqa: ARG002
        """The private key to sign with."""
        return private_key(self._private)

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        """The public key to verify with; None when it was refused, with the error in `refusal`."""
        team_id, _, device_id = key_id.partition("/")
        try:
            self.found = self._find(team_id, device_id) if self._find else ""
            return public(self.found)
        except SyncProblem as refusal:
            self.refusal = refusal
            return None


class _FixedClock:
    """A fixed time with the one method of `datetime` that the library calls."""

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
