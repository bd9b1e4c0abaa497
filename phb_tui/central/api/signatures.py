"""Verifies who signed a request, and counts those whose signature proves nothing."""

import time
from collections.abc import Callable
from typing import TypeVar

from starlette.requests import Request

from phb_tui.central.http.problems import Refused
from phb_tui.errors import CentralRefused, PutBack
from phb_tui.sync import signing
from phb_tui.sync.signing import ClockIsWrong, Message, Signed

T = TypeVar("T")
FindKey = Callable[[str, str], str]


class Signatures:
    """Verifies signed requests.

    Args:
        ask_as_stranger: Counts a request by somebody central does not know; raises `TooOften`.
    """

    def __init__(self, ask_as_stranger: Callable[[Request], None]) -> None:
        self.ask_as_stranger = ask_as_stranger

    def verify(self, request: Request, body: bytes, *find_key: FindKey) -> Signed:
        """Who sent a request, proven by its signature; with the key that the last one finds, if no other fits.

        Raises:
            Refused: Nobody known signed it, or the clocks differ.
            TooOften: An address asks in vain too often.
        """
        try:
            return _verified(request, body, find_key)
        except ClockIsWrong as error:
            raise Refused(401, error.sentence, ahead=error.ahead) from error
        except CentralRefused as error:
            self.ask_as_stranger(request)
            unknown = {"unknown": True} if isinstance(error, PutBack) else {}
            raise Refused(401, error.sentence, **unknown) from error


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


def decoded(decode: Callable[[bytes], T], body: bytes) -> T:
    """A body that is of the protocol's form.

    Raises:
        Refused: It is not.
    """
    try:
        return decode(body)
    except CentralRefused as error:
        raise Refused(400, error.sentence) from error
