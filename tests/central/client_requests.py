"""Requests of a laptop that has joined, for tests that only need a central to be asked."""

from phb_tui.domain.records.changes import Change, SyncPosition, Value
from phb_tui.sync import signing
from phb_tui.sync.http_client import HttpCentral
from phb_tui.sync.protocol import SyncRequest
from phb_tui.sync.signing import Signer
from tests import factories

TEAM = "north"
KEY, PUBLIC = signing.new_key()
"""The key of every laptop here."""


def changes(device: str, first: int, count: int, prev: str = "", value: Value = "words") -> list[Change]:
    """A laptop's next changes, each in a record of its own."""
    made = []
    for op_no in range(first, first + count):
        one = Change(
            TEAM, device, "answer", f"{device}-r{op_no}", "p", {"words": value}, {}, SyncPosition(),
            factories.nurse(device).id, "2026-11-23T09:00:00.000Z",
        ).numbered(op_no, prev)  # fmt: skip
        prev = one.hash
        made.append(one)
    return made


def request(device: str, made: list[Change] | None = None) -> SyncRequest:
    """What the laptop sends."""
    made = made or []
    first = made[0].op_no if made else 1
    return SyncRequest(TEAM, device, SyncPosition(), "", first, tuple(change.text.encode() for change in made))


def asking(address: str, device: str) -> HttpCentral:
    """The laptop's line to central."""
    return HttpCentral(address, Signer(TEAM, device, KEY))
