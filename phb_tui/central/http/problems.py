"""Error responses as application/problem+json (RFC 9457), with a sentence for the user."""

import json
from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from phb_tui.central.http.limits import Overloaded, RateLimited
from phb_tui.errors import CentralBusy

SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Headers of every response."""

RETRY_SECONDS = 5
NOTHING_HERE = "There is nothing at this address, or it is not asked for in this way."
TOO_OFTEN = "This laptop asks too often, so the team server did not answer. Nothing is lost; it is tried again later."
SERVER_ERROR_SENTENCE = (
    "The team server made a mistake and took nothing. Nothing is lost; try again later, and tell your IT team."
)


class HttpProblem(Exception):
    """An error that is answered with an HTTP status and a sentence.

    Args:
        status: The HTTP status code.
        sentence: What happened and what to do.
        more: Further members of the problem object.
    """

    def __init__(self, status: int, sentence: str, **more: object) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.more = status, sentence, more


def problem(status: int, sentence: str, **more: object) -> Response:
    """A response of type application/problem+json with a status, a sentence and further members."""
    body = json.dumps({"title": "There is a problem", "status": status, "detail": sentence, **more})
    return Response(body, status, headers=SECURITY_HEADERS, media_type="application/problem+json")


async def _http_problem(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HttpProblem):
        raise error
    return problem(error.status, error.sentence, **error.more)


async def _overloaded(_request: Request, _error: Exception) -> Response:
    answer = problem(503, CentralBusy().sentence)
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


async def _rate_limited(_request: Request, error: Exception) -> Response:
    answer = problem(429, TOO_OFTEN)
    answer.headers["Retry-After"] = str(error.seconds if isinstance(error, RateLimited) else RETRY_SECONDS)
    return answer


async def _not_found(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    answer = problem(error.status_code, NOTHING_HERE)
    answer.headers.update(error.headers or {})
    return answer


EXCEPTION_HANDLERS: dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
    HttpProblem: _http_problem,
    HTTPException: _not_found,
    CentralBusy: _overloaded,
    Overloaded: _overloaded,
    RateLimited: _rate_limited,
}
"""The handler of each exception type."""
