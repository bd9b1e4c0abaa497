"""Every kind of record and its form, as data: one file a kind in `forms/`, shared pages in `groups.toml`.

The same declaration draws a record on a screen, checks and tidies it, names its fields in histories and conflicts,
and prints it.
"""

from datetime import date

from phb_tui.content import toml_loader
from phb_tui.content.form_field import CHOSEN, TICK, FormField
from phb_tui.content.form_schema import FINISHED, ChildFields, Form, Need, Page
from phb_tui.content.kept_field import KeptField
from phb_tui.content.toml_loader import kinds
from phb_tui.domain import field_types
from phb_tui.domain.calendar import dates, whole_days
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
    "ChildFields",
    "Form",
    "FormField",
    "Need",
    "Page",
    "field",
    "filled",
    "form",
    "is_chosen",
    "is_computed_date",
    "is_date",
    "is_everyday",
    "kinds",
    "known",
    "label",
    "printed",
    "printed_label",
    "printed_option",
    "problem",
    "problems",
    "show",
    "staff",
    "tidy",
    "typed",
    "warning",
    "warnings",
]

WHOLE_DAY = "whole_day"
"""The type of field that takes a whole day, for what is kept for ever."""
_PEOPLE = frozenset({"person", "present", "team"})
"""Sources of names of which a field that offers one of them takes a person; others may be an organisation, like 3."""
_UNKNOWN = N_("This version of phb-tui has no form for this. Ask your IT team for the newest version.")

MARKS = {
    "answer": N_("Answer"),
    "done": N_("Done"),
    "removed": N_("Removed"),
    "error_reason": N_("Entered in error, because"),
    "completed": N_("Completed"),
    "finished": N_("Finished"),
    "statement": N_("Statement"),
}
"""What records hold without a field of a form, each with its plain name."""
BELONGS = "_id"
"""Ends the name of the field that says to which record of another kind one belongs."""
ON = "_on"
"""Ends the name of a field with a day that no page asks for, such as when something was decided."""
WITH_WEEKDAY = field_types.DATES - {"past"}
"""Types of field whose days papers and central's pages say with the weekday; a date of birth has none."""


def form(kind: str) -> Form:
    """The form for a kind of record.

    Raises:
        ContentProblem: There is none, or its file is damaged.
    """
    if not known(kind):
        raise ContentProblem(_(_UNKNOWN))
    return toml_loader.read(Form, f"forms/{kind}.toml")


def known(kind: str) -> bool:
    """Whether this version has a form for a kind."""
    return kind in kinds()  # and not by looking for its file: a kind can be any text


def field(kind: str, name: str) -> FormField | None:
    """A field by the name a record holds it under; None for one that no form asks for."""
    return form(kind).by_name.get(name) if known(kind) else None


def page_of(kind: str, name: str) -> int:
    """The page of a form with a field, counted from 0; the first one where no page has it."""
    pages = form(kind).pages
    return next((number for number, page in enumerate(pages) if any(each.name == name for each in page.fields)), 0)


def label(kind: str, name: str) -> str:
    """A field's plain name; one from a newer version is its stable name with spaces."""
    found = field(kind, name)
    if found is None:
        return (form(kind).labels.get(name) if known(kind) else None) or _plain_name(name)
    tick = (found.options or {}).get(name.partition(TICK)[2]) if found.type == "ticks" else None
    return f"{found.label} {tick}" if tick else found.label


def printed_label(kind: str, name: str) -> str:
    """A field's name on paper, in the person's own voice."""
    found = field(kind, name)
    if found is None:
        return label(kind, name)
    tick = name.partition(TICK)[2] if found.type == "ticks" else ""
    return f"{found.printed}: {printed_option(found, tick)}" if tick else found.printed


def printed_option(asked: FormField, code: str) -> str:
    """What was chosen, as paper says it; a code from a newer version as it is."""
    return asked.print_options.get(code) or (asked.options or {}).get(code, code)


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


def is_computed_date(kind: str, name: str, typed: str) -> bool:
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
    if found is None and (unasked := _kept(kind, name)):
        return cleaned(unasked.show(kept))
    unasked_type = "date" if name.endswith(ON) else "words"
    return field_types.show(found.type if found else unasked_type, words)


def staff(kind: str, name: str, kept: Value) -> tuple[str, ...]:
    """The staff ids, and "panel", that stand in a field that no page asks for; none in any other."""
    found = _kept(kind, name)
    return found.staff(kept) if found is not None else ()


def _kept(kind: str, name: str) -> KeptField | None:
    return form(kind).kept_by_name.get(name) if known(kind) else None


def printed(kind: str, name: str, kept: Value) -> str:
    """A kept value as paper says it: a choice in the person's own voice, and a day with its weekday."""
    words, found = "" if kept is None else str(kept), field(kind, name)
    if found is not None and words in found.print_options:
        return printed_option(found, words)
    return dates.in_full(words) if found is not None and found.type in WITH_WEEKDAY else show(kind, name, kept)


def typed(kind: str, name: str, kept: str) -> str:
    """A kept value as its field shows it, to be changed there."""
    found = field(kind, name)
    return field_types.typed(found.type if found else "words", cleaned(kept))


def problem(kind: str, name: str, kept: str, today: date) -> str:
    """What is wrong with a kept value, as a sentence; "" when nothing is."""
    found = field(kind, name)
    return _problem(found, kept, today) if found else ""


def warning(kind: str, name: str, kept: str, today: date) -> str:
    """What may be meant otherwise in a kept value that is valid, as a sentence; "" for nothing."""
    found = field(kind, name)
    return whole_days.warning(kept, today) if found is not None and found.type == WHOLE_DAY else ""


def warnings(record: Record, today: date) -> list[Problem]:
    """What may be meant otherwise in a record, in the order of its fields."""
    said = ((asked.name, warning(record.kind, asked.name, record.text(asked.name), today)) for asked in
            form(record.kind).fields())  # fmt: skip
    return [Problem(name, sentence) for name, sentence in said if sentence]


def _problem(asked: FormField, kept: str, today: date) -> str:
    if not _PEOPLE.isdisjoint(asked.offers) and kept.strip() and not any(map(str.isalpha, kept)):
        return _("Write a name, with letters.")
    return field_types.problem(asked.type, kept, today)


def problems(record: Record, today: date) -> list[Problem]:
    """Everything wrong with a record, in the order of its fields. Nothing here ever refuses to keep words."""
    made = form(record.kind)
    found = [Problem(need.any[0], need.say) for need in made.needs if not any(map(record.text, need.any))]
    said = ((asked.name, _problem(asked, record.text(asked.name), today)) for asked in made.fields())
    return found + [Problem(name, sentence) for name, sentence in said if sentence]


def filled(record: Record) -> tuple[int, int]:
    """How many of a form's fields are filled in, and how many there are, without the extra pages."""
    asked = [field for page in form(record.kind).pages if not page.extra for field in page.fields]
    return sum(1 for field in asked if any(map(record.text, field.names()))), len(asked)
