"""What a form declares: its pages, their fields, what can be chosen, and what Continue asks for."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import Annotated, ClassVar, TypeAlias

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    PlainValidator,
    RootModel,
    Tag,
    model_validator,
)

from phb_tui.content import toml_loader
from phb_tui.content.content_model import ContentModel, Many, Table, Text, Translated, content_error
from phb_tui.domain import field_types

FINISHED = "finished"
"""The field that says "yes" once a form that can be finished was, whatever else is filled in."""

TICK = ":"
"""Stands between a field's name and one of its options: each tick is a field, so two people's ticks never collide."""

WITH_OPTIONS = {"choice", "ticks"}
"""Types of field that need options."""
CHOSEN = {*WITH_OPTIONS, "link"}
"""Types of field that are chosen and not written."""
NUMBER = "number"
"""Stands in a list's line for a record's place in it, without being a field."""


def _options(name: object) -> Mapping[str, str]:
    """What can be chosen, by the name of its table."""
    found = toml_loader.read(Choices, "choices.toml").root.get(name) if isinstance(name, str) else None
    if found is None:
        raise content_error("choices.toml has no table '{name}'", name=name)
    return found


def _shared(name: object) -> tuple["Page", ...]:
    """The pages of a group, by its name."""
    found = toml_loader.read(Groups, "groups.toml").root.get(name) if isinstance(name, str) else None
    if found is None:
        raise content_error("groups.toml has no group '{name}'", name=name)
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
Options = Annotated[Mapping[str, str] | None, PlainValidator(_options)]


class FormField(ContentModel):
    """One field of a form.

    Attributes:
        name: The field's stable name.
        label: The question or name beside it.
        hint: How to fill it in; "" when that is plain.
        rows: How many rows it shows.
        type: What it takes, a key of `domain.field_types.TYPES`, or choice, ticks or link.
        options: For a choice or ticks: what can be chosen, by stable code; a file names a table of choices.toml.
        once: For a choice: what could be chosen in earlier versions, which old records may hold.
        of: For a link: the kind of record it points to.
        said: Whether these are the person's own words.
        staff_only: Whether it is hidden while the laptop is turned to the family.
        prsb: The elements of the PRSB standard it records.
        code: The heading's SNOMED CT code, where a standard gives one.
        everyday: Whether two versions of it may wait while the plan is agreed; nothing clinical can stand in it.
    """

    name: Text
    label: Translated
    hint: Translated = ""
    rows: int = Field(default=1, ge=1)
    type: Annotated[str, AfterValidator(_known_type)] = "words"
    options: Options = None
    once: Options = None
    of: Kind = ""
    said: bool = False
    staff_only: bool = False
    prsb: Annotated[Many[Text], BeforeValidator(_listed)] = ()
    code: str = ""
    everyday: bool = False

    @model_validator(mode="after")
    def _whole(self) -> "FormField":
        if bool(self.options) != (self.type in WITH_OPTIONS):
            raise content_error("options are for choices and ticks, and these need them", "options")
        if bool(self.of) != (self.type == "link"):
            raise content_error("a kind is for links, and these need one", "of")
        return self

    def names(self) -> tuple[str, ...]:
        """The names under which a record holds it: one, or one for each tick."""
        return (
            tuple(f"{self.name}{TICK}{code}" for code in self.options or {}) if self.type == "ticks" else (self.name,)
        )


class Page(ContentModel):
    """What is asked together, at most five fields.

    Attributes:
        title: The page's heading.
        fields: The fields, in their order.
        extra: Whether Continue ends before it: details that professionals need and a conversation does not.
    """

    title: Translated
    fields: Annotated[Many[FormField], Field(min_length=1, max_length=5)]
    extra: bool = False

    def pages(self) -> tuple["Page", ...]:
        """Itself alone."""
        return (self,)


class SharedPages(ContentModel):
    """Pages of a group that several forms share, with their names and elements made one form's own.

    Attributes:
        group: The pages; a file names a group of groups.toml.
        prefix: What the names of the fields begin with here.
        prsb: The element of the PRSB standard that these are parts of; "" for none.
        title: The heading of each; "" for the group's own.
        extra: Whether Continue ends before them.
    """

    group: Annotated[tuple[Page, ...], PlainValidator(_shared)]
    prefix: Text
    prsb: str = ""
    title: Translated = ""
    extra: bool = True

    def pages(self) -> tuple[Page, ...]:
        """The pages as they stand in the form."""
        return tuple(
            page.model_copy(
                update={
                    "title": self.title or page.title,
                    "fields": tuple(map(self._own, page.fields)),
                    "extra": self.extra,
                }
            )
            for page in self.group
        )

    def _own(self, field: FormField) -> FormField:
        prsb = tuple(f"{self.prsb} / {part}" for part in field.prsb) if self.prsb else ()
        return field.model_copy(update={"name": f"{self.prefix}_{field.name}", "prsb": prsb})


class Need(ContentModel):
    """Fields of which one has to be filled in before going on, and what to say when none is."""

    any: Annotated[Many[Text], Field(min_length=1)]
    say: Translated


def _page_or_shared(written: object) -> str:
    return "<shared pages>" if isinstance(written, dict) and "group" in written else "<a page>"


WrittenPage: TypeAlias = Annotated[
    Annotated[Page, Tag("<a page>")] | Annotated[SharedPages, Tag("<shared pages>")], Discriminator(_page_or_shared)
]


class Form(ContentModel):
    """One kind of record and what is asked about it.

    Attributes:
        kind: The kind of record.
        title: What one record is.
        page: Its pages as the file has them, shared ones not yet its own; see `pages`.
        many: The heading of a list of them; "" when a person has exactly one.
        add: The words on the line that adds one.
        line: The fields that stand for a record in a list, most telling first.
        under: The kind whose records these belong to; "" when they belong to the person.
        holds: The kinds of record that belong to one of these.
        mark: What a record is once it is finished, such as "Done"; "" when it has no such mark.
        open_mark: What it is before.
        finish: The words on the button that finishes it, such as "Close the visit"; "" when Continue only goes back.
        help: What F1 says beside the general words.
        family: Whether it may be shown while the laptop is turned to the family.
        needs: What Continue asks for.
        print: Whether it is part of the printed plan.
        labels: Plain names of what records hold without a field, by stable name.
    """

    named_by: ClassVar[str] = "kind"

    kind: Text
    title: Translated
    page: Annotated[Many[WrittenPage], Field(min_length=1)]
    many: Translated = ""
    add: Translated = ""
    line: Many[Text] = ()
    under: Kind = ""
    holds: Many[Kind] = ()
    mark: Translated = ""
    open_mark: Translated = ""
    finish: Translated = ""
    help: Translated = ""
    family: bool = True
    needs: Many[Need] = ()
    print: bool = True
    labels: Table[Translated] = Field(default_factory=lambda: MappingProxyType({}))

    @model_validator(mode="after")
    def _whole(self) -> "Form":
        names: set[str] = set()
        for number, page in enumerate(self.page):
            for place, field in enumerate(chain.from_iterable(part.fields for part in page.pages())):
                if field.name in names:
                    inside = ("fields", place, "name") if isinstance(page, Page) else ("prefix",)
                    raise content_error("field '{name}' is there twice", "page", number, *inside, name=field.name)
                names.add(field.name)
        for unknown in (name for name in self.line if name not in {*names, NUMBER}):
            raise content_error("there is no field '{name}'", "line", name=unknown)
        for number, need in enumerate(self.needs):
            for unknown in (name for name in need.any if name not in names):
                raise content_error("there is no field '{name}'", "needs", number, "any", name=unknown)
        if self.many and not self.line:
            raise content_error("a list needs a line", "line")
        return self

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Its pages, in their order."""
        return tuple(page for part in self.page for page in part.pages())

    @cached_property
    def by_name(self) -> Mapping[str, FormField]:
        """Every field by each name that a record holds it under."""
        return {name: field for field in self.fields() for name in field.names()}

    @property
    def single(self) -> bool:
        """Whether a person has exactly one."""
        return not self.many

    def fields(self) -> Iterator[FormField]:
        """Every field, in order."""
        return (field for page in self.pages for field in page.fields)


class Choices(RootModel[Table[Table[Translated]]], frozen=True, strict=True, defer_build=True):
    """What can be chosen, by the name of the list and the stable code."""


class Groups(RootModel[Table[Many[Page]]], frozen=True, strict=True, defer_build=True):
    """Pages that several forms share, by the name of their group."""
