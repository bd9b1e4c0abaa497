"""Whatever the exchange does beside the screens, they answer: the app's loop is never held up, nor is a key."""

import asyncio
import gc
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from phb_tui.services.person import caseload
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from phb_tui.services.sync import sync_service
from phb_tui.store import key_values
from phb_tui.sync import http_client
from tests import counts, factories
from tests.central.client_requests import PUBLIC, asking, changes, request
from tests.screens.app_harness import opened
from tests.services.environment import Environment, environment_in
from tests.sync.faulty_network import Fault, Proxy, between

pytestmark = pytest.mark.anyio
LONGEST, PATIENCE, TURNS = 4.0, 6.0, 10
"""Seconds a screen may be held up here, and after which a network is given up: whoever waited for it would be seen;
and how often the loop has to come round in the meantime: whoever waited for a network that answers would be seen.
`benchmarks/` measures how long screens are really held up; a machine with other work says nothing about that."""
FAULTS = {
    "good": Fault(),
    "slow": Fault(delay=0.02),
    "stalls at once": Fault(stall=0),
    "stalls later": Fault(stall=20_000),
    "cut off": Fault(cut_down=20_000),
}


@pytest.fixture
def env(tmp_path: Path) -> Iterator[Environment]:
    with environment_in(tmp_path) as made:
        factories.admit(made.storage, "north", "d0", factories.nurse("d0"), PUBLIC)
        with asking(made.address, "d0") as line:
            prev = ""
            for first in range(1, 4_001, 2_000):
                batch = changes("d0", first, 2_000, prev, value="from a colleague " * 10)
                prev = batch[-1].hash
                line.sync(request("d0", batch))
        yield made


def by(env: Environment, proxy: Proxy) -> Session:
    assert env.session
    key_values.put(env.session.store.db, {"central": proxy.address})
    for number in range(100):
        person = editing.save(env.session, caseload.add(env.session), {"given_name": f"Ann {number}"})
        editing.save(env.session, person, {"address": "12 Elm Row " * 20})
    return env.session


class Watch:
    """Notes how long the loop was held up, and how long it took to keep something."""

    def __init__(self, session: Session) -> None:
        self.gaps: list[float] = []
        self._session, self._person = session, caseload.lines(session, 0, 1)[0].person_id

    async def run(self) -> None:
        """Look at the clock all the time, and write now and then as a screen does."""
        turn = 0
        while True:
            start = time.perf_counter()
            await asyncio.sleep(0.002)
            turn += 1
            if turn % 10 == 0:
                record = editing.read(self._session, "person", self._person, self._person)
                editing.save(self._session, record, {"phone": str(turn)})
            self.gaps.append(time.perf_counter() - start)


@pytest.mark.parametrize("name", counts.some(FAULTS))
async def test_screens_answer_while_thousands_of_records_go_both_ways(
    name: str, env: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four thousand records come and two hundred changes go; meanwhile no key and no write waits for the network."""
    monkeypatch.setattr(http_client, "ANSWER_SECONDS", PATIENCE)
    with between(env.address, lambda: FAULTS[name]) as proxy:
        session = by(env, proxy)
        gc.collect()  # what earlier tests left is not collected in the middle of this one
        async with opened(session) as (app, pilot):
            watch = Watch(session)
            watching = asyncio.ensure_future(watch.run())
            app.exchange()
            app.screen.query_one(Input).focus()
            while app.background_sync._running:
                await pilot.press("a")
                await pilot.press("backspace")
            watching.cancel()
            waiting = sync_service.status(session).waiting
    assert waiting < 100 or name not in {"good", "slow"}, "what was there has gone"
    assert len(watch.gaps) >= TURNS or name == "cut off", watch.gaps  # a line that breaks is given up at once
    assert max(watch.gaps) < LONGEST, f"of {len(watch.gaps)}"
