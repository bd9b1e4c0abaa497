"""What a laptop that was put back to an older copy says to central, and the answer (decision 0016)."""

from dataclasses import dataclass
from typing import Annotated

import msgspec

from phb_tui.errors import CentralNonsense, CentralRefused
from phb_tui.sync import wire
from phb_tui.sync.protocol import RejectedChange

PATH = "/v1/succeed"
"""Where central answers."""
MOST_HASHES = 60_000
"""The most hashes in one request; a request has room for them."""
TYPE = "application/json"
Number = Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]
"""The number of a change."""


@dataclass(frozen=True, slots=True)
class Succession:
    """What such a laptop sends, signed with its key under the name it had.

    Attributes:
        team_id: The team.
        device_id: The name it had.
        successor: The name it goes on by.
        hashes: The number and the hash of its own changes as they would be sent, oldest first, without a gap.
    """

    team_id: str
    device_id: str
    successor: str
    hashes: Annotated[tuple[tuple[Number, str], ...], msgspec.Meta(max_length=MOST_HASHES)]


@dataclass(frozen=True, slots=True)
class Common:
    """What central answers: how far the two histories are one.

    Attributes:
        last: The number of the last change that both have; 0 for none, -1 when it is before the first of the hashes.
        refused: Those of the hashes up to it that were kept aside.
    """

    last: Annotated[int, msgspec.Meta(ge=-1)]
    refused: tuple[RejectedChange, ...] = ()


def decode_succession(body: bytes) -> Succession:
    """A request from plain JSON.

    Raises:
        CentralRefused: It is not one.
    """
    try:
        return msgspec.json.decode(body, type=Succession)
    except (ValueError, RecursionError):
        raise CentralRefused("The request is not of this protocol's form.") from None


def decode_common(body: bytes) -> Common:
    """An answer from plain JSON.

    Raises:
        CentralNonsense: It is not one.
    """
    try:
        return msgspec.json.decode(body, type=Common)
    except (ValueError, RecursionError):
        raise CentralNonsense(
            "What answered is not the central service, or its answer is damaged. Nothing is lost; try again later."
        ) from None


def encode(words: Succession | Common) -> bytes:
    """Either as plain JSON."""
    return wire.encode(words)
