"""Values that no form would write, in every field of every kind, as they may come from a laptop that is not ours."""

import random
from collections.abc import Iterable, Iterator, Mapping

from phb_tui.content import forms
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import FieldState, RecordState, Value
from phb_tui.domain.records.record_codec import row_of
from phb_tui.services.session import Session
from phb_tui.store.database import transaction
from tests import received

NEWER = "from_a_newer_one"
"""A kind of record that this version has no form for."""

BARE = ("answer", "other_voice", "step", "handover", NEWER)
"""Kinds of record without a form."""

BESIDE = (
    "statement", "visit_id", "answer", "words", "who", "completed", "done", "removed", "end_date", "by_when", "number",
    "plan", "from_words", "from_id", "made_for", "to_team", "next_visit", "review_date", "family_name", "a_newer_field",
)  # fmt: skip
"""Fields that records hold beside those of their form."""

VALUES: Mapping[str, Value] = {
    "nothing": None,
    "empty": "",
    "a number": 7,
    "a negative number": -1,
    "a number of 400 digits": 10**400,
    "5,000 digits": "9" * 5000,
    "a phone number": "44 20 7700900123",
    "a month of 5,000 digits": f"1 {'9' * 5000} 2027",
    "the year 0": "0000-00-00",
    "the year 9999": "9999-12-31",
    "an Arabic date": "\u0661\u0662 \u0663 \u0662\u0660\u0662\u0667",
    "superscript digits": "\u00b2\u00b3 \u00b2 \u00b9\u2070",
    "a date that is none": "2026-02-31",
    "words": "soon",
    "an unknown code": "from_a_newer_list",
    "markup": "[/] [red]a[/blue] [@click=app.quit]b[/] \\",
    "control characters": "a\x00b\x1b]0;T\x07\x9b5m\x7f\r\n\t\u202e\u2066c",
    "braces": "{name} {0} %s %(a)s",
    "broken JSON": '{"goal": {',
    "JSON of another form": '{"goal": [1, {"a": [true, null]}], "need": {"a": 1, "b": {"c": {"d": 1.5}}}, "visit": 7}',
    "a JSON list": "[[[]]]",
    "deep JSON": "[" * 2_000,
    "many lines": "a\n" * 300,
    "a long word": "W" * 2000,
    "combining letters": "Q" + "\u0307" * 200,
    "yes": "yes",
}
"""By what they are."""

DRAWN = ("a number", "a phone number", "an unknown code", "markup", "control characters", "JSON of another form")
"""Those that every screen is tried with; the others differ only for a reader of dates or of JSON."""

ALONE = ("nothing", "a number", "a phone number", "broken JSON")
"""Those that are also tried in one field with nothing beside it."""


WHEN = "2026-11-23T09:00:00.000Z"
MOMENTS = {
    "nothing": "",
    "a number": "7",
    "words": "soon",
    "the year 0": "0000-01-01",
    "the year 9999": "9999-12-31T23:59:59.999Z",
    "a phone number": "0001-01-01T00:00:00.000Z",
}
"""What the author's clock said beside some of them."""


def fields_of(kind: str) -> list[str]:
    """Every field a record of a kind may hold."""
    declared = [name for f in forms.form(kind).fields() for name in f.names()] if forms.known(kind) else []
    above = [f"{forms.form(kind).under}_id"] if forms.known(kind) and forms.form(kind).under else []
    return list(dict.fromkeys([*declared, *above, *BESIDE]))


def kinds() -> list[str]:
    """Every kind of record, also those without a form."""
    return sorted({*forms.kinds(), *BARE} - {"local"})


def keep(session: Session, found: Iterable[RecordState]) -> None:
    """Take records as central's word."""
    with transaction(session.store.db):
        received.apply_rows(session.store.db, [row_of(state) for state in found], session.team_id)


def state(
    session: Session,
    kind: str,
    record_id: str,
    person_id: str | None,
    values: Mapping[str, Value],
    at: str = WHEN,
) -> RecordState:
    """A record as central holds it, written when its author's clock said `at`."""
    held = {name: FieldState(value, 1, "device-9", 1, "nurse-9", at) for name, value in values.items()}
    return RecordState(session.team_id, kind, record_id, person_id, 1, held)


def filled(session: Session, person_id: str, name: str) -> Iterator[RecordState]:
    """A record of each kind with one value in every field, and the person's own record so too."""
    for kind in kinds():
        record_id = person_id if kind == "person" else f"{name.replace(' ', '-').replace(',', '')}-{kind}"
        # A record that says that it is off its list is on no screen; two others try that.
        values = {field: VALUES[name] for field in fields_of(kind) if (field, VALUES[name]) != ("removed", "yes")}
        yield state(session, kind, record_id, person_id, values, MOMENTS.get(name, WHEN))


def one_field_each(session: Session, person_id: str, name: str) -> Iterator[RecordState]:
    """A record for every field of every kind, with the value in that field alone."""
    for kind in kinds():
        for number, field in enumerate(fields_of(kind)):
            yield state(session, kind, f"{kind}-{number}", person_id, {field: VALUES[name]})


LIKELY: Mapping[str, tuple[str, ...]] = {
    "words": ("Ask about a lift", "4 weeks", "12.50", "£84", "Ring the bell\nand wait"),
    "date": ("2026-11-20", "2027-03-27", "2026-02-28", "2028-02-29", "9999-12-31", "0001-01-01"),
    "past": ("1961-03-27", "1940", "2009-02-14", "0001-01-01"),
    "happened": ("2026-11-20", "2026-02", "2025", "9999-12-31"),
    "review": ("2026-11-01", "2027-02-20", "2027-12-31", "9999-12-31"),
    "time": ("09:30", "23:59"),
    "nhs_number": ("9990000018",),
    "score": ("0", "7", "10"),
    "ods": ("Y00001",),
    "postcode": ("ZZ99 3WZ",),
    "email": ("rhys@example.org",),
    "codes": ("73211009",),
}
"""What a form writes, by the type of its field; a date also at the ends of the calendar."""
SMALL = [name for name in VALUES if name not in {"many lines", "deep JSON"}]
"""Values that do not take long to read."""
ENDING = ("removed", "died_on")
"""Fields after which little else of a record is read."""
SELDOM = 0.1
"""How often a field holds what no form would write, in a record that is otherwise likely."""


def likely(session: Session, person_id: str, chance: random.Random) -> list[RecordState]:
    """Records of every kind as forms write them, but for a field here and there that holds a hostile value."""
    made = [(kind, number) for kind in kinds() if kind != "person" for number in range(1 if _is_single(kind) else 2)]
    found = [("person", person_id)]
    found += [(k, record_ids.single_id(person_id, k) if _is_single(k) else f"{person_id}-{k}-{n}") for k, n in made]
    by_kind: dict[str, list[str]] = {}
    for kind, record_id in found:
        by_kind.setdefault(kind, []).append(record_id)
    return [
        state(session, kind, record_id, person_id, _likely_values(session, kind, by_kind, chance))
        for kind, record_id in found
    ]


def _is_single(kind: str) -> bool:
    return forms.known(kind) and forms.form(kind).single


def _likely_values(
    session: Session, kind: str, by_kind: Mapping[str, list[str]], chance: random.Random
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name in fields_of(kind):
        if chance.random() < SELDOM:
            values[name] = VALUES[chance.choice(SMALL)]
        elif chance.random() > SELDOM:  # not every field is filled in
            values[name] = _likely_value(session, kind, name, by_kind, chance)
    if kind == "person":
        values.pop("removed", None)
    return {name: value for name, value in values.items() if name not in ENDING or chance.random() < SELDOM}


def _likely_value(
    session: Session, kind: str, name: str, by_kind: Mapping[str, list[str]], chance: random.Random
) -> Value:
    if name.endswith(forms.BELONGS) and (there := by_kind.get(name.removesuffix(forms.BELONGS))):
        return chance.choice(there)
    if name == "statement":
        return chance.choice(session.content.statements).id
    field = forms.field(kind, name)
    if field is None:
        return chance.choice(["yes", "1", *LIKELY["date"], *LIKELY["words"]])
    if field.options:
        return "yes" if field.type == "ticks" else chance.choice(list(field.options))
    if field.type == "link":
        return chance.choice([record_id for records in by_kind.values() for record_id in records])
    return chance.choice(LIKELY.get(field.type, LIKELY["words"]))
