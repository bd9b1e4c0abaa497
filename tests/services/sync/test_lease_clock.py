"""The lease goes by central's clock, whatever becomes of the laptop's: no move of it locks or lengthens."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phb_tui.services.session import Session
from phb_tui.services.sync import device_lock
from phb_tui.store import device_status
from phb_tui.store.database import transaction
from phb_tui.system import uptime
from phb_tui.system.uptime import Uptime
from tests import factories, stores

START = datetime(2027, 5, 1, 9, tzinfo=UTC)
LEASE = timedelta(days=14)
DAY = 86_400
MARGIN = timedelta(minutes=20)
SECONDS = st.integers(-80 * DAY, 80 * DAY) | st.integers(-900, 900)


@dataclass
class Machine:
    """A laptop's clocks: the true time, by how much its own is off, and since when it has been on."""

    session: Session
    true: datetime = START
    off: timedelta = timedelta(0)
    boot: int = 1
    started: datetime = START - timedelta(days=3)
    lease: datetime = START
    noted: tuple[int, timedelta] = (0, timedelta(0))
    """In which start central last spoke, and by how much the clock was off then."""

    def __post_init__(self) -> None:
        self.session = replace(
            self.session,
            now=lambda: self.true + self.off,
            uptime=lambda: Uptime(str(self.boot), (self.true - self.started).total_seconds()),
        )

    def exchange(self) -> None:
        """What an exchange notes: a lease, and how wrong the clock is."""
        self.lease = self.true + LEASE
        db = self.session.store.sync_db
        with transaction(db):
            lease = self.lease.isoformat(timespec="milliseconds").replace("+00:00", "Z")
            device_status.save(db, replace(device_status.read(db), lease=lease))
        device_lock.note_server_time(self.session, int(self.off.total_seconds()))
        self.noted = (self.boot, self.off)

    def restart(self) -> None:
        self.boot, self.started = self.boot + 1, self.true

    @property
    def is_open(self) -> bool:
        return not device_lock.lock_reason(self.session, self.session.store.db)


@contextmanager
def a_machine() -> Iterator[Machine]:
    with TemporaryDirectory() as folder:
        at = Path(folder) / "stores"
        stores.set_up(at, "four plain words together", factories.joining("http://127.0.0.1:9", "north", "laptop-1"))
        session = stores.unlock(at, "four plain words together")
        try:
            yield Machine(session)
        finally:
            session.close()


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("time goes by, awake or asleep"), st.integers(0, 40 * DAY)),
        st.tuples(st.just("the clock is moved"), SECONDS),
        st.tuples(st.just("the clock is put right"), st.just(0)),
        st.tuples(st.just("restarted"), st.integers(0, 3 * DAY)),
        st.tuples(st.just("exchange"), st.just(0)),
    ),
    max_size=12,
)


def test_no_move_of_the_clock_locks_or_lengthens() -> None:
    """A right clock, or one left alone, opens until the lease's own day; no move lengthens while the machine is on."""
    with a_machine() as machine:

        @settings(max_examples=400, deadline=None)
        @given(SECONDS, STEPS)
        def play(off: int, steps: list[tuple[str, int]]) -> None:
            machine.true, machine.off, machine.boot = START, timedelta(seconds=off), machine.boot + 1
            machine.started = START
            machine.exchange()
            for step, seconds in steps:
                _do(machine, step, seconds)
                _look(machine)

        play()


def _do(machine: Machine, step: str, seconds: int) -> None:
    match step:
        case "time goes by, awake or asleep":
            machine.true += timedelta(seconds=seconds)
        case "the clock is moved":
            machine.off += timedelta(seconds=seconds)
        case "the clock is put right":
            machine.off = timedelta(0)
        case "restarted":
            machine.true += timedelta(seconds=seconds)
            machine.restart()
        case "exchange":
            machine.exchange()


def _look(machine: Machine) -> None:
    left = machine.lease - machine.true
    same_start = machine.noted[0] == machine.boot
    alone = same_start and machine.off == machine.noted[1]
    right = abs(machine.off) < timedelta(minutes=1)
    if left > MARGIN and (right or alone):
        assert machine.is_open, "locked before the lease was over"
    if left < -MARGIN and (right or same_start):
        assert not machine.is_open, "open after the lease was over"


@pytest.mark.parametrize("days", [-60, -20, -1, 1, 20, 60])
def test_a_clock_put_right_after_an_exchange_neither_locks_nor_lengthens(days: int) -> None:
    """However wrong the clock was when central spoke, the laptop opens until the lease's own day and not after it."""
    for restarted in (False, True):
        with a_machine() as machine:
            machine.off = timedelta(days=days)
            machine.exchange()
            if restarted:
                machine.restart()
            machine.off = timedelta(0)
            assert machine.is_open
            machine.true += timedelta(days=13)
            assert machine.is_open
            machine.true += timedelta(days=2)
            assert not machine.is_open


def test_a_clock_moved_by_mistake_does_no_lasting_harm() -> None:
    """A clock that was set to another year and back again leaves the lease as it was."""
    with a_machine() as machine:
        machine.exchange()
        opens = []
        for days in (400, -400, 0):
            machine.off = timedelta(days=days)
            opens.append(machine.is_open)
        assert opens == [False, True, True]


def test_a_slow_clock_that_was_restarted_goes_on_from_the_time_that_is_known() -> None:
    """A clock that says a time which is long past gives no more time for it, also after a restart."""
    with a_machine() as machine:
        machine.off = timedelta(days=-60)
        machine.exchange()
        machine.restart()
        machine.true += timedelta(days=13)
        assert machine.is_open
        machine.true += timedelta(days=2)
        assert not machine.is_open


def test_a_store_of_before_opens() -> None:
    """What an older version noted has no start of the machine in it; the clock decides then."""
    with a_machine() as machine:
        machine.exchange()
        db = machine.session.store.sync_db
        with transaction(db):
            device_status.save(db, replace(device_status.read(db), boot="", uptime=0.0, ahead=60 * DAY))
        assert machine.is_open
        machine.true += timedelta(days=15)
        assert not machine.is_open


def test_how_long_the_machine_has_been_on_grows() -> None:
    """The system says which start this is, and how long ago it was; the same start each time."""
    first, second = uptime.read(), uptime.read()
    assert first.boot == second.boot != ""
    assert 0 < first.seconds <= second.seconds
