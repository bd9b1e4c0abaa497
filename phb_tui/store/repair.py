"""Repairs records that differ from central's: pulls all of them into a table of its own, then replaces what differs."""

from collections.abc import Sequence
from dataclasses import replace

from sqlite_utils import Database

from phb_tui.domain.records import checksum
from phb_tui.domain.records.record_codec import Row
from phb_tui.store import remote_writes
from phb_tui.store.sync_state import SyncState


def begin(db: Database, state: SyncState) -> SyncState:
    """Start a repair, or start it again; returns the new state. Call inside `transaction`."""
    db.execute("DELETE FROM repair WHERE team_id = ?", [state.team_id])
    return replace(state, repair_seq=0, repair_chain="")


def gather(db: Database, state: SyncState, rows: Sequence[Row], reached: int, chain: str) -> SyncState:
    """Store a page of pulled records in the table `repair` and return the new state. Call inside `transaction`."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO repair (team_id, record_id, kind, person_id, seq, shown, origins, gone, conflicts)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (state.team_id, r.record_id, r.kind, r.person_id, r.seq, r.values, r.origins, r.transferred_to, r.conflicts)
            for r in rows
        ),
    )
    return replace(state, repair_seq=reached, repair_chain=chain)


def finish(db: Database, state: SyncState) -> tuple[SyncState, int]:
    """Put right what differs, and count again. Call inside `transaction`.

    A record here that central does not have stays: nothing is ever taken away because somebody else lacks it.

    Returns:
        The state then, and how many records were put right.
    """
    team_id = state.team_id
    found = db.execute(
        "SELECT p.record_id, p.kind, p.person_id, p.seq, p.shown, p.origins, p.gone, p.conflicts FROM repair p"
        " LEFT JOIN record r ON r.team_id = p.team_id AND r.record_id = p.record_id"
        " LEFT JOIN gone g ON g.team_id = p.team_id AND g.record_id = p.record_id"
        " WHERE p.team_id = ? AND p.seq IS NOT iif(p.gone = '', r.seq, g.seq)",
        [team_id],
    ).fetchall()
    remote_writes.apply_rows(db, list(map(Row._make, found)), team_id, state.checksum)
    for table in ("record", "gone"):
        db.execute(
            f"UPDATE {table} SET seq = 0 WHERE team_id = ? AND seq > 0"  # noqa: S608 - constants
            " AND record_id NOT IN (SELECT record_id FROM repair WHERE team_id = ?)",
            [team_id, team_id],
        )
    db.execute("DELETE FROM repair WHERE team_id = ?", [team_id])
    return replace(state, repair_seq=None, checksum=counted(db, team_id)), len(found)


def counted(db: Database, team_id: str) -> str:
    """The checksum of the team's records, computed from all rows."""
    rows = db.execute("SELECT record_id, seq FROM record WHERE team_id = ?", [team_id]).fetchall()
    rows += db.execute("SELECT record_id, seq FROM gone WHERE team_id = ?", [team_id]).fetchall()
    return checksum.updated(checksum.NOTHING, (), (checksum.record_hash(record_id, seq) for record_id, seq in rows))
