"""How far the exchange with central has come."""

from sqlite_utils import Database

from phb_tui.domain.records.changes import SyncPosition
from phb_tui.domain.records.checksum import NOTHING


def cursor(db: Database, team_id: str) -> SyncPosition:
    """Where the next page starts."""
    row = db.execute("SELECT epoch, seq FROM exchange WHERE team_id = ?", [team_id]).fetchone()
    return SyncPosition(*row) if row else SyncPosition()


def chain(db: Database, team_id: str) -> str:
    """Central's hash at the cursor."""
    row = db.execute("SELECT chain FROM exchange WHERE team_id = ?", [team_id]).fetchone()
    return row[0] if row else ""


def move(db: Database, team_id: str, to: SyncPosition, chain: str) -> None:
    """Move the cursor. Call inside the transaction that keeps the page.

    Args:
        db: The store.
        team_id: The team.
        to: Where the next page starts.
        chain: Central's hash there.
    """
    db.execute(
        "INSERT INTO exchange (team_id, epoch, seq, chain) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (team_id) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, chain = excluded.chain",
        [team_id, to.epoch, to.seq, chain],
    )


def checksum(db: Database, team_id: str) -> str:
    """What `domain.checksum` makes of the records here, kept up to date by `receiving`."""
    row = db.execute("SELECT checksum FROM exchange WHERE team_id = ?", [team_id]).fetchone()
    return row[0] if row else NOTHING


def put_checksum(db: Database, team_id: str, to: str) -> None:
    """Keep the checksum. Call inside `transaction`."""
    db.execute(
        "INSERT INTO exchange (team_id, checksum) VALUES (?, ?)"
        " ON CONFLICT (team_id) DO UPDATE SET checksum = excluded.checksum",
        [team_id, to],
    )


def start_again(db: Database, team_id: str) -> None:
    """Central begins another life: nothing here counts as known to it, and nothing is taken away. In `transaction`."""
    db.execute("UPDATE record SET seq = 0 WHERE team_id = ? AND seq > 0", [team_id])
    db.execute("UPDATE gone SET seq = 0 WHERE team_id = ? AND seq > 0", [team_id])
    put_checksum(db, team_id, NOTHING)


def may_remove(db: Database, team_id: str) -> int:
    """How many people the nurse said may be taken off this laptop."""
    row = db.execute("SELECT may_remove FROM exchange WHERE team_id = ?", [team_id]).fetchone()
    return int(row[0]) if row else 0


def removed(db: Database, team_id: str) -> int:
    """How many people the exchange that is under way has taken off this laptop so far."""
    row = db.execute("SELECT removed FROM exchange WHERE team_id = ?", [team_id]).fetchone()
    return int(row[0]) if row else 0


def note_removed(db: Database, team_id: str, people: int) -> None:
    """Keep how many people the exchange has taken off this laptop so far. Call inside `transaction`."""
    db.execute(
        "INSERT INTO exchange (team_id, removed) VALUES (?, ?)"
        " ON CONFLICT (team_id) DO UPDATE SET removed = excluded.removed",
        [team_id, people],
    )


def allow_removing(db: Database, team_id: str, people: int) -> None:
    """Note how many people may be taken off this laptop in the next exchange. Call inside `transaction`."""
    db.execute(
        "INSERT INTO exchange (team_id, may_remove) VALUES (?, ?)"
        " ON CONFLICT (team_id) DO UPDATE SET may_remove = excluded.may_remove",
        [team_id, people],
    )


def finished(db: Database, team_id: str, at: str) -> None:
    """Note that an exchange ended well. Call inside `transaction`."""
    db.execute("UPDATE exchange SET last_at = ?, may_remove = 0, removed = 0 WHERE team_id = ?", [at, team_id])


def last_at(db: Database, team_id: str) -> str:
    """When an exchange last ended well, ISO 8601 UTC; "" if never."""
    row = db.execute("SELECT last_at FROM exchange WHERE team_id = ?", [team_id]).fetchone()
    return row[0] if row else ""
