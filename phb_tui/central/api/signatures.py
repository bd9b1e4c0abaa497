"""Verifies who signed a request, and counts those whose signature proves nothing."""

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
        check_address: Counts a request by somebody central does not know; raises `RateLimited`.
    """

    def __init__(self, check_address: Callable[[Request], None]) -> None:
        self.check_address = check_address

    def verify(self, request: Request, body: bytes, *find_key: FindKey) -> Signed:
        """Who sent a request, proven by its signature; with the key that the last one finds, if no other fits.

        Raises:
            HttpProblem: Nobody known signed it, or the clocks differ.
            RateLimited: An address asks in vain too often.
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
        except CentralRefused:  # it may have another key by now
            continue
    return signing.verify(message, body, find_key[-1], int(time.time()))


def decode_or_reject(decode: Callable[[bytes], T], body: bytes) -> T:
    """A body that is of the protocol's form.

    Raises:
        HttpProblem: It is not.
    """
    try:
        return decode(body)
    except CentralRefused as error:
        raise HttpProblem(400, error.sentence) from error
