"""Ingests the changes of one request: deduplicates, orders, merges, forwards to another team or quarantines."""

from math import ceil

from msgspec.structs import replace

from phb_tui.central.exchange.guards import Guards
from phb_tui.central.exchange.transfer import MoreTeamsNeeded, Transfer
from phb_tui.central.exchange.unit_of_work import TeamUnitOfWork
from phb_tui.central.exchange.validation import TOO_LONG, ChangeValidator, IncomingChange
from phb_tui.central.exchange.version_guard import LawFigures
from phb_tui.central.storage.models import Device
from phb_tui.central.storage.repository import Repository, is_identifier
from phb_tui.domain.records.changes import HANDOVER, PERSON, TO_TEAM, Change, RecordState
from phb_tui.domain.records.limits import LONGEST_RECORD
from phb_tui.domain.records.merge import SEALED_BY, Outcome, is_immutable, merge_as_conflicts, merge_record
from phb_tui.sync.protocol import RejectedChange

APPLIED, FORWARDED = Outcome.APPLIED.value, "forwarded"
"""Outcomes: a change merged without a conflict, and one about a person whom another team has now."""

NOT_OURS = (
    "Another team has this person now, so the team server could not accept this change. Tell that team what they "
    "should know."
)
FLUSH_BATCHES, MIN_BATCH = 4, 100
"""Changes are flushed in so many batches, of so many changes at least: the database works on one while the next is
merged."""


class ChangeIngest:
    """Ingests the changes of one request into the units of work of the teams they concern.

    Args:
        repository: The transaction.
        units: A unit of work for each locked team, including the laptop's own.
        device: The laptop.
        law: The figures of the law, with which versions of budgets are worked out again.
        quarantine_reason: Why every change is quarantined, such as for a blocked laptop; "" for no reason.

    Attributes:
        whole: Whether every new change was taken; the laptop sends again what was not.
        last_op: The number of the laptop's last change that central has.
        head: That change's hash.
        rejected: The changes that were quarantined.
    """

    def __init__(
        self,
        repository: Repository,
        units: dict[str, TeamUnitOfWork],
        device: Device,
        law: LawFigures,
        quarantine_reason: str = "",
    ) -> None:
        self._repository, self._units, self._device = repository, units, device
        self._validator = ChangeValidator(repository, device, quarantine_reason)
        self._own = units[device.team_id]
        self._transfer = Transfer(repository, units, device)
        self._guards = Guards(repository, self._own, law)
        self.last_op, self.head = device.last_op, device.head
        self.whole = True
        self._forwarded: set[int] = set()
        """The numbers of this request's changes that were forwarded to another team."""
        self.rejected = self._validator.rejected

    def ingest(self, first: int, texts: tuple[bytes, ...]) -> None:
        """Ingest changes numbered from `first`; duplicates are skipped, and nothing is ingested after a gap.

        Raises:
            HistoryDiverged: The laptop's history differs from the one central has.
            MoreTeamsNeeded: The changes concern teams that are not locked.
        """
        own, new = self._own, self._validator.new_changes(first, texts)
        good = [incoming.change for incoming in new if incoming.change and not incoming.why]
        own.expect(change.record_id for change in good)
        self._load(good)
        size = max(ceil(len(new) / FLUSH_BATCHES), MIN_BATCH)
        for start in range(0, len(new), size):
            for incoming in new[start : start + size]:
                if self._guards.have_enough:
                    self.whole = False
                    return
                change, why = incoming.change, incoming.why
                if change is not None and not why:
                    home = self._owner(change) if own.transferred else own
                    why = self._merge(incoming, change) if home is own else self._forward(incoming, change, home)
                if change is None or why:
                    self._quarantine(incoming, why)
                self.last_op, self.head = incoming.op_no, incoming.head
            own.flush_ready()

    def _load(self, changes: list[Change]) -> None:
        """Load what changes are about; every read is started before one is waited for, so that the server works on."""
        needed = self._guards.start(changes)
        finish = self._own.start_load([*(change.record_id for change in changes), *needed])
        self._guards.wait()
        finish()
        self._own.load_owners([change.person_id for change in changes if change.person_id])

    def _quarantine(self, incoming: IncomingChange, why: str) -> None:
        change = incoming.change
        about = change.record_id if change and is_identifier(change.record_id) else ""
        self._own.append(self._device.device_id, incoming, about, str(Outcome.REFUSED), why)
        self.rejected.append(RejectedChange(incoming.op_no, why))

    def _owner(self, change: Change) -> TeamUnitOfWork:
        """The unit of work of the team that has the change's person now."""
        unit, met = self._own, {self._own.team_id}
        about = change.person_id or change.record_id
        while to := unit.team_of(change.record_id) or unit.team_of(about):
            if to not in self._units:
                raise MoreTeamsNeeded({to})
            if to in met:  # transferred in a circle meanwhile: the team that has it now is the one it came from
                break
            met.add(to)
            unit = self._units[to]
        return unit

    def _merge(self, incoming: IncomingChange, change: Change) -> str:
        """Merge a change into its record; why it is quarantined, or ""."""
        unit, outcome = self._own, APPLIED
        state = unit.state(change.record_id)
        why = (self._mismatch(state, change, unit) or self._size_problem(incoming, unit)) if state else ""
        if why := why or self._guards.reject_reason(change, state, unit):
            return why
        if change.kind == HANDOVER and (why := self._transfer.reject_reason(change)):
            return why
        if state is None:
            unit.stage_new(change)
            outcome = self._transfer.partial_mark(change) or outcome
        else:
            merged, found = merge_record(state, change, unit.seq + 1)
            if found is Outcome.CONFLICT and change.kind in SEALED_BY:
                return self._guards.sealed_reason(change, None, unit)
            outcome = found.value
            if merged is not state:
                unit.stage(merged)
        unit.append(self._device.device_id, incoming, change.record_id, outcome)
        if change.kind == HANDOVER:
            self._transfer.move(incoming, change)
        return ""

    def _forward(self, incoming: IncomingChange, change: Change, home: TeamUnitOfWork) -> str:
        """Merge a change into the record of the team that has the person now; why it is quarantined, or ""."""
        moved = replace(change, team_id=home.team_id)
        state = home.state(change.record_id)
        why = self._may_not_forward(change, state, home) or (self._mismatch(state, moved, home) if state else "")
        if why := why or self._guards.reject_reason(change, state, home):
            return why
        if why := self._size_problem(incoming, home):
            return why
        merge = merge_record if state and self._is_only_own(state) else merge_as_conflicts
        merged, outcome = merge(state, moved, home.seq + 1)
        via = f"{self._own.team_id}/{self._device.device_id}"
        home.append(via, incoming, change.record_id, outcome.value)
        if merged is not state:
            home.stage(merged)
        self._forwarded.add(incoming.op_no)
        seq = self._own.append(self._device.device_id, incoming, change.record_id, FORWARDED)
        # Sent again, for the laptop created the record again when its user wrote in it.
        transferred = RecordState(
            change.team_id, change.kind, change.record_id, change.person_id, seq, {}, home.team_id
        )
        self._own.stage(transferred)
        return ""

    def _mismatch(self, state: RecordState, change: Change, unit: TeamUnitOfWork) -> str:
        """Why a change contradicts the record it names, as a sentence; "" when it does not."""
        if state.kind != change.kind or state.person_id != change.person_id:
            return "This names a record of another kind or another person, so the team server could not accept it."
        return self._guards.sealed_reason(change, state, unit) if is_immutable(state, change) else ""

    def _size_problem(self, incoming: IncomingChange, unit: TeamUnitOfWork) -> str:
        """`TOO_LONG` when a change would make its record too large; else ""."""
        record_id = incoming.change.record_id if incoming.change else ""
        return TOO_LONG if unit.weight(record_id) + len(incoming.text) > LONGEST_RECORD else ""

    def _is_only_own(self, state: RecordState) -> bool:
        """Whether every value of a record was written by this laptop before it knew of the transfer."""
        device = self._device
        if any(held.sides or held.device_id != device.device_id for held in state.fields.values()):
            return False
        written = {held.op_no for held in state.fields.values()} - self._forwarded
        for op_no in written:
            _hash, outcome, _why = self._repository.hashes(device.team_id, device.device_id, op_no, op_no).get(
                op_no, ("",) * 3
            )
            if outcome != FORWARDED:
                return False
        return True

    def _may_not_forward(self, change: Change, state: RecordState | None, home: TeamUnitOfWork) -> str:
        """Why a change about a transferred person is not forwarded to their team; "" when it is."""
        if self._is_known_value(change):
            return NOT_OURS
        if change.kind == HANDOVER:
            return "" if change.fields.get(TO_TEAM) == home.team_id else NOT_OURS
        if change.kind in SEALED_BY:
            return (
                "Another team has this person now, so the team server could not accept what was agreed here. Tell that "
                "team."
            )
        person = home.state(change.person_id) if change.person_id else None
        there = person is not None and person.kind == PERSON
        return "" if there and (state is not None or change.kind != PERSON) else NOT_OURS

    def _is_known_value(self, change: Change) -> bool:
        """Whether the laptop knew of the person's transfer when this change was written.

        Either `Change.seen` says so, or the laptop had confirmed to central that it had read that far.
        """
        own = self._own
        at = own.transferred_at(change.record_id, change.person_id)
        says = change.seen.epoch == own.team.epoch and change.seen.seq >= at
        return says or self._repository.confirmed_seq(own.team_id, self._device.device_id) >= at
