"""Device status from central: pending commands, lease expiry, team roster."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from phb_tui.store import key_values

MOST_AHEAD = 10 * 366 * 86400
"""The largest clock difference that is accepted from central: ten years, in seconds."""
LAST_YEAR = 9000


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """The device's status at its last exchange.

    Attributes:
        locked: "lock" or "wipe" after such a remote command; "" when not locked.
        lease: When the offline lease expires, ISO 8601 UTC; "" before the first exchange.
        ahead: By how many seconds this laptop's clock was ahead of central's at the last exchange.
        latest: The last exchange, by central's clock, ISO 8601 UTC; "" if never.
        boot: The boot id of the machine then; "" if not known.
        uptime: The machine's uptime then, in seconds.
    """

    locked: str
    lease: str
    ahead: int
    latest: str
    boot: str = ""
    uptime: float = 0.0


def read(db: Database) -> DeviceStatus:
    """The stored status; invalid values are read as if central had sent none."""
    kept = _kept(db, "standing")
    ahead, uptime = kept.get("ahead", 0), kept.get("uptime", 0.0)
    return DeviceStatus(
        str(kept.get("locked", "")),
        _moment(kept.get("lease", "")),
        max(-MOST_AHEAD, min(ahead, MOST_AHEAD)) if isinstance(ahead, int) else 0,
        _moment(kept.get("latest", "")),
        str(kept.get("boot", "")),
        float(uptime) if isinstance(uptime, int | float) and 0 <= uptime < MOST_AHEAD else 0.0,
    )


def save(db: Database, standing: DeviceStatus) -> None:
    """Store the status. Call inside `transaction`."""
    names = DeviceStatus.__slots__
    key_values.put_within(db, {"standing": json.dumps({name: getattr(standing, name) for name in names})})


def received_commands(db: Database) -> dict[str, bool]:
    """The remote commands that were carried out, by id, each with whether that is confirmed to central."""
    return {str(order): bool(known) for order, known in _kept(db, "orders").items()}


def save_received_commands(db: Database, orders: Mapping[str, bool]) -> None:
    """Store which remote commands were carried out and confirmed. Call inside `transaction`."""
    key_values.put_within(db, {"orders": json.dumps(dict(orders))})


def roster(db: Database) -> dict[str, object]:
    """The roster: "number", "team", "people" (id, name, role), "teams" (id, name); {} before the first exchange."""
    return _kept(db, "colleagues")


def save_roster(db: Database, kept: Mapping[str, object]) -> None:
    """Store the roster. Call inside `transaction`."""
    key_values.put_within(db, {"colleagues": json.dumps(dict(kept))})


def _moment(kept: object) -> str:
    """A stored time, ISO 8601 with a time zone; "" when it is not valid or too far in the future to compute with."""
    try:
        found = datetime.fromisoformat(str(kept))
    except ValueError:
        return ""
    return str(kept) if found.tzinfo and found.year < LAST_YEAR else ""


def _kept(db: Database, name: str) -> dict[str, object]:
    try:
        found = json.loads(key_values.get(db, name) or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
