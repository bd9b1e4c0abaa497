"""The page that shows what has arrived."""

import json
from html import escape

from phb_tui.central.kept import Arrived, Team
from phb_tui.central.pages.frame import plain
from phb_tui.central.storage import Storage, Tables
from phb_tui.domain.states import Row, field_states
from phb_tui.errors import CentralRefused
from phb_tui.sync import wire

NEWEST = 200
OUTCOMES = {
    "applied": "taken",
    "same": "the same as was there",
    "conflict": "kept beside another version",
    "refused": "kept aside",
    "forwarded": "passed on to the team that has the person now",
    "handed over": "came with a person from another team",
}


def page(storage: Storage) -> str:
    """Everything that has arrived, newest first, as HTML."""
    parts = [_team(storage, team) for team in storage.teams()] or ["<p>No team has been added yet.</p>"]
    return plain("What has arrived at central", "".join(parts))


def _team(storage: Storage, team: Team) -> str:
    return storage.read({team.team_id}, lambda tables: _team_words(tables, team))


def _team_words(tables: Tables, team: Team) -> str:
    people = {row.record_id: _name(row) for row in tables.rows_of_kind(team.team_id, "person")}
    laptops = {device.device_id: device for device in tables.devices(team.team_id)}
    rows = "".join(
        f"<tr><td>{escape(device.label)}</td><td>{device.last_op:,}</td><td>{escape(device.state)}</td></tr>"
        for device in laptops.values()
    )
    changes = tables.latest_changes(team.team_id, NEWEST)
    labels = {device_id: device.label for device_id, device in laptops.items()}
    return (
        f"<h2>{escape(team.name)}</h2>"
        f"<p>{team.seq:,} changes from {len(laptops)} laptops, about {len(people)} people.</p>"
        f'<div class="scroll"><table><tr><th>Laptop</th><th>Changes</th><th>State</th></tr>{rows}</table></div>'
        f"{_conflicts(tables, team, people)}<h3>The newest changes</h3>"
        '<div class="scroll"><table><tr><th>Received</th><th>About</th><th>What</th><th>By</th><th>Was</th></tr>'
        f"{''.join(_change(change, people, labels) for change in changes)}</table></div>"
    )


def _conflicts(tables: Tables, team: Team, people: dict[str, str]) -> str:
    found = []
    for row in tables.rows_in_conflict(team.team_id):
        for name, held in field_states(row.values, row.origins).items():
            if held.sides:
                values = "".join(
                    f"<li>{escape(_words(side.value))} ({escape(side.author)})</li>" for side in held.sides
                )
                about = escape(people.get(row.person_id or "", "nobody known"))
                first = f"<li>{escape(_words(held.value))} ({escape(held.author)})</li>"
                heading = f"{about}: {escape(row.kind)}, {escape(name.replace('_', ' '))}"
                found.append(f'<div class="two"><p>{heading}</p><ul>{first}{values}</ul></div>')
    return f"<h3>Two versions, waiting for somebody to decide</h3>{''.join(found)}" if found else ""


def _change(arrived: Arrived, people: dict[str, str], laptops: dict[str, str]) -> str:
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


def _name(row: Row) -> str:
    values = json.loads(row.values)
    names = [values.get(name) for name in ("given_name", "family_name")]
    return " ".join(str(name) for name in names if name) or "No name yet"


def _words(value: object) -> str:
    return "(nothing)" if value in {None, ""} else str(value)
