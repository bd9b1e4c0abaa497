"""Central's answer to the exchange: takes changes by `domain.merge`, answers with state, both in one transaction."""

from collections.abc import Callable
from dataclasses import replace

from phb_tui.central.storage import Device, Storage, Team
from phb_tui.domain.changes import Change, Seen
from phb_tui.domain.merge import Outcome, merge_record
from phb_tui.errors import CentralRefused
from phb_tui.sync.protocol import MOST_CHANGES, MOST_RECORDS, Refusal, SyncReply, SyncRequest


class CentralService:
    """Central over its storage.

    Args:
        storage: Where it keeps things.
        now: The time, ISO 8601 UTC; it is noted and decides nothing.
    """

    def __init__(self, storage: Storage, now: Callable[[], str]) -> None:
        self._storage = storage
        self._now = now

    def sync(self, request: SyncRequest) -> SyncReply:
        """Take the changes and answer with the news, both or neither.

        Raises:
            CentralRefused: An unknown device, or one whose history is not the one central knows.
        """
        if len(request.changes) > MOST_CHANGES:
            raise CentralRefused("Too many changes in one request.")
        with self._storage.transaction():
            device = self._storage.device(request.team_id, request.device_id)
            if device is None:
                raise CentralRefused("Central does not know this laptop in this team. Ask your team lead.")
            team = self._storage.team_for_update(request.team_id)
            team = self._new_epoch_if_restored(team, request.cursor, request.chain)
            team, device, refused = self._take(team, device, request.changes)
            start = request.cursor.seq if request.cursor.epoch == team.epoch else 0
            most = min(max(request.most, 1), MOST_RECORDS)
            found = self._storage.records_after(team.team_id, start, most + 1)
            more = len(found) > most
            records = tuple(found[:most])
            reached = records[-1].seq if more else team.seq
            cursor, chain = Seen(team.epoch, reached), self._storage.chain_at(team.team_id, reached)
            return SyncReply(device.last_op, tuple(refused), cursor, chain, records, more, team.seq)

    def _new_epoch_if_restored(self, team: Team, cursor: Seen, chain: str) -> Team:
        """Notice that central was put back to a backup: a laptop brings a hash from a history that central has not.

        In a new epoch every laptop starts again from the first record, and `SyncReply.ack` makes it send again
        whatever the backup did not have.
        """
        known = cursor.epoch == team.epoch and chain == self._storage.chain_at(team.team_id, cursor.seq)
        if known or cursor.epoch < team.epoch:
            return team
        team = replace(team, epoch=max(team.epoch, cursor.epoch) + 1)
        self._storage.save_team(team)
        return team

    def _take(self, team: Team, device: Device, offered: tuple[Change, ...]) -> tuple[Team, Device, list[Refusal]]:
        refused = []
        for change in offered:
            if change.op_no <= device.last_op:
                self._check_repeat(device, change)
                continue
            if change.op_no != device.last_op + 1:
                break  # a gap: the reply's `ack` tells the laptop where to start again
            if change.prev != device.head or (change.team_id, change.device_id) != (team.team_id, device.device_id):
                raise CentralRefused(_OTHER_HISTORY)
            team = replace(team, seq=team.seq + 1)
            if why := self._apply(team, change):
                refused.append(Refusal(change.op_no, why))
            device = replace(device, last_op=change.op_no, head=change.hash)
        if offered:
            self._storage.save_team(team)
            self._storage.save_device(device)
        return team, device, refused

    def _check_repeat(self, device: Device, change: Change) -> None:
        """A change that came before must be the same change, or a laptop was put back to an older state."""
        if self._storage.hash_of(device.team_id, device.device_id, change.op_no) != change.hash:
            raise CentralRefused(_OTHER_HISTORY)

    def _apply(self, team: Team, change: Change) -> str:
        """Apply one change at the team's sequence; the reason when it is only kept aside."""
        state = self._storage.record(team.team_id, change.record_id)
        if state and (state.kind, state.person_id) != (change.kind, change.person_id):
            why = "This change names a record of another kind or another person, so central kept it aside."
        elif not change.fields:
            why = "This change changes nothing, so central kept it aside."
        else:
            why = ""
        if why:
            self._storage.append(change, team.seq, Outcome.REFUSED, why, self._now())
            return why
        merged, outcome = merge_record(state, change, team.seq)
        if merged != state:
            self._storage.save_record(merged)
        self._storage.append(change, team.seq, outcome, "", self._now())
        return ""


_OTHER_HISTORY = (
    "Central has other changes from this laptop under the same numbers, as if the laptop had been put back to an older "
    "state. Nothing was taken and nothing is lost. Tell your IT team before you go on."
)
