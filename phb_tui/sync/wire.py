"""The protocol's types as JSON bytes and back; what comes in is checked against the types before anything sees it."""

from functools import cache
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from phb_tui.errors import CentralNonsense, CentralRefused
from phb_tui.sync.protocol import SyncReply, SyncRequest

TYPE = "application/json"
LONGEST_REQUEST = 8 * 1024 * 1024
LONGEST_REPLY = 64 * 1024 * 1024


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    # Strict: "1" is not 1. Members this version does not know are left out, so a newer peer can say more.
    kind.__pydantic_config__ = ConfigDict(extra="ignore")
    return TypeAdapter(kind)


def encode_request(request: SyncRequest) -> bytes:
    """A request as JSON."""
    return _adapter(SyncRequest).dump_json(request)


def decode_request(body: bytes) -> SyncRequest:
    """A request from JSON.

    Raises:
        CentralRefused: It is not one. The sentence never repeats what was in it.
    """
    try:
        request: SyncRequest = _adapter(SyncRequest).validate_json(body, strict=True)
    except (ValidationError, RecursionError) as error:
        raise CentralRefused(f"The request is not of this protocol's form{_where(error)}.") from None
    return request


def encode_reply(reply: SyncReply) -> bytes:
    """A reply as JSON."""
    return _adapter(SyncReply).dump_json(reply)


def decode_reply(body: bytes) -> SyncReply:
    """A reply from JSON.

    Raises:
        CentralNonsense: It is not one.
    """
    try:
        reply: SyncReply = _adapter(SyncReply).validate_json(body, strict=True)
    except (ValidationError, RecursionError):
        raise CentralNonsense(
            "What answered is not the central service, or its answer is damaged. Nothing is lost; try again later."
        ) from None
    return reply


def _where(error: ValidationError | RecursionError) -> str:
    """Which member is wrong, by name and never by content."""
    if not isinstance(error, ValidationError):
        return ""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]["loc"]
    return f" at {'.'.join(str(part) for part in first)}"[:200] if first else ""
