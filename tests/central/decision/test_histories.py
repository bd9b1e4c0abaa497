"""After any history of two teams no payment stands without an approval within the limits, and no two decisions."""

from collections import Counter
from random import Random

import pytest

from phb_tui.central.exchange.money import decision_guard, payment_guard, request_guard
from tests import counts, postgres
from tests.central.decision.history import History
from tests.central.decision.office import Office

STEPS = 60


def play(engine: str, seed: int) -> Counter[str]:
    """One history; what was taken in it."""
    with postgres.storage_on(engine) as storage:
        history = History(Office(storage), Office(storage, "south", has_rhys=False), Random(seed))
        try:
            history.play(STEPS)
        except AssertionError as error:
            raise AssertionError(f"history {seed} on {engine}: {error}") from error
        return Counter(history.taken)


@pytest.mark.parametrize("engine", postgres.ENGINES)
def test_nothing_is_paid_that_nobody_might_approve(engine: str) -> None:
    """Lowered limits, renamed roles, leavers, older formats, handovers and repeats approve nothing above a limit."""
    seeds = range(max(counts.HISTORIES // (4 if engine == "sqlite" else 24), 1))
    taken = sum((play(engine, seed) for seed in seeds), Counter[str]())
    assert engine != "sqlite" or min(taken["decision"], taken["payment"]) >= len(seeds) // 3, taken


MISTAKES = {
    "anybody may decide": (decision_guard, "may_decide", lambda *_asked: ""),
    "a payment needs no decision": (payment_guard.PaymentGuard, "_wrong", lambda *_asked: ""),
    "a second decision is taken": (decision_guard.DecisionGuard, "_wrong_place", lambda *_asked: ""),
    "what was decided about may change": (request_guard.RequestGuard, "_is_settled", lambda *_asked: False),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_model_notices_each_way_of_approving_too_much(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check above can fail: with a known mistake built into central, one of a few histories does."""
    monkeypatch.setattr(*MISTAKES[mistake])
    with pytest.raises(AssertionError, match="history"):
        play_many(60)


def play_many(count: int) -> None:
    """So many histories, one after the other."""
    for seed in range(count):
        play("sqlite", seed)
