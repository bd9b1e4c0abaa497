"""The team lead's pages about laptops: the list, one of them, asking once more, and a joining code."""

from dataclasses import dataclass

from phb_tui.central.auth import roles
from phb_tui.central.storage.models import Device
from phb_tui.central.storage.repository import Repository
from phb_tui.central.web.views.escaping import escape
from phb_tui.central.web.views.layout import form, moment, table

STATES = {
    "active": "in use",
    "locked": "locked",
    "wiped": "closed for good",
    "revoked": "access has ended",
    "replaced": "put back to an older copy; goes on under another number",
}
ORDERS = {"lock": "to lock itself", "release": "to be used again", "wipe": "to close for good"}


@dataclass(frozen=True, slots=True)
class Act:
    """Something a team lead can do about a laptop.

    Attributes:
        name: What it is called.
        means: What will happen, in a sentence or two.
        to: The states of a laptop to which it can be done.
    """

    name: str
    means: str
    to: frozenset[str]


ACTS = {
    "lock": Act(
        "Lock this laptop",
        "Central keeps the laptop out at once. The laptop locks when it next asks. Nothing on it is lost, and you can "
        "release it again.",
        frozenset({"active"}),
    ),
    "release": Act(
        "Release this laptop",
        "Central lets the laptop in again, and whoever it belongs to can go on with what is on it.",
        frozenset({"locked"}),
    ),
    "wipe": Act(
        "Close this laptop for good",
        "Central keeps the laptop out at once. When it next asks it locks, and nobody can open it with its passphrase "
        "any more. What it has sent is safe.",
        frozenset({"active", "locked", "revoked"}),
    ),
    "end": Act(
        "End this laptop's access",
        "Central lets the laptop in no more. It locks, it gets nothing, and what it still sends is kept aside for you. "
        "To use it again it has to join again with a new code.",
        frozenset({"active", "locked", "wiped"}),
    ),
    "code": Act(
        "Make a code to join again",
        "With the code this laptop joins again, with a new key, as the same laptop. The code is good once within a "
        "week. The old key is good no more from then on.",
        frozenset({"active", "locked", "wiped", "revoked"}),
    ),
}
"""What can be done, by its address."""


def listing(tables: Repository, team_id: str) -> str:
    """A team's laptops."""
    names = {one.staff_id: one.name for one in tables.staff(team_id)}
    rows = [
        f"<tr><td>{_link(device)}</td><td>{escape(_whose(device, names))}</td><td>{escape(moment(device.seen_at))}</td>"
        f"<td>{device.last_op:,}</td><td>{escape(STATES.get(device.state, device.state))}</td></tr>"
        for device in tables.devices(team_id)
    ]
    heads = ("Laptop", "Whose", "Last here", "Changes", "State")
    found = table("Laptops that have joined. Choose one to lock, wipe or end it.", heads, rows)
    return (
        f"{found if rows else '<p>No laptop has joined yet.</p>'}<h2>A new laptop</h2>"
        f'<p><a class="button" href="/team/{escape(team_id)}/code">Make a joining code</a></p>'
    )


def one(tables: Repository, device: Device) -> str:
    """One laptop, and what can be done about it."""
    names = {one.staff_id: one.name for one in tables.staff(device.team_id)}
    waiting = [
        f"{ORDERS.get(what, what)}, since {moment(at)}"
        for _id, what, at in tables.pending_commands(device.team_id, device.device_id)
    ]
    about = {
        "Whose": _whose(device, names),
        "State": STATES.get(device.state, device.state),
        "Last here": moment(device.seen_at),
        "Changes it sent": f"{device.last_op:,}",
        "Joined": moment(device.enrolled_at),
        "Its id": device.device_id,
        "Told, and not done yet": "; ".join(waiting) or "nothing",
    }
    words = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in about.items())
    acts = "".join(
        f'<li><a href="{_address(device)}/{what}">{escape(act.name)}</a></li>'
        for what, act in ACTS.items()
        if device.state in act.to
    )
    return f"<dl>{words}</dl><h2>What you can do</h2><ul>{acts}</ul>{back(device.team_id)}"


def ask(device: Device, what: str, token: str) -> str:
    """Whether somebody really wants to do something about a laptop, and what it means."""
    act = ACTS[what]
    look = "hard" if what in {"wipe", "end"} else ""
    sent = form(f"{_path(device)}/{what}", token, f'<button class="{look}">{escape(act.name)}</button>')
    return (
        f"<h2>{escape(act.name)}</h2><p>{escape(act.means)}</p>"
        f'{sent}<p><a href="{_address(device)}">Do nothing, go back</a></p>'
    )


def ask_whose(tables: Repository, team_id: str, token: str) -> str:
    """Whose a new laptop will be."""
    people = "".join(
        f'<option value="{escape(one.staff_id)}">{escape(one.name)}, {escape(one.role)}</option>'
        for one in tables.staff(team_id)
        if one.role in roles.WRITERS  # nobody else has anything to do with a laptop
    )
    inside = (
        f'<p><label for="staff">Whose laptop will it be?</label><br><select id="staff" name="staff" required>{people}'
        "</select></p><p><button>Make the code</button></p>"
    )
    return (
        "<p>The code is shown once. It is good once, within a week. Whoever has it can join as this person, so give it "
        f"to nobody else.</p>{form(f'/team/{team_id}/code', token, inside)}{back(team_id)}"
    )


def code(team_id: str, words: str, whose: str) -> str:
    """A joining code, which is shown this once."""
    return (
        f"<p>Give this code to {escape(whose)}. It is shown only now, and is good once within a week.</p>"
        f'<p class="code" id="code">{escape(words)}</p>{back(team_id)}'
    )


def back(team_id: str) -> str:
    """The way back to the list."""
    return f'<p><a href="/team/{escape(team_id)}/laptops">All laptops</a></p>'


def _whose(device: Device, names: dict[str, str]) -> str:
    return names.get(device.staff_id, "somebody who left")


def _link(device: Device) -> str:
    return f'<a href="{_address(device)}">{escape(device.label)}</a>'


def _address(device: Device) -> str:
    return escape(_path(device))


def _path(device: Device) -> str:
    return f"/team/{device.team_id}/laptops/{device.device_id}"
