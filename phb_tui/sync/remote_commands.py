"""Applies remote commands, the offline lease and the roster from central's replies.

Commands and leases are verified with central's public key, which came with the enrolment code.
"""

from dataclasses import asdict, replace

from phb_tui.errors import CentralNonsense
from phb_tui.store import device_status, key_values
from phb_tui.store.database import Database
from phb_tui.sync.protocol import MOST_DONE, Lease, Order, Roster

LOCKING = {"lock": "lock", "wipe": "wipe", "release": ""}
"""The lock state after each command. A wipe locks the laptop: its store can no longer be opened."""
FORGED = (
    "Someone sent this laptop an order that is not from your team server, so it was not carried out. Nothing is lost. "
    "Tell your IT team."
)


def to_confirm(db: Database) -> tuple[str, ...]:
    """The ids of commands that were carried out and are not confirmed to central yet, at most `MOST_DONE`."""
    return tuple(order for order, known in device_status.received_commands(db).items() if not known)[:MOST_DONE]


def confirmed(db: Database, orders: tuple[str, ...]) -> None:
    """Mark commands as confirmed to central. Call inside `transaction`."""
    if orders:
        device_status.save_received_commands(db, device_status.received_commands(db) | dict.fromkeys(orders, True))


def carry_out(db: Database, team_id: str, device_id: str, orders: tuple[Order, ...]) -> bool:
    """Carry out new commands, each once. Call inside `transaction`.

    Returns:
        Whether there are commands to confirm.

    Raises:
        CentralNonsense: A signature is not central's; no command was carried out.
    """
    taken = device_status.received_commands(db)
    new = [order for order in orders if order.order_id not in taken]
    for order in new:
        _check(db, order.words(team_id, device_id), order.signature)
    known = [order for order in new if order.what in LOCKING]  # a command that only newer versions know is left to them
    if known:
        device_status.save(db, replace(device_status.read(db), locked=LOCKING[known[-1].what]))
        device_status.save_received_commands(db, taken | {order.order_id: False for order in known})
    return bool(known)


def save_lease(db: Database, team_id: str, device_id: str, lease: Lease | None) -> None:
    """Store the offline lease. Call inside `transaction`.

    Raises:
        CentralNonsense: Its signature is not central's.
    """
    before = device_status.read(db)
    if lease is not None and lease.until != before.lease:
        _check(db, lease.words(team_id, device_id), lease.signature)
        device_status.save(db, replace(before, lease=lease.until))


def save_roster(db: Database, colleagues: Roster | None) -> None:
    """Store the roster, unless it is None. Call inside `transaction`."""
    if colleagues is not None:
        device_status.save_roster(db, asdict(colleagues))


def _check(db: Database, data: bytes, signature: str) -> None:
    from phb_tui.sync.signing import KEY_LETTERS, verify_bytes  # noqa: PLC0415 - most replies have no new signature

    if not verify_bytes(key_values.get(db, "central_key")[:KEY_LETTERS], data, signature):
        raise CentralNonsense(FORGED)
