"""Reading what a request brings, which is neither longer nor slower than any request."""

import asyncio
from collections.abc import AsyncGenerator

from starlette.requests import ClientDisconnect, Request

from phb_tui.central.http.problems import Refused

READ_SECONDS = 30
"""How long a visitor may take to send a request."""


async def whole(request: Request, most: int) -> bytes:
    """The body of a request, which is neither longer nor slower than any request."""
    return b"".join([piece async for piece in pieces(request, most)])


async def pieces(request: Request, most: int) -> AsyncGenerator[bytes]:
    """The pieces of a request's body, until there are too many or they take too long."""
    count = 0
    try:
        async with asyncio.timeout(READ_SECONDS):
            async for piece in request.stream():
                count += len(piece)
                if count > most:
                    raise Refused(413, "The request is too large.")
                yield piece
    except ClientDisconnect as error:
        raise Refused(400, "The request broke off.") from error
    except TimeoutError as error:
        raise Refused(408, "The request came too slowly.") from error
