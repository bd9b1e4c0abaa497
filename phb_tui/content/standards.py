"""What good looks like, word for word from the national framework, and where in the app each item lives."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from phb_tui.content import toml_loader
from phb_tui.content.content_model import ContentModel, Many, Text, unique
from phb_tui.content.steps import LAST_STEP

PERSON, STANDARD, MORE, DECISION = "person", "standard", "more", "decision"
"""Groups: what a person should expect, operational standards, additional information, transparency in decisions."""


class Item(ContentModel):
    """One item of the framework.

    Attributes:
        id: Its stable id, such as S1-O1; T1 to T5 are the items on transparency in decisions.
        group: Which group it is of.
        step: 1 to 6; 0 for the whole process.
        words: Word for word; never translated by us.
        served: Where it lives: fields ("local.offer"), screens ("screen:money") and papers ("paper:plan").
        explanation: The same in a sentence, for whoever checks that nothing was left out.
        bullet: Whether it is one of a list.
    """

    id: Text
    group: Literal["person", "standard", "more", "decision"]
    step: int = Field(ge=0, le=LAST_STEP)
    words: Text
    served: Annotated[Many[Text], Field(min_length=1)]
    explanation: Text
    bullet: bool = False

    @property
    def local(self) -> Iterator[str]:
        """The fields of the team's own record that say how it is done here."""
        return (name.removeprefix("local.") for name in self.served if name.startswith("local."))


class Framework(ContentModel):
    """What `framework.toml` holds."""

    item: Annotated[Many[Item], unique("id")]


def items() -> tuple[Item, ...]:
    """Every item in the framework's order.

    Raises:
        ContentProblem: The file is damaged.
    """
    return toml_loader.read(Framework, "framework.toml").item


def of(step: int, group: str) -> tuple[Item, ...]:
    """The items of one group at one step; 0 for those of the whole process."""
    return tuple(item for item in items() if item.step == step and item.group == group)
