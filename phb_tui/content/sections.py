"""What is kept together on one screen, as data read from `sections.toml`."""

from typing import Annotated

from pydantic import Field, model_validator

from phb_tui.content import forms, toml_loader
from phb_tui.content.content_model import ContentModel, Many, Text, Translated, content_error, unique
from phb_tui.content.form_field import Kind
from phb_tui.content.steps import LAST_STEP, load
from phb_tui.errors import ContentProblem
from phb_tui.i18n import N_, _

_UNKNOWN = N_("This part is from a newer phb-tui. Install the newest phb-tui to see it.")


class Part(ContentModel):
    """Something on a section's screen.

    Attributes:
        kind: A kind of record; "" for a screen of its own.
        screen: The screen's name; "" for a kind of record.
        title: What the line says; "" where the kind's form says it.
        shows: Kinds of record that a screen shows and that make its step a begun one.
        begins: Whether a record of the kind makes its step a begun one; tasks come from every step.
        staff: Whether a screen is for staff alone; the form says it of a kind.
    """

    kind: Kind = ""
    screen: Text = ""
    title: Translated = ""
    shows: Many[Kind] = ()
    begins: bool = True
    staff: bool = False

    @property
    def family(self) -> bool:
        """Whether it may be offered while the laptop is turned to the family."""
        return forms.form(self.kind).family if self.kind else not self.staff

    @model_validator(mode="after")
    def _one_thing(self) -> "Part":
        if bool(self.kind) == bool(self.screen):
            raise content_error("a part has a kind or a screen, and not both", "kind")
        if self.screen and not self.title:
            raise content_error("a screen needs a title", "title")
        if self.shows and self.kind:
            raise content_error("a kind shows itself alone", "shows")
        if self.staff and self.kind:
            raise content_error("whom a kind is for stands in its form", "staff")
        return self


class Section(ContentModel):
    """What is kept together.

    Attributes:
        id: Its stable name.
        step: The step it is of; 0 for none.
        heading: Its own heading; "" for a step's.
        parts: What is on it, in order.
    """

    id: Text
    step: int = Field(default=0, ge=0, le=LAST_STEP)
    heading: Translated = Field(default="", alias="title")
    parts: Many[Part]

    @model_validator(mode="after")
    def _has_one_title(self) -> "Section":
        if bool(self.step) == bool(self.heading):
            raise content_error("a section has a step or a title, and not both", "title")
        return self

    @property
    def begun_by(self) -> frozenset[str]:
        """The kinds of record of which one is enough for its step to have begun."""
        return frozenset(kind for part in self.parts if part.begins for kind in (part.kind, *part.shows) if kind)

    @property
    def title(self) -> str:
        """The screen's heading."""
        return load().step(self.step).short if self.step else self.heading


class Sections(ContentModel):
    """What `sections.toml` holds."""

    section: Annotated[Many[Section], unique("id")]


def section(section_id: str) -> Section:
    """One section.

    Raises:
        ContentProblem: There is none, or the file is damaged.
    """
    for found in sections():
        if found.id == section_id:
            return found
    raise ContentProblem(_(_UNKNOWN))


def sections() -> tuple[Section, ...]:
    """Every section, in order.

    Raises:
        ContentProblem: The file is damaged.
    """
    return toml_loader.read(Sections, "sections.toml").section


def home_of(kind: str) -> str:
    """The section a kind of record is on; "" for one that is on none."""
    return next((s.id for s in sections() if any(part.kind == kind for part in s.parts)), "")
