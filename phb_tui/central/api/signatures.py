"""Verifies request signatures (RFC 9421) and rate-limits clients whose signature is invalid."""

import time
from collections.abc import Callable
from typing import TypeVar

from starlette.requests import Request

from phb_tui.central.http.problems import HttpProblem
from phb_tui.errors import CentralRefused, PutBack
from phb_tui.sync import signing
from phb_tui.sync.signing import ClockIsWrong, Message, Signed

T = TypeVar("T")
FindKey = Callable[[str, str], str]


class SignatureVerifier:
    """Verifies signed requests.

    Args:
        check_address: Counts a request against its IP address; raises `RateLimited`.
    """

    def __init__(self, check_address: Callable[[Request], None]) -> None:
        self.check_address = check_address

    def verify(self, request: Request, body: bytes, *find_key: FindKey) -> Signed:
        """The verified sender of a request.

        Args:
            request: The request.
            body: Its body as received.
            find_key: Functions that find a device's public key, tried in order until one verifies.

        Raises:
            HttpProblem: 401; the signature is invalid, or the clocks differ too much.
            RateLimited: The IP address sent too many invalid signatures.
        """
        try:
            return _verified(request, body, find_key)
        except ClockIsWrong as error:
            raise HttpProblem(401, error.sentence, ahead=error.ahead) from error
        except CentralRefused as error:
            self.check_address(request)
            unknown = {"unknown": True} if isinstance(error, PutBack) else {}
            raise HttpProblem(401, error.sentence, **unknown) from error


def _verified(request: Request, body: bytes, find_key: tuple[FindKey, ...]) -> Signed:
    headers = {name: ", ".join(request.headers.getlist(name)) for name in request.headers}
    message = Message(request.method, str(request.url), headers)
    for find in find_key[:-1]:
        try:
            return signing.verify(message, body, find, int(time.time()))
        except ClockIsWrong:
            raise
        except CentralRefused:  # the cached key may be outdated
            continue
    return signing.verify(message, body, find_key[-1], int(time.time()))


def decode_or_reject(decode: Callable[[bytes], T], body: bytes) -> T:
    """Decode a request's body.

    Raises:
        HttpProblem: 400; it does not have the protocol's form.
    """
    try:
        return decode(body)
    except CentralRefused as error:
        raise HttpProblem(400, error.sentence) from error
