"""Taking a laptop's changes: each once and in order, merged, forwarded or kept aside, and never lost."""

from collections.abc import Collection
from math import ceil

from msgspec.structs import replace

from phb_tui.central.book import Book
from phb_tui.central.kept import Device
from phb_tui.central.offered import UNREADABLE, Offered, Offers
from phb_tui.central.storage import Tables, is_name
from phb_tui.domain.changes import HANDOVER, TO_TEAM, Change, RecordState
from phb_tui.domain.merge import Outcome, is_sealed, meet, merge_record
from phb_tui.sync.protocol import Refusal

APPLIED, FORWARDED, HANDED_OVER = Outcome.APPLIED.value, "forwarded", "handed over"
"""What became of a change as it should, of one about a person another team has now, and of a record that came with a
handover."""

PIECES, SMALLEST_PIECE = 2, 100
"""In how many pieces changes are written, of how many at least: the database is at work while the next are taken."""


class OtherTeams(Exception):
    """The work concerns teams that this transaction has not locked; it has to begin again with them."""

    def __init__(self, teams: Collection[str]) -> None:
        super().__init__()
        self.teams = frozenset(teams)


class Taking:
    """One request's changes on their way into the books.

    Args:
        tables: The transaction.
        books: The books of the teams it has locked, the laptop's own among them.
        device: The laptop.
        aside: Why everything is kept aside, such as for a laptop that is no longer let in; "" for no reason.

    Attributes:
        last_op: The number of the laptop's last change here.
        head: That change's hash.
        refused: The changes that were kept aside.
    """

    def __init__(self, tables: Tables, books: dict[str, Book], device: Device, aside: str = "") -> None:
        self._tables, self._books, self._device = tables, books, device
        self._offers = Offers(tables, device, aside)
        self._own = books[device.team_id]
        self.last_op, self.head = device.last_op, device.head
        self.refused = self._offers.refused

    def take(self, first: int, texts: tuple[bytes, ...]) -> None:
        """Take changes numbered from `first`; those that came before are passed over, and a gap ends it.

        Raises:
            OtherHistory: The laptop's history is not the one central knows.
            OtherTeams: The work concerns other teams too.
        """
        own, new = self._own, self._offers.new(first, texts)
        good = [offered.change for offered in new if offered.change and not offered.why]
        own.expect([change.record_id for change in good])
        own.ask([change.person_id for change in good if change.person_id])
        size = max(ceil(len(new) / PIECES), SMALLEST_PIECE)
        for start in range(0, len(new), size):
            for offered in new[start : start + size]:
                change, why = offered.change, offered.why
                if change is not None and not why:
                    home = self._home(change) if own.gone else own
                    why = self._merge(offered, change) if home is own else self._forward(offered, change, home)
                if change is None or why:
                    self._keep_aside(offered, why)
            own.write_ready()
        if new:
            self.last_op, self.head = new[-1].op_no, new[-1].hash if new[-1].change else UNREADABLE

    def _keep_aside(self, offered: Offered, why: str) -> None:
        change = offered.change
        about = change.record_id if change and is_name(change.record_id) else ""
        self._own.enter(self._device.device_id, offered, about, str(Outcome.REFUSED), why)
        self.refused.append(Refusal(offered.op_no, why))

    def _home(self, change: Change) -> Book:
        """The book of the team that has the person now."""
        book, met = self._own, {self._own.team_id}
        about = change.person_id or change.record_id
        while to := book.gone_to(change.record_id) or book.gone_to(about):
            if to not in self._books:
                raise OtherTeams({*self._books, to})
            if to in met:  # handed over in a circle while this was on its way: where it is now is where it came from
                break
            met.add(to)
            book = self._books[to]
        return book

    def _merge(self, offered: Offered, change: Change) -> str:
        """Take a change into its record; why not, or ""."""
        book, outcome = self._own, APPLIED
        state = book.state(change.record_id)
        if why := (state and _does_not_fit(state, change)) or (change.kind == HANDOVER and self._hands_over(change)):
            return why
        if state is None:
            book.begin(change)
        else:
            merged, found = merge_record(state, change, book.seq + 1)
            outcome = found.value
            if merged is not state:
                book.put(merged)
        book.enter(self._device.device_id, offered, change.record_id, outcome)
        if change.kind == HANDOVER:
            self._hand_over(offered, change)
        return ""

    def _forward(self, offered: Offered, change: Change, home: Book) -> str:
        """Take a change into the book of the team that has the person now; why not, or ""."""
        moved = replace(change, team_id=home.team_id)
        state = home.state(change.record_id)
        if why := state and _does_not_fit(state, moved):
            return why
        merged, outcome = merge_record(state, moved, home.seq + 1)
        via = f"{self._own.team_id}/{self._device.device_id}"
        home.enter(via, offered, change.record_id, outcome.value)
        if merged is not state:
            home.put(merged)
        seq = self._own.enter(self._device.device_id, offered, change.record_id, FORWARDED)
        # Said again, for the laptop has the record again: its nurse wrote in it.
        gone = RecordState(change.team_id, change.kind, change.record_id, change.person_id, seq, {}, home.team_id)
        self._own.put(gone)
        return ""

    def _hands_over(self, change: Change) -> str:
        """Why a handover cannot be; "" when it can."""
        to = change.fields.get(TO_TEAM)
        if not change.person_id or not isinstance(to, str) or not is_name(to) or to == self._own.team_id:
            return "This handover does not say who goes to which other team, so central kept it aside."
        if to not in self._books:
            if to in self._tables.teams:
                return "There is no team of that name at central, so this handover was kept aside."
            raise OtherTeams({*self._books, to})
        return ""

    def _hand_over(self, offered: Offered, change: Change) -> None:
        """Move everything about a person into another team's book; here only the place it went to stays."""
        team_id, to = self._own.team_id, self._books[str(change.fields[TO_TEAM])]
        person_id = str(change.person_id)
        rows = self._tables.rows_of_person(team_id, person_id)
        ids = dict.fromkeys([row.record_id for row in rows if not row.gone])
        ids |= dict.fromkeys(self._own.records_about(person_id))
        self._own.load(ids)
        to.load(ids)
        seq = to.enter(f"{team_id}/{self._device.device_id}", offered, change.record_id, HANDED_OVER)
        for record_id in ids:
            state = self._own.state(record_id)
            if state is None:
                continue
            come = replace(state, team_id=to.team_id, seq=seq, gone="")
            here = to.state(record_id)
            to.put(meet(here, come, seq) if here else come)
            self._own.put(replace(state, seq=self._own.seq, fields={}, gone=to.team_id))


def _does_not_fit(state: RecordState, change: Change) -> str:
    """Why a change does not fit the record it names; "" when it does."""
    if state.kind != change.kind or state.person_id != change.person_id:
        return "This change names a record of another kind or another person, so central kept it aside."
    if is_sealed(state, change):
        return "What was agreed is never changed. Make a new version; central kept this change aside."
    return ""
