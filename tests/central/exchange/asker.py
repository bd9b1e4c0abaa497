"""A laptop whose changes are made by hand, and its exchange with central in this process."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from phb_tui.central.exchange.sync_service import SyncService
from phb_tui.central.storage.repository import Storage
from phb_tui.domain.records.changes import HANDOVER, TO_TEAM, Change, SyncPosition, Value, hash_of
from phb_tui.sync.protocol import SyncReply, SyncRequest
from tests import factories


class Asker:
    """Somebody who sends a laptop's changes to central, whatever they say."""

    def __init__(self, storage: Storage, team_id: str, device_id: str) -> None:
        self.team_id, self.device_id = team_id, device_id
        self._service = SyncService(storage, lambda: datetime.now(UTC), factories.KEY, factories.LAW)
        self.cursor, self._chain, self._op_no, self._head = SyncPosition(), "", 0, ""
        self._last: SyncRequest | None = None
        factories.admit(storage, team_id, device_id, factories.nurse(device_id))

    def send(self, *changes: Change, by_hand: Callable[[str], str] = str) -> SyncReply:
        """Send changes, their texts altered by hand, and take the answer's news, if there is only one page."""
        first, texts = self._op_no + 1, []
        for change in changes:
            self._op_no += 1
            texts.append(by_hand(change.numbered(self._op_no, self._head).text).encode())
            self._head = hash_of(texts[-1])
        self._last = SyncRequest(self.team_id, self.device_id, self.cursor, self._chain, first, tuple(texts), left=0)
        reply = self.send_again()
        self.cursor, self._chain = reply.cursor, reply.chain
        return reply

    @property
    def has_sent(self) -> bool:
        """Whether there is a request to send once more."""
        return self._last is not None

    def send_again(self) -> SyncReply:
        """Send the last request once more, as after a reply that was lost."""
        assert self._last
        return self._service.sync(self._last)

    def write(self, record_id: str, fields: dict[str, Value], kind: str = "alert", **more: Any) -> Change:
        """A change to a record about Rhys, unless it says about whom."""
        about: dict[str, Any] = {"person_id": "rhys", "before": {}, "seen": SyncPosition(), "resolves": ()} | more
        return Change(
            team_id=self.team_id, device_id=self.device_id, kind=kind, record_id=record_id, fields=fields,
            author=factories.nurse(self.device_id).id, at="2026-11-25T09:00:00.000Z", **about,
        )  # fmt: skip

    def person(self, **fields: Value) -> Change:
        return self.write("rhys", fields or {"given_name": "Rhys"}, "person")

    def hand_over(self, to: str, person_id: str = "rhys", record_id: str = "") -> Change:
        name = record_id or f"handover-{self.device_id}-{self._op_no}"
        return self.write(name, {TO_TEAM: to}, HANDOVER, person_id=person_id)
