"""The page that shows the changes received, and the rows that show a change."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from phb_tui.central.storage.models import ReceivedChange, Team
from phb_tui.central.storage.repository import Repository
from phb_tui.central.web.views import record_words, uk_time
from phb_tui.central.web.views.layout import DEVICE_STATES, TeamFrame, team_page
from phb_tui.content import forms
from phb_tui.domain.records.changes import REMOVED, Change, Value
from phb_tui.domain.records.record_codec import Row, field_states
from phb_tui.errors import CentralRefused
from phb_tui.sync import wire

TITLE = "Changes received"
NEWEST = 200
NOT_KNOWN = "Not known"
WHOLE_TEAM = "The whole team"
OUTCOMES = {
    "applied": "Accepted",
    "same": "Accepted: it was the same already",
    "conflict": "Conflict: two versions, waiting for a decision",
    "refused": "Not accepted",
    "forwarded": "Passed on to the team that has the person now",
    "in part": "Accepted, before the person's record came",
    "handed over": "Came with a person from another team",
}
WRITING = {"applied": "Received", "same": "Received: it was the same already"}
"""The same of what is still being written, which nobody accepts or says yes to."""


class ShownChange(NamedTuple):
    """A change as a table's row shows it.

    Attributes:
        time: When it was received, on its day.
        about: The person.
        kind: What kind of record.
        fields: The fields' names and values; None where the change cannot be read.
        author: Who wrote it.
        laptop: Which laptop brought it.
        outcome: What became of it, or why not.
    """

    time: str
    about: str
    kind: str
    fields: tuple[tuple[str, str], ...] | None
    author: str
    laptop: str
    outcome: str


class ShownConflict(NamedTuple):
    """Versions of one field of which nobody has decided yet which is right.

    Attributes:
        about: The person.
        kind: What kind of record.
        field: The field's name.
        versions: Each version with who wrote it and when.
    """

    about: str
    kind: str
    field: str
    versions: tuple[tuple[str, str, str], ...]


Day = tuple[str, list[ShownChange]]
"""A day in words, and the changes received on it."""


@dataclass(frozen=True, slots=True)
class _Names:
    """Names by id: of the people, the staff, the laptops, and one line about each record that a value points to."""

    people: Mapping[str, str]
    staff: Mapping[str, str]
    laptops: Mapping[str, str]
    linked: Mapping[str, str]

    def about(self, person_id: str | None) -> str:
        return self.people.get(person_id, NOT_KNOWN) if person_id else WHOLE_TEAM

    def value(self, of: str, name: str, held: Value) -> str:
        return record_words.value(of, name, held, self.linked, self.staff)

    def author(self, staff_id: str) -> str:
        return self.staff.get(staff_id, staff_id)


def of_team(repository: Repository, team: Team, frame: TeamFrame, duplicates: str = "") -> str:
    """The changes received by one team, newest first.

    Args:
        repository: What central keeps.
        team: The team.
        frame: What stands around the page.
        duplicates: How many groups of records may be of one person; "" for none.
    """
    laptops = repository.devices(team.team_id)
    people = _people(repository, team.team_id)
    return team_page(
        "received_changes",
        frame,
        TITLE,
        duplicates=duplicates,
        count=f"{team.seq:,}",
        people="1 person" if len(people) == 1 else f"{len(people):,} people",
        laptops=[
            (device.label, f"{device.last_op:,}", DEVICE_STATES.get(device.state, device.state)) for device in laptops
        ],
        conflicts=list(_conflicts(repository, team, people)),
        days=days(repository, team.team_id, repository.latest_changes(team.team_id, NEWEST), people),
    )


def days(
    repository: Repository, team_id: str, found: list[ReceivedChange], people: Mapping[str, str] | None = None
) -> list[Day]:
    """Changes as a table's rows show them, by the day they were received.

    Args:
        repository: What central keeps.
        team_id: The team.
        found: The changes, in their order.
        people: The names of the team's people by id, where they are known already.
    """
    read = [(one, _read(one)) for one in found]
    targets = {target for _one, change in read if change for target in record_words.links(change.kind, change.fields)}
    names = _names(repository, team_id, people, targets)
    by_day = groupby(read, key=lambda pair: uk_time.day(pair[0].received_at))
    return [(day, [_shown(arrived, change, names) for arrived, change in pairs]) for day, pairs in by_day]


def _names(repository: Repository, team_id: str, people: Mapping[str, str] | None, targets: Iterable[str]) -> _Names:
    """The names that some changes need."""
    linked = {
        row.record_id: record_words.line(row)
        for row in repository.rows(team_id, sorted(targets))
        if not row.transferred_to
    }
    return _Names(
        _people(repository, team_id) if people is None else people,
        {one.staff_id: one.name for one in repository.staff(team_id)},
        {device.device_id: device.label for device in repository.devices(team_id)},
        {**dict(repository.other_teams(team_id)), **linked},
    )


def _people(repository: Repository, team_id: str) -> dict[str, str]:
    return {person.record_id: _name(person) for person in repository.rows_of_kind(team_id, "person")}


def _conflicts(repository: Repository, team: Team, people: Mapping[str, str]) -> Iterator[ShownConflict]:
    found = [
        (row, name, [(held.value, held.author, held.at), *((one.value, one.author, one.at) for one in held.sides)])
        for row in repository.rows_in_conflict(team.team_id)
        for name, held in field_states(row.values, row.origins).items()
        if held.sides
    ]
    pointing = ((row.kind, {name: value}) for row, name, sides in found for value, _author, _at in sides)
    targets = {target for of, values in pointing for target in record_words.links(of, values)}
    names = _names(repository, team.team_id, people, targets)
    for row, name, sides in found:
        versions = tuple(
            (names.value(row.kind, name, value), names.author(author), uk_time.moment(at))
            for value, author, at in sides
        )
        kind, label = record_words.kind(row.kind), record_words.label(row.kind, name)
        yield ShownConflict(names.about(row.person_id), kind, label, versions)


def _read(arrived: ReceivedChange) -> Change | None:
    """A change as it was sent; None where it cannot be read."""
    try:
        return wire.decode_change(arrived.body.encode())
    except CentralRefused:
        return None


def _shown(arrived: ReceivedChange, change: Change | None, names: _Names) -> ShownChange:
    time = uk_time.time(arrived.received_at)
    laptop = names.laptops.get(arrived.device_id, arrived.device_id)
    outcome = arrived.why or OUTCOMES.get(arrived.outcome, arrived.outcome)
    if change is None:
        return ShownChange(time, NOT_KNOWN, "", None, "", laptop, outcome)
    values, about, kind = change.fields, names.about(change.person_id), record_words.kind(change.kind)
    if begun := record_words.being_written(change.kind, values):
        kind, outcome = begun, arrived.why or WRITING.get(arrived.outcome, outcome)
        values = {forms.FINISHED if name == REMOVED else name: held for name, held in values.items()}
    fields = tuple(record_words.fields(change.kind, values, names.linked, names.staff))
    return ShownChange(time, about, kind, fields, names.author(change.author), laptop, outcome)


def _name(person: Row) -> str:
    values = json.loads(person.values)
    names = [values.get(name) for name in ("given_name", "family_name")]
    return " ".join(str(name) for name in names if name) or "No name yet"
