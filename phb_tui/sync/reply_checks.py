"""Validates a sync reply against the laptop's state before any of it is applied."""

from phb_tui.domain.records.changes import SyncPosition
from phb_tui.errors import CentralNonsense, PutBack
from phb_tui.store import change_log
from phb_tui.store.database import Database
from phb_tui.sync.protocol import SyncReply

RESTORED = (
    "This laptop was put back to an older copy of itself. Nothing is lost. Press F5 once with a network, and it goes "
    "on by itself. If it does not, tell your IT team."
)


def check_history(db: Database, team_id: str, reply: SyncReply) -> None:
    """Check that central's last change of this laptop is the one the laptop has; it is not after a restored backup.

    An older central sends no hash of that change; then only its number is compared.

    Raises:
        PutBack: The histories differ.
    """
    if reply.head:
        same = not reply.ack or reply.head == "?" or change_log.is_at(db, team_id, reply.ack, reply.head)
    else:
        same = reply.ack <= change_log.last(db, team_id)
    if not same:
        raise PutBack(RESTORED)


def check(reply: SyncReply, cursor: SyncPosition) -> None:
    """Check that a reply moves the cursor forward and its records are in sequence.

    Raises:
        CentralNonsense: It is inconsistent.
    """
    seqs = [row.seq for row in reply.rows]
    backwards = reply.cursor.epoch == cursor.epoch and reply.cursor.seq < cursor.seq
    standing = reply.more and reply.cursor == cursor
    beyond = bool(seqs) and seqs[-1] > reply.cursor.seq
    if standing or beyond or backwards or seqs != sorted(seqs) or reply.ack < 0 or reply.cursor.epoch < cursor.epoch:
        raise CentralNonsense(
            "The team server's answer does not make sense, so none of it was taken. Nothing is lost; try later."
        )
