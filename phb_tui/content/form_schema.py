"""What a form declares: its pages, their fields, what can be chosen, and what Continue asks for."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import Annotated, ClassVar, TypeAlias

from pydantic import Discriminator, Field, PlainValidator, RootModel, Tag, model_validator

from phb_tui.content import toml_loader
from phb_tui.content.condition import When
from phb_tui.content.content_model import ContentModel, Many, Table, Text, Translated, content_error
from phb_tui.content.form_field import FormField, Kind
from phb_tui.content.kept_field import KeptField

FINISHED = "finished"
"""The field that says "yes" once a form that can be finished was, whatever else is filled in."""


def _shared(name: object) -> tuple["Page", ...]:
    """The pages of a group, by its name."""
    found = toml_loader.read(Groups, "groups.toml").root.get(name) if isinstance(name, str) else None
    if found is None:
        raise content_error("groups.toml has no group '{name}'", name=name)
    return found


class ChildFields(ContentModel):
    """Fields of a record's first child, which stand among the record's own.

    Attributes:
        kind: The kind of the child.
        fields: Names of fields of its form, in their order; they are typed, not chosen.
        after: Name of the record's own field that they follow.
    """

    kind: Kind
    fields: Annotated[Many[Text], Field(min_length=1)]
    after: Text


MOST_FIELDS = 5
"""The most fields of a page."""


class Page(ContentModel):
    """What is asked together, at most five fields.

    Attributes:
        title: The page's heading.
        fields: The fields, in their order.
        child: Fields of the first child record that are asked with them; None for none.
        extra: Whether Continue ends before it: details that professionals need and a conversation does not.
        when: When it is asked; None for always. One with a field that is filled in is always shown.
    """

    title: Translated
    fields: Annotated[Many[FormField], Field(min_length=1, max_length=MOST_FIELDS)]
    child: ChildFields | None = None
    extra: bool = False
    when: When = None

    @model_validator(mode="after")
    def _child_fits(self) -> "Page":
        if self.child is not None:
            if self.child.after not in {field.name for field in self.fields}:
                raise content_error("there is no field '{name}'", "child", "after", name=self.child.after)
            if len(self.fields) + len(self.child.fields) > MOST_FIELDS:
                raise content_error("a page has at most five fields", "child", "fields")
        return self

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
        print_title: What one record is on paper, in the person's own voice; "" where `title` is that already.
        page: Its pages as the file has them, shared ones not yet its own; see `pages`.
        many: The heading of a list of them; "" when a person has exactly one.
        add: The words on the line that adds one.
        line: The fields, or what it holds without one, that stand for a record in a list, most telling first.
        under: The kind whose records these belong to; "" when they belong to the person.
        holds: The kinds of record that belong to one of these.
        has_screen: Whether what it holds is listed on a screen of its own, and not under its form.
        list_screen: The screen that lists them where they have one of their own; "" for the list as of every kind.
        mark: What a record is once it is finished, such as "Done"; "" when it has no such mark.
        open_mark: What it is before.
        finish: The words on the button that finishes it, such as "Close the visit"; "" when Continue only goes back.
        help: What F1 says beside the general words.
        family: Whether it may be shown while the laptop is turned to the family.
        needs: What Continue asks for.
        begun: What one is called while it is being written, of a kind that is sealed once it is made; "" for others.
        kept: The fields that no page asks for and that hold something else than words to read.
        print: Whether it is part of the printed plan.
        short: Whether its first page is all that is asked; the other pages are details that one asks for.
        labels: Plain names of what records hold without a field, by stable name.
    """

    named_by: ClassVar[str] = "kind"

    kind: Text
    title: Translated
    print_title: Translated = ""
    page: Annotated[Many[WrittenPage], Field(min_length=1)]
    many: Translated = ""
    add: Translated = ""
    line: Many[Text] = ()
    under: Kind = ""
    holds: Many[Kind] = ()
    has_screen: bool = False
    list_screen: str = ""
    mark: Translated = ""
    open_mark: Translated = ""
    finish: Translated = ""
    help: Translated = ""
    family: bool = True
    needs: Many[Need] = ()
    begun: Translated = ""
    kept: Many[KeptField] = ()
    print: bool = True
    short: bool = False
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
        for unknown in (name for name in self.line if name not in {*names, *self.labels}):
            raise content_error("there is no field '{name}'", "line", name=unknown)
        for number, need in enumerate(self.needs):
            for unknown in (name for name in need.any if name not in names):
                raise content_error("there is no field '{name}'", "needs", number, "any", name=unknown)
        for number, page in enumerate(self.pages):
            if page.child is not None and (number or page.child.kind not in self.holds):
                raise content_error("a child's fields stand on the first page of a form that holds it", "page", number)
        if self.many and not self.line:
            raise content_error("a list needs a line", "line")
        return self

    @model_validator(mode="after")
    def _kept_is_named(self) -> "Form":
        for number, kept in enumerate(self.kept):
            if kept.name in self.by_name or kept.name not in self.labels:
                raise content_error("what no page asks for needs a label", "kept", number, "name")
        return self

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Its pages, in their order."""
        return tuple(page for part in self.page for page in part.pages())

    @cached_property
    def by_name(self) -> Mapping[str, FormField]:
        """Every field by each name that a record holds it under."""
        return {name: field for field in self.fields() for name in field.names()}

    @cached_property
    def kept_by_name(self) -> Mapping[str, KeptField]:
        """Every field that no page asks for and that holds something else than words, by its name."""
        return {field.name: field for field in self.kept}

    def is_detail(self, page: int) -> bool:
        """Whether a page, by its place, is one of the details that one asks for."""
        return self.pages[page].extra or (self.short and page > 0)

    @cached_property
    def status(self) -> FormField | None:
        """The field that says how far a record is, and with it whether it has ended; None without one."""
        return next((field for field in self.fields() if field.ends), None)

    @property
    def single(self) -> bool:
        """Whether a person has exactly one."""
        return not self.many

    def fields(self) -> Iterator[FormField]:
        """Every field, in order."""
        return (field for page in self.pages for field in page.fields)


class Groups(RootModel[Table[Many[Page]]], frozen=True, strict=True, defer_build=True):
    """Pages that several forms share, by the name of their group."""
