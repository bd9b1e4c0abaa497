"""Sync service: ingests a laptop's changes and replies with changed records, both in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from phb_tui.central.auth import roles
from phb_tui.central.exchange.ingest import ChangeIngest
from phb_tui.central.exchange.transfer import MoreTeamsNeeded
from phb_tui.central.exchange.unit_of_work import TeamUnitOfWork
from phb_tui.central.exchange.validation import HistoryDiverged
from phb_tui.central.exchange.version_guard import LawFigures
from phb_tui.central.storage import audit_log
from phb_tui.central.storage.models import REPLACED, Device, Team
from phb_tui.central.storage.nonce_purge import NoncePurge
from phb_tui.central.storage.repository import Repository, Storage, is_identifier
from phb_tui.domain.calendar.timestamps import utc
from phb_tui.domain.records.changes import SyncPosition
from phb_tui.domain.records.record_codec import Row
from phb_tui.errors import CentralRefused, PutBack
from phb_tui.sync.protocol import MOST_ROWS, DeviceBlocked, Lease, Order, Roster, SyncReply, SyncRequest
from phb_tui.sync.signing import WRONG_SIGNATURE, sign_bytes

MOST_EPOCHS = 1_000
"""How far a laptop's epoch may be ahead of central's; a higher one is refused as invalid."""
NO_SUCH_EPOCH = (
    "This laptop has a history that the team server cannot have. Nothing was taken or lost. Tell your IT team."
)

LEASE_DAYS = 14
"""How many days a laptop may work without contact to central; local configuration."""

TYPICAL_ROW = 700
"""The typical size of a record in bytes, to estimate how many fit a page."""

NOT_KNOWN = "The team server does not know this laptop in this team. Ask your team lead for a joining code."
BLOCKED_SENTENCES = {
    "locked": "Your team lead locked this laptop. Nothing on it is lost. Ask them to release it.",
    "revoked": "Your team lead has ended this laptop's access. What it sent was kept for them. Ask them what to do.",
    "wiped": "Your team lead has ended this laptop's access. What it sent was kept for them. Ask them what to do.",
}
"""The sentence a blocked laptop is answered with, by its state."""


class Replayed(CentralRefused):
    """The nonce of this request was used before (replay)."""

    def __init__(self) -> None:
        super().__init__(
            "This request came before, so the team server did not answer it again. Nothing is lost; try again."
        )


class KeyRotated(CentralRefused):
    """The request was signed with a key that the laptop no longer has."""

    def __init__(self) -> None:
        super().__init__(WRONG_SIGNATURE)


@dataclass(frozen=True, slots=True)
class RequestProof:
    """Proof of a signed request, for replay protection.

    Attributes:
        nonce: The nonce of its signature.
        at: When central received it, in seconds since 1970.
        key: The public key that verified its signature, in hex.
    """

    nonce: str
    at: int
    key: str


class SyncService:
    """Answers sync requests.

    Args:
        storage: Central's storage.
        now: Returns the current time; it is logged and plays no part in merging.
        key: Central's private key in hex, which signs remote commands and leases.
        law: The figures of the law, with which versions of budgets are worked out again.
    """

    def __init__(self, storage: Storage, now: Callable[[], datetime], key: str, law: LawFigures) -> None:
        self._storage, self._now, self._key, self._law = storage, now, key, law
        self._nonce_purge = NoncePurge(storage)

    def sync(self, request: SyncRequest, proof: RequestProof | None = None) -> SyncReply:
        """Ingest the request's changes and reply with changed records, both or neither.

        Args:
            request: A laptop's request.
            proof: Of its signature; None for a request from a bundle, which is verified as a whole.

        Raises:
            CentralRefused: The device is unknown, or its history differs from the one central has.
            DeviceBlocked: The device is blocked; its changes are quarantined.
            KeyRotated: The request is signed with a key that the laptop no longer has.
            Replayed: The same request was answered before.
            CentralBusy: The database cannot be used now.
        """
        if proof is not None:
            self._nonce_purge.purge(request.team_id, proof.at)
        says = bool(request.changes or request.completed_commands)
        answer = None if says else self._read_only(request, proof)
        if answer is None:
            # Without changes it was read-only before: the laptop's chain hash shows that central was restored.
            answer = self._write(request, proof if says else None)
        if isinstance(answer, DeviceBlocked):  # its changes are committed before it is told
            raise answer
        return answer

    def _read_only(self, request: SyncRequest, proof: RequestProof | None) -> SyncReply | DeviceBlocked | None:
        return self._storage.read({request.team_id}, lambda repository: self._pull(repository, request, proof))

    def _write(self, request: SyncRequest, proof: RequestProof | None) -> SyncReply | DeviceBlocked:
        teams, sees = frozenset({request.team_id}), frozenset[str]()
        while True:
            try:
                return self._storage.write(teams | sees, partial(self._exchange, request, proof, teams))
            except MoreTeamsNeeded as more:
                teams, sees = teams | more.locks, sees | more.sees
            except HistoryDiverged:
                self._storage.write(teams, lambda repository: self._note_rollback(repository, request))
                raise

    def _note_rollback(self, repository: Repository, request: SyncRequest) -> None:
        """Write an audit line about a diverged history, after the transaction of the request was rolled back."""
        device = repository.device(request.team_id, request.device_id)
        who = device.staff_id if device else "nobody known"
        audit_log.append(
            repository, request.team_id, utc(self._now()), who, "came with another history", request.device_id
        )

    def _pull(
        self, repository: Repository, request: SyncRequest, proof: RequestProof | None
    ) -> SyncReply | DeviceBlocked | None:
        """The reply to a laptop that has nothing to send; None when a new epoch has to be started first."""
        device = self._device(repository, request, proof)
        if blocked := _blocked_sentence(device):
            return DeviceBlocked(blocked, self._commands(repository, device))
        team = repository.team(request.team_id)
        if team is None:
            raise CentralRefused(NOT_KNOWN)
        return None if _is_restored(repository, team, request) else self._reply(repository, request, team, device)

    def _exchange(
        self, request: SyncRequest, proof: RequestProof | None, teams: frozenset[str], repository: Repository
    ) -> SyncReply | DeviceBlocked:
        at, units = utc(self._now()), {}
        for team_id in sorted(teams & repository.teams):  # always in the same order, against deadlocks
            team = repository.lock_team(team_id)
            if team is not None:
                units[team_id] = TeamUnitOfWork(repository, team, at)
        own = units.get(request.team_id)
        if own is None:
            raise CentralRefused(NOT_KNOWN)
        device = self._device(repository, request, proof)  # read under the lock: another request may change it
        blocked = _blocked_sentence(device)
        if device.state == "locked":  # it may be released again, and then sends these changes again
            return DeviceBlocked(blocked, self._commands(repository, device))
        if _is_restored(repository, own.team, request):
            if request.cursor.epoch > own.team.epoch + MOST_EPOCHS:
                raise CentralRefused(NO_SUCH_EPOCH)
            audit_log.append(
                repository, own.team_id, at, device.staff_id, "began a new epoch from laptop", device.device_id
            )
            own.begin_epoch(max(own.team.epoch, request.cursor.epoch) + 1)
        ingest = ChangeIngest(repository, units, device, self._law, BLOCKED_SENTENCES.get(device.state, ""))
        ingest.ingest(request.first, request.changes)
        for unit in units.values():
            unit.commit()
        if ingest.whole and request.left == 0 and request.cursor.epoch == own.team.epoch:
            repository.save_confirmed_seq(device.team_id, device.device_id, request.cursor.seq)
        device = replace(device, last_op=ingest.last_op, head=ingest.head, seen_at=at)
        repository.save_device(device)
        if blocked:
            return DeviceBlocked(blocked, self._commands(repository, device))
        reply = self._reply(repository, request, own.team, device, own.rows_since(request.cursor))
        return replace(reply, refused=tuple(ingest.rejected))

    def _device(self, repository: Repository, request: SyncRequest, proof: RequestProof | None) -> Device:
        device = repository.device(request.team_id, request.device_id)
        if device is None:
            raise PutBack(NOT_KNOWN, unknown=True)
        if proof and proof.key != device.public_key:
            raise KeyRotated
        if device.state == REPLACED:
            raise HistoryDiverged
        if proof and not repository.remember_nonce(device.team_id, device.device_id, proof.nonce, proof.at):
            raise Replayed
        for order_id in filter(is_identifier, request.completed_commands):
            repository.confirm_command(device.team_id, device.device_id, order_id, utc(self._now()))
        return device

    def _commands(self, repository: Repository, device: Device) -> tuple[Order, ...]:
        """The pending remote commands of a laptop, signed."""
        found = (Order(*row) for row in repository.pending_commands(device.team_id, device.device_id))
        to = device.team_id, device.device_id
        return tuple(replace(order, signature=sign_bytes(self._key, order.words(*to))) for order in found)

    def _lease(self, device: Device) -> Lease:
        # Rounded to a day, so that a laptop that asks often gets the same lease and need not verify it again.
        day = (self._now() + timedelta(days=LEASE_DAYS + 1)).replace(hour=0, minute=0, second=0, microsecond=0)
        lease = Lease(utc(day))
        return replace(lease, signature=sign_bytes(self._key, lease.words(device.team_id, device.device_id)))

    def _reply(
        self, repository: Repository, request: SyncRequest, team: Team, device: Device, news: list[Row] | None = None
    ) -> SyncReply:
        """The reply with the records changed since the request's cursor: `news`, or read from the database if None."""
        start = request.cursor.seq if request.cursor.epoch == team.epoch else 0
        rows, more = _page(repository, team.team_id, start, request.page, news)
        reached = rows[-1].seq if more else team.seq
        chain = repository.chain_at(team.team_id, reached) if more else team.chain
        return SyncReply(
            ack=device.last_op,
            refused=(),
            cursor=SyncPosition(team.epoch, reached),
            chain=chain,
            rows=tuple(rows),
            more=more,
            total=team.seq,
            checksum="" if more else team.checksum,
            orders=self._commands(repository, device),
            lease=self._lease(device),
            colleagues=None if request.roster_version == team.staffing else _roster(repository, team),
            head=device.head,
        )


def _blocked_sentence(device: Device) -> str:
    """Why a laptop is blocked, by its state and by its user's role in the team; "" when it is not."""
    return BLOCKED_SENTENCES.get(device.state, "") or roles.may_not_exchange(device.role)


def _roster(repository: Repository, team: Team) -> Roster:
    people = tuple((staff.staff_id, staff.name, staff.role) for staff in repository.staff(team.team_id))
    return Roster(team.staffing, team.name, people, tuple(repository.other_teams(team.team_id)))


def _is_restored(repository: Repository, team: Team, request: SyncRequest) -> bool:
    """Whether central was restored from a backup: the laptop's chain hash is not in central's history.

    In a new epoch every laptop reads all records again, and `SyncReply.ack` makes it send again whatever the backup
    did not have.
    """
    cursor = request.cursor
    if cursor.epoch < team.epoch:
        return False
    here = team.chain if cursor.seq == team.seq else repository.chain_at(team.team_id, cursor.seq)
    return cursor.epoch > team.epoch or request.chain != here


def _page(
    repository: Repository, team_id: str, start: int, most_bytes: int, news: list[Row] | None
) -> tuple[list[Row], bool]:
    """The records after a sequence number that fit a page, and whether there are more."""
    limit = min(max(most_bytes // TYPICAL_ROW, 1), MOST_ROWS) + 1
    found = repository.rows_after(team_id, start, limit) if news is None else news[:limit]
    room, fits = most_bytes, 0
    for row in found[: limit - 1]:
        room -= len(row.values) + len(row.origins) + len(row.record_id)
        if room < 0 and fits:
            break
        fits += 1
    if fits == len(found):
        return found, False
    page = found[:fits]
    # A transfer changes many records at one sequence number; a page never ends between them.
    here = {row.record_id for row in page}
    page += [row for row in repository.rows_at(team_id, page[-1].seq) if row.record_id not in here]
    return page, True
