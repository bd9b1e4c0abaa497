"""Nothing typed is ever lost, wherever somebody wanders and whatever interrupts them."""

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from phb_tui.screens.base.autosave import Autosaver
from tests import counts
from tests.screens.random_walk import RandomWalk, Step
from tests.screens.team_harness import team_in

SHARDS = min(counts.WALKS, 4)
EXAMPLES = counts.WALKS // SHARDS
"""Walks in each shard."""

KEYS = [
    "tab",
    "shift+tab",
    "enter",
    "escape",
    "down",
    "up",
    "pagedown",
    "pageup",
    "f2",
    "f4",
    "f6",
    "f7",
    "f9",
    "1",
    "3",
]
PLACES = ["talk", "about_me", "visit", "plan", "list:goal", "section:people", "section:step-5", "to_do", "money"]
NEW = [f"new:{kind}" for kind in ("goal", "contact", "contingency", "capacity", "risk", "task", "agenda")]
STEPS = st.one_of(
    st.tuples(st.just("type")),
    st.tuples(st.just("press"), st.sampled_from(KEYS)),
    st.tuples(st.just("press"), st.sampled_from(["tab", "down", "enter", "pagedown"])),
    st.tuples(st.just("open"), st.sampled_from([*PLACES, *NEW])),
    st.tuples(st.just("size"), st.sampled_from([60, 80, 160]), st.sampled_from([20, 24, 48])),
    st.tuples(st.just("arrive"), st.booleans(), st.booleans()),
    st.tuples(st.sampled_from(["lock", "crash", "upgrade"])),
)


def walk(steps: list[Step]) -> RandomWalk:
    """Do the steps on a laptop of their own; who did them."""
    with tempfile.TemporaryDirectory() as name, team_in(Path(name)) as team:
        walker = RandomWalk(Path(name), team)
        asyncio.run(walker.walk(steps))
        assert walker.lost() == []
    return walker


def test_a_key_of_a_screen_never_selects_what_is_written() -> None:
    """F6 in a field and then Enter leaves its words: Textual's own text area would select and replace them."""
    walk([("open", "new:task"), ("type",), ("press", "f6"), ("press", "enter"), ("press", "f7"), ("press", "1")])


@pytest.mark.parametrize("shard", range(SHARDS))
def test_wherever_somebody_wanders_nothing_typed_is_lost(shard: int) -> None:
    """After any walk over the screens with any interruptions, every word that stood in a field is in the store."""
    typed = 0

    @seed(shard)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # a walk takes a second: making a failing one shorter would take an hour
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(STEPS, min_size=10, max_size=40))
    def play(steps: list[Step]) -> None:
        nonlocal typed
        typed += len(walk([("open", "new:goal"), ("type",), *steps]).typed)

    play()
    assert typed >= EXAMPLES


def test_a_walk_that_loses_words_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check can fail: an app that keeps nothing when a field is left is caught."""
    monkeypatch.setattr(Autosaver, "save_field", lambda *_: True)
    monkeypatch.setattr(Autosaver, "save_draft", lambda _: None)
    monkeypatch.setattr(Autosaver, "save_before_exit", lambda _: [])
    with pytest.raises(AssertionError):
        walk([("open", "new:goal"), ("type",), ("press", "tab"), ("lock",)])
