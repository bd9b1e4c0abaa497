"""Runs the benchmarks (`make bench`): every promised figure, as a ratio against a baseline in the same run."""

import asyncio
import compileall
import sys
import tempfile
from pathlib import Path

from benchmarks import (
    app,
    budget_keys,
    central_cost,
    central_process,
    decisions,
    exchange_speed,
    kept_versions,
    openings,
    plan,
    slow_keys,
    terminal,
)
from phb_tui.domain.records.changes import FieldState, RecordState
from phb_tui.domain.records.record_codec import row_of
from phb_tui.services.person import caseload
from phb_tui.services.session import Session
from phb_tui.store.database import transaction
from tests import postgres, received
from tests.journeys import laptops
from tools.pictures.caseload import laptop

FAMILIES = (
    "Adams",
    "Baker",
    "Carter",
    "Davies",
    "Evans",
    "Fletcher",
    "Green",
    "Hughes",
    "Iqbal",
    "Jones",
    "Khan",
    "Lee",
)


def main() -> None:
    """Run all benchmarks, or those that are named, and print a line for each."""
    parts = sys.argv[1:] or list(PARTS)
    print(f"{'':<52} {'ours':>9} {'bare':>9}")
    # As an installation is: what is measured is the program, not the compiler.
    compileall.compile_dir("phb_tui", quiet=1)
    try:
        for part in parts:
            PARTS[part]()
    finally:
        postgres.end_run()


def exchange() -> None:
    """Benchmarks of the exchange with a real central on a real PostgreSQL."""
    with tempfile.TemporaryDirectory() as name, central_process.running(Path(name)) as running:
        exchange_speed.pull(running, Path(name))
        exchange_speed.push(running)
        exchange_speed.no_change(running)
        asyncio.run(exchange_speed.held_up(running, Path(name)))
        central_cost.ingest(running)
        decisions.against_answers(running)
    with tempfile.TemporaryDirectory() as name, central_process.running(Path(name), people=200) as running:
        central_cost.flat(running)


def screens() -> None:
    """Benchmarks of the app's screens and its store."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = laptops.set_up(folder / "laptop")
        laptops.add_person(data)
        terminal.start(data)
        terminal.keys(terminal.copy(data, folder / "keys"))
        with laptops.opened(data) as session:
            app.answer_to_disk(session, folder)
            person_id = caseload.lines(session, 0, 1)[0].person_id
            plan.everything(session, person_id)
            asyncio.run(plan.long_note(session, person_id, data))
        for people in (5_000, 100_000):
            with laptops.opened(data) as session:
                fill(session, people)
                asyncio.run(app.caseload_paint(session, people, data))
            if people == 5_000:
                terminal.memory(data)
                with laptops.opened(data) as session:
                    plan.fill(session, [line.person_id for line in caseload.lines(session, 0, people)])
                    asyncio.run(plan.search(session, data))


def opening() -> None:
    """Benchmark of opening every main screen, on the laptop of the pictures."""
    with laptop() as (session, data):
        asyncio.run(openings.every_screen(session, data))


def long_budget() -> None:
    """Benchmark of typing in a long budget, on the laptop of the pictures."""
    with laptop() as (session, data):
        asyncio.run(budget_keys.typing(session, data))


def slow() -> None:
    """Benchmark of the slowest keys after many screens."""
    with tempfile.TemporaryDirectory() as name:
        data = laptops.set_up(Path(name) / "laptop")
        person_id = laptops.add_person(data)
        with laptops.opened(data) as session:
            plan.everything(session, person_id)
        slow_keys.after_many_screens(data)


def fill(session: Session, people: int) -> None:
    """Fill the caseload with a number of invented people, through a sync reply."""
    have = session.store.db.conn.execute("SELECT count(*) FROM record WHERE kind = 'person'").fetchone()[0]
    with transaction(session.store.db):
        rows = [row_of(_person(session.team_id, number)) for number in range(have, people)]
        received.apply_rows(session.store.db, rows, session.team_id)


def _person(team_id: str, number: int) -> RecordState:
    def field(value: str) -> FieldState:
        return FieldState(value, number + 1, "other", number + 1, "somebody", "2026-11-01T09:00:00.000Z")

    names = {"given_name": f"Person{number}", "family_name": FAMILIES[number % len(FAMILIES)]}
    fields = {name: field(value) for name, value in {**names, "next_visit": "2026-12-01"}.items()}
    return RecordState(team_id, "person", f"p{number:07d}", f"p{number:07d}", number + 1, fields)


PARTS = {
    "screens": screens,
    "openings": opening,
    "long budget": long_budget,
    "slow": slow,
    "exchange": exchange,
    "budgets": kept_versions.worked_out_again,
}


if __name__ == "__main__":
    main()
