"""The plain page that shows what has arrived: no script, nothing from elsewhere."""

import json
from html import escape
from typing import Any

from phb_tui.central.storage import Storage, Team
from phb_tui.domain.changes import RecordState

NEWEST = 200
STYLE = """
body { font: 1.1rem/1.5 system-ui, sans-serif; color: #10181f; background: #fff; margin: 1rem auto; max-width: 60rem;
  padding: 0 1rem; }
h1, h2, h3 { line-height: 1.2; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #5c6b78; }
.scroll { overflow-x: auto; } .two { border-left: .4rem solid #7a0c0c; padding-left: .8rem; }
"""
OUTCOMES = {
    "applied": "taken",
    "same": "the same as was there",
    "conflict": "kept beside another version",
    "refused": "kept aside",
}


def page(storage: Storage) -> str:
    """Everything that has arrived, newest first, as HTML."""
    parts = [_team(storage, team) for team in storage.teams()] or ["<p>No team has been added yet.</p>"]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>What has arrived at central</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>'
        f"<main><h1>What has arrived at central</h1>{''.join(parts)}</main></body></html>"
    )


def _team(storage: Storage, team: Team) -> str:
    people = {state.record_id: _name(state) for state in storage.records_of_kind(team.team_id, "person")}
    laptops = {device.device_id: device for device in storage.devices(team.team_id)}
    rows = "".join(
        f"<tr><td>{escape(device.label)}</td><td>{device.last_op:,}</td></tr>" for device in laptops.values()
    )
    changes = storage.latest_changes(team.team_id, NEWEST)
    labels = {device_id: device.label for device_id, device in laptops.items()}
    return (
        f"<h2>{escape(team.name)}</h2>"
        f"<p>{team.seq:,} changes from {len(laptops)} laptops, about {len(people)} people.</p>"
        f'<div class="scroll"><table><tr><th>Laptop</th><th>Changes</th></tr>{rows}</table></div>'
        f"{_conflicts(storage, team, people)}<h3>The newest changes</h3>"
        '<div class="scroll"><table><tr><th>Received</th><th>About</th><th>What</th><th>By</th><th>Was</th></tr>'
        f"{''.join(_change(change, people, labels) for change in changes)}</table></div>"
    )


def _conflicts(storage: Storage, team: Team, people: dict[str, str]) -> str:
    found = []
    for state in storage.records_after(team.team_id, 0, 100_000):
        for name, held in state.fields.items():
            if held.sides:
                values = "".join(
                    f"<li>{escape(_words(side.value))} ({escape(side.author)})</li>" for side in held.sides
                )
                about = escape(people.get(state.person_id or "", "nobody known"))
                first = f"<li>{escape(_words(held.value))} ({escape(held.author)})</li>"
                heading = f"{about}: {escape(state.kind)}, {escape(name.replace('_', ' '))}"
                found.append(f'<div class="two"><p>{heading}</p><ul>{first}{values}</ul></div>')
    return f"<h3>Two versions, waiting for somebody to decide</h3>{''.join(found)}" if found else ""


def _change(change: dict[str, Any], people: dict[str, str], laptops: dict[str, str]) -> str:
    fields = json.loads(change["fields"])
    what = "<br>".join(f"{escape(name.replace('_', ' '))}: {escape(_words(v))}" for name, v in fields.items())
    about = escape(people.get(change["person_id"] or "", "nobody known"))
    by = f"{escape(change['author'])}<br>{escape(laptops.get(change['device_id'], change['device_id']))}"
    was = escape(change["why"] or OUTCOMES.get(change["outcome"], change["outcome"]))
    kind = escape(change["kind"].replace("_", " "))
    when = escape(change["received_at"][:16].replace("T", " "))
    return f"<tr><td>{when}</td><td>{about}</td><td>{kind}<br>{what}</td><td>{by}</td><td>{was}</td></tr>"


def _name(state: RecordState) -> str:
    names = [state.fields[name].value for name in ("given_name", "family_name") if name in state.fields]
    return " ".join(str(name) for name in names if name) or "No name yet"


def _words(value: object) -> str:
    return "(nothing)" if value in {None, ""} else str(value)
