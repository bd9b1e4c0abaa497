"""The page that shows what has arrived."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from phb_tui.central.storage.models import ReceivedChange, Team
from phb_tui.central.storage.repository import Repository
from phb_tui.central.web.views.layout import TeamFrame, team_page
from phb_tui.domain.records.record_codec import Row, field_states
from phb_tui.errors import CentralRefused
from phb_tui.sync import wire

TITLE = "What has arrived"
NEWEST = 200
NOBODY_KNOWN = "nobody known"
OUTCOMES = {
    "applied": "taken",
    "same": "the same as was there",
    "conflict": "kept beside another version",
    "refused": "kept aside",
    "forwarded": "passed on to the team that has the person now",
    "in part": "taken, before the person's record came",
    "handed over": "came with a person from another team",
}


class ShownChange(NamedTuple):
    """A change as a table's row shows it.

    Attributes:
        received: When it came.
        about: The person.
        kind: What kind of record.
        fields: The fields' names and values; None where the change cannot be read.
        author: Who wrote it.
        laptop: Which laptop brought it.
        outcome: What became of it, or why not.
    """

    received: str
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
        versions: Each version with who wrote it.
    """

    about: str
    kind: str
    field: str
    versions: tuple[tuple[str, str], ...]


def of_team(repository: Repository, team: Team, frame: TeamFrame, duplicates: str = "") -> str:
    """What has arrived in one team, newest first.

    Args:
        repository: What central keeps.
        team: The team.
        frame: What stands around the page.
        duplicates: How many times records may be of the same person, in words; "" for not at all.
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
        laptops=[(device.label, f"{device.last_op:,}", device.state) for device in laptops],
        conflicts=list(_conflicts(repository, team, people)),
        changes=changes(repository, team.team_id, repository.latest_changes(team.team_id, NEWEST), people),
    )


def changes(
    repository: Repository, team_id: str, found: list[ReceivedChange], names: dict[str, str] | None = None
) -> list[ShownChange]:
    """Changes as a table's rows show them.

    Args:
        repository: What central keeps.
        team_id: The team.
        found: The changes.
        names: The names of the team's people by id, where they are known already.
    """
    people = _people(repository, team_id) if names is None else names
    laptops = {device.device_id: device.label for device in repository.devices(team_id)}
    return [_change(change, people, laptops) for change in found]


def _people(repository: Repository, team_id: str) -> dict[str, str]:
    return {person.record_id: _name(person) for person in repository.rows_of_kind(team_id, "person")}


def _conflicts(repository: Repository, team: Team, people: dict[str, str]) -> Iterator[ShownConflict]:
    for record in repository.rows_in_conflict(team.team_id):
        about = people.get(record.person_id or "", NOBODY_KNOWN)
        for name, held in field_states(record.values, record.origins).items():
            if held.sides:
                versions = ((_words(held.value), held.author), *((_words(s.value), s.author) for s in held.sides))
                yield ShownConflict(about, record.kind, name.replace("_", " "), versions)


def _change(arrived: ReceivedChange, people: dict[str, str], laptops: dict[str, str]) -> ShownChange:
    received = arrived.received_at[:16].replace("T", " ")
    laptop = laptops.get(arrived.device_id, arrived.device_id)
    outcome = arrived.why or OUTCOMES.get(arrived.outcome, arrived.outcome)
    try:
        change = wire.decode_change(arrived.body.encode())
    except CentralRefused:
        return ShownChange(received, NOBODY_KNOWN, "", None, "", laptop, outcome)
    fields = tuple((name.replace("_", " "), _words(value)) for name, value in change.fields.items())
    about, kind = people.get(change.person_id or "", NOBODY_KNOWN), change.kind.replace("_", " ")
    return ShownChange(received, about, kind, fields, change.author, laptop, outcome)


def _name(person: Row) -> str:
    values = json.loads(person.values)
    names = [values.get(name) for name in ("given_name", "family_name")]
    return " ".join(str(name) for name in names if name) or "No name yet"


def _words(value: object) -> str:
    return "(nothing)" if value in {None, ""} else str(value)
