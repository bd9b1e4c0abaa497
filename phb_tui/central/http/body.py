"""Reading what a request brings, which is neither longer nor slower than any request."""

import asyncio
from collections.abc import AsyncGenerator

from starlette.requests import ClientDisconnect, Request

from phb_tui.central.http.problems import HttpProblem

READ_SECONDS = 30
"""How long a visitor may take to send a request."""


async def read_body(request: Request, most: int) -> bytes:
    """The body of a request, which is neither longer nor slower than any request."""
    return b"".join([piece async for piece in stream_body(request, most)])


async def stream_body(request: Request, most: int) -> AsyncGenerator[bytes]:
    """The pieces of a request's body, until there are too many or they take too long."""
    count = 0
    try:
        async with asyncio.timeout(READ_SECONDS):
            async for piece in request.stream():
                count += len(piece)
                if count > most:
                    raise HttpProblem(413, "The request is too large.")
                yield piece
    except ClientDisconnect as error:
        raise HttpProblem(400, "The request broke off.") from error
    except TimeoutError as error:
        raise HttpProblem(408, "The request came too slowly.") from error
