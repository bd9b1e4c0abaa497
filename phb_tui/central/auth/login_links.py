"""One-time login link for a central without an identity provider: created at the start, valid once."""

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable

LINK = "/link"
"""The path of a login link, before its token."""
GOOD_SECONDS = 30 * 60
"""How long a link is valid."""


class OneTimeLink:
    """A login link that exists only in the memory of one process.

    Args:
        subject: Who it signs in, by the subject given to `phb-central sign-in`.
        now: Returns seconds of a monotonic clock.
    """

    def __init__(self, subject: str, now: Callable[[], float] = time.monotonic) -> None:
        self._subject, self._now, self._until = subject, now, now() + GOOD_SECONDS
        token = secrets.token_urlsafe(24)  # short enough for one line of a terminal
        self.path = f"{LINK}/{token}"
        """The link's path with its token; shown once and never stored or logged."""
        self._hash: bytes | None = _hash(token)
        """The token's SHA-256; None once it was used."""
        self._lock = threading.Lock()

    def use(self, token: str) -> str:
        """The subject that a token signs in; "" when it is wrong, used or expired."""
        with self._lock:
            if self._hash is None or not hmac.compare_digest(self._hash, _hash(token)):
                return ""
            self._hash = None
            return self._subject if self._now() < self._until else ""


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
