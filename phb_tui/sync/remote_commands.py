"""Orders, the lease and the list of colleagues, as they arrive: checked against central's key, then kept.

The key came with the joining code. What is not signed with it is not carried out, whoever sent it.
"""

from dataclasses import asdict, replace

from phb_tui.errors import CentralNonsense
from phb_tui.store import device_status, key_values
from phb_tui.store.database import Database
from phb_tui.sync.protocol import MOST_DONE, Lease, Order, Roster

LOCKING = {"lock": "lock", "wipe": "wipe", "release": ""}
"""What each order makes of the laptop. Wiping locks it: what is on it cannot be opened any more."""
FORGED = (
    "Somebody sent this laptop an order that is not from your central, so it was not carried out. Nothing is lost. "
    "Tell your IT team."
)


def to_confirm(db: Database) -> tuple[str, ...]:
    """The orders that were carried out and that central does not know of yet."""
    return tuple(order for order, known in device_status.received_at(db).items() if not known)[:MOST_DONE]


def confirmed(db: Database, orders: tuple[str, ...]) -> None:
    """Note that central knows that these were carried out. Call inside `transaction`."""
    if orders:
        device_status.save_taken(db, device_status.received_at(db) | dict.fromkeys(orders, True))


def carry_out(db: Database, team_id: str, device_id: str, orders: tuple[Order, ...]) -> bool:
    """Carry out what is new, each order once. Call inside `transaction`.

    Returns:
        Whether there is something to confirm.

    Raises:
        CentralNonsense: An order is not signed by central; none was carried out.
    """
    taken = device_status.received_at(db)
    new = [order for order in orders if order.order_id not in taken]
    for order in new:
        _check(db, order.words(team_id, device_id), order.signature)
    known = [order for order in new if order.what in LOCKING]  # what a newer central orders, a newer laptop does
    if known:
        device_status.save(db, replace(device_status.read(db), locked=LOCKING[known[-1].what]))
        device_status.save_taken(db, taken | {order.order_id: False for order in known})
    return bool(known)


def keep_lease(db: Database, team_id: str, device_id: str, lease: Lease | None) -> None:
    """Keep until when this laptop may be without central. Call inside `transaction`.

    Raises:
        CentralNonsense: It is not signed by central.
    """
    before = device_status.read(db)
    if lease is not None and lease.until != before.lease:
        _check(db, lease.words(team_id, device_id), lease.signature)
        device_status.save(db, replace(before, lease=lease.until))


def keep_colleagues(db: Database, colleagues: Roster | None) -> None:
    """Keep who works in the team. Call inside `transaction`."""
    if colleagues is not None:
        device_status.save_colleagues(db, asdict(colleagues))


def _check(db: Database, words: bytes, signature: str) -> None:
    from phb_tui.sync.signing import KEY_LETTERS, verify_bytes  # noqa: PLC0415 - most answers have nothing to check

    if not verify_bytes(key_values.get(db, "central_key")[:KEY_LETTERS], words, signature):
        raise CentralNonsense(FORGED)
