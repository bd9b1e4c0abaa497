"""The state of the exchange: read whole, written whole, one row for each team."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phb_tui.domain.records.changes import SyncPosition
from phb_tui.store import sync_state
from phb_tui.store.database import transaction
from phb_tui.store.encrypted_store import EncryptedStore
from phb_tui.store.sync_state import SyncState

NUMBERS = st.integers(0, 2**62)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
STATES = st.builds(
    SyncState, st.just("t"), NUMBERS, NUMBERS, TEXTS, TEXTS, TEXTS, NUMBERS, NUMBERS, st.none() | NUMBERS, TEXTS
)


@given(STATES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_a_state_is_read_as_it_was_written(store: EncryptedStore, state: SyncState) -> None:
    """Every attribute comes back, and another team's state is not touched."""
    other = sync_state.read(store.db, "another")
    with transaction(store.db):
        sync_state.write(store.db, state)
    assert sync_state.read(store.db, "t") == state
    assert sync_state.read(store.db, "another") == other == SyncState("another")


def test_what_a_nurse_allowed_outlasts_a_page(store: EncryptedStore) -> None:
    """What may be removed stays allowed until an exchange has ended well, and not longer."""
    with transaction(store.db):
        sync_state.allow_removals(store.db, "t", 7)
    with transaction(store.db):
        state = replace(sync_state.read(store.db, "t").advanced(SyncPosition(1, 4), "c"), removed=3)
        sync_state.write(store.db, state)
    assert (state.may_remove, sync_state.read(store.db, "t")) == (7, state)
    ended = state.finished("2026-11-23T09:00:00Z")
    assert (ended.may_remove, ended.removed, ended.position) == (0, 0, SyncPosition(1, 4))


def test_a_repair_asks_from_its_own_place() -> None:
    """While a repair is under way a request starts where the repair has come to, in the epoch of the laptop."""
    state = SyncState("t", 2, 9, "here", repair_seq=4, repair_chain="there")
    assert state.request_start == (SyncPosition(2, 4), "there")
    assert replace(state, repair_seq=None).request_start == (SyncPosition(2, 9), "here")
