"""A team at central with a policy, kept versions of budgets and laptops whose changes are made by hand."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from phb_tui.central.exchange.own_changes import OwnChanges
from phb_tui.central.server import factory
from phb_tui.central.storage.models import Staff
from phb_tui.central.storage.repository import Storage
from phb_tui.domain.budget import version_content, work
from phb_tui.domain.budget.reading import policy
from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.decision.limits import PANEL
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Change, Value, canonical
from phb_tui.domain.records.record_codec import field_states
from phb_tui.sync.protocol import SyncReply
from tests import factories
from tests.central.exchange.asker import Asker

POLICY: dict[str, Any] = {
    "limits": [
        {"role": "team lead", "nature": "ongoing", "weekly": 150000, "first": 9_000_000},
        {"role": "team lead", "nature": "one_off", "first": 100000},
        {"role": "PHB officer", "nature": "ongoing", "weekly": 50000},
        {"role": "nurse advisor", "nature": "one_off", "first": 25000},
    ],
    "self": [{"role": "nurse advisor", "nature": "one_off", "first": 10000}],
    "people": {"nurse-ann": {"ongoing": {"weekly": 60000}}},
    "high_risk_to": PANEL, "panel": ["pat", "nurse-lea"], "days": {"ongoing": 14, "one_off": 5, "urgent": 2},
    "appeal_days": 28,
}  # fmt: skip
STAFF = {"nia": "nurse advisor", "lea": "team lead", "ann": "team lead", "off": "PHB officer"}
"""Whose laptop is called so, each with their role; the staff id has "nurse-" before it."""
FIRST_DAY, LAST_DAY = "2026-12-07", "2027-12-05"


def today() -> date:
    """Central's day, read anew, so that a run may go on past midnight."""
    return datetime.now(UTC).date()


class Office:
    """A team with four laptops, and Rhys with an agreed plan; every version costs what its price says.

    Args:
        storage: Central's storage.
        team_id: The team.
        has_rhys: Whether Rhys is this team's.
    """

    def __init__(self, storage: Storage, team_id: str = "north", *, has_rhys: bool = True) -> None:
        self.storage, self.team_id, self._made, self.policy_version = storage, team_id, 0, 0
        self.laptops = {name: Asker(storage, team_id, name) for name in STAFF}
        self.nia, self.lea, self.ann, self.off = self.laptops.values()
        for name, role in STAFF.items():
            self.give_role(f"nurse-{name}", role)
        self.give_role("pat", PANEL)
        self.write_policy(POLICY)
        self.plan = record_ids.plan_version_id("rhys", 1)
        if has_rhys:
            self.nia.send(self.nia.person(), self.nia.write(self.plan, {"number": "1", "plan": "p"}, "plan_version"))

    def give_role(self, staff_id: str, role: str) -> None:
        """Put somebody on the staff list, as an administrator does."""
        self.storage.write(
            {self.team_id}, lambda tables: tables.save_staff(self.team_id, Staff(staff_id, staff_id.title(), role))
        )

    def remove(self, staff_id: str) -> None:
        """Take somebody off the staff list."""
        self.storage.write({self.team_id}, lambda tables: tables.remove_staff(self.team_id, staff_id))

    def write_policy(self, given: dict[str, Any]) -> None:
        """Give the team another policy."""
        own = OwnChanges(self.storage, factory.now)
        self.policy_version = own.write_policy(self.team_id, canonical(given), "2026-11-26", self.policy_version)
        self._policy = policy.read_policy(given)

    @contextmanager
    def policy(self, other: dict[str, Any]) -> Iterator[None]:
        """The team's policy with other entries, for a while."""
        self.write_policy(POLICY | other)
        try:
            yield
        finally:
            self.write_policy(POLICY)

    def name(self, kind: str) -> str:
        """A record id that was not used yet."""
        self._made += 1
        return f"{kind}-{self._made}"

    def keep(self, price: str = "818.88", number: int = 1, budget_id: str = "", by: str = "nia", **more: Any) -> str:
        """Keep a version of a budget of one line; the id of the version.

        Args:
            price: Of a week, or once for a one-off budget.
            number: The version's number.
            budget_id: The budget; a new one when empty.
            by: The laptop.
            more: Fields of the budget; `cost` has those of the line, `person_id` another person.
        """
        cost, person_id, asker = more.pop("cost", {}), more.pop("person_id", "rhys"), self.laptops[by]
        budget_id = budget_id or self.name("budget")
        budget = {"purpose": "final", "start_date": FIRST_DAY, "end_date": LAST_DAY, "nature": "ongoing", **more}
        often = "once" if budget["nature"] == "one_off" else "week"
        line = {"kind": "activity", "price": price, "often": often, **cost}
        line_id = self.name("cost")
        found = Records({"id": budget_id, **budget}, [], [], [{"id": line_id, **line}])
        worked = work.work(found, factories.LAW.shipped, self._policy)
        fields: dict[str, Value] = {
            **version_content.content(found, worked), "number": str(number), "budget_id": budget_id,
            "rates": factories.LAW.shipped.version, "policy": self.policy_version,
            "built_by": version_content.built_by([f"nurse-{by}"]),
        }  # fmt: skip
        version_id = record_ids.budget_version_id(budget_id, number)
        asker.send()
        state = self.held(budget_id)
        reply = asker.send(
            asker.write(budget_id, dict(budget), "budget", before=state, person_id=person_id),
            asker.write(line_id, {**line, "budget_id": budget_id}, "cost", person_id=person_id),
            asker.write(version_id, fields, "budget_version", person_id=person_id),
        )
        assert not reply.refused, reply.refused
        return version_id

    def asking(self, version_id: str, /, **other: Value) -> dict[str, Value]:
        """What a good request to the team lead holds, with other values in some fields."""
        fields: dict[str, Value] = {
            "version_id": version_id, "plan_id": self.plan, "asked_on": today().isoformat(), "wish": "To swim.",
            "risk": "ordinary", "considered:plan": "yes", "to": "nurse-lea",
            "promised_by": (today() + timedelta(days=3)).isoformat(),
        }  # fmt: skip
        return {name: value for name, value in {**fields, **other}.items() if value is not None}

    def ask(self, version_id: str = "", /, by: str = "nia", **other: Value) -> str:
        """A request that central takes; its id."""
        request_id, asker = self.name("request"), self.laptops[by]
        version_id = version_id or self.keep()
        why = self.why(by, asker.write(request_id, self.asking(version_id, **other), "request"))
        assert not why, why
        return request_id

    def ask_each(self, version_id: str, others: Sequence[Mapping[str, Value]]) -> dict[str, str]:
        """Send several requests at once; why each is kept aside, by its id, in their order."""
        made = [self.nia.write(self.name("request"), self.asking(version_id, **each), "request") for each in others]
        return self.why_each("nia", made)

    def why_each(self, by: str, made: Sequence[Change]) -> dict[str, str]:
        """Send several changes at once; why each is kept aside, by its record, checked against what central holds."""
        reply = self.laptops[by].send(*made)
        refused = {each.op_no: each.why for each in reply.refused}
        first = reply.ack - len(made) + 1
        found = {change.record_id: refused.get(number, "") for number, change in enumerate(made, first)}
        rows = self.storage.read({self.team_id}, lambda tables: tables.rows(self.team_id, list(found)))
        held = {row.record_id: json.loads(row.values) for row in rows}
        for change in made:
            is_held = change.fields.items() <= held.get(change.record_id, {}).items()
            assert is_held != bool(found[change.record_id]), change.record_id
        return found

    def deciding(self, request_id: str, /, by: str = "lea", number: int = 1, **other: Any) -> Change:
        """A good decision, as a change, with other values in some fields; `record` has other parts of the change."""
        record: dict[str, Any] = dict(other.pop("record", {}))
        fields: dict[str, Value] = {
            "request_id": request_id, "outcome": "approved", "decided_by": f"nurse-{by}", "decided_name": by,
            "decided_role": STAFF[by], "decided_on": today().isoformat(), "reasons": "It meets the goal.",
            "appeal": "Write to us.",
        }  # fmt: skip
        values = {name: value for name, value in {**fields, **other}.items() if value is not None}
        record_id = record.pop("record_id", record_ids.decision_id(request_id, number))
        return self.laptops[by].write(record_id, values, record.pop("kind", "decision"), **record)

    def decide(self, request_id: str, /, by: str = "lea", **other: Any) -> str:
        """Why a decision is kept aside; "" when it is not."""
        return self.why(by, self.deciding(request_id, by, **other))

    def why(self, by: str, change: Change) -> str:
        """Why one change is kept aside, checked against what central holds; "" when it was taken."""
        before = self.held(change.record_id)
        reply: SyncReply = self.laptops[by].send(change)
        assert len(reply.refused) <= 1
        if reply.refused:
            assert self.held(change.record_id) == before
            return reply.refused[0].why
        assert all(self.held(change.record_id).get(name) == value for name, value in change.fields.items())
        return ""

    def held(self, record_id: str) -> dict[str, Value]:
        """What central holds in a record; nothing when there is none."""
        rows = self.storage.read({self.team_id}, lambda tables: tables.rows(self.team_id, [record_id]))
        return dict(json.loads(rows[0].values)) if rows and not rows[0].transferred_to else {}

    def sides(self, record_id: str, name: str) -> list[str]:
        """The ids of the other values that stand beside a field's."""
        [row] = self.storage.read({self.team_id}, lambda tables: tables.rows(self.team_id, [record_id]))
        return [side.id for side in field_states(row.values, row.origins)[name].sides]

    def seq(self, record_id: str) -> int:
        """The sequence number of the last thing that happened to a record."""
        return self.storage.read({self.team_id}, lambda tables: tables.rows(self.team_id, [record_id]))[0].seq
