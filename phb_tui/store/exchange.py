"""How far the exchange with central has come."""

from sqlite_utils import Database

from phb_tui.domain.changes import Seen


def cursor(db: Database, team_id: str) -> Seen:
    """Where the next page starts."""
    row = db.execute("SELECT epoch, seq FROM exchange WHERE team_id = ?", [team_id]).fetchone()
    return Seen(*row) if row else Seen()


def chain(db: Database, team_id: str) -> str:
    """Central's hash at the cursor."""
    row = db.execute("SELECT chain FROM exchange WHERE team_id = ?", [team_id]).fetchone()
    return row[0] if row else ""


def move(db: Database, team_id: str, to: Seen, chain: str) -> None:
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


def finished(db: Database, team_id: str, at: str) -> None:
    """Note that an exchange ended well. Call inside `transaction`."""
    db.execute("UPDATE exchange SET last_at = ? WHERE team_id = ?", [at, team_id])


def last_at(db: Database, team_id: str) -> str:
    """When an exchange last ended well, ISO 8601 UTC; "" if never."""
    row = db.execute("SELECT last_at FROM exchange WHERE team_id = ?", [team_id]).fetchone()
    return row[0] if row else ""
