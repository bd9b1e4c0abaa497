"""Purchases from a statement: never twice, matched by what was chosen before, kept all at once or not at all."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from phb_tui.domain.records.changes import Record, Value
from phb_tui.errors import NotSaved
from phb_tui.services.payments import spending, statement_import
from phb_tui.services.payments.line_choices import NONE
from phb_tui.services.payments.statement_import import Candidate, Preview, State
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.sync import sync_service
from phb_tui.store import local_writes
from tests.domain.budget import examples
from tests.screens.screen_harness import log_length, somebody
from tests.screens.team_harness import team_in
from tests.services.payments.paid_budgets import approved, bought, paying

HEAD = "Date,Description,Amount\n"
FILE = HEAD + "20/11/2026,Bus,-2.50\n20/11/2026,Bus,-2.50\n21/11/2026,Swimming pool,-12.50\n21/11/2026,NHS,500.00\n"
LONGER = FILE + "20/11/2026,BUS,-2.50\n22/11/2026,Choir,-9.00\n"


def previewed(session: Session, person_id: str, text: str = FILE) -> Preview:
    """What a file would add."""
    return statement_import.preview(session, person_id, statement_import.read(session, text.encode()))


def keep(session: Session, person_id: str, text: str = FILE, line: str = "") -> int:
    """Keep everything that is new in a file."""
    found = previewed(session, person_id, text).candidates
    return statement_import.keep(session, person_id, [(each, line) for each in found if each.state is State.NEW])


def purchases(session: Session, person_id: str) -> list[Record]:
    return record_lists.of(session, "purchase", person_id)


def states(session: Session, person_id: str, text: str = FILE) -> list[State]:
    return [each.state for each in previewed(session, person_id, text).candidates]


def test_a_preview_keeps_nothing_and_keeping_keeps_each_row(laptop: Session, person_id: str) -> None:
    """Looking writes nothing; keeping writes day, amount, payee and that a statement shows it, and no money in."""
    before = log_length(laptop)
    previewed(laptop, person_id)
    assert log_length(laptop) == before
    assert keep(laptop, person_id) == 3
    kept = purchases(laptop, person_id)
    assert sorted((each.text("date"), each.text("amount"), each.text("payee")) for each in kept) == [
        ("2026-11-20", "2.50", "Bus"), ("2026-11-20", "2.50", "Bus"), ("2026-11-21", "12.50", "Swimming pool"),
    ]  # fmt: skip
    assert {each.text("evidence") for each in kept} == {"statement"}


def test_the_same_file_and_a_longer_one_keep_nothing_twice(laptop: Session, person_id: str) -> None:
    """After the same file nothing is new; a file that goes on adds only what goes on, a third ticket among it."""
    keep(laptop, person_id)
    before = log_length(laptop)
    assert states(laptop, person_id) == [State.THERE] * 3
    assert keep(laptop, person_id) == 0
    assert log_length(laptop) == before
    assert keep(laptop, person_id, LONGER) == 2
    assert len(purchases(laptop, person_id)) == 5


def test_a_stale_preview_keeps_nothing_twice(laptop: Session, person_id: str) -> None:
    """Two previews of one file that were made before either was kept make each purchase once."""
    first, second = previewed(laptop, person_id), previewed(laptop, person_id)
    for preview in (first, second):
        statement_import.keep(laptop, person_id, [(each, "") for each in preview.candidates])
    assert len(purchases(laptop, person_id)) == 3


def test_two_laptops_make_the_same_purchases(tmp_path: Path) -> None:
    """The same file on two laptops that know nothing of each other is one purchase a row, without a conflict."""
    with team_in(tmp_path) as team:
        laptops = [team.laptop(number, name) for number, name in ((1, "Ada Okafor"), (2, "Bea Blank"))]
        person = somebody(laptops[0])
        for laptop in laptops:
            sync_service.sync_now(laptop, lambda _: None, team.central)
        for laptop in laptops:
            keep(laptop, person.record_id)
        for laptop in (*laptops, laptops[0]):
            sync_service.sync_now(laptop, lambda _: None, team.central)
        found = [purchases(laptop, person.record_id) for laptop in laptops]
        assert [record.record_id for record in found[0]] == [record.record_id for record in found[1]]
        assert len(found[0]) == 3
        assert not any(record.open for records in found for record in records)


def test_what_was_removed_or_changed_here_is_not_kept_again(laptop: Session, person_id: str) -> None:
    """A purchase that was removed stays removed, and one whose amount was corrected stays corrected."""
    keep(laptop, person_id)
    first, second, third = purchases(laptop, person_id)
    record_lists.remove(laptop, first)
    editing.save(laptop, second, {"amount": "3.00", "date": "2026-11-19"})
    assert sorted(each.value for each in states(laptop, person_id)) == ["removed", "there", "there"]
    everything = [(each, "") for each in previewed(laptop, person_id).candidates]
    assert statement_import.keep(laptop, person_id, everything) == 0
    assert {record.record_id for record in purchases(laptop, person_id)} == {second.record_id, third.record_id}


@pytest.mark.parametrize(("day", "amount"), [("2026-11-21", "12.50"), ("2026-11", "£12.50"), ("about 2026-11", "12.5")])
def test_what_was_typed_of_the_same_day_and_amount_is_perhaps_there(
    laptop: Session, person_id: str, day: str, amount: str
) -> None:
    """A purchase typed by hand with the same amount, and the same day or month, makes the row one to look at."""
    editing.save(
        laptop, record_lists.new(laptop, "purchase", person_id), {"date": day, "amount": amount, "payee": "pool"}
    )
    assert states(laptop, person_id) == [State.NEW, State.NEW, State.PERHAPS]
    keep(laptop, person_id, HEAD + "20/11/2026,Bus,-2.50\n")
    assert states(laptop, person_id) == [State.THERE, State.NEW, State.PERHAPS], "one of two tickets is a row's own"


@pytest.mark.parametrize(
    ("day", "evidence", "expected"),
    [
        ("2026-11-17", "receipt", State.PERHAPS), ("2026-11-16", "", State.PERHAPS), ("2026-11-23", "", State.PERHAPS),
        ("2026-11-15", "receipt", State.NEW), ("2026-11-27", "", State.NEW), ("2026-11-17", "statement", State.NEW),
    ],
)  # fmt: skip
def test_what_was_typed_a_few_days_beside_the_banks_day_is_perhaps_there(
    laptop: Session, person_id: str, day: str, evidence: str, expected: State
) -> None:
    """A bank has a payment days after the receipt, or it was typed days later; another statement is no copy."""
    bought(laptop, person_id, "12.50", date=day, payee="pool", evidence=evidence)
    assert states(laptop, person_id) == [State.NEW, State.NEW, expected]


def test_what_was_typed_on_the_day_of_a_row_is_not_looked_for_beside_it(laptop: Session, person_id: str) -> None:
    """One ticket that was typed is that of its day: those of the days after it are new."""
    bought(laptop, person_id, "2.50", date="2026-11-20", payee="bus")
    text = HEAD + "20/11/2026,Bus,-2.50\n21/11/2026,Bus,-2.50\n22/11/2026,Bus,-2.50\n"
    assert states(laptop, person_id, text) == [State.PERHAPS, State.NEW, State.NEW]


def test_a_line_is_what_was_chosen_last_for_the_same_payee(laptop: Session, person_id: str) -> None:
    """The line comes from the last purchase of the same payee in any spelling; without one there is none."""
    approved(laptop, person_id)
    first, second = (line.id for line in previewed(laptop, person_id).lines(date(2026, 11, 21))[:2])
    for day, line in (("2026-10-02", second), ("2026-10-01", first)):
        bought(laptop, person_id, "1.00", line, date=day, payee="SWIMMING - Pool")

    def lines() -> list[tuple[str, str]]:
        return [(each.row.payee, each.line) for each in previewed(laptop, person_id).candidates]

    assert lines() == [("Bus", ""), ("Bus", ""), ("Swimming pool", second)]
    for line, then in (("no more", ""), (NONE, NONE)):
        bought(laptop, person_id, "1.00", line, date="2026-10-03", payee="Swimming pool")
        assert lines()[2][1] == then, "its last line is none that can be paid from"


def test_a_line_goes_on_in_the_next_tax_year(laptop: Session, person_id: str) -> None:
    """A line that was chosen before 6 April is the line of the same costs after it, where there is one."""
    approved(laptop, person_id, examples.b())
    found = previewed(laptop, person_id)
    before, after = ({line.id for line in found.lines(date(2027, 4, day))} for day in (5, 6))
    going_on = {line: f"{line.removesuffix(' 2026/27')} 2027/28" for line in before - after}
    fitting = {line: found.fitting(line, date(2027, 4, 6)) for line in going_on}
    assert fitting == {line: later if later in after else "" for line, later in going_on.items()}
    assert {"", *after} > {*fitting.values()} > {""}
    assert all(found.fitting(line, date(2027, 4, 6)) == line for line in after)


def test_all_rows_are_kept_or_none(laptop: Session, person_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk refuses at the third row, none of them is kept."""
    calls = 0
    commit = local_writes._commit_change

    def failing(*args: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise NotSaved("full")
        return commit(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(local_writes, "_commit_change", failing)
    with pytest.raises((NotSaved, sqlite3.Error)):
        keep(laptop, person_id)
    monkeypatch.undo()
    assert purchases(laptop, person_id) == []
    assert states(laptop, person_id) == [State.NEW] * 3


def test_an_unreadable_purchase_is_in_nobodys_way(laptop: Session, person_id: str) -> None:
    """Purchases that hold anything at all do not stop a statement from being read."""
    for value in ("9" * 5000, "soon", 7, None):
        made = record_lists.new(laptop, "purchase", person_id)
        change: dict[str, Value] = {"date": value, "amount": value, "payee": value, "line": value, "note": "x"}
        editing.save(laptop, made, change)
    assert states(laptop, person_id) == [State.NEW] * 3


def test_candidates_of_another_person_have_other_ids(laptop: Session, person_id: str) -> None:
    """One statement that is read for two people makes purchases of each."""

    def ids(found: Preview) -> set[str]:
        return {each.record_id for each in found.candidates if isinstance(each, Candidate)}

    other = somebody(laptop).record_id
    assert not ids(previewed(laptop, person_id)) & ids(previewed(laptop, other))


def test_money_in_is_a_refund_only_where_it_is_chosen_and_is_not_the_budgets_own(
    laptop: Session, person_id: str
) -> None:
    """What came in may be kept as money that came back, once; an amount of a payment is the budget's own."""
    paying(laptop, person_id)
    text = HEAD + "20/11/2026,Shop,-15.00\n21/11/2026,Shop,-20.00\n21/11/2026,Shop,15.00\n"
    text += "21/11/2026,NHS,3908.75\n"
    found = previewed(laptop, person_id, text)
    assert [each.pence for each in found.received] == [390875]
    ((refund,), line) = (found.refunds, found.lines(date(2026, 11, 21))[0].id)
    assert (refund.is_refund, refund.state) == (True, State.NEW)
    assert keep(laptop, person_id, text) == 2, "what was paid out is kept beside it, of the same amount too"
    statement_import.keep(laptop, person_id, [(refund, line)])
    kept = [each for each in purchases(laptop, person_id) if spending.is_refund(each)]
    assert [(each.text("amount"), each.text("line"), spending.pence(each)) for each in kept] == [("15.00", line, -1500)]
    assert previewed(laptop, person_id, text).refunds[0].state is State.THERE
    bought(laptop, person_id, "7.00", date="2026-11-22", payee="Shop", **{spending.REFUND: "yes"})
    perhaps = HEAD + "20/11/2026,Bus,-7.00\n21/11/2026,Bus,-8.00\n22/11/2026,Shop,7.00\n"
    assert previewed(laptop, person_id, perhaps).refunds[0].state is State.PERHAPS
