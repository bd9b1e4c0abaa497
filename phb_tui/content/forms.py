"""Every kind of record and its form, as data: one file a kind in `forms/`, shared pages in `groups.toml`.

The same declaration draws a record on a screen, checks and tidies it, names its fields in histories and conflicts,
and prints it.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from phb_tui import i18n
from phb_tui.content.form_schema import FINISHED, TICK, Form, FormField, Need, Page
from phb_tui.domain import field_types
from phb_tui.domain.calendar import dates
from phb_tui.domain.field_types import Problem
from phb_tui.domain.records.changes import Record, Value
from phb_tui.domain.text.control_characters import cleaned
from phb_tui.errors import ContentProblem
from phb_tui.i18n import N_, _

__all__ = [
    "BELONGS",
    "CHOSEN",
    "FINISHED",
    "MARKS",
    "TICK",
    "Form",
    "FormField",
    "Need",
    "Page",
    "field",
    "filled",
    "form",
    "is_chosen",
    "is_date",
    "is_everyday",
    "kinds",
    "known",
    "label",
    "problem",
    "problems",
    "show",
    "tidy",
    "works_out",
]

_DAMAGED = N_("The forms that come with phb-tui are damaged. Ask your IT team to install phb-tui again.")
_UNKNOWN = N_("This version of phb-tui has no form for this. Ask your IT team for the newest version.")

CHOSEN = {"choice", "ticks", "link"}
"""Types of field that are chosen and not written."""
MARKS = {
    "answer": N_("Answer"),
    "done": N_("Done"),
    "removed": N_("Taken off the list"),
    "error_reason": N_("Entered in error, because"),
    "completed": N_("Completed"),
    "finished": N_("Finished"),
    "statement": N_("Statement"),
}
"""What records hold without a field of a form, each with its plain name."""
BELONGS = "_id"
"""Ends the name of the field that says to which record of another kind one belongs."""


def form(kind: str) -> Form:
    """The form for a kind of record.

    Raises:
        ContentProblem: There is none, or the forms are damaged.
    """
    return _form(kind, i18n.chosen())


@cache
def kinds() -> tuple[str, ...]:
    """Every kind of record that has a form, in alphabetical order."""
    names = (path.name for path in resources.files(__package__).joinpath("data", "forms").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def known(kind: str) -> bool:
    """Whether this version has a form for a kind."""
    return kind in kinds()  # and not by looking for its file: a kind can be any text


def field(kind: str, name: str) -> FormField | None:
    """A field by the name a record holds it under; None for one that no form asks for."""
    return _fields(kind, i18n.chosen()).get(name) if known(kind) else None


def label(kind: str, name: str) -> str:
    """A field's plain name; one from a newer version is its stable name with spaces."""
    found = field(kind, name)
    if found is None:
        return (_labels(kind, i18n.chosen()).get(name) if known(kind) else None) or _plain_name(name)
    tick = (found.options or {}).get(name.partition(TICK)[2]) if found.type == "ticks" else None
    return f"{found.label} {tick}" if tick else found.label


def _plain_name(name: str) -> str:
    above = name.removesuffix(BELONGS)
    if name in MARKS:
        return _(MARKS[name])
    return form(above).title if above != name and known(above) else name.replace("_", " ")


def is_chosen(kind: str, name: str) -> bool:
    """Whether a field holds one of a few values, so that nothing else can be written in it."""
    found = field(kind, name)
    if found is None:
        return name.endswith(BELONGS) or name in MARKS
    return found.type in CHOSEN


def is_everyday(kind: str, name: str) -> bool:
    """Whether two versions of a field may wait while the plan is agreed; a field that no form declares may not."""
    found = field(kind, name)
    return found is not None and found.everyday


def tidy(kind: str, name: str, typed: str, today: date) -> str:
    """What is kept of what was typed in a field."""
    found = field(kind, name)
    return field_types.tidy(found.type if found else "words", typed, today)


def is_date(kind: str, name: str) -> bool:
    """Whether a field takes a date."""
    found = field(kind, name)
    return found is not None and found.type in field_types.DATES


def is_for_staff(kind: str, name: str) -> bool:
    """Whether only staff may read a field."""
    found = field(kind, name)
    return found is not None and (found.staff_only or not form(kind).family)


def works_out(kind: str, name: str, typed: str) -> bool:
    """Whether a date is worked out from what was typed, such as "next Friday", and not only spelt another way."""
    return is_date(kind, name) and bool(typed.strip()) and dates.parse(typed) is None


def show(kind: str, name: str, kept: Value) -> str:
    """A kept value as a reader wants it; "" for nothing. A link needs its record: see `services.listing.shown`."""
    words = "" if kept is None else cleaned(str(kept))
    found = field(kind, name)
    if found is not None and found.type == "choice":
        return {**(found.once or {}), **(found.options or {})}.get(words, words)
    if found is not None and found.type == "ticks":
        return _("Yes") if words == "yes" else ""
    return field_types.show(found.type if found else "words", words)


def problem(kind: str, name: str, kept: str, today: date) -> str:
    """What is wrong with a kept value, as a sentence; "" when nothing is."""
    found = field(kind, name)
    return field_types.problem(found.type if found else "words", kept, today)


def problems(record: Record, today: date) -> list[Problem]:
    """Everything wrong with a record, in the order of its fields. Nothing here ever refuses to keep words."""
    made = form(record.kind)
    found = [Problem(need.any[0], need.say) for need in made.needs if not any(map(record.text, need.any))]
    said = ((asked.name, field_types.problem(asked.type, record.text(asked.name), today)) for asked in made.fields())
    return found + [Problem(name, sentence) for name, sentence in said if sentence]


def filled(record: Record) -> tuple[int, int]:
    """How many of a form's fields are filled in, and how many there are, without the extra pages."""
    asked = [field for page in form(record.kind).pages if not page.extra for field in page.fields]
    return sum(1 for field in asked if any(map(record.text, field.names()))), len(asked)


def _path(kind: str) -> Any:  # noqa: ANN401 - a Traversable, which has no common base before Python 3.12
    return resources.files(__package__).joinpath("data", "forms", f"{kind}.toml")


@cache
def _read(name: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(resources.files(__package__).joinpath("data", name).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ContentProblem(_(_UNKNOWN)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentProblem(_(_DAMAGED)) from error


@cache
def _form(kind: str, chosen: str) -> Form:
    del chosen  # only a part of the cache's key: texts are looked up in the language in use
    written = _read(f"forms/{kind}.toml")
    try:
        pages = tuple(page for part in written["page"] for page in _pages(part))
        needs = tuple(Need(tuple(need["any"]), _(need["say"])) for need in written.get("needs", ()))
        texts: dict[str, Any] = {
            name: _(written[name]) for name in ("many", "add", "mark", "open_mark", "finish", "help") if name in written
        }
        lists: dict[str, Any] = {name: tuple(written[name]) for name in ("line", "holds") if name in written}
        plain = {name: written[name] for name in ("under", "family", "print") if name in written}
        return Form(kind, _(written["title"]), pages, needs=needs, **texts, **lists, **plain)
    except (KeyError, TypeError, AttributeError) as error:
        raise ContentProblem(_(_DAMAGED)) from error


def _pages(part: Mapping[str, Any]) -> Iterator[Page]:
    """A page as it is written, or the pages of a shared group with their names and elements made this form's own."""
    if "group" not in part:
        fields = tuple(_field(field) for field in part["fields"])
        yield Page(_(part["title"]), fields, extra=part.get("extra", False))
        return
    prefix, element = part["prefix"], part.get("prsb", "")
    for page in _read("groups.toml")[part["group"]]:
        asked = tuple(
            _field({**field, "name": f"{prefix}_{field['name']}", "prsb": [f"{element} / {field['prsb']}"]})
            if "prsb" in field and element
            else _field({**field, "name": f"{prefix}_{field['name']}", "prsb": []})
            for field in page["fields"]
        )
        title = part.get("title", page["title"])
        yield Page(_(title), asked, extra=part.get("extra", True))


def _field(written: Mapping[str, Any]) -> FormField:
    values = dict(written)
    values["label"] = _(values["label"])
    if values.get("hint"):
        values["hint"] = _(values["hint"])
    for name in {"options", "once"} & values.keys():
        values[name] = {code: _(words) for code, words in _read("choices.toml")[values[name]].items()}
    prsb = values.get("prsb", ())
    values["prsb"] = (prsb,) if isinstance(prsb, str) else tuple(prsb)
    return FormField(**values)


@cache
def _fields(kind: str, chosen: str) -> Mapping[str, FormField]:
    return {name: field for field in _form(kind, chosen).fields() for name in field.names()}


@cache
def _labels(kind: str, chosen: str) -> Mapping[str, str]:
    del chosen
    return {name: _(words) for name, words in _read(f"forms/{kind}.toml").get("labels", {}).items()}
