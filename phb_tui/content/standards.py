"""What good looks like, word for word from the national framework, and where in the app each item lives."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from phb_tui.errors import ContentProblem
from phb_tui.i18n import N_

_DAMAGED = N_("The text that ships with phb-tui is damaged. Install phb-tui again.")

PERSON, STANDARD, MORE, DECISION = "person", "standard", "more", "decision"
GROUPS = (PERSON, STANDARD, MORE, DECISION)
"""What a person should expect, operational standards, additional information, transparency in decisions."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the framework.

    Attributes:
        id: Its stable id, such as S1-O1; T1 to T5 are the items on transparency in decisions.
        group: One of `GROUPS`.
        step: 1 to 6; 0 for the whole process.
        words: Word for word; never translated by us.
        served: Where it lives: fields ("local.offer") and screens ("screen:money").
        how: The same in a sentence, for whoever checks that nothing was left out.
        bullet: Whether it is one of a list.
    """

    id: str
    group: str
    step: int
    words: str
    served: tuple[str, ...]
    how: str
    bullet: bool = False

    @property
    def local(self) -> Iterator[str]:
        """The fields of the team's own record that say how it is done here."""
        return (name.removeprefix("local.") for name in self.served if name.startswith("local."))


@cache
def items() -> tuple[Item, ...]:
    """Every item in the framework's order.

    Raises:
        ContentProblem: The file is damaged.
    """
    try:
        text = resources.files(__package__).joinpath("data", "framework.toml").read_text(encoding="utf-8")
        found = tuple(_item(written) for written in tomllib.loads(text)["item"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ContentProblem(_DAMAGED) from error
    if {item.group for item in found} - set(GROUPS):
        raise ContentProblem(_DAMAGED)
    return found


def of(step: int, group: str) -> tuple[Item, ...]:
    """The items of one group at one step; 0 for those of the whole process."""
    return tuple(item for item in items() if item.step == step and item.group == group)


def _item(written: dict[str, Any]) -> Item:
    return Item(**{**written, "served": tuple(written["served"])})
