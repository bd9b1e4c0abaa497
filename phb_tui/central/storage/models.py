"""Row types of central's tables; the columns are defined in `schema/`."""

from dataclasses import dataclass
from typing import NamedTuple

REPLACED = "replaced"
"""The state of a device that was restored from a backup and goes on under another device id (decision 0016)."""

CENTRAL, ADMINISTRATOR = "central", "administrator"
"""The device id and the author of central's own changes; no laptop may have this id."""


@dataclass(frozen=True, slots=True)
class Team:
    """A team and the state of its change log.

    Attributes:
        epoch: Grows when central was restored from a backup; laptops then synchronise from the start.
        seq: The sequence number of the team's last change.
        chain: The hash chain over all changes up to `seq`, in hex.
        checksum: Over all the team's records; see `domain.records.checksum`.
        staffing: The roster's version; it grows when the staff change.
    """

    team_id: str
    name: str
    epoch: int
    seq: int
    chain: str
    checksum: str
    staffing: int


@dataclass(frozen=True, slots=True)
class Staff:
    """A staff member of a team.

    Attributes:
        role: A key of `roles.ROLES`.
    """

    staff_id: str
    name: str
    role: str


class TeamMembership(NamedTuple):
    """A staff member who can sign in, in one of their teams.

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
    """An enrolled laptop.

    Attributes:
        public_key: Ed25519, 32 bytes in hex.
        state: "active", "locked", "wiped", "revoked" or "replaced".
        last_op: The number of its last change that central has; the next must be one more.
        head: That change's hash.
        enrolled_at: ISO 8601 UTC.
        seen_at: Its last exchange, ISO 8601 UTC; "" before the first.
        role: The role of its user in the team, a key of `roles.ROLES`; "" when they left.
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
    """A one-time code to enrol a laptop.

    Attributes:
        staff_id: Whose laptop it will be.
        device_id: The laptop that enrols again with a new key; "" for a new laptop.
        expires_at: ISO 8601 UTC.
        used_at: ISO 8601 UTC; "" while it is unused.
    """

    staff_id: str
    device_id: str
    expires_at: str
    used_at: str


@dataclass(frozen=True, slots=True)
class ReceivedChange:
    """A change in the team's log, as the web pages show it.

    Attributes:
        outcome: "applied", "conflict", "refused" (quarantined), "forwarded" and the like.
        why: Why it was quarantined; "" when it was not.
        body: Its text as received.
    """

    seq: int
    received_at: str
    device_id: str
    op_no: int
    outcome: str
    why: str
    body: str


LogRow = tuple[int, str, int, str, str, str, str, str, str, str]
"""A row of the change log: the columns of `queries.INSERT_CHANGES` without the team; a plain tuple, for one request
makes thousands."""
