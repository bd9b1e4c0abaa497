"""A bank statement read in by keyboard, and the app killed while it is kept."""

import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest

from phb_tui.services.payments import spending, statement_import
from phb_tui.services.payments.statement_import import State
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session
from phb_tui.store import change_log
from tests import counts
from tests.journeys import laptops
from tests.journeys.keyboard_driver import KeyboardDriver
from tests.journeys.terminal import Terminal

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform == "win32", reason="drives a pseudo-terminal, which Windows has not"),
    pytest.mark.skipif(
        counts.KILLS == 1, reason="`make long` kills the app; services/payments/test_kill_import.py does"
    ),
]
ROWS = 10
LONGEST = 0.06
"""Seconds after the key within which all is kept on a quiet machine."""
FILE = "Date,Description,Amount\n" + "".join(f"{day}/10/2024,Bus,-2.{day}\n" for day in range(10, 10 + ROWS))


def import_all(session: Session, person_id: str) -> int:
    """Keep what is new in the file, as the screen does."""
    found = statement_import.preview(session, person_id, statement_import.read(session, FILE.encode()))
    return statement_import.keep(
        session, person_id, [(each, "") for each in found.candidates if each.state is State.NEW]
    )


def to_the_preview(terminal: Terminal, file: Path) -> None:
    """From the unlock screen to what a file would add, its path typed."""
    laptops.to_the_person(terminal)
    driver = KeyboardDriver(terminal)
    driver.open_step(5)
    driver.choose("Payments and purchases", "Read a bank statement")
    terminal.type("b")
    terminal.wait("Or type where the file is")
    terminal.press("tab")
    terminal.type(str(file))
    terminal.press("enter")
    terminal.wait(f"Keep these {ROWS}")


def test_a_statement_is_kept_once_however_the_app_is_killed(tmp_path: Path) -> None:
    """Killed at a random moment after the last key, the app has kept all rows or none, and keeps none twice."""
    template, file = laptops.set_up(tmp_path / "laptop"), tmp_path / "march.csv"
    person_id = laptops.add_person(template)
    file.write_text(FILE)
    moments = random.Random(counts.KILLS)
    for turn in range(max(counts.KILLS // 10, 1)):
        data = tmp_path / str(turn)
        shutil.copytree(template, data)
        with Terminal(["--data", str(data)]) as terminal:
            to_the_preview(terminal, file)
            pid = terminal.app_pid()
            os.write(terminal.master, b"k")
            time.sleep(moments.uniform(0, LONGEST) if turn else 2)
            os.kill(pid, signal.SIGKILL)
            terminal.finish()
        with laptops.opened(data) as session:
            kept = len(record_lists.of(session, spending.PURCHASE, person_id))
            assert kept in ({0, ROWS} if turn else {ROWS})
            assert import_all(session, person_id) == ROWS - kept
            assert len(record_lists.of(session, spending.PURCHASE, person_id)) == ROWS
            assert change_log.verify(session.store.db, session.team_id) == 0
