"""Taking a laptop's changes: each once and in order, merged, forwarded or kept aside, and never lost."""

from math import ceil

from msgspec.structs import replace

from phb_tui.central.exchange.transfer import MoreTeamsNeeded, Transfer
from phb_tui.central.exchange.unit_of_work import TeamUnitOfWork
from phb_tui.central.exchange.validation import TOO_LONG, ChangeValidator, IncomingChange
from phb_tui.central.storage.models import Device
from phb_tui.central.storage.repository import Repository, is_identifier
from phb_tui.domain.records.changes import HANDOVER, PERSON, TO_TEAM, Change, RecordState
from phb_tui.domain.records.limits import LONGEST_RECORD
from phb_tui.domain.records.merge import SEALED_BY, Outcome, is_immutable, merge_beside, merge_record
from phb_tui.sync.protocol import RejectedChange

APPLIED, FORWARDED = Outcome.APPLIED.value, "forwarded"
"""What became of a change as it should, and of one about a person another team has now."""

NOT_OURS = "Another team has this person now, so central kept this change aside. Tell that team what they should know."
SEALED = "What was agreed is never changed. Make a new version; central kept this change aside."

PIECES, SMALLEST_PIECE = 2, 100
"""In how many pieces changes are written, of how many at least: the database is at work while the next are taken."""


class ChangeIngest:
    """One request's changes on their way into the books.

    Args:
        repository: The transaction.
        units: A unit of work for each team it has locked, the laptop's own among them.
        device: The laptop.
        aside: Why everything is kept aside, such as for a laptop that is no longer let in; "" for no reason.

    Attributes:
        last_op: The number of the laptop's last change here.
        head: That change's hash.
        refused: The changes that were kept aside.
    """

    def __init__(
        self, repository: Repository, units: dict[str, TeamUnitOfWork], device: Device, aside: str = ""
    ) -> None:
        self._repository, self._books, self._device = repository, units, device
        self._offers = ChangeValidator(repository, device, aside)
        self._own = units[device.team_id]
        self._handing_over = Transfer(repository, units, device)
        self.last_op, self.head = device.last_op, device.head
        self._forwarded: set[int] = set()
        """Changes in this request that went on to another team."""
        self.refused = self._offers.refused

    def ingest(self, first: int, texts: tuple[bytes, ...]) -> None:
        """Take changes numbered from `first`; those that came before are passed over, and a gap ends it.

        Raises:
            HistoryDiverged: The laptop's history is not the one central knows.
            MoreTeamsNeeded: The work concerns other teams too.
        """
        own, new = self._own, self._offers.new_changes(first, texts)
        good = [offered.change for offered in new if offered.change and not offered.why]
        own.prefetch([change.record_id for change in good])
        own.load_owners([change.person_id for change in good if change.person_id])
        size = max(ceil(len(new) / PIECES), SMALLEST_PIECE)
        for start in range(0, len(new), size):
            for offered in new[start : start + size]:
                change, why = offered.change, offered.why
                if change is not None and not why:
                    home = self._owner(change) if own.gone else own
                    why = self._merge(offered, change) if home is own else self._forward(offered, change, home)
                if change is None or why:
                    self._quarantine(offered, why)
            own.flush_ready()
        if new:
            self.last_op, self.head = new[-1].op_no, new[-1].head

    def _quarantine(self, offered: IncomingChange, why: str) -> None:
        change = offered.change
        about = change.record_id if change and is_identifier(change.record_id) else ""
        self._own.append(self._device.device_id, offered, about, str(Outcome.REFUSED), why)
        self.refused.append(RejectedChange(offered.op_no, why))

    def _owner(self, change: Change) -> TeamUnitOfWork:
        """The book of the team that has the person now."""
        unit, met = self._own, {self._own.team_id}
        about = change.person_id or change.record_id
        while to := unit.gone_to(change.record_id) or unit.gone_to(about):
            if to not in self._books:
                raise MoreTeamsNeeded({to})
            if to in met:  # handed over in a circle while this was on its way: where it is now is where it came from
                break
            met.add(to)
            unit = self._books[to]
        return unit

    def _merge(self, offered: IncomingChange, change: Change) -> str:
        """Take a change into its record; why not, or ""."""
        unit, outcome = self._own, APPLIED
        state = unit.state(change.record_id)
        if why := state and (_does_not_fit(state, change) or self._too_much(offered, unit)):
            return why
        if change.kind == HANDOVER and (why := self._handing_over.reject_reason(change)):
            return why
        if state is None:
            unit.stage_new(change)
            outcome = self._handing_over.begun(change) or outcome
        else:
            merged, found = merge_record(state, change, unit.seq + 1)
            if found is Outcome.CONFLICT and change.kind in SEALED_BY:
                return SEALED
            outcome = found.value
            if merged is not state:
                unit.stage(merged)
        unit.append(self._device.device_id, offered, change.record_id, outcome)
        if change.kind == HANDOVER:
            self._handing_over.move(offered, change)
        return ""

    def _forward(self, offered: IncomingChange, change: Change, home: TeamUnitOfWork) -> str:
        """Lay a change beside what the team holds that has the person now; why not, or ""."""
        moved = replace(change, team_id=home.team_id)
        state = home.state(change.record_id)
        if why := self._may_not_forward(change, state, home) or (state and _does_not_fit(state, moved)):
            return why
        if why := self._too_much(offered, home):
            return why
        merge = merge_record if state and self._is_their_own(state) else merge_beside
        merged, outcome = merge(state, moved, home.seq + 1)
        via = f"{self._own.team_id}/{self._device.device_id}"
        home.append(via, offered, change.record_id, outcome.value)
        if merged is not state:
            home.stage(merged)
        self._forwarded.add(offered.op_no)
        seq = self._own.append(self._device.device_id, offered, change.record_id, FORWARDED)
        # Said again, for the laptop has the record again: its nurse wrote in it.
        gone = RecordState(change.team_id, change.kind, change.record_id, change.person_id, seq, {}, home.team_id)
        self._own.stage(gone)
        return ""

    def _too_much(self, offered: IncomingChange, unit: TeamUnitOfWork) -> str:
        """Why a record has no room for a change any more; "" when it has."""
        record_id = offered.change.record_id if offered.change else ""
        return TOO_LONG if unit.weight(record_id) + len(offered.text) > LONGEST_RECORD else ""

    def _is_their_own(self, state: RecordState) -> bool:
        """Whether a record is all of what this laptop wrote without knowing of the handover: then it may write on."""
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
        """Why a change about somebody who was handed over does not go on to the team that has them; "" when it does."""
        if self._is_known_value(change):
            return NOT_OURS
        if change.kind == HANDOVER:
            return "" if change.fields.get(TO_TEAM) == home.team_id else NOT_OURS
        if change.kind in SEALED_BY:
            return "Another team has this person now, so what was agreed here was kept aside. Tell that team."
        person = home.state(change.person_id) if change.person_id else None
        there = person is not None and person.kind == PERSON
        return "" if there and (state is not None or change.kind != PERSON) else NOT_OURS

    def _is_known_value(self, change: Change) -> bool:
        """Whether the laptop had been told that the person was handed over before this was written on it.

        It says so itself in `Change.seen`, or it had confirmed it to central before it brought this change.
        """
        own = self._own
        at = own.gone_at(change.record_id, change.person_id)
        says = change.seen.epoch == own.team.epoch and change.seen.seq >= at
        return says or self._repository.confirmed_seq(own.team_id, self._device.device_id) >= at


def _does_not_fit(state: RecordState, change: Change) -> str:
    """Why a change does not fit the record it names; "" when it does."""
    if state.kind != change.kind or state.person_id != change.person_id:
        return "This change names a record of another kind or another person, so central kept it aside."
    if is_immutable(state, change):
        return SEALED
    return ""
