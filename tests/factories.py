"""Central for tests: a team with staff, codes to join with, and laptops that have joined."""

from datetime import UTC, datetime, timedelta

from phb_tui.central.admin.devices import code_hash
from phb_tui.central.server.factory import law_figures
from phb_tui.central.storage.models import Device, EnrolmentCode, Staff
from phb_tui.central.storage.repository import Repository, Storage
from phb_tui.services.session import Joining, Nurse
from phb_tui.sync import signing

KEY = signing.new_key()[0]
PUBLIC_KEY = signing.public_key(KEY)
"""Central's keys, the same for every test of a run."""
SIGNS = PUBLIC_KEY[: signing.KEY_LETTERS]
"""The part of the public key that checks signatures."""

LAW = law_figures()
"""The figures of the law that central works budgets out with."""

NURSE_ADVISOR = "nurse advisor"


def nurse(name: str, role: str = NURSE_ADVISOR) -> Nurse:
    """Whoever works on the laptop of this name."""
    return Nurse(f"nurse-{name}", f"Nurse {name}", role)


def joining(address: str, team_id: str, device_id: str, who: Nurse | None = None) -> Joining:
    """What a team lead gave for a laptop; its one-time code is the laptop's own name."""
    return Joining(address, team_id, device_id, device_id, PUBLIC_KEY, who or nurse(device_id))


def invite(storage: Storage, team_id: str, *people: tuple[str, Nurse]) -> None:
    """Make the team and codes for laptops, each with whose it is, as a team lead would."""
    soon = (datetime.now(UTC) + timedelta(days=1)).isoformat()

    def work(repository: Repository) -> None:
        if repository.team(team_id) is None:
            repository.add_team(team_id, "Team")
        for device_id, who in people:
            repository.save_staff(team_id, Staff(who.id, who.name, who.role))
            repository.add_code(team_id, code_hash(device_id), EnrolmentCode(who.id, device_id, soon, ""), "lead")

    storage.write({team_id}, work)


def admit(
    storage: Storage, team_id: str, device_id: str, who: Nurse, public_key: str = PUBLIC_KEY[: signing.KEY_LETTERS]
) -> None:
    """A laptop that has joined the team already."""

    def work(repository: Repository) -> None:
        if repository.team(team_id) is None:
            repository.add_team(team_id, "Team")
        repository.save_staff(team_id, Staff(who.id, who.name, who.role))
        label = f"Laptop {device_id}"
        repository.add_device(
            Device(team_id, device_id, who.id, label, public_key, "active", 0, "", "now", "", who.role)
        )

    storage.write({team_id}, work)
