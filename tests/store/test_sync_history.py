"""How exchanges went: the newest are kept, and no more of them than anybody looks at."""

import pytest

from phb_tui.store import sync_history
from phb_tui.store.encrypted_store import EncryptedStore
from phb_tui.store.sync_history import SyncRun


def run(sent: int, problem: str = "") -> SyncRun:
    return SyncRun(f"2026-11-23T10:00:{sent:05}Z", sent, 0, 100, 100, problem)


def test_only_the_newest_exchanges_are_kept(store: EncryptedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop that exchanges for years keeps a number of exchanges, the newest, and the table does not grow on."""
    assert sync_history.KEPT == 200
    monkeypatch.setattr(sync_history, "KEPT", 5)
    for sent in range(1, 9):
        sync_history.note(store.db, "t", run(sent))
    assert [one.sent for one in sync_history.latest(store.db, "t", 100)] == [8, 7, 6, 5, 4]


def test_a_problem_that_repeats_is_one_line(store: EncryptedStore) -> None:
    """Days without a network push no exchange that brought something off the list."""
    sync_history.note(store.db, "t", run(1))
    for _again in range(3):
        sync_history.note(store.db, "t", run(0, "No network"))
    sync_history.note(store.db, "t", run(0, "The team server is busy"))
    told = [(one.sent, one.problem) for one in sync_history.latest(store.db, "t", 100)]
    assert told == [(0, "The team server is busy"), (0, "No network"), (1, "")]
