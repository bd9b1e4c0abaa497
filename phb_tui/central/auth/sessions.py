"""Session cookies, encrypted with a key derived from central's private key; stateless, so every worker can read them.

Central stores no session, only when a user last signed out, so that a copied cookie becomes invalid.
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
"""How long a session lasts without a request."""

MAX_SESSION_SECONDS = 8 * 60 * 60
"""How long a session lasts at most: a working day."""

LOGIN_SECONDS = 10 * 60
"""How long a user may take at the provider."""


@dataclass(frozen=True, slots=True)
class WebSession:
    """The session of a signed-in user.

    Attributes:
        subject: The provider's id of the user.
        begun: When they signed in, in milliseconds since 1970.
        csrf_token: The token that every form of the session has to carry.
    """

    subject: str
    begun: int
    csrf_token: str = field(repr=False)

    def csrf_matches(self, token: str) -> bool:
        """Whether a form's token is this session's CSRF token, compared in constant time."""
        return hmac.compare_digest(token.encode(), self.csrf_token.encode())


@dataclass(frozen=True, slots=True)
class PendingLogin:
    """A login that was redirected to the provider and has not come back yet.

    Attributes:
        state: The OAuth 2.0 `state`, against login CSRF.
        nonce: The OpenID Connect `nonce`, against replay of an ID token.
        verifier: The PKCE code verifier (RFC 7636).
    """

    state: str
    nonce: str
    verifier: str = field(repr=False)


class SessionCookies:
    """Sets and reads the cookies of sessions and of pending logins.

    Args:
        key: Central's private key in hex, from which the cookies' keys are derived.
        now: Returns the current time.
        secure: Whether central's public address is https.
    """

    def __init__(self, key: str, now: Callable[[], datetime], secure: bool) -> None:  # noqa: FBT001
        self._sessions, self._pending = _fernet(key, b"phb/visit/v1"), _fernet(key, b"phb/signing-in/v1")
        self.now, self._secure = now, secure
        first = "__Host-" if secure else ""  # browsers then accept it from this host over https only
        self.name, self._pending_name = f"{first}phb-visit", f"{first}phb-signing-in"

    def create(self, answer: Response, subject: str) -> WebSession:
        """Start a new session for a subject and set its cookie, independent of any cookie the request had."""
        session = WebSession(subject, int(self.now().timestamp() * 1000), secrets.token_urlsafe(32))
        self.refresh(answer, session)
        answer.delete_cookie(self._pending_name, secure=self._secure, httponly=True, samesite="lax")
        return session

    def refresh(self, answer: Response, session: WebSession) -> None:
        """Set the session cookie anew, so that the idle time starts again."""
        payload = (session.subject, session.begun, session.csrf_token)
        self._set_cookie(answer, self.name, self._encrypt(self._sessions, payload), IDLE_SECONDS)

    def clear(self, answer: Response) -> None:
        """Delete the session cookie in this browser."""
        answer.delete_cookie(self.name, secure=self._secure, httponly=True, samesite="lax")

    def read(self, request: Request) -> WebSession | None:
        """The session of a request; None when there is none or it has expired."""
        payload = self._decrypt(self._sessions, request.cookies.get(self.name, ""), IDLE_SECONDS)
        if payload is None:
            return None
        session = WebSession(*payload)
        old = self.now().timestamp() - session.begun / 1000
        return session if old < MAX_SESSION_SECONDS else None

    def start_login(self, answer: Response, pending: PendingLogin) -> None:
        """Set the cookie of a pending login."""
        payload = [pending.state, pending.nonce, pending.verifier]
        self._set_cookie(answer, self._pending_name, self._encrypt(self._pending, payload), LOGIN_SECONDS)

    def pending_login(self, request: Request) -> PendingLogin | None:
        """The pending login of a request; None when there is none or it has expired."""
        payload = self._decrypt(self._pending, request.cookies.get(self._pending_name, ""), LOGIN_SECONDS)
        return None if payload is None else PendingLogin(*payload)

    def _encrypt(self, fernet: Fernet, payload: Sequence[str | int]) -> str:
        token = fernet.encrypt_at_time(json.dumps(payload).encode(), int(self.now().timestamp()))
        return token.decode().rstrip("=")  # a cookie value with "=" would need quotes

    def _decrypt(self, fernet: Fernet, token: str, seconds: int) -> list[Any] | None:
        whole = token.encode() + b"=" * (-len(token) % 4)
        try:
            payload = fernet.decrypt_at_time(whole, seconds, int(self.now().timestamp()))
        except InvalidToken:
            return None
        return list(json.loads(payload))

    def _set_cookie(self, answer: Response, name: str, value: str, seconds: int) -> None:
        answer.set_cookie(name, value, max_age=seconds, secure=self._secure, httponly=True, samesite="lax")


def _fernet(key: str, purpose: bytes) -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(bytes.fromhex(key))
    return Fernet(base64.urlsafe_b64encode(made))
