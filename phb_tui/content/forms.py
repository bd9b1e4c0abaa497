"""The forms and the plain names of every field, as data read from `forms.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from phb_tui.errors import ContentProblem

_DAMAGED = "The forms that come with phb-tui are damaged. Ask your IT team to install phb-tui again."


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form.

    Attributes:
        name: The field's stable name.
        label: The question or name beside it.
        hint: How to fill it in; "" when that is plain.
        rows: How many rows it shows.
        staff_only: Whether it is hidden while the laptop is turned to the family.
    """

    name: str
    label: str
    hint: str = ""
    rows: int = 1
    staff_only: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked together, at most five fields.

    Attributes:
        title: The page's heading.
        fields: The fields, in their order.
    """

    title: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked about one kind of record.

    Attributes:
        kind: The kind of record.
        title: What the form is about.
        pages: Its pages, in their order.
    """

    kind: str
    title: str
    pages: tuple[Page, ...]


def form(kind: str) -> Form:
    """The form for a kind of record.

    Raises:
        ContentProblem: There is none, or the forms are damaged.
    """
    found = _forms().get(kind)
    if found is None:
        raise ContentProblem("This version of phb-tui has no form for this. Ask your IT team for the newest version.")
    return found


def label(kind: str, name: str) -> str:
    """A field's plain name; one from a newer version is its stable name with spaces."""
    return _labels().get((kind, name)) or _headings().get((kind, name)) or name.replace("_", " ")


@cache
def _read() -> Mapping[str, Any]:
    words = resources.files(__package__).joinpath("forms.toml").read_text(encoding="utf-8")
    try:
        return tomllib.loads(words)
    except tomllib.TOMLDecodeError as error:
        raise ContentProblem(_DAMAGED) from error


@cache
def _forms() -> Mapping[str, Form]:
    try:
        return {made.kind: made for made in map(_form, _read()["form"])}
    except (KeyError, TypeError) as error:
        raise ContentProblem(_DAMAGED) from error


def _form(written: Mapping[str, Any]) -> Form:
    pages = (Page(page["title"], tuple(FormField(**field) for field in page["field"])) for page in written["page"])
    return Form(written["kind"], written["title"], tuple(pages))


@cache
def _labels() -> Mapping[tuple[str, str], str]:
    asked = {
        (made.kind, field.name): field.label
        for made in _forms().values()
        for page in made.pages
        for field in page.fields
    }
    others = {(kind, name): words for kind, names in _read()["labels"].items() for name, words in names.items()}
    return others | asked


@cache
def _headings() -> Mapping[tuple[str, str], str]:
    from phb_tui.content import load  # noqa: PLC0415 - a form needs no steps; only these names do

    return {("about_me", heading.id): heading.title for heading in load().about_me}
