"""What central takes does not depend on how many changes come in one exchange, and nothing is paid beyond a limit."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from phb_tui.domain.decision.authority import APPROVING, PAYABLE
from phb_tui.domain.records.changes import Change, Value
from tests import counts, postgres
from tests.central.decision.office import POLICY, STAFF, Office
from tests.central.decision.test_payments import paying, schedule_of

PRICES = {"400.00": 40000, "900.00": 90000, "1400.00": 140000}
"""Of a week, with its pence."""
LIMITS = (None, 30000, 50000, 90000, 140000)
"""Pence a week."""
TOGETHER, ROUNDS = 250, 3
ODD: tuple[Value, ...] = ("", None, -1, 10**4_000, "x" * 10_000, "\x00", "[]", "2026-11-26\n")


class Batches:
    """Plays rounds of changes by chance: in each one a laptop sends many under one policy and one staff list.

    Args:
        office: The team.
        chance: Chance; the same one gives the same changes.
        most: How many changes come in one exchange.
    """

    def __init__(self, office: Office, chance: Random, most: int) -> None:
        self.office, self.chance, self.most = office, chance, most
        self.pence: dict[str, int] = {}
        """Of each version, a week."""
        self.limits: dict[str, int | None] = {}
        self.approved: set[str] = set()
        self.said: list[str] = []
        for price, pence in PRICES.items():
            self.pence[office.keep(price, budget_id=f"budget-{pence}")] = pence
        self.dues = [due for version_id in self.pence for due in schedule_of(office, version_id)]

    def play(self) -> None:
        """Play all rounds, and check after each that every payment has an approval within the limits."""
        for number in range(ROUNDS):
            self.limits = {role: self.chance.choice(LIMITS) for role in ("team lead", "PHB officer", "nurse advisor")}
            limits = [{"role": role, "nature": "ongoing", "weekly": most} for role, most in self.limits.items() if most]
            self.office.write_policy(POLICY | {"limits": limits, "people": {}})
            self._send(self.chance.choice(list(STAFF)), number)
            rows = self.office.storage.read({"north"}, lambda tables: tables.rows_of_kind("north", "payment"))
            for row in rows:
                assert self.office.held(row.record_id)["budget_version_id"] in self.approved

    def _send(self, by: str, number: int) -> None:
        asker = self.office.laptops[by]
        asker.send()
        made = [self._any(by) for _each in range(TOGETHER - 1)]
        made.append(asker.write(f"last-{number}", {"words": "w"}))
        for start in range(0, len(made), self.most):
            sent = made[start : start + self.most]
            reply = asker.send(*sent)
            refused = {each.op_no: each.why for each in reply.refused}
            first = reply.ack - len(sent) + 1
            self.said += [refused.get(one, "") for one in range(first, reply.ack + 1)]
        assert self.office.held(f"last-{number}") == {"words": "w"}
        for change, why in zip(made, self.said[-len(made) :], strict=True):
            assert not why or why.endswith(".")
            if change.kind == "decision" and not why and change.fields.get("outcome") in APPROVING:
                self._approve(change, by)

    def _approve(self, change: Change, by: str) -> None:
        version_id = str(self.office.held(str(change.fields["request_id"]))["version_id"])
        most = self.limits[STAFF[by]]
        assert most is not None
        assert self.pence[version_id] <= most
        assert by != "nia"
        if change.fields["outcome"] in PAYABLE:
            self.approved.add(version_id)

    def _any(self, by: str) -> Change:
        acts: list[Callable[[str], Change]] = [self._ask, self._ask, self._decide, self._decide, self._pay, self._odd]
        return self.chance.choice(acts)(by)

    def _ask(self, by: str) -> Change:
        fields = self.office.asking(
            self.chance.choice(list(self.pence)), to=self.chance.choice(("nurse-lea", "nurse-off", "panel")),
            risk=self.chance.choice(("ordinary", "ordinary", "high")),
        )  # fmt: skip
        if self.chance.random() < 0.3:
            fields = dict(self.chance.sample(sorted(fields.items()), 5))
        return self.office.laptops[by].write(self._request(), fields, "request")

    def _decide(self, by: str) -> Change:
        outcome = self.chance.choice(("approved", "approved", "conditions", "deferred", "declined"))
        words: dict[str, Any] = {"outcome": outcome, "conditions": "c", "alternatives": "a", "until": "2027-01-04"}
        return self.office.deciding(self._request(), by, self.chance.choice((1, 1, 2)), **words)

    def _pay(self, by: str) -> Change:
        return paying(self.office, self.chance.choice(self.dues), by)

    def _odd(self, by: str) -> Change:
        """A change with an odd value in one of its fields."""
        change = self.chance.choice((self._ask, self._decide, self._pay))(by)
        fields = {**change.fields, self.chance.choice(sorted(change.fields)): self.chance.choice(ODD)}
        return self.office.laptops[by].write(change.record_id, fields, change.kind)

    def _request(self) -> str:
        return f"asked-{self.chance.randrange(60)}"


def play(engine: str, seed: int, most: int) -> Batches:
    """The same changes, so many in one exchange."""
    with postgres.storage_on(engine) as storage:
        batches = Batches(Office(storage), Random(seed), most)
        batches.play()
        return batches


@pytest.mark.parametrize("engine", postgres.ENGINES)
def test_it_makes_no_difference_how_many_changes_come_together(engine: str) -> None:
    """Each change gets the same answer alone and among hundreds, whatever came before it in the same exchange."""
    approved = 0
    for seed in range(max(counts.HISTORIES // 8, 2)):
        alone, together = play("sqlite", seed, 1), play(engine, seed, TOGETHER)
        assert alone.said == together.said, f"{engine}, {seed}"
        approved += len(together.approved)
    assert approved
