"""The protocol's types as bytes and back: JSON, squeezed with zstd; what comes in is checked before anything sees it.

A change travels as the very text that was hashed, and a record as the very texts central keeps, so neither side reads
what it only passes on.
"""

import sys
from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, Literal

import msgspec

from phb_tui.domain.records.changes import SHAPE, Change, SyncPosition, Value
from phb_tui.domain.records.record_codec import Row
from phb_tui.errors import CentralNonsense, CentralRefused
from phb_tui.sync.protocol import (
    MOST_CHANGES,
    MOST_DONE,
    PAGE_BYTES,
    Enrolment,
    Lease,
    Order,
    RejectedChange,
    Roster,
    SyncReply,
    SyncRequest,
)

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TYPE = "application/vnd.phb-tui.sync+json"
LONGEST_REQUEST = 4 * 1024 * 1024
"""The most bytes of a request as it travels."""
LONGEST_UNPACKED = 32 * 1024 * 1024
"""The most bytes of a request once it is unpacked."""
LONGEST_REPLY = 64 * 1024 * 1024
UP, DOWN = 3, 1
"""How hard each way is squeezed: a laptop has little to send and time to do it, central has neither."""

_NOT_CENTRAL = "What answered is not the central service, or its answer is damaged. Nothing is lost; try again later."


_MOST = 2**53 - 1
"""The largest whole number that every reader of JSON understands."""


class _At(msgspec.Struct):
    """See `domain.changes.Seen`."""

    epoch: Annotated[int, msgspec.Meta(ge=0, le=_MOST)]
    seq: Annotated[int, msgspec.Meta(ge=0, le=_MOST)]


class Request(msgspec.Struct):
    """A request as it travels; see `protocol.SyncRequest`."""

    team_id: str
    device_id: str
    cursor: _At
    chain: str
    first: Annotated[int, msgspec.Meta(ge=1, le=_MOST)]
    changes: Annotated[list[msgspec.Raw], msgspec.Meta(max_length=MOST_CHANGES)]
    page: Annotated[int, msgspec.Meta(ge=1, le=_MOST)] = PAGE_BYTES
    done: Annotated[tuple[str, ...], msgspec.Meta(max_length=MOST_DONE)] = ()
    knows: Annotated[int, msgspec.Meta(ge=0, le=_MOST)] = 0
    left: Annotated[int, msgspec.Meta(ge=-1, le=_MOST)] = -1


class _Row(msgspec.Struct, array_like=True, gc=False):
    record_id: str
    kind: str
    person_id: str | None
    seq: int
    gone: str
    values: msgspec.Raw
    origins: msgspec.Raw


class _First(msgspec.Struct, array_like=True):
    """A change of the first form."""

    shape: Literal[1]
    team_id: str
    device_id: str
    op_no: int
    kind: str
    record_id: str
    person_id: str | None
    fields: dict[str, Value]
    before: dict[str, Value]
    seen: tuple[int, int]
    author: str
    at: str
    resolves: tuple[str, ...]
    prev: str


class Reply(msgspec.Struct):
    """A reply as it travels; see `protocol.SyncReply`."""

    ack: int
    refused: tuple[RejectedChange, ...]
    cursor: SyncPosition
    chain: str
    more: bool
    total: int
    checksum: str
    rows: list[_Row]
    orders: tuple[Order, ...] = ()
    lease: Lease | None = None
    colleagues: Roster | None = None
    head: str = ""


_Side = tuple[Value, str, int, str, str, int]


class _Origin(msgspec.Struct, array_like=True, gc=False):
    seq: int
    device_id: str
    op_no: int
    author: str
    at: str
    sides: tuple[_Side, ...] = ()


_UNREADABLE = (ValueError, RecursionError)
"""What reading JSON of any kind of damage raises: not of its form, not of its type, not Unicode, too deep."""

_encode = msgspec.json.Encoder().encode


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401 - any type expression
    return msgspec.json.Decoder(kind)


def encode_request(request: SyncRequest) -> bytes:
    """A request as squeezed JSON."""
    changes = [msgspec.Raw(text) for text in request.changes]
    r = request
    cursor = _At(r.cursor.epoch, r.cursor.seq)
    asked = Request(
        r.team_id,
        r.device_id,
        cursor,
        r.chain,
        r.first,
        changes,
        r.page,
        r.completed_commands,
        r.roster_version,
        r.left,
    )
    return pack(_encode(asked), UP)


def decode_request(body: bytes) -> SyncRequest:
    """A request from squeezed JSON; its changes are not looked into, so that a bad one spoils no other.

    Raises:
        CentralRefused: It is not one. The sentence never repeats what was in it.
    """
    try:
        r: Request = _decoder(Request).decode(unpack(body, LONGEST_UNPACKED))
    except (*_UNREADABLE, Unpackable) as error:
        raise CentralRefused(f"The request is not of this protocol's form{_where(error)}.") from None
    changes = tuple(map(bytes, r.changes))
    cursor = SyncPosition(r.cursor.epoch, r.cursor.seq)
    return SyncRequest(r.team_id, r.device_id, cursor, r.chain, r.first, changes, r.page, r.done, r.knows, r.left)


def decode_enrolment(body: bytes) -> Enrolment:
    """A request to join, from plain JSON.

    Raises:
        CentralRefused: It is not one.
    """
    try:
        asked: Enrolment = _decoder(Enrolment).decode(body)
    except _UNREADABLE as error:
        raise CentralRefused(f"The request is not of this protocol's form{_where(error)}.") from None
    return asked


def read_orders(words: object) -> tuple[Order, ...]:
    """The orders in a problem's members; none when there are none."""
    try:
        return msgspec.convert(words, tuple[Order, ...])
    except msgspec.ValidationError:
        return ()


def encode(words: object) -> bytes:
    """Anything of ours as plain JSON."""
    return _encode(words)


def decode_change(text: bytes) -> Change:
    """A change from its text, of whichever form it was made in.

    Raises:
        CentralRefused: It is not one. The sentence never repeats what was in it.
    """
    try:
        change: Change = _first_form(text) if text.startswith(b"[") else _read_change(text)
    except _UNREADABLE as error:
        raise CentralRefused(f"This change cannot be read{_where(error)}.") from None
    if change.shape not in _SHAPES:
        raise CentralRefused("A newer phb-tui made this change, so central keeps it aside until it is newer too.")
    return change


_read_change = msgspec.json.Decoder(Change).decode
_SHAPES = frozenset({1, SHAPE})


def _first_form(text: bytes) -> Change:
    found = _decoder(_First).decode(text)
    members = {name: getattr(found, name) for name in _First.__struct_fields__}
    return Change(**{**members, "seen": SyncPosition(*found.seen)})


def encode_reply(reply: SyncReply) -> bytes:
    """A reply as squeezed JSON."""
    rows = [
        _Row(
            row.record_id, row.kind, row.person_id, row.seq, row.transferred_to,
            msgspec.Raw(row.values.encode()), msgspec.Raw(row.origins.encode()),
        )
        for row in reply.rows
    ]  # fmt: skip
    r = reply
    said = (r.orders, r.lease, r.colleagues, r.head)
    return pack(_encode(Reply(r.ack, r.refused, r.cursor, r.chain, r.more, r.total, r.checksum, rows, *said)), DOWN)


def decode_reply(body: bytes) -> SyncReply:
    """A reply from squeezed JSON.

    Raises:
        CentralNonsense: It is not one.
    """
    values, origins = _decoder(dict[str, Value]), _decoder(dict[str, _Origin])
    try:
        r: Reply = _decoder(Reply).decode(unpack(body, LONGEST_REPLY))
        rows = tuple(_row(row, values.decode, origins.decode) for row in r.rows)
    except (*_UNREADABLE, Unpackable):
        raise CentralNonsense(_NOT_CENTRAL) from None
    said = (r.orders, r.lease, r.colleagues, r.head)
    return SyncReply(r.ack, r.refused, r.cursor, r.chain, rows, r.more, r.total, r.checksum, *said)


def _row(row: _Row, values: Callable[[bytes], Any], origins: Callable[[bytes], Any]) -> Row:
    """A row as it came, looked at before anybody keeps it."""
    values(row.values)
    found = origins(row.origins)
    held, came = str(row.values, "utf-8"), str(row.origins, "utf-8")
    # Sides are a list of lists, and seldom there.
    conflicts = sum(1 for origin in found.values() if origin.sides) if "[[" in came else 0
    return Row(row.record_id, row.kind, row.person_id, row.seq, held, came, row.gone, conflicts)


class Unpackable(Exception):
    """Bytes that are no zstd, or too many once unpacked."""


def pack(words: bytes, level: int) -> bytes:
    """Squeeze bytes."""
    return zstd.compress(words, level)


def unpack(body: bytes, most: int) -> bytes:
    """Unsqueeze bytes, but never more than `most`: a few bytes can stand for very many.

    Raises:
        Unpackable: They are damaged or too many.
    """
    opened = zstd.ZstdDecompressor()
    try:
        words = opened.decompress(body, max_length=most + 1)
    except zstd.ZstdError as error:
        raise Unpackable from error
    if len(words) > most or not opened.eof or opened.unused_data:
        raise Unpackable
    return words


def _where(error: Exception) -> str:
    """Which member is wrong, by name and never by content."""
    _words, found, path = str(error).partition(" - at `$")
    return f" at {path.rstrip('`').lstrip('.')}"[:200] if found and "[..." not in path else ""
