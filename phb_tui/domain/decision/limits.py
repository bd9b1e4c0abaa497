"""The part of a team's policy that says who may decide, read from its JSON; what cannot be read allows nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from phb_tui.domain.budget.amounts.figures import MOST_COUNT, MOST_PENCE

PANEL = "panel"
"""The role of a member of the panel; nobody of this role has a laptop."""
_MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Highest:
    """The highest amounts that somebody may decide, in pence, both included.

    Attributes:
        weekly: A week; None where nothing is set.
        first: In the first year; None where nothing is set.
        is_readable: Whether every amount that stands there could be read; nothing may be decided by one that could not.
    """

    weekly: int | None = None
    first: int | None = None
    is_readable: bool = True

    @property
    def allows_nothing(self) -> bool:
        """Whether it is no limit at all: without an amount nobody may decide by it (rule R24 b)."""
        return not self.is_readable or (self.weekly is None and self.first is None)

    def reaches(self, weekly: int, first: int) -> bool:
        """Whether amounts in pence are within it."""
        if self.allows_nothing:
            return False
        return (self.weekly is None or weekly <= self.weekly) and (self.first is None or first <= self.first)


@dataclass(frozen=True, slots=True)
class Tier:
    """Who decides about a one-off budget up to an amount.

    Attributes:
        name: What the policy calls it.
        to: In pence, included; None for any amount.
        by: The role.
    """

    name: str
    to: int | None
    by: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Who may decide what in a team.

    Attributes:
        by_role: The highest amounts by role and nature; of two for one role and nature both count.
        own: The same for what somebody built or asked for themselves.
        by_person: The highest amounts by staff id and nature.
        high_risk_to: The role that decides where the risk is high; "" where the policy says nothing.
        panel: Staff ids of the panel's members.
        tiers: In the policy's order.
        days: Within how many days is answered, by nature and for "urgent".
        there_is_one: Whether the team has a policy at all; without one nobody may decide.
        appeal_days: Within how many days of a decision one asks again; None where the policy says nothing.
    """

    by_role: Mapping[tuple[str, str], tuple[Highest, ...]]
    own: Mapping[tuple[str, str], tuple[Highest, ...]]
    by_person: Mapping[tuple[str, str], Highest]
    high_risk_to: str
    panel: frozenset[str]
    tiers: tuple[Tier, ...]
    days: Mapping[str, int]
    there_is_one: bool
    appeal_days: int | None = None


def read_limits(policy: Mapping[str, object]) -> Limits:
    """Read who may decide from a policy; an empty one is none.

    Args:
        policy: The policy's JSON, its whole numbers as text (`domain.budget.reading.policy.parsed`) or as numbers.
    """
    return Limits(
        _by_role(policy.get("limits")),
        _by_role(policy.get("self")),
        _by_person(policy.get("people")),
        _high_risk_to(policy.get("high_risk_to")),
        frozenset(each for each in _list(policy.get("panel")) if isinstance(each, str) and each),
        tuple(tier for each in _entries(policy.get("tiers")) if (tier := _tier(each)) is not None),
        _days(policy.get("days")),
        there_is_one=bool(policy),
        appeal_days=_whole(policy.get("appeal_days"), MOST_COUNT),
    )


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _entries(value: object) -> list[Mapping[str, object]]:
    return [each for each in _list(value) if isinstance(each, dict)]


def _whole(value: object, most: int) -> int | None:
    """A whole number from nought to `most`; None when it is no such number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        if not (value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS):
            return None
        value = int(value)
    return value if isinstance(value, int) and 0 <= value <= most else None


def _highest(given: object) -> Highest:
    if not isinstance(given, dict):
        return Highest(is_readable=False)
    amounts = {name: _whole(given.get(name), MOST_PENCE) for name in ("weekly", "first")}
    is_readable = all(amounts[name] is not None or given.get(name) is None for name in amounts)
    return Highest(amounts["weekly"], amounts["first"], is_readable)


def _by_role(given: object) -> dict[tuple[str, str], tuple[Highest, ...]]:
    found: dict[tuple[str, str], tuple[Highest, ...]] = {}
    for each in _entries(given):
        role, nature = each.get("role"), each.get("nature")
        if isinstance(role, str) and isinstance(nature, str):
            found[role, nature] = (*found.get((role, nature), ()), _highest(each))
    return found


def _by_person(given: object) -> dict[tuple[str, str], Highest]:
    people = given if isinstance(given, dict) else {}
    return {
        (staff_id, nature): _highest(highest)
        for staff_id, natures in people.items()
        if isinstance(natures, dict)
        for nature, highest in natures.items()
    }


def _high_risk_to(given: object) -> str:
    """The role; the panel where something stands there that is no role: it was meant to hold something back."""
    if given is None or given == "":
        return ""
    return given if isinstance(given, str) else PANEL


def _tier(given: Mapping[str, object]) -> Tier | None:
    name, by, to = given.get("name"), given.get("by"), given.get("to")
    highest = _whole(to, MOST_PENCE)
    if not isinstance(by, str) or (to is not None and highest is None):
        return None
    return Tier(name if isinstance(name, str) else "", highest, by)


def _days(given: object) -> dict[str, int]:
    days = given if isinstance(given, dict) else {}
    return {name: found for name, each in days.items() if (found := _whole(each, MOST_COUNT)) is not None}
