"""Messages by which a laptop restored from a backup gets a new device id at central (decision 0016)."""

from dataclasses import dataclass
from typing import Annotated

import msgspec

from phb_tui.errors import CentralNonsense, CentralRefused
from phb_tui.sync import wire
from phb_tui.sync.protocol import RejectedChange

PATH = "/v1/succeed"
"""The path of the endpoint."""
MOST_HASHES = 60_000
"""How many hashes one request holds at most."""
TYPE = "application/json"
Number = Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]
"""The number of a change."""


@dataclass(frozen=True, slots=True)
class Succession:
    """A restored laptop's request for a new device id, signed with its key under the old one.

    Attributes:
        team_id: The team.
        device_id: The old device id.
        successor: The new device id.
        hashes: The number and hash of its own changes as they would be sent, oldest first, without a gap.
    """

    team_id: str
    device_id: str
    successor: str
    hashes: Annotated[tuple[tuple[Number, str], ...], msgspec.Meta(max_length=MOST_HASHES)]


@dataclass(frozen=True, slots=True)
class Common:
    """Central's reply: up to which change the two histories are the same.

    Attributes:
        last: The number of the last common change; 0 for none, -1 when it is before the first of the hashes.
        refused: Those changes up to it that were quarantined.
    """

    last: Annotated[int, msgspec.Meta(ge=-1)]
    refused: tuple[RejectedChange, ...] = ()


def decode_succession(body: bytes) -> Succession:
    """Decode a request from JSON.

    Raises:
        CentralRefused: It does not have the protocol's form.
    """
    try:
        return msgspec.json.decode(body, type=Succession)
    except (ValueError, RecursionError):
        raise CentralRefused("The request is not of this protocol's form.") from None


def decode_common(body: bytes) -> Common:
    """Decode a reply from JSON.

    Raises:
        CentralNonsense: It does not have the protocol's form.
    """
    try:
        return msgspec.json.decode(body, type=Common)
    except (ValueError, RecursionError):
        raise CentralNonsense(
            "What answered is not the team server, or its answer is damaged. Nothing is lost; try again later."
        ) from None


def encode(data: Succession | Common) -> bytes:
    """Encode a request or a reply as JSON."""
    return wire.encode(data)
