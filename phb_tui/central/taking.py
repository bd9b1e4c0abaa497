"""Taking a laptop's changes: each once and in order, merged, forwarded or kept aside, and never lost."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import NamedTuple

from phb_tui.central import roles
from phb_tui.central.book import Book
from phb_tui.central.kept import Device
from phb_tui.central.storage import Tables, is_name
from phb_tui.domain.changes import HANDOVER, TO_TEAM, Change, RecordState, hash_of
from phb_tui.domain.merge import Outcome, is_sealed, meet, merge_record
from phb_tui.errors import CentralRefused
from phb_tui.sync import wire
from phb_tui.sync.protocol import Refusal

FORWARDED, HANDED_OVER = "forwarded", "handed over"
"""What became of a change about a person another team has now, and of a record that came with a handover."""

UNREADABLE = "?"
"""Stands for the hash before a change when the one before could not be read: nothing is known to follow."""

OTHER_HISTORY = (
    "Central has other changes from this laptop under the same numbers, as if the laptop had been put back to an older "
    "state. Nothing was taken and nothing is lost. Tell your IT team before you go on."
)


class OtherHistory(CentralRefused):
    """A laptop's history is not the one central knows."""

    def __init__(self) -> None:
        super().__init__(OTHER_HISTORY)


class OtherTeams(Exception):
    """The work concerns teams that this transaction has not locked; it has to begin again with them."""

    def __init__(self, teams: Collection[str]) -> None:
        super().__init__()
        self.teams = frozenset(teams)


class Offered(NamedTuple):
    """A change as it came.

    Attributes:
        text: Its text.
        hash: The text's hash.
        change: What it says; None when it cannot be read.
        why: Why it has to be kept aside; "" when nothing is known against it.
    """

    op_no: int
    text: bytes
    hash: str
    change: Change | None
    why: str


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
        self._tables, self._books, self._device, self._aside = tables, books, device, aside
        self.last_op, self.head = device.last_op, device.head
        self._own = books[device.team_id]
        self.refused: list[Refusal] = []

    def take(self, first: int, texts: tuple[bytes, ...]) -> None:
        """Take changes numbered from `first`; those that came before are passed over, and a gap ends it.

        Raises:
            OtherHistory: The laptop's history is not the one central knows.
            OtherTeams: The work concerns other teams too.
        """
        new = list(self._new(first, texts))
        changes = [offered.change for offered in new if offered.change and not offered.why]
        self._own.load([c.record_id for c in changes] + [c.person_id for c in changes if c.person_id])
        for offered in new:
            self._take(offered)

    def _new(self, first: int, texts: tuple[bytes, ...]) -> Iterator[Offered]:
        """The changes that central does not have, in order."""
        last, head = self.last_op, self.head
        again = texts[: max(last - first + 1, 0)]
        known = self._tables.hashes(self._device.team_id, self._device.device_id, first, last) if again else {}
        for op_no, text in enumerate(again, start=first):
            found, outcome, why = known.get(op_no, ("", "", ""))
            if found != hash_of(text):
                raise OtherHistory
            if outcome == Outcome.REFUSED:  # the answer that said so may not have arrived
                self.refused.append(Refusal(op_no, why))
        if first > last + 1:
            return  # a gap: the reply's `ack` tells the laptop where to start again
        for op_no, text in enumerate(texts[len(again) :], start=last + 1):
            offered = self._read(op_no, text)
            if offered.change and head not in {offered.change.prev, UNREADABLE}:
                raise OtherHistory
            head = offered.hash if offered.change else UNREADABLE
            yield offered

    def _read(self, op_no: int, text: bytes) -> Offered:
        try:
            change = wire.decode_change(text)
        except CentralRefused as error:
            return Offered(op_no, text, hash_of(text), None, error.sentence)
        return Offered(op_no, text, hash_of(text), change, self._aside or self._against(op_no, change))

    def _against(self, op_no: int, change: Change) -> str:
        """Why a change is kept aside whatever the records hold."""
        device = self._device
        if (change.team_id, change.device_id, change.op_no) != (device.team_id, device.device_id, op_no):
            return "This change says that it belongs to another laptop or team, so central kept it aside."
        if change.author != device.staff_id:
            return "This change says that somebody else wrote it, so central kept it aside."
        named = (change.record_id, change.kind, *([change.person_id] if change.person_id is not None else []))
        if not all(is_name(name) for name in named):
            return "This change names a record in a way that cannot be, so central kept it aside."
        if not change.fields:
            return "This change changes nothing, so central kept it aside."
        return roles.may_not_write(device.role)

    def _take(self, offered: Offered) -> None:
        change = offered.change
        why = offered.why
        if change is not None and not why:
            home = self._home(change)
            why = self._merge(offered, change, home) if home is self._own else self._forward(offered, change, home)
        if change is None or why:
            line = (offered.hash, Outcome.REFUSED, why, offered.text)
            self._own.enter(self._device.device_id, offered.op_no, change.record_id[:100] if change else "", line)
            self.refused.append(Refusal(offered.op_no, why))
        head = offered.hash if change else UNREADABLE
        self.last_op, self.head = offered.op_no, head

    def _home(self, change: Change) -> Book:
        """The book of the team that has the person now."""
        book, met = self._own, {self._own.team_id}
        while to := book.gone_to(change.record_id) or book.gone_to(change.person_id):
            if to not in self._books:
                raise OtherTeams({*self._books, to})
            if to in met:  # handed over in a circle while this was on its way: where it is now is where it came from
                break
            met.add(to)
            book = self._books[to]
        return book

    def _merge(self, offered: Offered, change: Change, book: Book) -> str:
        """Take a change into its record; why not, or ""."""
        state = book.state(change.record_id)
        if why := _does_not_fit(state, change) or self._hands_over(change):
            return why
        merged, outcome = merge_record(state, change, book.seq + 1)
        line = (offered.hash, str(outcome), "", offered.text)
        book.enter(self._device.device_id, offered.op_no, change.record_id, line)
        if merged != state:
            book.put(merged)
        if change.kind == HANDOVER:
            self._hand_over(change)
        return ""

    def _forward(self, offered: Offered, change: Change, home: Book) -> str:
        """Take a change into the book of the team that has the person now; why not, or ""."""
        moved = replace(change, team_id=home.team_id)
        if why := _does_not_fit(home.state(change.record_id), moved):
            return why
        state = home.state(change.record_id)
        merged, outcome = merge_record(state, moved, home.seq + 1)
        via = f"{self._own.team_id}/{self._device.device_id}"
        home.enter(via, offered.op_no, change.record_id, (offered.hash, str(outcome), "", offered.text))
        if merged != state:
            home.put(merged)
        line = (offered.hash, FORWARDED, "", offered.text)
        seq = self._own.enter(self._device.device_id, offered.op_no, change.record_id, line)
        # Said again, for the laptop has the record again: its nurse wrote in it.
        gone = RecordState(change.team_id, change.kind, change.record_id, change.person_id, seq, {}, home.team_id)
        self._own.put(gone)
        return ""

    def _hands_over(self, change: Change) -> str:
        """Why a handover cannot be; "" when it can or when it is none."""
        if change.kind != HANDOVER:
            return ""
        to = change.fields.get(TO_TEAM)
        if not change.person_id or not isinstance(to, str) or not is_name(to) or to == self._own.team_id:
            return "This handover does not say who goes to which other team, so central kept it aside."
        if to not in self._books:
            if to in self._tables.teams:
                return "There is no team of that name at central, so this handover was kept aside."
            raise OtherTeams({*self._books, to})
        return ""

    def _hand_over(self, change: Change) -> None:
        """Move everything about a person into another team's book; here only the place it went to stays."""
        team_id, to = self._own.team_id, self._books[str(change.fields[TO_TEAM])]
        person_id = str(change.person_id)
        rows = self._tables.rows_of_person(team_id, person_id)
        ids = dict.fromkeys([row.record_id for row in rows if not row.gone])
        ids |= dict.fromkeys(self._own.records_about(person_id))
        self._own.load(ids)
        to.load(ids)
        text = change.text.encode()
        seq = to.enter(
            f"{team_id}/{self._device.device_id}",
            change.op_no,
            change.record_id,
            (hash_of(text), HANDED_OVER, "", text),
        )
        for record_id in ids:
            state = self._own.state(record_id)
            if state is None:
                continue
            come = replace(state, team_id=to.team_id, seq=seq, gone="")
            here = to.state(record_id)
            to.put(meet(here, come, seq) if here else come)
            self._own.put(replace(state, seq=self._own.seq, fields={}, gone=to.team_id))


def _does_not_fit(state: RecordState | None, change: Change) -> str:
    """Why a change does not fit the record it names; "" when it does."""
    if state and (state.kind, state.person_id) != (change.kind, change.person_id):
        return "This change names a record of another kind or another person, so central kept it aside."
    if is_sealed(state, change):
        return "What was agreed is never changed. Make a new version; central kept this change aside."
    return ""
