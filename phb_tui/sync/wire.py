"""Encodes and decodes the protocol's messages as JSON compressed with zstd, and validates what is decoded.

A change is sent as the very text that was hashed, and a record as the texts that central stores, so that neither side
parses what it only passes on.
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
"""The largest request, in bytes, compressed."""
LONGEST_UNPACKED = 32 * 1024 * 1024
"""The largest request, in bytes, decompressed."""
LONGEST_REPLY = 64 * 1024 * 1024
UP, DOWN = 3, 1
"""The zstd levels: a laptop has little to send and time to compress it, central has neither."""

_NOT_CENTRAL = "What answered is not the team server, or its answer is damaged. Nothing is lost; try again later."


_MOST = 2**53 - 1
"""The largest integer that every JSON parser reads exactly (RFC 8259, section 6)."""


class _At(msgspec.Struct):
    """A position in a team's history; see `domain.records.changes.SyncPosition`."""

    epoch: Annotated[int, msgspec.Meta(ge=0, le=_MOST)]
    seq: Annotated[int, msgspec.Meta(ge=0, le=_MOST)]


class Request(msgspec.Struct):
    """The JSON form of `protocol.SyncRequest`; the member names must not change."""

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
    """The JSON form of a change in the protocol's first version."""

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
    """The JSON form of `protocol.SyncReply`; the member names must not change."""

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
"""What decoding invalid JSON raises: wrong syntax, wrong types, invalid Unicode, nesting too deep."""

_encode = msgspec.json.Encoder().encode


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401 - any type expression
    return msgspec.json.Decoder(kind)


def encode_request(request: SyncRequest) -> bytes:
    """Encode a request as compressed JSON."""
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
    """Decode a request from compressed JSON; its changes are not parsed, so that an invalid one affects no other.

    Raises:
        CentralRefused: It does not have the protocol's form; the sentence quotes no value.
    """
    try:
        r: Request = _decoder(Request).decode(unpack(body, LONGEST_UNPACKED))
    except (*_UNREADABLE, Unpackable) as error:
        raise CentralRefused(f"The request is not of this protocol's form{_where(error)}.") from None
    changes = tuple(map(bytes, r.changes))
    cursor = SyncPosition(r.cursor.epoch, r.cursor.seq)
    return SyncRequest(r.team_id, r.device_id, cursor, r.chain, r.first, changes, r.page, r.done, r.knows, r.left)


def decode_enrolment(body: bytes) -> Enrolment:
    """Decode an enrolment request from JSON.

    Raises:
        CentralRefused: It does not have the protocol's form.
    """
    try:
        asked: Enrolment = _decoder(Enrolment).decode(body)
    except _UNREADABLE as error:
        raise CentralRefused(f"The request is not of this protocol's form{_where(error)}.") from None
    return asked


def read_orders(words: object) -> tuple[Order, ...]:
    """The remote commands in a member of a problem object; () when it is anything else."""
    try:
        return msgspec.convert(words, tuple[Order, ...])
    except msgspec.ValidationError:
        return ()


def encode(words: object) -> bytes:
    """Encode a message as uncompressed JSON."""
    return _encode(words)


def decode_change(text: bytes) -> Change:
    """Decode a change from its text, in any version of its form.

    Raises:
        CentralRefused: It is not one. The sentence never repeats what was in it.
    """
    try:
        change: Change = _first_form(text) if text.startswith(b"[") else _read_change(text)
    except _UNREADABLE as error:
        raise CentralRefused(f"This change cannot be read{_where(error)}.") from None
    if change.shape not in _SHAPES:
        raise CentralRefused(
            "A newer phb-tui made this change, so the team server cannot accept it until it is newer too."
        )
    return change


_read_change = msgspec.json.Decoder(Change).decode
_SHAPES = frozenset({1, SHAPE})


def _first_form(text: bytes) -> Change:
    found = _decoder(_First).decode(text)
    members = {name: getattr(found, name) for name in _First.__struct_fields__}
    return Change(**{**members, "seen": SyncPosition(*found.seen)})


def encode_reply(reply: SyncReply) -> bytes:
    """Encode a reply as compressed JSON."""
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
    """Decode and validate a reply from compressed JSON.

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
    """A received record, validated by parsing its values and origins."""
    values(row.values)
    found = origins(row.origins)
    held, came = str(row.values, "utf-8"), str(row.origins, "utf-8")
    # Conflicting values are a list of lists, and rare.
    conflicts = sum(1 for origin in found.values() if origin.sides) if "[[" in came else 0
    return Row(row.record_id, row.kind, row.person_id, row.seq, held, came, row.gone, conflicts)


class Unpackable(Exception):
    """The bytes are not zstd, or too many when decompressed."""


def pack(words: bytes, level: int) -> bytes:
    """Compress bytes with zstd at a level."""
    return zstd.compress(words, level)


def unpack(body: bytes, most: int) -> bytes:
    """Decompress bytes, at most `most` of them, against decompression bombs.

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
    """Where the invalid member is, by its path and never by its value; "" when that is not known."""
    _words, found, path = str(error).partition(" - at `$")
    return f" at {path.rstrip('`').lstrip('.')}"[:200] if found and "[..." not in path else ""
