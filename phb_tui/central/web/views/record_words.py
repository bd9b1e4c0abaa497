"""Names and values of a team's records as the forms say them, in place of the codes they are kept under."""

import json
from collections.abc import Callable, Iterable, Mapping

from phb_tui.content import forms, steps
from phb_tui.content.forms import BELONGS, TICK
from phb_tui.domain.calendar import dates
from phb_tui.domain.decision.limits import PANEL
from phb_tui.domain.plan import i_statements
from phb_tui.domain.records.changes import HANDOVER, TO_TEAM, YES, Value
from phb_tui.domain.records.merge import SEALED_BY
from phb_tui.domain.records.record_codec import Row
from phb_tui.errors import ContentProblem

NOTHING = "(empty)"
UNKNOWN = "(not known here)"
IN_ERROR = "(entered in error)"
IN_FULL = "(kept in full)"
THE_PANEL = "The panel"
PASSED_ON = "Moved to another team"
TECHNICAL = {"from_id", "from_words"}
"""What a record holds for the app alone."""
DOCUMENTS = {
    ("plan_version", "plan"), ("budget_version", "inputs"), ("budget_version", "lines"), ("policy", "text"),
    ("rates", "text"),
}  # fmt: skip
"""Fields that hold a whole plan, budget, policy or table of rates, by kind and name."""


def kind(name: str) -> str:
    """What a kind of record is called; one from a newer version has its stable name with spaces."""
    if name == HANDOVER:
        return PASSED_ON
    return forms.form(name).title if forms.known(name) else _capital(name.replace("_", " "))


def being_written(of: str, values: Mapping[str, Value]) -> str:
    """What is being written with a change that seals nothing yet, of a kind that is sealed; "" for any other change."""
    is_begun = of in SEALED_BY and not values.get(SEALED_BY[of]) and forms.known(of)
    return forms.form(of).begun if is_begun else ""


def label(of: str, name: str) -> str:
    """What a field is called.

    Args:
        of: The kind of record.
        name: The field's stable name.
    """
    return _capital(forms.label(of, name))


def fields(
    of: str, values: Mapping[str, Value], linked: Mapping[str, str], staff: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The fields of a change with their values, in the form's order, the ticks of one field together.

    Args:
        of: The kind of record.
        values: The values by stable name.
        linked: One line about each record that a value can point to, by its id.
        staff: The team's names by staff id.
    """
    found: dict[str, list[str]] = {}
    places = {name: place for place, name in enumerate(forms.form(of).by_name)} if forms.known(of) else {}
    for name, held in sorted(values.items(), key=lambda named: places.get(named[0], -1)):
        if name in TECHNICAL:
            continue
        field = forms.field(of, name)
        if field is not None and field.type == "ticks":
            chosen = (field.options or {}).get(name.partition(TICK)[2], name)
            found.setdefault(_capital(field.label), []).append(chosen if held == YES else f"not: {chosen}")
        else:
            found.setdefault(label(of, name), []).append(value(of, name, held, linked, staff))
    return [(name, "; ".join(words)) for name, words in found.items()]


def value(of: str, name: str, held: Value, linked: Mapping[str, str], staff: Mapping[str, str]) -> str:
    """A field's value; `NOTHING` for an empty one. Arguments as for `fields`."""
    words = "" if held is None else str(held)
    if not words:
        return NOTHING
    if (of, name) in DOCUMENTS:
        return IN_FULL
    if ids := forms.staff(of, name, held):
        return ", ".join(who(each, staff) for each in ids)
    if name == TO_TEAM or _is_link(of, name):
        return linked.get(words, UNKNOWN)
    if name in _IN_NO_FORM and forms.field(of, name) is None:
        return _IN_NO_FORM[name](words)
    field = forms.field(of, name)
    weekday = field is not None and field.type in forms.WITH_WEEKDAY
    return dates.in_full(words) if weekday else forms.show(of, name, held)


def who(staff_id: str, staff: Mapping[str, str]) -> str:
    """The name of somebody of the team, or the panel; who is not in the team any more is not known here."""
    return THE_PANEL if staff_id == PANEL else staff.get(staff_id, UNKNOWN)


def line(record: Row) -> str:
    """One line about a record, by the fields that its form names; the form's title where none of them is filled in.

    The words of a record entered in error may be somebody else's, so they stand in no other record's line.
    """
    values: dict[str, Value] = json.loads(record.values)
    if values.get("removed") == YES and values.get("error_reason"):
        return IN_ERROR
    names = forms.form(record.kind).line if forms.known(record.kind) else ()
    names = names or ("date", "time")
    parts = (value(record.kind, name, held, {}, {}) for name in names if (held := values.get(name)))
    return " - ".join(" ".join(part.split()) for part in parts) or kind(record.kind)


def links(of: str, values: Mapping[str, Value]) -> Iterable[str]:
    """The ids of the records that a change's values point to."""
    return (str(held) for name, held in values.items() if held and name not in TECHNICAL and _is_link(of, name))


def _is_link(of: str, name: str) -> bool:
    field = forms.field(of, name)
    return field.type == "link" if field is not None else name.endswith(BELONGS)


def _statement(statement_id: str) -> str:
    try:
        return steps.load().statement(statement_id).text
    except ContentProblem:
        return statement_id


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _yes(kept: str) -> str:
    return "Yes" if kept == YES else kept


_IN_NO_FORM: Mapping[str, Callable[[str], str]] = {
    "statement": _statement,
    "answer": i_statements.words_of,
    "line": lambda kept: "none of the lines" if kept == "none" else "a line of the budget",
    **dict.fromkeys(("done", "removed", "completed", forms.FINISHED), _yes),
}
"""How values are said that no form asks for, by the name of their field."""
