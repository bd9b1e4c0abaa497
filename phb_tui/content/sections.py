"""What is kept together on one screen, as data read from `sections.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from phb_tui import i18n
from phb_tui.content.steps import load
from phb_tui.errors import ContentProblem
from phb_tui.i18n import N_, _

_DAMAGED = N_("The text that ships with phb-tui is damaged. Install phb-tui again.")


@dataclass(frozen=True, slots=True)
class Part:
    """Something on a section's screen.

    Attributes:
        kind: A kind of record; "" for a screen of its own.
        screen: The screen's name; "" for a kind of record.
        title: What the line says; "" where the kind's form says it.
    """

    kind: str = ""
    screen: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """What is kept together.

    Attributes:
        id: Its stable name.
        title: The screen's heading.
        step: The step it is of; 0 for none.
        parts: What is on it, in order.
    """

    id: str
    title: str
    step: int
    parts: tuple[Part, ...]


def section(section_id: str) -> Section:
    """One section.

    Raises:
        ContentProblem: There is none, or the file is damaged.
    """
    for found in sections():
        if found.id == section_id:
            return found
    raise ContentProblem(_(_DAMAGED))


def sections() -> tuple[Section, ...]:
    """Every section, in order."""
    return _sections(i18n.chosen())


def home_of(kind: str) -> str:
    """The section a kind of record is on; "" for one that is on none."""
    return next((s.id for s in sections() if any(part.kind == kind for part in s.parts)), "")


@cache
def _sections(chosen: str) -> tuple[Section, ...]:
    del chosen  # only a part of the cache's key
    try:
        text = resources.files(__package__).joinpath("data", "sections.toml").read_text(encoding="utf-8")
        return tuple(_section(written) for written in tomllib.loads(text)["section"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ContentProblem(_(_DAMAGED)) from error


def _section(written: dict[str, object]) -> Section:
    step = int(str(written.get("step", 0)))
    title = f"{load().step(step).short}" if step else _(str(written["title"]))
    parts = written["parts"]
    if not isinstance(parts, list):
        raise TypeError
    made = (
        Part(part.get("kind", ""), part.get("screen", ""), _(part["title"]) if "title" in part else "")
        for part in parts
    )
    return Section(str(written["id"]), title, step, tuple(made))
