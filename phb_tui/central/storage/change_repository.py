"""Repository of a team's log of changes: what arrived, what became of it, and how far each laptop has read."""

from collections.abc import Sequence

from phb_tui.central.storage import queries
from phb_tui.central.storage.engine import Transaction
from phb_tui.central.storage.models import LogRow, ReceivedChange


class ChangeRepository:
    """Reads and writes the tables `change` and `told` within one transaction.

    Args:
        run: The transaction.
    """

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def hashes(self, team_id: str, device_id: str, first: int, last: int) -> dict[int, tuple[str, str, str]]:
        """A device's stored changes in a range of numbers, by number: hash, outcome, reason of a quarantine."""
        rows = self._tx.fetch(queries.SELECT_HASHES, team_id, device_id, first, last)
        return {op_no: (str(found), str(outcome), str(why)) for op_no, found, outcome, why in rows}

    def chain_at(self, team_id: str, seq: int) -> str:
        """The team's hash chain at a sequence number; "" at 0 and where there is no change of that number."""
        rows = self._tx.fetch(queries.SELECT_CHAIN, team_id, seq)
        return str(rows[0][0]) if rows else ""

    def moments(self, team_id: str, first: int, second: int) -> dict[int, tuple[str, str]]:
        """The hash chain at two sequence numbers and when central took the change, ISO 8601 UTC, as far as known."""
        rows = self._tx.fetch(queries.SELECT_MOMENTS, team_id, first, second)
        return {int(seq): (str(chain), str(at)) for seq, chain, at in rows}

    def append(self, team_id: str, entries: Sequence[LogRow]) -> None:
        """Append changes with their outcomes to the team's log."""
        self._tx.insert_many(queries.INSERT_CHANGES, team_id, entries)

    def last_change(self, team_id: str, device_id: str) -> tuple[int, str]:
        """The number and the hash of a device's last change; 0 and "" before its first."""
        rows = self._tx.fetch(queries.SELECT_LAST_CHANGE, team_id, device_id)
        return rows[0] if rows else (0, "")

    def texts_about(self, team_id: str, device_id: str, record_id: str) -> list[str]:
        """The texts of a device's changes of one record, the newest first."""
        rows = self._tx.fetch(queries.SELECT_TEXTS_ABOUT, team_id, device_id, record_id)
        return [str(body) for (body,) in rows]

    def latest_changes(self, team_id: str, limit: int) -> list[ReceivedChange]:
        """The last changes received, newest first."""
        return [ReceivedChange(*row) for row in self._tx.fetch(queries.SELECT_LATEST_CHANGES, team_id, limit)]

    def quarantined(self, team_id: str, limit: int) -> list[ReceivedChange]:
        """The last changes that were quarantined, newest first."""
        return [ReceivedChange(*row) for row in self._tx.fetch(queries.SELECT_QUARANTINED_CHANGES, team_id, limit)]

    def is_partial(self, team_id: str, person_id: str) -> bool:
        """Whether the team has only part of a person's record, because the transfer with the rest is still to come."""
        return self._tx.fetch(queries.SELECT_LAST_TRANSFER_OUTCOME, team_id, person_id) == [("in part",)]

    def confirmed_seq(self, team_id: str, device_id: str) -> int:
        """The sequence number a device had read when it last had nothing left to send; 0 if that never was."""
        rows = self._tx.fetch(queries.SELECT_CONFIRMED_SEQ, team_id, device_id)
        return int(rows[0][0]) if rows else 0

    def save_confirmed_seq(self, team_id: str, device_id: str, seq: int) -> None:
        """Store the sequence number a device has read; a lower number than the stored one is ignored."""
        self._tx.fetch(queries.UPSERT_CONFIRMED_SEQ, team_id, device_id, seq)
