"""The sentences about sending and getting."""

from datetime import UTC, datetime, timedelta

import pytest

from phb_tui.screens.sync import sync_phrases
from phb_tui.services.sync import sync_service
from phb_tui.services.sync.sync_service import Progress, Status

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC).astimezone()


@pytest.mark.parametrize(
    ("ago", "words"), [(timedelta(hours=1), "today at"), (timedelta(days=2), "on 21 November 2026 at")]
)
def test_when_it_was_last_sent_is_said_as_people_do(ago: timedelta, words: str) -> None:
    """Today is called today; another day by its date."""
    last = NOON - ago
    found = sync_phrases.waiting(Status(9, last.isoformat(), 0, 0), NOON)
    assert found == f"9 changes are waiting to be sent. Last synced {words} {last:%H:%M}."


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://127.0.0.1:8765", "The team server is at http://127.0.0.1:8765"),
        ("https://central.example.nhs.uk", "The team server is at https://central.example.nhs.uk"),
        ("", ""),
    ],
)
def test_where_central_is_is_said_and_no_more(address: str, words: str) -> None:
    """Nobody is promised a page there: what it shows depends on who signs in."""
    assert sync_phrases.address(address) == words


def test_an_earlier_exchange_is_a_line() -> None:
    """When it was, what went each way and how much that was; a problem stands below."""
    found = sync_phrases.line(sync_service.SyncRun(NOON.isoformat(), 3, 1_200, 4_000, 2_600_000, "No connection."))
    assert found == f"23 November 2026 {NOON:%H:%M}   3 sent, 1,200 received, 2.6 MB\n  No connection."


@pytest.mark.parametrize(
    ("days", "words"),
    [(None, ""), (14, ""), (3, "Sync within 3 days"), (1, "Sync within 1 day,"), (0, "within 0 days")],
)
def test_the_laptop_says_when_it_will_lock(days: int | None, words: str) -> None:
    """From three days before, and not earlier."""
    found = sync_phrases.lease(days)
    assert words in found
    assert bool(found) == bool(words)


@pytest.mark.parametrize(
    ("ahead", "words"),
    [(0, ""), (600, "10 minutes ahead"), (-7_200, "2 hours behind"), (200_000, "2 days ahead")],
)
def test_a_wrong_clock_is_named(ahead: int, words: str) -> None:
    """How wrong, which way, and what to do."""
    found = sync_phrases.clock(ahead)
    assert words in found
    assert bool(found) == bool(words)


def test_an_exchange_without_news_says_so() -> None:
    """Nothing sent and nothing received is told in words and not in noughts; what it took is in brackets."""
    assert sync_phrases.finished(Progress(0, 0, 0, more=False, total=7, up=600, down=900)).startswith(
        "Done. There was nothing new. (1 kB)"
    )
    assert sync_phrases.under_way(Progress(0, 0, 12, more=True)) == "Nothing to send. 12 updates received."
