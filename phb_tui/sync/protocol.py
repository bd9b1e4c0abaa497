"""Types of the sync protocol, and the `Central` protocol class that the server and the HTTP client both implement."""

from dataclasses import dataclass, field
from typing import Protocol

from phb_tui.domain.records.changes import SyncPosition, canonical
from phb_tui.domain.records.record_codec import Row
from phb_tui.errors import CentralRefused

PATH = "/v1/sync"
"""The path of the sync endpoint."""

ENROL = "/v1/enrol"
"""The path of the enrolment endpoint."""

MOST_CHANGES = 5_000
"""How many changes one request holds at most; the rest go in the next."""

MOST_DONE = 20
"""How many remote commands one request confirms at most; the rest go in the next."""

MOST_SENT = 1024 * 1024
"""How many bytes of changes one request holds at most, unless a single change is longer."""

MOST_ROWS = 10_000
"""How many records one reply holds at most; `SyncReply.more` says that there are others."""

PAGE_BYTES = 4 * 1024 * 1024
"""The default page size: about how many bytes of records one reply holds."""


@dataclass(frozen=True, slots=True)
class SyncRequest:
    """A sync request of a device.

    Attributes:
        team_id: The team; one team a request.
        device_id: The device; central checks it against the signature.
        cursor: The position up to which the device has read the team's records.
        chain: Central's hash chain at the cursor, as central sent it; "" at the start.
        first: The number of the first of the changes.
        changes: The texts of its unacknowledged changes, oldest first, numbered without a gap from `first`.
        page: About how many bytes of records the reply may hold.
        completed_commands: The ids of remote commands it has carried out.
        roster_version: The version of its roster; 0 for none.
        left: How many more changes wait on it; -1 when it does not say.
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
    """A laptop's request to enrol, signed with its new key.

    Attributes:
        team_id: The team.
        device_id: The id that the laptop has chosen.
        public_key: Its Ed25519 public key, 32 bytes in hex.
        code: The one-time enrolment code.
        label: Its name on the team lead's pages.
    """

    team_id: str
    device_id: str
    public_key: str
    code: str = field(repr=False)
    label: str


@dataclass(frozen=True, slots=True)
class Order:
    """A remote command to a laptop, signed by central.

    Attributes:
        order_id: Its id; a command is carried out once.
        what: "lock", "release" or "wipe".
        issued_at: ISO 8601 UTC.
        signature: Central's Ed25519 signature over `words`, in hex.
    """

    order_id: str
    what: str
    issued_at: str
    signature: str = ""

    def words(self, team_id: str, device_id: str) -> bytes:
        """The bytes that are signed: the command and the device it is for."""
        return canonical(["order", team_id, device_id, self.order_id, self.what, self.issued_at]).encode()


@dataclass(frozen=True, slots=True)
class Lease:
    """The offline lease: until when a laptop may be used without contact to central.

    Attributes:
        until: ISO 8601 UTC.
        signature: Central's Ed25519 signature over `words`, in hex.
    """

    until: str
    signature: str = ""

    def words(self, team_id: str, device_id: str) -> bytes:
        """The bytes that are signed: the time and the device it is for."""
        return canonical(["lease", team_id, device_id, self.until]).encode()


@dataclass(frozen=True, slots=True)
class Roster:
    """The roster: the team's staff, for their names, and the other teams, to transfer a person to.

    Attributes:
        number: Its version; it grows when staff join, leave or change their role.
        team: The team's name.
        people: The team's staff: staff id, name, role.
        teams: The other teams: id, name.
    """

    number: int
    team: str
    people: tuple[tuple[str, str, str], ...]
    teams: tuple[tuple[str, str], ...]


class DeviceBlocked(CentralRefused):
    """The laptop is locked, wiped or revoked, or its user's role does not allow an exchange.

    Args:
        sentence: What its user is told.
        orders: Remote commands to carry out.
    """

    def __init__(self, sentence: str, orders: tuple[Order, ...] = ()) -> None:
        super().__init__(sentence)
        self.orders = orders


@dataclass(frozen=True, slots=True)
class RejectedChange:
    """A change that central has quarantined instead of applying it.

    Attributes:
        op_no: Its number among the device's changes.
        why: A sentence for the user.
    """

    op_no: int
    why: str


@dataclass(frozen=True, slots=True)
class SyncReply:
    """Central's reply to a sync request.

    Attributes:
        ack: The number of this device's last change that central has committed; lower than before when central was
            restored from a backup.
        refused: Changes in this request that were quarantined.
        cursor: The position that `rows` reach.
        chain: Central's hash chain at the cursor; the device sends it back in its next request.
        rows: Records changed after the request's cursor, in sequence, as many as fit a page.
        more: Whether there are further pages.
        total: How many changes central holds for the team.
        checksum: `domain.records.checksum` over all the team's records at the cursor, on the last page; else "".
        orders: Remote commands to carry out.
        lease: The offline lease; None when central sends none.
        colleagues: The roster, when the laptop has another version; else None.
        head: The hash of the change at `ack`, so that a laptop notices a diverged history; "" when not known.
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
    """Anything that answers sync requests: the server, the HTTP client, the prefetcher."""

    def sync(self, request: SyncRequest) -> SyncReply:
        """Ingest the request's changes and return changed records, both or neither.

        Raises:
            SyncProblem: Whether it succeeded is not known; repeating the request is always safe.
        """
