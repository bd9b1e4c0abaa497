"""Purchases from a bank statement: what a file would add, what is there already, and keeping what was chosen.

A row has the same record id whenever and wherever it is read, so a file that is read twice, a longer one and a second
laptop make the same purchases. The file is only read; neither it nor its name is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from hashlib import sha256
from pathlib import Path

from phb_tui.domain.budget.amounts import figures
from phb_tui.domain.calendar import dates
from phb_tui.domain.payments import alike
from phb_tui.domain.payments.alike import Bought
from phb_tui.domain.payments.statement_csv import encoding, payees, statement
from phb_tui.domain.payments.statement_csv.amounts import IN
from phb_tui.domain.payments.statement_csv.choices import StatementChoices
from phb_tui.domain.payments.statement_csv.statement import NOTHING_ANSWERED, Answers, Row, Statement
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import YES, Change, Record, Value, write
from phb_tui.services.payments import due, line_choices, purchases, spending
from phb_tui.services.payments.spending import PURCHASE, REFUND, LineSpending, Spending
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.store import records
from phb_tui.system import chosen_file, removable_drives

_ENDINGS = (".csv", ".tsv")


class State(Enum):
    """How a row of a statement stands to the purchases that are kept."""

    NEW = "new"
    PERHAPS = "perhaps"
    """One of the same amount and about the same day is kept; it may have been typed."""
    THERE = "there"
    """It is kept."""
    REMOVED = "removed"
    """It was kept and has been removed, so it stays removed."""


OFFERED = (State.NEW, State.PERHAPS)
"""States of rows that can be kept."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row as it would be kept: something that was paid, or money that came back.

    Attributes:
        line: Id of its line of the budget: its own of one that is kept, else what was chosen before for the same payee;
            "" for none.
    """

    record_id: str
    row: Row
    state: State
    line: str
    is_refund: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What a statement would add.

    Attributes:
        candidates: Every row that was paid out, in the order of the file.
        spent: The lines of the budgets, with what is left of each.
        refunds: The rows that came in and may be money that came back.
        received: The other rows that came in: their amount is that of a payment of the budget.
    """

    candidates: Sequence[Candidate]
    spent: Spending
    refunds: Sequence[Candidate] = ()
    received: Sequence[Row] = ()

    @property
    def all(self) -> list[Candidate]:
        """The rows that may be kept."""
        return [*self.candidates, *self.refunds]

    def lines(self, day: date) -> list[LineSpending]:
        """The lines from which something of a day can be paid."""
        return spending.choices(self.spent, day)

    def fitting(self, line: str, day: date) -> str:
        """Id of a line for a payment of a day: itself, or the same one of the day's tax year; "" when it cannot be."""
        return spending.fitting(self.spent, line, day)

    def called(self, line: str) -> str:
        """What a line is called; "" for none that was chosen."""
        return line_choices.in_words(self.spent.names, line)


NOTHING = Preview((), Spending((), {}, 0, 0, 0, {}))
"""What no statement would add."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that may be a statement, and when it was saved, for a reader."""

    path: Path
    changed: str


def folders() -> list[Path]:
    """Where statements are looked for: sticks, and the user's downloads."""
    return [*removable_drives.removable_drives(), chosen_file.downloads()]


def files(among: Iterable[Path]) -> list[FoundFile]:
    """Files in some folders that may be statements, the newest first."""
    return [
        FoundFile(path, dates.in_short(datetime.fromtimestamp(changed).astimezone().date().isoformat()))
        for changed, path in chosen_file.newest(among, _ENDINGS)
    ]


def typed_path(words: str) -> Path:
    """The file that a typed path means.

    Raises:
        RuleBroken: Nothing was typed, or it is nobody's folder.
    """
    return chosen_file.typed(words)


def read_file(path: Path) -> bytes:
    """The content of a file that was chosen, or a little more than may be read of one that is too large.

    Raises:
        RuleBroken: There is no such file, it is no plain file, or it cannot be read.
    """
    return chosen_file.read(path, encoding.MOST_BYTES)


def read(session: Session, data: bytes, answered: Answers = NOTHING_ANSWERED) -> Statement:
    """Read a file as a statement; see `statement.read`."""
    return statement.read(data, session.today, answered)


def choices(session: Session, person_id: str, data: bytes) -> StatementChoices:
    """What was chosen about a file of a person's since the app was unlocked; the same object until it closes."""
    return session.statements.setdefault(f"{person_id} {sha256(data).hexdigest()}", StatementChoices())


def preview(session: Session, person_id: str, found: Statement) -> Preview:
    """What a statement would add to a person's purchases; nothing is kept."""
    kept = _kept(session, person_id)
    listed = [record for record in kept.values() if record_lists.is_listed(record)]
    before = _lines_before(listed)
    from_budget = _amounts_of_payments(session, person_id)
    received = [row for row in found.money_in if row.pence in from_budget]
    came_back = [row for row in found.money_in if row.pence not in from_budget]
    ids = {_record_id(person_id, row) for row in (*found.paid_out, *found.money_in)}
    typed = _Typed((record for record in listed if record.record_id not in ids), (*found.paid_out, *found.money_in))
    empty = Preview((), spending.of_person(session, person_id), received=received)

    def candidate(row: Row) -> Candidate:
        record_id, is_refund = _record_id(person_id, row), row.way == IN
        if record_id in kept:
            line = kept[record_id].text("line")
        else:
            line = empty.fitting(before.get(payees.key(row.payee), ""), row.day)
        return Candidate(record_id, row, _state(record_id, row, kept, typed), line, is_refund)

    return replace(empty, candidates=list(map(candidate, found.paid_out)), refunds=list(map(candidate, came_back)))


def keep(session: Session, person_id: str, chosen: Iterable[tuple[Candidate, str]]) -> int:
    """Keep rows as purchases, in one transaction; one that is kept by now, or was removed, is left as it is.

    Args:
        session: The session.
        person_id: The person.
        chosen: Each row with the id of its line of the budget, "" for none.

    Returns:
        How many purchases are new.

    Raises:
        NotSaved: The disk refuses; nothing was kept.
    """
    stamp, made = session.authorship(), list[Change]()
    kept = _kept(session, person_id)
    for candidate, line in chosen:
        row = candidate.row
        values: dict[str, Value] = {
            "date": row.day.isoformat(),
            "amount": figures.MONEY.kept(row.pence),
            "payee": row.payee,
            "evidence": purchases.STATEMENT,
            **({"line": line} if line else {}),
            **({REFUND: YES} if candidate.is_refund else {}),
        }
        if candidate.record_id not in kept:
            record = editing.read(session, PURCHASE, candidate.record_id, person_id)
            made += filter(None, [write(record, values, stamp)])
    editing.save_changes(session, made)
    return len(made)


def _record_id(person_id: str, row: Row) -> str:
    return record_ids.purchase_id(person_id, row.day.isoformat(), _signed(row), payees.key(row.payee), row.number)


def _signed(row: Row) -> int:
    return -row.pence if row.way == IN else row.pence


def _amounts_of_payments(session: Session, person_id: str) -> set[int]:
    """Pence of what is due, and of each part that was paid: money in of such an amount is the budget's own."""
    there = due.of_person(session, person_id)
    found = [*there.payments, *there.not_due]
    return {each.due.pence for each in found} | {part.pence for each in found for part in each.parts}


def _kept(session: Session, person_id: str) -> dict[str, Record]:
    """Every purchase of a person that this laptop knows, also removed ones, by id."""
    found = records.of_person(session.store.db, session.team_id, person_id, PURCHASE)
    return {record.record_id: record for record in found}


class _Typed:
    """The purchases that are none of a statement's rows, by their amount.

    Args:
        kept: Those purchases.
        rows: The statement's rows: a purchase of the day of one is not looked for on the days beside it.
    """

    def __init__(self, kept: Iterable[Record], rows: Iterable[Row]) -> None:
        self._by_pence: dict[int, list[Bought]] = {}
        for each in filter(None, map(purchases.bought, kept)):
            self._by_pence.setdefault(each.pence, []).append(each)
        of_rows = list(map(_bought, rows))
        on_its_day = {each for row in of_rows for each in self._alike(row) if alike.is_same_day(row, each)}
        self._near = {each for there in self._by_pence.values() for each in there} - on_its_day

    def _alike(self, row: Bought) -> list[Bought]:
        return self._by_pence.get(row.pence, [])

    def has(self, row: Row) -> bool:
        """Whether one of them may be a row."""
        this = _bought(row)
        return any(
            alike.is_same_day(this, each) or (each in self._near and alike.is_near(this, each))
            for each in self._alike(this)
        )


def _bought(row: Row) -> Bought:
    return Bought(row.day, row.day, _signed(row), is_of_bank=True)


def _state(record_id: str, row: Row, kept: Mapping[str, Record], typed: _Typed) -> State:
    if record_id in kept:
        return State.THERE if record_lists.is_listed(kept[record_id]) else State.REMOVED
    return State.PERHAPS if typed.has(row) else State.NEW


def _lines_before(listed: Iterable[Record]) -> dict[str, str]:
    """The line that was chosen last for each payee."""
    chosen = [record for record in listed if record.text("line") and payees.key(record.text("payee"))]
    chosen.sort(key=lambda record: (record.text("date"), record.record_id))
    return {payees.key(record.text("payee")): record.text("line") for record in chosen}
