"""Who a visitor said they are when they signed in, sealed in a cookie that every process of central can open.

Nothing is kept at central for a visitor; only when somebody last signed out, so that a copied cookie is good no more.
"""

import base64
import hmac
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from starlette.requests import Request
from starlette.responses import Response

IDLE_SECONDS = 30 * 60
"""How long somebody stays signed in without asking for anything."""

LONGEST_SECONDS = 8 * 60 * 60
"""How long somebody stays signed in at most: a working day."""

SIGNING_IN_SECONDS = 10 * 60
"""How long somebody may take at the provider."""


@dataclass(frozen=True, slots=True)
class WebSession:
    """Somebody who has signed in.

    Attributes:
        subject: What the provider calls them.
        begun: When they signed in, in milliseconds since 1970.
        token: What every form that they send has to bring, so that a page elsewhere cannot send one.
    """

    subject: str
    begun: int
    csrf_token: str = field(repr=False)

    def csrf_matches(self, token: str) -> bool:
        """Whether a form brings this visit's token."""
        return hmac.compare_digest(token.encode(), self.csrf_token.encode())


@dataclass(frozen=True, slots=True)
class PendingLogin:
    """Somebody who was sent to the provider and is not back yet.

    Attributes:
        state: Comes back with them, so that nobody can be signed in by a link that somebody else began.
        nonce: Is in what the provider signs, so that it is good for this once.
        verifier: Proves to the provider that whoever brings the code is who asked for it (PKCE).
    """

    state: str
    nonce: str
    verifier: str = field(repr=False)


class SessionCookies:
    """Cookies, sealed with keys made from central's own.

    Args:
        key: Central's private key in hex.
        now: The time.
        secure: Whether central's pages have an address that starts with https.
    """

    def __init__(self, key: str, now: Callable[[], datetime], secure: bool) -> None:  # noqa: FBT001
        self._visits, self._pending = _fernet(key, b"phb/visit/v1"), _fernet(key, b"phb/signing-in/v1")
        self.now, self._secure = now, secure
        first = "__Host-" if secure else ""  # the browser then takes it from nobody but this address
        self.name, self._pending_name = f"{first}phb-visit", f"{first}phb-signing-in"

    def create(self, answer: Response, subject: str) -> WebSession:
        """Sign somebody in, with nothing of what their browser brought."""
        visit = WebSession(subject, int(self.now().timestamp() * 1000), secrets.token_urlsafe(32))
        self.refresh(answer, visit)
        answer.delete_cookie(self._pending_name, secure=self._secure, httponly=True, samesite="lax")
        return visit

    def refresh(self, answer: Response, visit: WebSession) -> None:
        """Let somebody stay signed in for as long again as they may be idle."""
        words = (visit.subject, visit.begun, visit.csrf_token)
        self._set_cookie(answer, self.name, self._encrypt(self._visits, words), IDLE_SECONDS)

    def clear(self, answer: Response) -> None:
        """Sign somebody out in this browser."""
        answer.delete_cookie(self.name, secure=self._secure, httponly=True, samesite="lax")

    def read(self, request: Request) -> WebSession | None:
        """Who asks; None when nobody is signed in, or was for too long."""
        words = self._decrypt(self._visits, request.cookies.get(self.name, ""), IDLE_SECONDS)
        if words is None:
            return None
        visit = WebSession(*words)
        old = self.now().timestamp() - visit.begun / 1000
        return visit if old < LONGEST_SECONDS else None

    def start_login(self, answer: Response, pending: PendingLogin) -> None:
        """Remember what somebody has to bring back from the provider."""
        words = [pending.state, pending.nonce, pending.verifier]
        self._set_cookie(answer, self._pending_name, self._encrypt(self._pending, words), SIGNING_IN_SECONDS)

    def pending_login(self, request: Request) -> PendingLogin | None:
        """What somebody has to bring back from the provider; None when they were not sent, or took too long."""
        words = self._decrypt(self._pending, request.cookies.get(self._pending_name, ""), SIGNING_IN_SECONDS)
        return None if words is None else PendingLogin(*words)

    def _encrypt(self, sealing: Fernet, words: Sequence[str | int]) -> str:
        sealed = sealing.encrypt_at_time(json.dumps(words).encode(), int(self.now().timestamp()))
        return sealed.decode().rstrip("=")  # which a cookie cannot hold without quotes

    def _decrypt(self, sealing: Fernet, sealed: str, seconds: int) -> list[Any] | None:
        whole = sealed.encode() + b"=" * (-len(sealed) % 4)
        try:
            words = sealing.decrypt_at_time(whole, seconds, int(self.now().timestamp()))
        except InvalidToken:
            return None
        return list(json.loads(words))

    def _set_cookie(self, answer: Response, name: str, value: str, seconds: int) -> None:
        answer.set_cookie(name, value, max_age=seconds, secure=self._secure, httponly=True, samesite="lax")


def _fernet(key: str, purpose: bytes) -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(bytes.fromhex(key))
    return Fernet(base64.urlsafe_b64encode(made))
