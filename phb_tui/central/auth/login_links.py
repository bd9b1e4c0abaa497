"""A link that signs somebody in without a provider: central makes it when it starts, and it is good once."""

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable

LINK = "/link"
"""Where a link leads, before its token."""
GOOD_SECONDS = 30 * 60
"""How long a link is good."""


class OneTimeLink:
    """One link. It lives in the memory of one process, and ends with it.

    Args:
        subject: Who is signed in with it, by the name that `phb-central sign-in` knows.
        now: Seconds by a clock that is never set.
    """

    def __init__(self, subject: str, now: Callable[[], float] = time.monotonic) -> None:
        self._subject, self._now, self._until = subject, now, now() + GOOD_SECONDS
        token = secrets.token_urlsafe(24)  # short enough for one line of a terminal
        self.path = f"{LINK}/{token}"
        """Its address below central's own. To be shown once, and kept nowhere."""
        self._hash: bytes | None = _hash(token)
        """What is left of the token here; None once it was used."""
        self._turn = threading.Lock()

    def use(self, token: str) -> str:
        """Whom a link's token signs in; "" when it is another token, was used before, or is too old."""
        with self._turn:
            if self._hash is None or not hmac.compare_digest(self._hash, _hash(token)):
                return ""
            self._hash = None
            return self._subject if self._now() < self._until else ""


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
