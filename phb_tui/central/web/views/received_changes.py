"""The page that shows what has arrived."""

import json

from phb_tui.central.storage.models import ReceivedChange, Team
from phb_tui.central.storage.repository import Repository
from phb_tui.central.web.views.escaping import escape
from phb_tui.central.web.views.layout import row, table
from phb_tui.domain.records.record_codec import Row, field_states
from phb_tui.errors import CentralRefused
from phb_tui.sync import wire

NEWEST = 200
OUTCOMES = {
    "applied": "taken",
    "same": "the same as was there",
    "conflict": "kept beside another version",
    "refused": "kept aside",
    "forwarded": "passed on to the team that has the person now",
    "in part": "taken, before the person's record came",
    "handed over": "came with a person from another team",
}


def of_team(tables: Repository, team: Team) -> str:
    """What has arrived in one team, newest first."""
    laptops = tables.devices(team.team_id)
    people = _people(tables, team.team_id)
    rows = [row(device.label, f"{device.last_op:,}", device.state) for device in laptops]
    newest = changes(tables, team.team_id, tables.latest_changes(team.team_id, NEWEST))
    about = "1 person" if len(people) == 1 else f"{len(people):,} people"
    return (
        f"<p>{team.seq:,} changes from {len(laptops)} laptops, about {about}.</p>"
        f"{table('Laptops', ('Laptop', 'Changes', 'State'), rows)}"
        f"{_conflicts(tables, team, people)}"
        f"{table('The newest changes, newest first', ('Received', 'About', 'What', 'By', 'Was'), newest)}"
    )


def changes(tables: Repository, team_id: str, found: list[ReceivedChange]) -> list[str]:
    """Changes as rows of a table."""
    people = _people(tables, team_id)
    laptops = {device.device_id: device.label for device in tables.devices(team_id)}
    return [_change(change, people, laptops) for change in found]


def _people(tables: Repository, team_id: str) -> dict[str, str]:
    return {person.record_id: _name(person) for person in tables.rows_of_kind(team_id, "person")}


def _conflicts(tables: Repository, team: Team, people: dict[str, str]) -> str:
    found = []
    for record in tables.rows_in_conflict(team.team_id):
        for name, held in field_states(record.values, record.origins).items():
            if held.sides:
                values = "".join(
                    f"<li>{escape(_words(side.value))} ({escape(side.author)})</li>" for side in held.sides
                )
                about = escape(people.get(record.person_id or "", "nobody known"))
                first = f"<li>{escape(_words(held.value))} ({escape(held.author)})</li>"
                heading = f"{about}: {escape(record.kind)}, {escape(name.replace('_', ' '))}"
                found.append(f'<div class="two"><p>{heading}</p><ul>{first}{values}</ul></div>')
    return f"<h3>Two versions, waiting for somebody to decide</h3>{''.join(found)}" if found else ""


def _change(arrived: ReceivedChange, people: dict[str, str], laptops: dict[str, str]) -> str:
    try:
        change = wire.decode_change(arrived.body.encode())
    except CentralRefused:
        what, about, author, kind = "(cannot be read)", "nobody known", "", ""
    else:
        fields = change.fields.items()
        what = "<br>".join(f"{escape(name.replace('_', ' '))}: {escape(_words(value))}" for name, value in fields)
        about, author, kind = people.get(change.person_id or "", "nobody known"), change.author, change.kind
    laptop = laptops.get(arrived.device_id, arrived.device_id)
    by = f"{escape(author)}<br>{escape(laptop)}"
    was = escape(arrived.why or OUTCOMES.get(arrived.outcome, arrived.outcome))
    when = escape(arrived.received_at[:16].replace("T", " "))
    words = f"{escape(kind.replace('_', ' '))}<br>{what}"
    return f"<tr><td>{when}</td><td>{escape(about)}</td><td>{words}</td><td>{by}</td><td>{was}</td></tr>"


def _name(person: Row) -> str:
    values = json.loads(person.values)
    names = [values.get(name) for name in ("given_name", "family_name")]
    return " ".join(str(name) for name in names if name) or "No name yet"


def _words(value: object) -> str:
    return "(nothing)" if value in {None, ""} else str(value)
