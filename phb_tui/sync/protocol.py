"""The exchange as one type, implemented by central and by the device's HTTP client alike."""

from dataclasses import dataclass, field
from typing import Protocol

from phb_tui.domain.records.changes import SyncPosition, canonical
from phb_tui.domain.records.record_codec import Row
from phb_tui.errors import CentralRefused

PATH = "/v1/sync"
"""Where central answers."""

ENROL = "/v1/enrol"
"""Where a laptop joins."""

MOST_CHANGES = 5_000
"""The most changes in one request; the rest go in the next."""

MOST_DONE = 20
"""The most orders confirmed in one request; the rest in the next."""

MOST_SENT = 1024 * 1024
"""The most bytes of changes in one request, unless one change alone is longer."""

MOST_ROWS = 10_000
"""The most records in one reply; `SyncReply.more` says there are others."""

PAGE_BYTES = 4 * 1024 * 1024
"""About how many bytes of records a laptop asks for at once."""


@dataclass(frozen=True, slots=True)
class SyncRequest:
    """What a device sends.

    Attributes:
        team_id: The team it asks about; one team a request.
        device_id: The device; central checks it against the signature.
        cursor: How far this device has seen.
        chain: Central's own hash at the cursor, as central gave it; "" at the start.
        first: The number of the first of the changes.
        changes: The texts of its unanswered changes in order, oldest first, numbered without a gap from `first`.
        page: About how many bytes of records it wants at most.
        done: Orders it has carried out.
        knows: Which list of colleagues it has; 0 for none.
        left: How many changes wait on it beside these; -1 when it does not say.
    """

    team_id: str
    device_id: str
    cursor: SyncPosition
    chain: str
    first: int
    changes: tuple[bytes, ...] = field(repr=False)
    page: int = PAGE_BYTES
    completed_commands: tuple[str, ...] = ()
    roster_version: int = 0
    left: int = -1


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a laptop sends to join, signed with the key it made.

    Attributes:
        team_id: The team.
        device_id: What the laptop calls itself.
        public_key: Its key, 32 bytes in hex.
        code: The one-time code of its team lead.
        label: What a team lead sees it as.
    """

    team_id: str
    device_id: str
    public_key: str
    code: str = field(repr=False)
    label: str


@dataclass(frozen=True, slots=True)
class Order:
    """What a team lead tells a laptop through central.

    Attributes:
        order_id: Its name; an order is carried out once.
        what: "lock", "release" or "wipe".
        issued_at: When, ISO 8601 UTC.
        signature: Central's, in hex, over `words`.
    """

    order_id: str
    what: str
    issued_at: str
    signature: str = ""

    def words(self, team_id: str, device_id: str) -> bytes:
        """What is signed: the order and for whom it is."""
        return canonical(["order", team_id, device_id, self.order_id, self.what, self.issued_at]).encode()


@dataclass(frozen=True, slots=True)
class Lease:
    """How long a laptop may be without central.

    Attributes:
        until: The last day and time, ISO 8601 UTC.
        signature: Central's, in hex, over `words`.
    """

    until: str
    signature: str = ""

    def words(self, team_id: str, device_id: str) -> bytes:
        """What is signed: the time and for whom it is."""
        return canonical(["lease", team_id, device_id, self.until]).encode()


@dataclass(frozen=True, slots=True)
class Roster:
    """Who works with whom, so that a laptop shows names and knows where a person can be handed over to.

    Attributes:
        number: Which list this is; it grows when somebody joins, leaves or changes their role.
        team: The team's name.
        people: Everybody in the team: staff id, name, role.
        teams: The other teams: id, name.
    """

    number: int
    team: str
    people: tuple[tuple[str, str, str], ...]
    teams: tuple[tuple[str, str], ...]


class DeviceBlocked(CentralRefused):
    """A laptop that is not let in any more.

    Args:
        sentence: What it is told.
        orders: What it is to do.
    """

    def __init__(self, sentence: str, orders: tuple[Order, ...] = ()) -> None:
        super().__init__(sentence)
        self.orders = orders


@dataclass(frozen=True, slots=True)
class RejectedChange:
    """A change central keeps aside instead of applying.

    Attributes:
        op_no: Which of the device's changes.
        why: A sentence for the nurse.
    """

    op_no: int
    why: str


@dataclass(frozen=True, slots=True)
class SyncReply:
    """What central answers.

    Attributes:
        ack: The last of this device's changes central has, for good. Lower than expected after central was restored.
        refused: Changes in this request that were kept aside.
        cursor: How far the records below bring the device.
        chain: Central's hash over everything up to the cursor; the device brings it back next time.
        rows: Every record with news after the request's cursor, in sequence, as many as fit a page.
        more: Whether to ask again at once.
        total: How many changes central holds for the team.
        checksum: What `domain.checksum` makes of all the team's records at the cursor, when there is no more.
        orders: What the laptop is to do.
        lease: How long it may be without central; None when central says nothing about it.
        colleagues: Who works there now, when the laptop has another list.
        head: The hash of the change at `ack`, by which a laptop knows that they mean the same; "" when not known.
    """

    ack: int
    refused: tuple[RejectedChange, ...]
    cursor: SyncPosition
    chain: str
    rows: tuple[Row, ...]
    more: bool
    total: int
    checksum: str
    orders: tuple[Order, ...] = ()
    lease: Lease | None = None
    colleagues: Roster | None = None
    head: str = ""


class Central(Protocol):
    """Anything that answers the exchange."""

    def sync(self, request: SyncRequest) -> SyncReply:
        """Take the changes and answer with the news, both or neither.

        Raises:
            SyncProblem: Nothing is known to have happened; asking again is always safe.
        """
