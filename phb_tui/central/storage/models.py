"""What central keeps, as values; their columns are in `schema/`."""

from dataclasses import dataclass
from typing import NamedTuple

REPLACED = "replaced"
"""The state of a laptop that goes on under another name."""


@dataclass(frozen=True, slots=True)
class Team:
    """A team's place in its own history; see `schema/`."""

    team_id: str
    name: str
    epoch: int
    seq: int
    chain: str
    checksum: str
    staffing: int


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works in a team.

    Attributes:
        role: A key of `roles.ROLES`.
    """

    staff_id: str
    name: str
    role: str


class TeamMembership(NamedTuple):
    """Somebody who can sign in, in one of their teams.

    Attributes:
        role: A key of `roles.ROLES`.
        signed_out_at: When they last signed out, in milliseconds since 1970.
    """

    team_id: str
    staff_id: str
    name: str
    role: str
    signed_out_at: int


@dataclass(frozen=True, slots=True)
class Device:
    """A laptop as central knows it.

    Attributes:
        public_key: Ed25519, in hex.
        state: "active", "locked", "wiped", "revoked" or "replaced".
        last_op: The number of its last change here; the next must be one more.
        head: That change's hash.
        role: What its nurse is in the team.
    """

    team_id: str
    device_id: str
    staff_id: str
    label: str
    public_key: str
    state: str
    last_op: int
    head: str
    enrolled_at: str
    seen_at: str
    role: str


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """A one-time code; see `schema/`."""

    staff_id: str
    device_id: str
    expires_at: str
    used_at: str


@dataclass(frozen=True, slots=True)
class ReceivedChange:
    """A change that arrived, for somebody to look at.

    Attributes:
        outcome: What became of it.
        why: Why it was kept aside; "" when it was not.
        body: Its text, as it came.
    """

    seq: int
    received_at: str
    device_id: str
    op_no: int
    outcome: str
    why: str
    body: str


LogRow = tuple[int, str, int, str, str, str, str, str, str, str]
"""A change on its way into the log: the columns of `queries.INSERT_CHANGES` but the team. A request makes thousands."""
