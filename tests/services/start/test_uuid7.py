"""Ids of records sort by the order in which they were made."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from phb_tui.services.start import uuid7
from phb_tui.services.start.uuid7 import new_id


def test_ids_sort_by_their_order_also_within_a_millisecond() -> None:
    """Ten thousand ids that are made at once are in order, none is twice, and each is a UUID of version 7."""
    made = [new_id() for _ in range(10_000)]
    assert made == sorted(made)
    assert len({*made}) == len(made)
    assert {uuid.UUID(one).version for one in made} == {7}
    assert {uuid.UUID(one).variant for one in made} == {uuid.RFC_4122}


def test_a_clock_that_is_put_back_does_not_put_an_id_before_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """An id made after the clock was put back by a day still comes last; one of a later day has that day's time."""
    monkeypatch.setattr(uuid7, "_last", 0)
    before = new_id()
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now - 86_400 * 10**9)
    assert before < new_id()
    monkeypatch.setattr(time, "time_ns", lambda: now + 86_400 * 10**9)
    assert uuid.UUID(new_id()).int >> 80 == (now + 86_400 * 10**9) // 1_000_000


def test_threads_never_get_the_same_order_of_an_id() -> None:
    """Several threads at once get ids that differ before their random end."""
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _number: new_id(), range(4_000)))
    assert len({uuid.UUID(one).int >> 64 for one in made}) == len(made)
