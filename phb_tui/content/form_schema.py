"""What a form declares: its pages, their fields, and what Continue asks for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

FINISHED = "finished"
"""The field that says "yes" once a form that can be finished was, whatever else is filled in."""

TICK = ":"
"""Stands between a field's name and one of its options: each tick is a field, so two people's ticks never collide."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form.

    Attributes:
        name: The field's stable name.
        label: The question or name beside it.
        hint: How to fill it in; "" when that is plain.
        rows: How many rows it shows.
        type: What it takes, a key of `domain.fields.TYPES`, or choice, ticks or link.
        options: For a choice or ticks: what can be chosen, by stable code.
        once: For a choice: what could be chosen in earlier versions, which old records may hold.
        of: For a link: the kind of record it points to.
        said: Whether these are the person's own words.
        staff_only: Whether it is hidden while the laptop is turned to the family.
        prsb: The elements of the PRSB standard it records.
        code: The heading's SNOMED CT code, where a standard gives one.
        everyday: Whether two versions of it may wait while the plan is agreed; nothing clinical can stand in it.
    """

    name: str
    label: str
    hint: str = ""
    rows: int = 1
    type: str = "words"
    options: Mapping[str, str] | None = None
    once: Mapping[str, str] | None = None
    of: str = ""
    said: bool = False
    staff_only: bool = False
    prsb: tuple[str, ...] = ()
    code: str = ""
    everyday: bool = False

    def names(self) -> tuple[str, ...]:
        """The names under which a record holds it: one, or one for each tick."""
        return (
            tuple(f"{self.name}{TICK}{code}" for code in self.options or {}) if self.type == "ticks" else (self.name,)
        )


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked together, at most five fields.

    Attributes:
        title: The page's heading.
        fields: The fields, in their order.
        extra: Whether Continue ends before it: details that professionals need and a conversation does not.
    """

    title: str
    fields: tuple[FormField, ...]
    extra: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """Fields of which one has to be filled in before going on, and what to say when none is."""

    any: tuple[str, ...]
    say: str


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of record and what is asked about it.

    Attributes:
        kind: The kind of record.
        title: What one record is.
        pages: Its pages, in their order.
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
    """

    kind: str
    title: str
    pages: tuple[Page, ...]
    many: str = ""
    add: str = ""
    line: tuple[str, ...] = ()
    under: str = ""
    holds: tuple[str, ...] = ()
    mark: str = ""
    open_mark: str = ""
    finish: str = ""
    help: str = ""
    family: bool = True
    needs: tuple[Need, ...] = ()
    print: bool = True

    @property
    def single(self) -> bool:
        """Whether a person has exactly one."""
        return not self.many

    def fields(self) -> Iterator[FormField]:
        """Every field, in order."""
        return (field for page in self.pages for field in page.fields)
