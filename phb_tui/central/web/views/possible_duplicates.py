"""The team lead's page about records of people who may be one person."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from phb_tui.central.storage.repository import Repository
from phb_tui.central.web.views.layout import TeamFrame, team_page
from phb_tui.domain.calendar import dates
from phb_tui.domain.people import search_terms
from phb_tui.domain.records.changes import Value
from phb_tui.domain.records.record_codec import Row, field_states
from phb_tui.domain.text import nhs_number

TITLE = "Possible duplicates"
NUMBER, NAME = "The same NHS number", "The same name and date of birth"


class Group(NamedTuple):
    """Some people of a team who may be one person.

    Attributes:
        same: What they have in common.
        people: Their records, in the order of their ids.
    """

    same: str
    people: tuple[Row, ...]


def groups(people: Iterable[Row]) -> list[Group]:
    """Who of a team's people may be one person: first by an NHS number, then by a name and a date of birth.

    Each version of a number, a name or a date that is not decided counts. Whoever is off every list does not, nor does
    a number that is nobody's. The same people are in one group only.
    """
    numbers: dict[str, dict[str, Row]] = defaultdict(dict)
    names: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for person in people:
        for fields in _versions(person):
            entry = search_terms.entry(fields)
            if entry is None:
                continue
            if entry.nhs:
                numbers[entry.nhs][person.record_id] = person
            if entry.name and entry.born:
                names[entry.name, entry.born][person.record_id] = person
    found: dict[tuple[str, ...], Group] = {}
    for same, alike in ((NUMBER, numbers.values()), (NAME, names.values())):
        for members in alike:
            if len(members) > 1:
                ids = tuple(sorted(members))
                found.setdefault(ids, Group(same, tuple(members[record_id] for record_id in ids)))
    return list(found.values())


def page(repository: Repository, frame: TeamFrame) -> str:
    """Every group of a team's people who may be one person."""
    found = groups(repository.rows_of_kind(frame.team_id, "person"))
    who = {one.staff_id: one.name for one in repository.staff(frame.team_id)} if found else {}
    shown = [(group.same, [_cells(person, who) for person in group.people]) for group in found]
    return team_page("possible_duplicates", frame, TITLE, groups=shown)


def count(repository: Repository, team_id: str) -> str:
    """How many groups of such people there are in a team; "" when there are none."""
    found = len(groups(repository.rows_of_kind(team_id, "person")))
    return f"{found:,}" if found else ""


def _versions(person: Row) -> Iterator[dict[str, Value]]:
    """A person's fields as they stand, and again with each version of a field that is not decided."""
    values = _values(person)
    yield values
    if person.conflicts:
        for name, held in field_states(person.values, person.origins).items():
            for side in held.sides:
                yield {**values, name: side.value}


def _cells(person: Row, who: dict[str, str]) -> tuple[str, ...]:
    """A person's name, date of birth and NHS number, and who wrote them."""
    values = _values(person)
    states = field_states(person.values, person.origins)
    number = states.get("nhs_number")
    sides = [str(side.value) for side in number.sides] if number else []
    numbers = [nhs_number.tidy(words) for words in (_text(values, "nhs_number"), *sides) if words]
    name = f"{_text(values, 'given_name')} {_text(values, 'family_name')}".strip() or "No name yet"
    born = _text(values, "date_of_birth")
    wrote = number or states.get("family_name") or states.get("given_name")
    by = who.get(wrote.author, wrote.author) if wrote else ""
    return name, dates.in_words(born) or born, " or ".join(numbers), by


def _values(person: Row) -> dict[str, Value]:
    found: dict[str, Value] = json.loads(person.values)
    return found


def _text(values: dict[str, Value], name: str) -> str:
    value = values.get(name)
    return "" if value is None else str(value)
