"""A newcomer's whole visit, by keyboard alone and by mouse alone: read back, closed, agreed, printed, sent."""

import shutil
import socket
import sys
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from phb_tui.central.server.factory import build_central
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage.repository import Storage
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from tests import counts, factories
from tests.journeys import laptops, visit_script
from tests.journeys.driver import STEERING, Driver
from tests.journeys.keyboard_driver import KeyboardDriver
from tests.journeys.mouse_driver import MouseDriver
from tests.journeys.scenarios import WAITS
from tests.journeys.terminal import Terminal, copies
from tests.journeys.test_scenarios import letters, read_pdf
from tests.journeys.test_together import exchange, words_on

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform == "win32", reason="drives a pseudo-terminal, which Windows has not"),
]
PROGRAM = """
import sys
from pathlib import Path
from phb_tui import cli
from phb_tui.system import idle_time
cli.quiet_environment()
real = idle_time._clocks

def clocks():
    monotonic, wall, boot = real()
    slept = float(Path(sys.argv[2] + "-slept").read_text())
    return monotonic, wall + slept, boot + slept

idle_time._clocks = clocks
cli.main(sys.argv[1:])
"""
"""phb-tui on a laptop that was asleep for as many seconds as a file beside its data says."""
NIGHT = 9 * 3600


VISITS = (
    (MouseDriver, 80, 24),
    (KeyboardDriver, 80, 24),
    (MouseDriver, 160, 48),
    (KeyboardDriver, 160, 48),
)
"""Who visits, in a window of how many columns and rows. In the small one everything is in the way."""


class Laptop:
    """One laptop with its terminal, which can be closed and opened again, and which can sleep."""

    def __init__(self, data: Path, columns: int, rows: int) -> None:
        self.data, self.size = data, (columns, rows)
        self.sleep(0)
        self.terminal = self.start()

    def start(self) -> Terminal:
        """Open a window with phb-tui."""
        return Terminal(["--data", str(self.data)], *self.size, program=("-c", PROGRAM))

    def sleep(self, seconds: int) -> None:
        """Close the lid and open it again: every clock but the monotonic one goes on."""
        self.data.with_name(f"{self.data.name}-slept").write_text(str(seconds))

    def close_window(self) -> None:
        """Close the window, wait until nothing of phb-tui runs, and start it again."""
        self.terminal.close_window()
        self.terminal.process.wait(30)
        self.terminal = self.start()


@pytest.fixture
def port() -> int:
    """A loopback port on which nothing listens yet."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def storage() -> Iterator[Storage]:
    """Central's, which both laptops may join."""
    made = Storage.on_sqlite(None)
    laptops.join(made, "laptop-1", "laptop-2")
    yield made
    made.close()


def squeezed(words: str) -> str:
    """Words with one space wherever there is any."""
    return " ".join(words.split())


def wrong_dates(session: Session) -> dict[tuple[str, str], set[str]]:
    """The dates that are not kept as they were meant, by kind and field."""
    meant = visit_script.dates_meant(datetime.now(UTC).astimezone().date())
    kept: dict[tuple[str, str], set[str]] = {place: set() for place in meant}
    for row in session.store.db.query("SELECT kind, record_id FROM record"):
        record = editing.read(session, row["kind"], row["record_id"], None)
        for kind, name in meant:
            if record.kind == kind and record.text(name):
                kept[kind, name].add(record.text(name))
    return {place: found for place, found in kept.items() if found != meant[place]}


def finish(nurse: Driver, one: Path, two: Path, storage: Storage, port: int) -> None:
    """Agree, print and send; then the second laptop has every word, and the paper has what was agreed."""
    visit_script.agree(nurse)
    (copy,) = copies(one)
    paper = one.with_name("paper.pdf")
    shutil.copy(copy, paper)
    visit_script.with_the_family(nurse)
    with serve_in_thread(build_central(storage, factories.KEY), port):
        nurse.press("f5")
        nurse.terminal.wait("Done.", "Up to date")
        exchange(two)
    nurse.press("ctrl+l", "phb-tui is locked")
    nurse.press("ctrl+q")
    assert nurse.terminal.finish() == 0
    with laptops.opened(one) as first, laptops.opened(two) as second:
        assert words_on(first) == words_on(second)
        there = {squeezed(words) for words in words_on(second).values()}
        assert [words for words in visit_script.words_said() if words not in there] == []
        assert [words for words in there if any(letter in words for letter in STEERING)] == []
        assert wrong_dates(second) == {}
    printed = letters(unicodedata.normalize("NFKC", read_pdf(paper)))
    wanted = ["Nora Sample", "3 May 1948", "999 000 0107", "Allergic to penicillin", "BSL interpreter for meetings"]
    wanted += [kept.values["words"] for kept in visit_script.AFTER if "words" in kept.values]  # type: ignore[misc]
    wanted += filter(None, visit_script.ABOUT_ME)
    assert [words for words in wanted if letters(words) not in printed] == []
    assert letters(visit_script.DANGER) not in printed


@pytest.mark.skipif(counts.LIVES == 0, reason=WAITS)
@pytest.mark.parametrize(("driver", "columns", "rows"), VISITS[: None if counts.LIVES else 1])
def test_a_whole_visit(
    driver: type[Driver], columns: int, rows: int, storage: Storage, port: int, tmp_path: Path
) -> None:
    """From somebody new to an agreed plan on paper and at central, nobody's word lost and each with who said it.

    In the small window every field is pasted, and the window is closed and the laptop asleep amid the words.
    """
    one = laptops.set_up(tmp_path / "one", "laptop-1", f"http://127.0.0.1:{port}")
    two = laptops.set_up(tmp_path / "two", "laptop-2", f"http://127.0.0.1:{port}")
    in_the_way = columns == 80
    laptop = Laptop(one, columns, rows)
    try:
        nurse = driver(laptop.terminal, pastes=in_the_way)
        nurse.unlock()
        visit_script.before_the_visit(nurse)
        visit_script.start(nurse)
        *_before, (number, (key, words, _help)) = visit_script.STATEMENTS.items()

        def is_there() -> None:
            """The nurse is back at the statement, its answer is marked and the words stand in the field."""
            nurse.unlock()
            nurse.terminal.wait(f"statement {number} of 5", f"(•) {key}")
            nurse.sees(words)

        def close_and_sleep() -> None:
            laptop.close_window()
            nurse.terminal = laptop.terminal
            is_there()
            laptop.sleep(NIGHT)
            nurse.wake()
            seen = nurse.terminal.wait("phb-tui is locked", "Passphrase")
            assert words not in seen
            is_there()

        visit_script.talk(nurse, close_and_sleep if in_the_way else lambda: None)
        visit_script.write_together(nurse)
        read = squeezed(visit_script.read_back(nurse))
        assert in_the_way or [words for words in visit_script.read_aloud() if words not in read] == []
        finish(nurse, one, two, storage, port)
    finally:
        laptop.terminal.close()
