"""The concurrency limiter with its bounded queue, and the rate limiter per client."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.central.http.limits import ConcurrencyLimiter, Overloaded, RateLimiter

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_no_more_requests_than_the_limit_run_at_once() -> None:
    """Of twenty requests at once three run at a time, and all of them get a slot."""
    limiter, inside, most, done = ConcurrencyLimiter(3, 100, 1000, 5), 0, 0, 0

    async def work() -> None:
        nonlocal inside, most, done
        async with limiter.slot(10):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.001)
            inside -= 1
            done += 1

    await asyncio.gather(*(work() for _ in range(20)))
    assert (most, done, limiter.waiting) == (3, 20, 0)


@pytest.mark.parametrize(("most_waiting", "most_held"), [(1, 1000), (100, 10)])
async def test_a_request_is_refused_at_once_when_the_queue_is_full(most_waiting: int, most_held: int) -> None:
    """The queue is bounded by the number of requests that wait and by their bytes."""
    limiter = ConcurrencyLimiter(1, most_waiting, most_held, 3600)
    async with limiter.slot(5):
        second = asyncio.ensure_future(limiter.slot(8).__aenter__())
        await asyncio.sleep(0)
        async with asyncio.timeout(1):  # at once, and not when an hour of waiting for a turn is over
            with pytest.raises(Overloaded):
                await limiter.slot(8).__aenter__()
        second.cancel()


async def test_a_request_without_a_slot_in_time_is_refused_and_leaves_the_queue() -> None:
    """After the time limit the request is refused and its place in the queue is free again."""
    limiter = ConcurrencyLimiter(1, 10, 100, 0.01)
    async with limiter.slot():
        with pytest.raises(Overloaded):
            await limiter.slot().__aenter__()
    assert limiter.waiting == 0
    async with limiter.slot():
        pass


@given(steps=st.lists(st.floats(0, 3), max_size=60))
def test_no_client_gets_more_than_the_burst_and_the_rate(steps: list[float]) -> None:
    """In any stretch of time a client gets at most the burst and the rate's share, whatever the pauses."""
    now = 0.0
    allowance = RateLimiter(5, 2.0, lambda: now)
    let_in = []
    for pause in steps:
        now += pause
        if not allowance.retry_after("a"):
            let_in.append(now)
    for start in range(len(let_in)):
        for end in range(start, len(let_in)):
            assert end - start + 1 <= 5 + 2.0 * (let_in[end] - let_in[start]) + 1e-6


def test_a_quiet_client_saves_up_one_burst_and_no_more() -> None:
    """However long a client was quiet, it has the burst's requests at once, and then the rate's."""
    now = 0.0
    limiter = RateLimiter(5, 2.0, lambda: now)
    for now in (0.0, 1.0, 10.0, 10_000.0):
        assert [limiter.retry_after("a") for _ in range(20)].count(0) == (5 if now != 1.0 else 2)


def test_each_client_has_its_own_tokens() -> None:
    """The requests of one client take no token of another one."""
    allowance = RateLimiter(1, 0.1, lambda: 0.0)
    assert not allowance.retry_after("a")
    assert allowance.retry_after("a")
    assert not allowance.retry_after("b")


def test_only_so_many_clients_are_remembered() -> None:
    """However many clients come, the limiter keeps the buckets of the latest only."""
    allowance = RateLimiter(1, 0.1, lambda: 0.0)
    for number in range(RateLimiter.MAX_CLIENTS + 500):
        allowance.retry_after(str(number))
    assert len(allowance._tokens) == RateLimiter.MAX_CLIENTS
