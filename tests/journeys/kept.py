"""A record that somebody at the keyboard writes, and the fields in which they write it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from phb_tui.content import forms
from phb_tui.content.condition import Condition
from phb_tui.content.forms import FormField, Page

Value = str | Sequence[str]
"""Words to type, the code to choose, the number of a link in its list, or the codes to tick."""


@dataclass(frozen=True)
class Kept:
    """A record to write.

    Attributes:
        kind: Its kind.
        values: What is written in it, by field.
        held: What belongs to it.
    """

    kind: str
    values: Mapping[str, Value]
    held: Sequence["Kept"] = field(default=())


def rows(page: Page) -> list[tuple[str, FormField]]:
    """The fields of a page in their order: "" and its own, or "child" and one of its first child."""
    found: list[tuple[str, FormField]] = []
    for asked in page.fields:
        found.append(("", asked))
        if page.child is not None and page.child.after == asked.name:
            form = forms.form(page.child.kind)
            found += [("child", form.by_name[name]) for name in page.child.fields]
    return found


def asked_pages(kind: str, values: Mapping[str, Value], above: Mapping[str, str]) -> list[list[tuple[str, FormField]]]:
    """The fields of each page that a form shows once these values are written, in their order.

    Args:
        kind: The kind of record.
        values: What is written in it.
        above: What its parent, or the only record of another kind, holds, as "kind.field".
    """

    def is_met(when: Condition | None) -> bool:
        if when is None:
            return True
        held = str(values.get(when.field, "") if when.kind == kind else above.get(f"{when.kind}.{when.field}", ""))
        field = forms.form(when.kind).by_name.get(when.field)  # none for what only the program writes
        return when.is_met(held or next(iter((field and field.options) or {}), ""))

    pages = [page for page in forms.form(kind).pages if is_met(page.when)]
    return [[(of, field) for of, field in rows(page) if of or is_met(field.when)] for page in pages]


def fits(held: Kept, page: Page) -> bool:
    """Whether all of a child can be written in its fields on its parent's page."""
    declared = page.child
    return (
        declared is not None
        and held.kind == declared.kind
        and not held.held
        and set(held.values) <= set(declared.fields)
    )
