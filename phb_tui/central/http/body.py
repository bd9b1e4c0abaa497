"""Reads request bodies with a limit on their size and on the time they take."""

import asyncio
from collections.abc import AsyncGenerator

from starlette.requests import ClientDisconnect, Request

from phb_tui.central.http.problems import HttpProblem

READ_SECONDS = 30
"""How long a client may take to send a request's body."""


async def read_body(request: Request, most: int) -> bytes:
    """The body of a request; see `stream_body` for the limits and errors."""
    return b"".join([piece async for piece in stream_body(request, most)])


async def stream_body(request: Request, most: int) -> AsyncGenerator[bytes]:
    """Yield the chunks of a request's body.

    Args:
        request: The request.
        most: The largest body, in bytes.

    Raises:
        HttpProblem: 413 when it is larger, 408 when it takes longer than `READ_SECONDS`, 400 when the client
            disconnects.
    """
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
