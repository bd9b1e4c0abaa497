"""The figures that a budget is worked out with: the law's, shipped or newer from central, and the team's policy."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from phb_tui.content import rates as shipped_rates
from phb_tui.domain.budget.inputs import Policy
from phb_tui.domain.budget.law.rates import Rates
from phb_tui.domain.budget.reading.policy import parsed, read_policy
from phb_tui.domain.records.changes import Record
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

_LONGEST_NUMBER = 10


@dataclass(frozen=True, slots=True)
class TeamPolicy:
    """The team's policy for money, as central sent it.

    Attributes:
        version: Its number; 0 where the team has none.
        policy: The part that budgets are worked out with.
        text: All of it; what this version does not know is left alone.
    """

    version: int
    policy: Policy
    text: dict[str, Any]


def policy(session: Session) -> TeamPolicy:
    """The team's policy; the default one, with version 0, where there is none or it cannot be read."""
    record = record_lists.single(session, "policy", None)
    found = parsed(record.text("text"))
    if not found:
        return TeamPolicy(0, Policy(), {})
    return TeamPolicy(_version(record), read_policy(found), found)


def is_older_than(session: Session, versions: Iterable[Record]) -> bool:
    """Whether a kept version was worked out with a newer policy than this laptop has: one has to sync first."""
    own = policy(session).version
    return any(_number(version, "policy") > own for version in versions)


def rates(session: Session) -> Rates:
    """The table of rates: the one that central sent if it is newer than the one that ships, and can be read."""
    ours = shipped_rates.shipped()
    record = record_lists.single(session, "rates", None)
    if _version(record) <= ours.version:
        return ours
    theirs = shipped_rates.from_text(record.text("text"))
    return theirs if theirs is not None and theirs.version > ours.version else ours


def _version(record: Record) -> int:
    return _number(record, "version")


def _number(record: Record, name: str) -> int:
    kept = record.text(name)
    return int(kept) if kept.isascii() and kept.isdecimal() and len(kept) < _LONGEST_NUMBER else 0
