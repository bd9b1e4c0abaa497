"""What a laptop of the first versions sends, kept as it was: members that came later are not in it."""

import msgspec

from phb_tui.sync import wire
from phb_tui.sync.protocol import SyncRequest


class _Request(msgspec.Struct):
    team_id: str
    device_id: str
    cursor: dict[str, int]
    chain: str
    first: int
    changes: list[msgspec.Raw]
    page: int
    done: tuple[str, ...]
    knows: int


def encode_request(request: SyncRequest) -> bytes:
    """A request as it travelled then."""
    r = request
    cursor = {"epoch": r.cursor.epoch, "seq": r.cursor.seq}
    changes = [msgspec.Raw(text) for text in r.changes]
    asked = _Request(
        r.team_id, r.device_id, cursor, r.chain, r.first, changes, r.page, r.completed_commands, r.roster_version
    )
    return wire.pack(msgspec.json.encode(asked), wire.UP)
