"""Random histories of laptops of two teams and a central service that fail in every way we know, over real HTTP."""

import math
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from phb_tui.central.exchange import ingest, restored_device, unit_of_work
from phb_tui.central.exchange.validation import UNREADABLE
from phb_tui.central.storage.repository import Repository
from phb_tui.domain.records import merge
from phb_tui.errors import SyncProblem
from phb_tui.sync.restore_messages import Common, Succession
from tests import counts
from tests.sync.faulty_central import ENGINES, faulty_central_on
from tests.sync.faulty_device import DAY, make_template
from tests.sync.sync_model import SyncModel

SHARDS = 2 if counts.HISTORIES < 1_000 else 4  # a shard is played by one process
EXAMPLES = math.ceil(counts.HISTORIES / SHARDS / len(ENGINES))
"""Histories of each shard on each of central's engines."""

PHASES = [Phase.generate, Phase.shrink] if "PHB_SHRINK" in os.environ else [Phase.generate]
"""Making a found history shorter takes long; it is done when asked for."""

LAPTOPS = st.integers(0, 5)
RECORDS = st.sampled_from(["r1", "r1", "r2", "p1", "p2"])
FIELDS = st.sampled_from(["words", "answer"])
FAULTS = st.sampled_from(
    ["", "", "", "request lost", "reply lost", "twice", "late", "central crashes", "laptop crashes"]
)
STEPS = st.one_of(
    st.tuples(st.just("edit"), LAPTOPS, RECORDS, FIELDS, st.booleans(), st.booleans()),
    st.tuples(st.just("edit"), LAPTOPS, RECORDS, FIELDS, st.booleans(), st.just(False)),
    st.tuples(st.just("edit"), LAPTOPS, RECORDS, FIELDS, st.booleans(), st.just(False)),
    st.tuples(st.just("open"), LAPTOPS, RECORDS),
    st.tuples(st.just("sync"), LAPTOPS, FAULTS, st.integers(0, 12), st.sampled_from([1, 200, 1_000_000])),
    st.tuples(st.just("sync"), LAPTOPS, st.just(""), st.just(0), st.sampled_from([1, 1_000_000])),
    st.tuples(st.just("sync"), LAPTOPS, st.just(""), st.just(0), st.just(1_000_000)),
    st.tuples(st.just("decide"), LAPTOPS, st.integers(0, 2), st.sampled_from([False, False, True])),
    st.tuples(st.just("take off"), LAPTOPS, st.sampled_from(["r1", "r2"]), st.booleans()),
    st.tuples(st.just("hand over"), LAPTOPS, st.sampled_from(["p1", "p2"]), st.integers(0, 1)),
    st.tuples(st.just("copy"), LAPTOPS),
    st.tuples(st.just("put back"), LAPTOPS),
    st.tuples(st.just("nonsense"), LAPTOPS, RECORDS),
    st.tuples(st.just("arrives late"), LAPTOPS),
    st.tuples(st.just("stick"), LAPTOPS, st.sampled_from(["write", "carry", "read"]), st.integers(0, 2)),
    st.tuples(st.just("by stick"), LAPTOPS),
    st.tuples(st.just("clock"), LAPTOPS, st.sampled_from([0, 3 * DAY, -2 * DAY])),
    st.tuples(st.sampled_from(["backup", "restore"])),
)


def play(fleet: SyncModel, history: list[Any]) -> None:  # noqa: C901, PLR0912 - one line a kind of step
    """Do the steps, then let everybody exchange, then look."""
    for step in history:
        match step:
            case ("edit", laptop, record_id, name, stale, draft):
                fleet.edit(laptop, record_id, name, stale=stale, draft=draft)
            case ("open", laptop, record_id):
                fleet.open(laptop, record_id)
            case ("sync", laptop, fault, after, page):
                fleet.laptops[laptop].sync(fault, after if "crash" in fault else after % 3, page)
            case ("decide", laptop, pick, refused):
                fleet.decide(laptop, pick, refused=refused)
            case ("take off", laptop, record_id, stale):
                fleet.take_off(laptop, record_id, stale=stale)
            case ("hand over", laptop, person_id, which):
                fleet.hand_over(laptop, person_id, which)
            case ("copy", laptop):
                fleet.laptops[laptop].take_copy()
            case ("put back", laptop):
                fleet.put_back(laptop)
            case ("nonsense", laptop, record_id):
                fleet.nonsense(laptop, record_id)
            case ("arrives late", laptop):
                fleet.laptops[laptop].deliver_late()
            case ("stick", laptop, what, pick):
                fleet.laptops[laptop].stick(what, pick)
            case ("by stick", laptop):
                for what in ("write", "carry", "read"):
                    fleet.laptops[laptop].stick(what, -1)
            case ("clock", laptop, skew):
                fleet.laptops[laptop].skew = skew
            case ("backup",):
                fleet.hub.take_backup()
            case ("restore",):
                fleet.restore()
    fleet.settle()
    fleet.check()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("engine", ENGINES)
def test_whatever_happens_nothing_is_lost_and_everybody_ends_the_same(engine: str, shard: int, template: Path) -> None:
    """After any history with any faults, no value is lost, none is twice, and every laptop equals central."""
    played = 0
    with faulty_central_on(engine) as hub:

        @seed(shard)
        @settings(
            max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=PHASES
        )
        @given(st.lists(STEPS, min_size=10, max_size=50))
        def run(history: list[Any]) -> None:
            nonlocal played
            with tempfile.TemporaryDirectory() as folder:
                fleet = SyncModel(Path(folder), template, hub)
                try:
                    play(fleet, history)
                except BaseException:
                    sys.stdout.write(f"The history that failed: {history!r}\n")
                    raise
                finally:
                    fleet.close()
            played += 1

        run()
    assert played >= EXAMPLES


MISTAKES = (
    "last writer wins",
    "repeat is applied",
    "cursor skips",
    "taking off takes all",
    "handover forgets",
    "late is dropped",
    "aside is dropped",
    "what only a copy has is taken for sent",
)


HISTORY: list[Any] = [
    ("edit", 0, "p1", "words", False, False),
    ("edit", 0, "r1", "words", False, False),
    ("edit", 1, "r1", "words", False, False),
    ("edit", 1, "r2", "words", False, False),
    ("sync", 0, "twice", 0, 1_000_000),
    ("sync", 1, "", 0, 1),
    ("sync", 2, "", 0, 1_000_000),
    ("edit", 2, "r2", "answer", False, False),
    ("nonsense", 2, "r1"),
    ("take off", 1, "r2", False),
    ("sync", 2, "", 0, 1_000_000),
    ("sync", 1, "", 0, 1_000_000),
    ("edit", 1, "r1", "answer", False, False),
    ("hand over", 0, "p1", 0),
    ("sync", 0, "", 0, 1_000_000),
    ("copy", 3),
    ("edit", 3, "r2", "words", False, False),
    ("sync", 3, "", 0, 1_000_000),
    ("put back", 3),
    ("edit", 3, "r2", "words", False, False),
    ("sync", 3, "", 0, 1_000_000),
    ("edit", 5, "p1", "words", False, False),
    ("hand over", 5, "p1", 1),
    ("sync", 5, "", 0, 1_000_000),
]
"""Everything that a mistake of the list above shows itself by."""


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_model_notices_each_way_of_losing_work(
    mistake: str, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check above can fail: with a known mistake built into central, it does."""
    with faulty_central_on("sqlite") as hub:
        fleet = SyncModel(tmp_path, template, hub)
        _make(mistake, monkeypatch)
        with pytest.raises((AssertionError, SyncProblem)):
            play(fleet, HISTORY)
        fleet.close()
    monkeypatch.undo()


def test_the_same_history_without_a_mistake_passes(template: Path, tmp_path: Path) -> None:
    """What the test above plays is a history that a right central comes through."""
    with faulty_central_on("sqlite") as hub:
        fleet = SyncModel(tmp_path, template, hub)
        play(fleet, HISTORY)
        fleet.close()


def everything(_tables: Repository, _names: object, asked: Succession) -> tuple[Common, str]:
    """What central must not answer to a laptop that was put back: that it has all that the laptop has."""
    return Common(max((number for number, _hash in asked.hashes), default=0)), UNREADABLE


def _make(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Build a known mistake into central."""
    rows_after = Repository.rows_after
    stage, append = unit_of_work.TeamUnitOfWork.stage, unit_of_work.TeamUnitOfWork.append
    match mistake:
        case "last writer wins":
            field = merge.merge_field
            monkeypatch.setattr(merge, "merge_field", lambda _held, change, name, seq: field(None, change, name, seq))
        case "repeat is applied":
            monkeypatch.setattr(Repository, "save_device", lambda _tables, _device: None)
        case "cursor skips":
            monkeypatch.setattr(
                Repository,
                "rows_after",
                lambda repository, team, seq, most: rows_after(repository, team, seq + (seq > 0), most),
            )
        case "taking off takes all":
            monkeypatch.setattr(merge, "_unseen_by_removal", lambda _held, _change: "")
        case "handover forgets":
            monkeypatch.setattr(
                unit_of_work.TeamUnitOfWork,
                "stage",
                lambda self, state: stage(self, replace(state, fields={}) if state.seq == 1 else state),
            )
        case "late is dropped":
            monkeypatch.setattr(ingest.ChangeIngest, "_forward", lambda *_args: "")
        case "what only a copy has is taken for sent":
            monkeypatch.setattr(restored_device, "_common", everything)
        case "aside is dropped":
            monkeypatch.setattr(
                unit_of_work.TeamUnitOfWork,
                "append",
                lambda self, device, offered, about, outcome, why="": append(
                    self, device, replace(offered, text=b"{}") if outcome == "refused" else offered, about, outcome, why
                ),
            )
