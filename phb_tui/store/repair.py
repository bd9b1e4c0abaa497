"""Putting right what differs from central: everything is gathered beside the records in use, then compared."""

from collections.abc import Sequence

from sqlite_utils import Database

from phb_tui.domain.records import checksum
from phb_tui.domain.records.record_codec import Row
from phb_tui.store import remote_writes, sync_state


def needed(db: Database, team_id: str) -> tuple[int, str] | None:
    """How far a repair has come and central's hash there; None when none is needed."""
    row = db.execute("SELECT repair_seq, repair_chain FROM exchange WHERE team_id = ?", [team_id]).fetchone()
    return None if row is None or row[0] is None else (row[0], row[1])


def begin(db: Database, team_id: str) -> None:
    """Begin, or begin again. Call inside `transaction`."""
    db.execute("DELETE FROM repair WHERE team_id = ?", [team_id])
    db.execute("UPDATE exchange SET repair_seq = 0, repair_chain = '' WHERE team_id = ?", [team_id])


def gather(db: Database, team_id: str, rows: Sequence[Row], reached: int, chain: str) -> None:
    """Keep a page beside the records in use. Call inside `transaction`."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO repair (team_id, record_id, kind, person_id, seq, shown, origins, gone, conflicts)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (team_id, r.record_id, r.kind, r.person_id, r.seq, r.values, r.origins, r.transferred_to, r.conflicts)
            for r in rows
        ),
    )
    db.execute("UPDATE exchange SET repair_seq = ?, repair_chain = ? WHERE team_id = ?", [reached, chain, team_id])


def finish(db: Database, team_id: str) -> int:
    """Put right what differs, and count again. Call inside `transaction`.

    A record here that central does not have stays: nothing is ever taken away because somebody else lacks it.

    Returns:
        How many records were put right.
    """
    found = db.execute(
        "SELECT p.record_id, p.kind, p.person_id, p.seq, p.shown, p.origins, p.gone, p.conflicts FROM repair p"
        " LEFT JOIN record r ON r.team_id = p.team_id AND r.record_id = p.record_id"
        " LEFT JOIN gone g ON g.team_id = p.team_id AND g.record_id = p.record_id"
        " WHERE p.team_id = ? AND p.seq IS NOT iif(p.gone = '', r.seq, g.seq)",
        [team_id],
    ).fetchall()
    remote_writes.apply_rows(db, list(map(Row._make, found)), team_id)
    for table in ("record", "gone"):
        db.execute(
            f"UPDATE {table} SET seq = 0 WHERE team_id = ? AND seq > 0"  # noqa: S608 - constants
            " AND record_id NOT IN (SELECT record_id FROM repair WHERE team_id = ?)",
            [team_id, team_id],
        )
    sync_state.put_checksum(db, team_id, counted(db, team_id))
    db.execute("DELETE FROM repair WHERE team_id = ?", [team_id])
    db.execute("UPDATE exchange SET repair_seq = NULL WHERE team_id = ?", [team_id])
    return len(found)


def counted(db: Database, team_id: str) -> str:
    """The checksum of the records here, counted from the rows themselves."""
    rows = db.execute("SELECT record_id, seq FROM record WHERE team_id = ?", [team_id]).fetchall()
    rows += db.execute("SELECT record_id, seq FROM gone WHERE team_id = ?", [team_id]).fetchall()
    return checksum.updated(checksum.NOTHING, (), (checksum.record_hash(record_id, seq) for record_id, seq in rows))
