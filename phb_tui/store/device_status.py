"""What central says about this laptop itself: its orders, how long it may be without central, who works there."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from phb_tui.store import key_values

MOST_AHEAD = 10 * 366 * 86400
"""Seconds, ten years: what central says about this laptop's clock counts no further than can be worked with."""
LAST_YEAR = 9000


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """What central last said.

    Attributes:
        locked: "lock" or "wipe" when the team lead ordered it; "" when not.
        lease: Until when the laptop may be without central, ISO 8601 UTC; "" before central said anything.
        ahead: By how many seconds this laptop's clock was ahead of central's when they last spoke.
        latest: When that was, by central's clock, ISO 8601 UTC; "" if never.
        boot: Which start of the machine that was in; "" if not known.
        uptime: How many seconds it had been on.
    """

    locked: str
    lease: str
    ahead: int
    latest: str
    boot: str = ""
    uptime: float = 0.0


def read(db: Database) -> DeviceStatus:
    """What central last said."""
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
    """Keep what central says. Call inside `transaction`."""
    names = DeviceStatus.__slots__
    key_values.put_within(db, {"standing": json.dumps({name: getattr(standing, name) for name in names})})


def received_at(db: Database) -> dict[str, bool]:
    """The orders that were carried out, by id, each with whether central knows that they were."""
    return {str(order): bool(known) for order, known in _kept(db, "orders").items()}


def save_taken(db: Database, orders: Mapping[str, bool]) -> None:
    """Keep which orders were carried out. Call inside `transaction`."""
    key_values.put_within(db, {"orders": json.dumps(dict(orders))})


def colleagues(db: Database) -> dict[str, object]:
    """Who works in the team: "number", "team", "people" (id, name, role), "teams" (id, name); {} if not known."""
    return _kept(db, "colleagues")


def save_colleagues(db: Database, kept: Mapping[str, object]) -> None:
    """Keep who works in the team. Call inside `transaction`."""
    key_values.put_within(db, {"colleagues": json.dumps(dict(kept))})


def _moment(kept: object) -> str:
    """A moment as central wrote it; "" when it is none that can be compared."""
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
