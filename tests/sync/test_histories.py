"""Random histories of three laptops and a central service that fails in every way we know."""

import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from phb_tui.domain import merge
from tests.sync.fleet import Fleet, make_template

SHARDS, EXAMPLES = 4, 550
LAPTOPS = st.integers(0, 2)
RECORDS = st.sampled_from(["r1", "r2"])
FIELDS = st.sampled_from(["words", "answer"])
FAULTS = st.sampled_from(["", "", "", "request lost", "reply lost", "twice", "central crashes", "laptop crashes"])
STEPS = st.one_of(
    st.tuples(st.just("edit"), LAPTOPS, RECORDS, FIELDS, st.booleans(), st.booleans()),
    st.tuples(st.just("edit"), LAPTOPS, RECORDS, FIELDS, st.booleans(), st.just(False)),
    st.tuples(st.just("open"), LAPTOPS, RECORDS),
    st.tuples(st.just("sync"), LAPTOPS, FAULTS, st.integers(0, 2), st.sampled_from([1, 2, 500])),
    st.tuples(st.just("sync"), LAPTOPS, st.just(""), st.just(0), st.sampled_from([1, 500])),
    st.tuples(st.just("decide"), LAPTOPS, st.integers(0, 2)),
    st.tuples(st.sampled_from(["backup", "restore"])),
)


def play(fleet: Fleet, history: list[tuple]) -> None:  # type: ignore[type-arg]
    """Do the steps, then let everybody exchange, then look."""
    for step in history:
        match step:
            case ("edit", laptop, record_id, name, stale, draft):
                fleet.edit(laptop, record_id, name, stale=stale, draft=draft)
            case ("open", laptop, record_id):
                fleet.open(laptop, record_id)
            case ("sync", laptop, fault, after, most):
                fleet.laptops[laptop].sync(fault, after, most)
            case ("decide", laptop, pick):
                fleet.decide(laptop, pick)
            case ("backup",):
                fleet.hub.take_backup()
            case ("restore",):
                fleet.hub.restore()
    fleet.settle()
    fleet.check()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.mark.parametrize("shard", range(SHARDS))
def test_whatever_happens_nothing_is_lost_and_everybody_ends_the_same(shard: int, template: Path) -> None:
    """After any history with any faults, no value is lost, none is twice, and all three laptops equal central."""
    played = 0

    @seed(shard)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(STEPS, min_size=3, max_size=30))
    def run(history: list[tuple]) -> None:  # type: ignore[type-arg]
        nonlocal played
        with tempfile.TemporaryDirectory() as folder:
            fleet = Fleet(Path(folder), template)
            try:
                play(fleet, history)
            finally:
                fleet.close()
        played += 1

    run()
    assert played >= EXAMPLES


@pytest.mark.parametrize("fault", ["last writer wins", "repeat is applied", "cursor skips"])
def test_the_model_notices_each_way_of_losing_work(
    fault: str, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check above can fail: with a known mistake built in, it does."""
    fleet = Fleet(tmp_path, template)
    history: list[tuple] = [  # type: ignore[type-arg]
        ("edit", 0, "r1", "words", False, False),
        ("edit", 1, "r1", "words", False, False),
        ("edit", 1, "r2", "words", False, False),
        ("sync", 0, "twice", 0, 500),
        ("sync", 1, "", 0, 1),
    ]
    if fault == "last writer wins":
        real = merge.merge_field
        monkeypatch.setattr(merge, "merge_field", lambda _held, change, name, seq: real(None, change, name, seq))
    elif fault == "repeat is applied":
        monkeypatch.setattr(fleet.hub.storage, "save_device", lambda _device: None)
    else:
        records_after = fleet.hub.storage.records_after
        monkeypatch.setattr(
            fleet.hub.storage, "records_after", lambda team, seq, most: records_after(team, seq + (seq > 0), most)
        )
    with pytest.raises((AssertionError, sqlite3.IntegrityError)):
        play(fleet, history)
    fleet.close()
