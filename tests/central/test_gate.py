"""Who may come in now: turns, a queue that has an end, and how often one visitor may ask."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.central.http.limits import Allowance, Full, Gate

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_no_more_than_so_many_work_at_once() -> None:
    """Twenty come at once and three have a turn at a time; all of them get one."""
    gate, inside, most, done = Gate(3, 100, 1000, 5), 0, 0, 0

    async def work() -> None:
        nonlocal inside, most, done
        async with gate.turn(10):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.001)
            inside -= 1
            done += 1

    await asyncio.gather(*(work() for _ in range(20)))
    assert (most, done, gate.waiting) == (3, 20, 0)


@pytest.mark.parametrize(("most_waiting", "most_held"), [(1, 1000), (100, 10)])
async def test_who_finds_the_queue_full_is_told_at_once(most_waiting: int, most_held: int) -> None:
    """The queue has an end, by how many wait and by how many bytes wait with them."""
    gate = Gate(1, most_waiting, most_held, 5)
    async with gate.turn(5):
        second = asyncio.ensure_future(gate.turn(8).__aenter__())
        await asyncio.sleep(0)
        with pytest.raises(Full):
            await gate.turn(8).__aenter__()
        second.cancel()


async def test_who_gets_no_turn_in_time_is_told_and_leaves_no_trace() -> None:
    """Waiting has an end, and the place in the queue is free again."""
    gate = Gate(1, 10, 100, 0.01)
    async with gate.turn():
        with pytest.raises(Full):
            await gate.turn().__aenter__()
    assert gate.waiting == 0
    async with gate.turn():
        pass


@given(steps=st.lists(st.floats(0, 3), max_size=60))
def test_nobody_asks_more_often_than_allowed(steps: list[float]) -> None:
    """In any stretch of time a visitor is let in at most the burst and the rate's share, whatever the pauses."""
    now = 0.0
    allowance = Allowance(5, 2.0, lambda: now)
    let_in = []
    for pause in steps:
        now += pause
        if not allowance.take("a"):
            let_in.append(now)
    for start in range(len(let_in)):
        for end in range(start, len(let_in)):
            assert end - start + 1 <= 5 + 2.0 * (let_in[end] - let_in[start]) + 1e-6


def test_one_visitor_does_not_use_up_anothers_allowance() -> None:
    """Each visitor has their own."""
    allowance = Allowance(1, 0.1, lambda: 0.0)
    assert not allowance.take("a")
    assert allowance.take("a")
    assert not allowance.take("b")


def test_visitors_are_forgotten_before_there_are_too_many() -> None:
    """However many come, only the latest are remembered."""
    allowance = Allowance(1, 0.1, lambda: 0.0)
    for number in range(Allowance.MOST + 500):
        allowance.take(str(number))
    assert len(allowance._left) == Allowance.MOST
