"""One field of a form: what it takes, what can be chosen, who may read it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, RootModel, model_validator

from phb_tui.content import toml_loader
from phb_tui.content.condition import When
from phb_tui.content.content_model import ContentModel, Many, Table, Text, Translated, content_error
from phb_tui.domain import field_types

TICK = ":"
"""Stands between a field's name and one of its options: each tick is a field, so two people's ticks never collide."""

WITH_OPTIONS = {"choice", "ticks"}
"""Types of field that need options."""
CHOSEN = {*WITH_OPTIONS, "link"}
"""Types of field that are chosen and not written."""


def _options(name: object) -> Mapping[str, str]:
    """What can be chosen, by the name of its table."""
    found = toml_loader.read(Choices, "choices.toml").root.get(name) if isinstance(name, str) else None
    if found is None:
        raise content_error("choices.toml has no table '{name}'", name=name)
    return found


def _known_kind(kind: str) -> str:
    if kind not in toml_loader.kinds():
        raise content_error("there is no form '{kind}'", kind=kind)
    return kind


def _known_type(name: str) -> str:
    if name not in CHOSEN and name not in field_types.TYPES:
        raise content_error("there is no type '{name}'", name=name)
    return name


def _listed(written: object) -> object:
    return (written,) if isinstance(written, str) else written


Kind = Annotated[str, AfterValidator(_known_kind)]
"""A kind of record that has a form."""
NameSource = Literal["present", "person", "contacts", "professionals", "workers", "team", "payees"]
"""Whose names a field can offer: who is at today's visit, the person, who is around them or paid to help, the
team, who was paid before."""
Options = Annotated[Mapping[str, str] | None, PlainValidator(_options)]


class FormField(ContentModel):
    """One field of a form.

    Attributes:
        name: The field's stable name.
        label: The question or name beside it.
        print: Its name on paper, in the person's own voice and never a question; "" where `label` is that already.
        print_options: What can be chosen where paper says it in another way, by stable code.
        print_full: Whether only the copy for professionals has it: what staff keep account of is no part of a plan.
        hint: How to fill it in; "" when that is plain.
        rows: How many rows it shows.
        type: What it takes, a key of `domain.field_types.TYPES`, or choice, ticks or link.
        options: For a choice or ticks: what can be chosen, by stable code; a file names a table of choices.toml.
        once: For a choice: what could be chosen in earlier versions, which old records may hold.
        ends: For a choice: the codes with which a record has ended; the first is what the mark `done` says too.
        of: For a link: the kind of record it points to.
        offers: Whose names are offered for it, most likely first.
        said: Whether these are the person's own words.
        staff_only: Whether it is hidden while the laptop is turned to the family.
        prsb: The elements of the PRSB standard it records.
        code: The heading's SNOMED CT code, where a standard gives one.
        everyday: Whether two versions of it may wait while the plan is agreed; nothing clinical can stand in it.
        when: When it is asked; None for always. One that is filled in is always shown.
    """

    name: Text
    label: Translated
    print: Translated = ""
    print_options: Table[Translated] = Field(default_factory=lambda: MappingProxyType({}))
    print_full: bool = False
    hint: Translated = ""
    rows: int = Field(default=1, ge=1)
    type: Annotated[str, AfterValidator(_known_type)] = "words"
    options: Options = None
    once: Options = None
    ends: Many[Text] = ()
    of: Kind = ""
    offers: Many[NameSource] = ()
    said: bool = False
    staff_only: bool = False
    prsb: Annotated[Many[Text], BeforeValidator(_listed)] = ()
    code: str = ""
    everyday: bool = False
    when: When = None

    @model_validator(mode="after")
    def _whole(self) -> "FormField":
        if bool(self.options) != (self.type in WITH_OPTIONS):
            raise content_error("options are for choices and ticks, and these need them", "options")
        if unknown := [code for code in self.ends if code not in (self.options or {})]:
            raise content_error("nothing '{name}' can be chosen", "ends", name=unknown[0])
        for code in self.print_options.keys() - (self.options or {}).keys():
            raise content_error("nothing '{name}' can be chosen", "print_options", name=code)
        if self.offers and (self.type != "words" or self.rows > 1):
            raise content_error("names are offered for words of one row", "offers")
        if bool(self.of) != (self.type == "link"):
            raise content_error("a kind is for links, and these need one", "of")
        return self

    @property
    def printed(self) -> str:
        """Its name on paper."""
        return self.print or self.label

    def names(self) -> tuple[str, ...]:
        """The names under which a record holds it: one, or one for each tick."""
        return (
            tuple(f"{self.name}{TICK}{code}" for code in self.options or {}) if self.type == "ticks" else (self.name,)
        )


class Choices(RootModel[Table[Table[Translated]]], frozen=True, strict=True, defer_build=True):
    """What can be chosen, by the name of the list and the stable code."""
