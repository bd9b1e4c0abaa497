"""The team lead's pages about laptops: the list, one of them, asking once more, and a joining code."""

from dataclasses import dataclass

from phb_tui.central.auth import roles
from phb_tui.central.storage.models import Device
from phb_tui.central.storage.repository import Repository
from phb_tui.central.web.views.layout import DEVICE_STATES, TeamFrame, team_page
from phb_tui.central.web.views.uk_time import moment

CODE_TITLE = "A joining code"
ORDERS = {"lock": "to lock itself", "release": "to be used again", "wipe": "to close for good"}


@dataclass(frozen=True, slots=True)
class DeviceAction:
    """An action of a team lead on a laptop.

    Attributes:
        name: What it is called.
        means: What will happen, in a sentence or two.
        to: The states of a laptop to which it can be done.
    """

    name: str
    means: str
    to: frozenset[str]


ACTIONS = {
    "lock": DeviceAction(
        "Lock this laptop",
        "The team server keeps the laptop out at once. It locks when it next syncs. Nothing on it is lost, and you can "
        "release it again.",
        frozenset({"active"}),
    ),
    "release": DeviceAction(
        "Release this laptop",
        "The team server lets the laptop in again, and its user can go on with what is on it.",
        frozenset({"locked"}),
    ),
    "wipe": DeviceAction(
        "Close this laptop for good",
        "The team server keeps the laptop out at once. When it next syncs it locks, and its passphrase opens it no "
        "more. What it has sent is safe.",
        frozenset({"active", "locked", "revoked"}),
    ),
    "end": DeviceAction(
        "End this laptop's access",
        "The team server lets the laptop in no more. It locks, it receives nothing, and what it still sends is kept "
        "for you under Changes not accepted. To use it again it has to join again with a new code.",
        frozenset({"active", "locked", "wiped"}),
    ),
    "code": DeviceAction(
        "Make a code to join again",
        "With the code this laptop joins again, with a new key, as the same laptop. The code is good once within a "
        "week. The old key is good no more from then on.",
        frozenset({"active", "locked", "wiped", "revoked"}),
    ),
}
"""What can be done, by its address."""


def devices(repository: Repository, frame: TeamFrame) -> str:
    """A team's laptops."""
    names = {one.staff_id: one.name for one in repository.staff(frame.team_id)}
    laptops = [
        {
            "address": _address(device),
            "label": device.label,
            "whose": _owner(device, names),
            "seen": moment(device.seen_at),
            "changes": f"{device.last_op:,}",
            "state": DEVICE_STATES.get(device.state, device.state),
        }
        for device in repository.devices(frame.team_id)
    ]
    return team_page("laptops", frame, "Laptops", laptops=laptops)


def device_page(repository: Repository, device: Device, frame: TeamFrame) -> str:
    """One laptop, and what can be done about it."""
    names = {one.staff_id: one.name for one in repository.staff(device.team_id)}
    waiting = [
        f"{ORDERS.get(what, what)}, since {moment(at)}"
        for _id, what, at in repository.pending_commands(device.team_id, device.device_id)
    ]
    facts = (
        ("Used by", _owner(device, names)),
        ("Status", DEVICE_STATES.get(device.state, device.state)),
        ("Last synced", moment(device.seen_at)),
        ("Changes sent", f"{device.last_op:,}"),
        ("Joined", moment(device.enrolled_at)),
        ("Laptop id", device.device_id),
        ("Waiting for its next sync", "; ".join(waiting) or "Nothing"),
    )
    acts = [(what, act.name) for what, act in ACTIONS.items() if device.state in act.to]
    return team_page("laptop", frame, device.label, facts=facts, acts=acts, address=_address(device))


def confirm_action(device: Device, what: str, frame: TeamFrame) -> str:
    """The page that asks to confirm an action on a laptop, and says what it does."""
    act, look = ACTIONS[what], "hard" if what in {"wipe", "end"} else ""
    address = _address(device)
    return team_page(
        "confirm_command", frame, device.label, name=act.name, means=act.means, look=look, address=address, what=what
    )


def choose_staff_member(repository: Repository, frame: TeamFrame) -> str:
    """The page that asks which member of staff a new laptop is for."""
    people = [
        (one.staff_id, one.name, one.role)
        for one in repository.staff(frame.team_id)
        if one.role in roles.WRITERS  # nobody else has anything to do with a laptop
    ]
    return team_page("ask_whose_laptop", frame, CODE_TITLE, people=people)


def code(words: str, whose: str, frame: TeamFrame) -> str:
    """The page with a new joining code, which is shown only once."""
    return team_page("enrolment_code", frame, CODE_TITLE, code=words, whose=whose)


def _owner(device: Device, names: dict[str, str]) -> str:
    return names.get(device.staff_id, "Someone who left")


def _address(device: Device) -> str:
    return f"/team/{device.team_id}/laptops/{device.device_id}"
