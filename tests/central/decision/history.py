"""Two teams who ask, decide, pay, hand over and forge by chance, and a model that knows what may have been approved."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from msgspec.structs import replace

from phb_tui.domain.decision.authority import APPROVING, OUTCOMES, PASSING_ON, PAYABLE
from phb_tui.domain.decision.limits import PANEL
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import HANDOVER, TO_TEAM, Change, Value
from phb_tui.errors import CentralRefused
from phb_tui.sync.protocol import DeviceBlocked
from tests.central.decision.office import FIRST_DAY, STAFF, Office
from tests.central.exchange.asker import Asker

PRICES = (10000, 50000, 50001, 90000, 150000, 150001)
"""Pence a week, around the limits."""
ROLES = ("nurse advisor", "PHB officer", "team lead", PANEL, "auditor")
ONGOING = "ongoing"
WEEKS = 52


@dataclass(frozen=True)
class Version:
    """A version that was kept, as the model knows it.

    Attributes:
        pence: A week.
        built_by: Staff id.
    """

    pence: int
    built_by: str


class History:
    """Plays steps by chance and checks central after each.

    Args:
        north, south: The teams; Rhys begins in north.
        chance: Chance.

    Attributes:
        taken: How many decisions and payments were taken, by kind, so that nobody plays a history in which none is.
    """

    def __init__(self, north: Office, south: Office, chance: Random) -> None:
        self.teams, self.chance = {"north": north, "south": south}, chance
        self.taken: dict[str, int] = defaultdict(int)
        self._limits: dict[str, dict[str, int | None]] = {name: {**_LIMITS} for name in self.teams}
        self._panel_only = dict.fromkeys(self.teams, True)
        self._roles = {name: {f"nurse-{one}": role for one, role in STAFF.items()} for name in self.teams}
        self._versions: dict[str, Version] = {}
        self._requests: list[str] = []
        self._asked: list[str] = []
        """Those of the requests that were taken."""
        self._approved: dict[str, str] = {}
        """Versions that somebody approved within every limit of that moment, by their request."""
        self._numbers: dict[str, int] = defaultdict(int)
        self._waiting: dict[tuple[str, str], list[Change]] = defaultdict(list)
        """What laptops wrote and have not sent, by team and laptop."""

    def play(self, steps: int) -> None:
        """Do so many steps, send what waits, and check after each."""
        acts: list[Callable[[], None]] = [
            *[self._keep] * 3, *[self._ask] * 6, *[self._decide] * 9, *[self._pay] * 8, *[self._forge] * 3,
            *[self._sync] * 4, *[self._again] * 2, *[self._rewrite] * 5, self._change_limit, self._change_role,
            self._hand_over,
        ]  # fmt: skip
        for _step in range(steps):
            self.chance.choice(acts)()
            self.check()
        for team in self.teams:
            for name in STAFF:
                self._send(team, name)
        self.check()

    # -- steps

    def _keep(self) -> None:
        team = self._office(self._any_team())
        budget_id, by = self.chance.choice(list(_BUILDERS.items()))
        number = self._numbers[budget_id] + 1
        pence = self.chance.choice(PRICES)
        try:
            version_id = team.keep(f"{pence // 100}.{pence % 100:02d}", number, budget_id, by)
        except (AssertionError, CentralRefused):
            return
        self._numbers[budget_id] = number
        self._versions[version_id] = Version(pence, f"nurse-{by}")

    def _ask(self) -> None:
        if self._versions:
            team, by = self._any_team(), self._any_laptop()
            office, request_id = self._office(team), f"asked-{len(self._requests)}"
            to = self._likely([PANEL, "nurse-lea"], [*(f"nurse-{one}" for one in STAFF)])
            risk = self.chance.choice((*["ordinary"] * 5, "high"))
            fields = office.asking(self._version(), to=to, risk=risk)
            self._requests.append(request_id)
            self._write(team, by, office.laptops[by].write(request_id, fields, "request"))

    def _decide(self, forged: bool = False) -> None:  # noqa: FBT001, FBT002 - a step has no arguments
        if self._requests:
            team, by = self._any_team(), self._likely(["lea", "ann"], list(STAFF))
            request_id = self._likely(self._asked[-3:] or self._requests, self._requests)
            outcome = self._likely(sorted(APPROVING), sorted(OUTCOMES))
            words: dict[str, Any] = {
                "outcome": outcome,
                "conditions": "c",
                "alternatives": "a",
                "until": "2027-01-04",
                "to": "nurse-lea",
            }
            if forged:
                words |= self.chance.choice(_FORGED)
            change = self._office(team).deciding(
                request_id, by, self._likely([self._next(team, request_id)], [1, 2]), **words
            )
            self._write(team, by, change)

    def _forge(self) -> None:
        self._decide(forged=True)

    def _pay(self) -> None:
        if self._versions:
            team, by = self._any_team(), self._any_laptop()
            named = {str(self._office(team).held(each).get("version_id")) for each in self._asked[-6:]}
            version_id = self.chance.choice(sorted(named & self._versions.keys()) or list(self._versions))
            pence, number = self._versions[version_id].pence * 4, self.chance.choice((1, 1, 2))
            fields: dict[str, Value] = {
                "budget_version_id": version_id, "number": number, "what": "instalment",
                "due_on": FIRST_DAY if number == 1 else "2027-01-04", "due": pence,
            }  # fmt: skip
            record_id = record_ids.payment_id(version_id, number)
            self._write(team, by, self._office(team).laptops[by].write(record_id, fields, "payment"))

    def _rewrite(self) -> None:
        """Another version or risk in what was asked, with whatever the laptop says it saw."""
        if self._requests and self._versions:
            team, by = self._any_team(), self._any_laptop()
            request_id, office = self._likely(self._asked[-6:] or self._requests, self._requests), self._office(team)
            others: list[dict[str, Value]] = [
                {"risk": "ordinary"}, {"risk": "high"}, {"removed": "yes"}, {"removed": None}, {"to": "nurse-lea"}
            ]  # fmt: skip
            fields: dict[str, Value] = self.chance.choice([{"version_id": self._version()}, *others])
            before: dict[str, Value] = self._likely([office.held(request_id)], [{}])
            resolves = tuple(f"{one}:{number}" for one in STAFF for number in range(1, 40))
            change = office.laptops[by].write(request_id, fields, "request", before=before, resolves=resolves)
            self._write(team, by, change)

    def _change_limit(self) -> None:
        team, role = self._any_team(), self.chance.choice(("team lead", "PHB officer", "nurse advisor"))
        pence = self.chance.choice((None, 0, *PRICES))
        self._limits[team][role] = pence
        self._panel_only[team] = self.chance.random() > 0.1
        self._office(team).write_policy({
            "limits": [
                {"role": each, "nature": ONGOING, "weekly": most}
                for each, most in self._limits[team].items() if most is not None
            ],
            **({"high_risk_to": PANEL} if self._panel_only[team] else {}), "panel": ["pat"],
        })  # fmt: skip

    def _change_role(self) -> None:
        team, staff_id = self._any_team(), f"nurse-{self._any_laptop()}"
        role = self._likely(ROLES[:3], ROLES)
        self._roles[team][staff_id] = role
        if self.chance.random() < 0.1:
            self._roles[team][staff_id] = ""
            self._office(team).remove(staff_id)
        else:
            self._office(team).give_role(staff_id, role)

    def _hand_over(self) -> None:
        team, by = self._any_team(), self._any_laptop()
        to = "south" if team == "north" else "north"
        record_id = f"handover-{self.chance.random()}"
        self._write(team, by, self._office(team).laptops[by].write(record_id, {TO_TEAM: to}, HANDOVER))

    def _sync(self) -> None:
        self._send(self._any_team(), self._any_laptop())

    def _again(self) -> None:
        """The last request of a laptop comes once more."""
        laptop = self._laptop(self._any_team(), self._any_laptop())
        if laptop.has_sent:
            try:
                laptop.send_again()
            except (CentralRefused, DeviceBlocked):
                return

    # -- what it is made of

    def _likely(self, those: Sequence[Any], others: Sequence[Any]) -> Any:
        return self.chance.choice(those if self.chance.random() < 0.8 else others)

    def _version(self) -> str:
        """A version: mostly the newest of a budget."""
        newest = [record_ids.budget_version_id(budget_id, number) for budget_id, number in self._numbers.items()]
        return str(self._likely([each for each in newest if each in self._versions], list(self._versions)))

    def _next(self, team: str, request_id: str) -> int:
        first = self._office(team).held(record_ids.decision_id(request_id, 1))
        return 2 if first.get("outcome") in PASSING_ON else 1

    def _any_team(self) -> str:
        has_rhys = "north" if self.teams["north"].held("rhys") else "south"
        return str(self._likely([has_rhys], list(self.teams)))

    def _any_laptop(self) -> str:
        return self.chance.choice(list(STAFF))

    def _office(self, team: str) -> Office:
        return self.teams[team]

    def _laptop(self, team: str, name: str) -> Asker:
        return self.teams[team].laptops[name]

    def _write(self, team: str, by: str, change: Change) -> None:
        """A laptop writes something: it is sent at once, or later with others, in an older format now and then."""
        if self.chance.random() < 0.2:
            change = replace(change, shape=1)
        self._waiting[team, by].append(change)
        if self.chance.random() < 0.7:
            self._send(team, by)

    def _send(self, team: str, by: str) -> None:
        """Send what waits, one change an exchange, so that the model knows what held when each was taken."""
        waiting = self._waiting.pop((team, by), [])
        for change in waiting:
            try:
                reply = self._laptop(team, by).send(change)
            except (CentralRefused, DeviceBlocked):
                continue
            if not reply.refused:
                self._took(team, change)

    def _took(self, team: str, change: Change) -> None:
        """Central took a change: note what it approves, by the model's own reckoning."""
        home = team if self.teams[team].held("rhys") else "south" if team == "north" else "north"
        if change.kind == "request":
            self._asked.append(change.record_id)
        elif change.kind == "payment":
            self.taken["payment"] += 1
            version_id = str(change.fields["budget_version_id"])
            assert version_id in self._approved.values(), "a payment of what nobody approved"
        elif change.kind == "decision" and change.fields["outcome"] in APPROVING:
            self.taken["decision"] += 1
            asked = self.teams[home].held(str(change.fields["request_id"]))
            version_id = str(asked["version_id"])
            version, role = self._versions[version_id], self._roles[team][change.author]
            most = self._limits[team].get(role)
            own = _OWN.get(change.author) if self.teams[team].policy_version == 1 else None
            assert most is not None, "approved without a limit"
            assert version.pence <= most, "approved above the limit of the role"
            assert own is None or version.pence <= own, "approved above an own limit"
            assert change.author != version.built_by, "approved by who built it"
            assert asked.get("risk") == "ordinary" or not self._panel_only[team], "approved a high risk"
            if change.fields["outcome"] in PAYABLE:
                self._approved[str(change.fields["request_id"])] = version_id

    # -- what always holds

    def check(self) -> None:
        """No payment without an approval, one decision of a request that stands, about the version that was decided."""
        for team, office in self.teams.items():
            rows = {
                kind: office.storage.read({team}, lambda tables: tables.rows_of_kind(team, kind))  # noqa: B023
                for kind in ("payment", "decision")
            }
            standing: dict[str, int] = defaultdict(int)
            for row in rows["decision"]:
                values = office.held(row.record_id)
                if values.get("outcome") and values["outcome"] not in PASSING_ON:
                    standing[str(values["request_id"])] += 1
            assert all(count == 1 for count in standing.values()), "two decisions that stand"
            for row in rows["payment"]:
                paid = office.held(row.record_id).get("budget_version_id")
                assert paid in self._approved.values(), "a payment by another way"
            # A team that has not the decision may hold anything under the request's id; it is not handed over with it.
            for request_id, version_id in self._approved.items():
                assert request_id not in standing or office.held(request_id).get("version_id") in {None, version_id}, (
                    "approved for another version"
                )


_BUILDERS = {"one": "nia", "two": "off", "three": "nia"}
"""Whose laptop each budget is built on."""
_LIMITS = {"team lead": 150000, "PHB officer": 50000}
_OWN = {"nurse-ann": 60000}
"""Limits of roles and people in a team's first policy, in pence a week."""
_FORGED: tuple[dict[str, Any], ...] = (
    {"decided_by": "nurse-lea"}, {"decided_role": "team lead"}, {"value": 1, "measure": "weekly"},
    {"decided_on": "2020-01-01"}, {"record": {"record_id": "by-hand"}}, {"request_id": "asked-0"}, {"reasons": None},
    {"outcome": "yes"}, {"record": {"person_id": "carys"}}, {"removed": "yes"},
)  # fmt: skip
