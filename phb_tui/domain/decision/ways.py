"""Whether the way of managing that the person preferred, that was agreed, approved and signed is one and the same."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

MIXED, ONE_OFF = "mixed", "one_off"
UNDECIDED = frozenset({"", "not_sure"})


class Against(StrEnum):
    """What the agreed way is compared with."""

    PREFERRED = "preferred"
    APPROVED = "approved"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Difference:
    """Two ways that are not the same.

    Attributes:
        against: What the agreed way differs from.
        agreed: The agreed way.
        other: The other way or ways, in order.
    """

    against: Against
    agreed: str
    other: tuple[str, ...]


def differences(agreed: str, preferred: str, approved: Collection[str], signed: str) -> list[Difference]:
    """Where the ways of managing differ; nothing while no way was agreed.

    Args:
        agreed: The way that was agreed.
        preferred: The way that the person prefers; one that is not decided differs from nothing.
        approved: The ways of the approved budget's lines; empty while none is approved.
        signed: The kind of the agreement in force; "" for none, and a one-off agreement fits any way.
    """
    if agreed in UNDECIDED:
        return []
    found = []
    if preferred not in UNDECIDED and preferred != agreed:
        found.append(Difference(Against.PREFERRED, agreed, (preferred,)))
    if approved and not _fits(agreed, approved):
        found.append(Difference(Against.APPROVED, agreed, tuple(sorted(approved))))
    if signed not in {"", ONE_OFF} and agreed not in {signed, MIXED}:
        found.append(Difference(Against.SIGNED, agreed, (signed,)))
    return found


def _fits(agreed: str, approved: Collection[str]) -> bool:
    """Whether a way is that of all lines of a budget; a mixture is of lines of several ways."""
    return len(approved) > 1 if agreed == MIXED else set(approved) == {agreed}
