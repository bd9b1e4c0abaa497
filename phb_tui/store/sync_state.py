"""Sync state: cursor, hash chain and checksum of the exchange with central, one row a team, read and written whole."""

from dataclasses import astuple, dataclass, fields, replace

from sqlite_utils import Database

from phb_tui.domain.records.changes import SyncPosition
from phb_tui.domain.records.checksum import NOTHING


@dataclass(frozen=True, slots=True)
class SyncState:
    """The row of table `exchange`; the attributes are its columns.

    Attributes:
        team_id: The team.
        epoch, seq: Where the next page starts.
        chain: Central's hash there.
        last_at: When an exchange last ended well, ISO 8601 UTC; "" if never.
        checksum: `checksum.updated` over the records here; the same as central's when nothing is missing.
        may_remove: How many people the nurse allowed the next exchange to take off this laptop.
        removed: How many people the exchange that is under way has taken off this laptop.
        repair_seq: How far a repair has come; None when none is under way.
        repair_chain: Central's hash there.
    """

    team_id: str
    epoch: int = 0
    seq: int = 0
    chain: str = ""
    last_at: str = ""
    checksum: str = NOTHING
    may_remove: int = 0
    removed: int = 0
    repair_seq: int | None = None
    repair_chain: str = ""

    @property
    def position(self) -> SyncPosition:
        """The position up to which records have been pulled; the next page starts there."""
        return SyncPosition(self.epoch, self.seq)

    @property
    def request_start(self) -> tuple[SyncPosition, str]:
        """Where the next request asks to start, and central's hash there: at the repair's place while there is one."""
        if self.repair_seq is None:
            return self.position, self.chain
        return SyncPosition(self.epoch, self.repair_seq), self.repair_chain

    def advanced(self, to: SyncPosition, chain: str) -> "SyncState":
        """The state once a page is stored that ends there."""
        return replace(self, epoch=to.epoch, seq=to.seq, chain=chain)

    def finished(self, at: str) -> "SyncState":
        """The state once an exchange has ended well.

        Args:
            at: When, ISO 8601 UTC.
        """
        return replace(self, last_at=at, may_remove=0, removed=0)


_COLUMNS = [field.name for field in fields(SyncState)]
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM exchange WHERE team_id = ?"  # noqa: S608 - names of ours
_WRITE = f"INSERT OR REPLACE INTO exchange ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608


def read(db: Database, team_id: str) -> SyncState:
    """A team's state; that of a laptop that never exchanged anything when there is no row yet."""
    row = db.execute(_SELECT, [team_id]).fetchone()
    return SyncState(*row) if row else SyncState(team_id)


def write(db: Database, state: SyncState) -> None:
    """Write the state. Call inside the transaction in which it was read, for the nurse may allow removing meanwhile."""
    db.execute(_WRITE, astuple(state))


def allow_removals(db: Database, team_id: str, people: int) -> None:
    """Store how many people the next exchange may remove. Call inside `transaction`."""
    write(db, replace(read(db, team_id), may_remove=people))


def start_epoch(db: Database, state: SyncState) -> SyncState:
    """The state at the start of another epoch of central's: no record here counts as known to it, and none is removed.

    Call inside `transaction`.
    """
    db.execute("UPDATE record SET seq = 0 WHERE team_id = ? AND seq > 0", [state.team_id])
    db.execute("UPDATE gone SET seq = 0 WHERE team_id = ? AND seq > 0", [state.team_id])
    return replace(state, checksum=NOTHING)
