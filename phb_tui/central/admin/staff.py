"""Who may sign in as whom, and the end of somebody's access."""

import secrets
from collections.abc import Callable
from datetime import datetime

from phb_tui.central.storage import audit_log
from phb_tui.central.storage.repository import Repository, Storage
from phb_tui.domain.calendar.timestamps import utc
from phb_tui.errors import SettingsProblem

LONGEST_SUBJECT = 255
"""What OpenID Connect allows a provider to call somebody."""


class StaffAdmin:
    """What an administrator does about people at work.

    Args:
        storage: Where central keeps things.
        now: The time.
    """

    def __init__(self, storage: Storage, now: Callable[[], datetime]) -> None:
        self._storage, self._now = storage, now

    def link_identity(self, team_id: str, staff_id: str, subject: str) -> None:
        """Say what the provider calls somebody, so that they can sign in; what was said before is forgotten.

        Args:
            team_id: The team.
            staff_id: Who.
            subject: The provider's name for them; "" for nobody's, so that they cannot sign in any more.

        Raises:
            SettingsProblem: There is no such person at work, or the name is somebody else's.
        """
        if len(subject) > LONGEST_SUBJECT or not subject.isprintable():
            raise SettingsProblem("This is not what a provider calls somebody. Copy it from the page they see.")

        def work(repository: Repository) -> None:
            _at_work(repository, team_id, staff_id)
            known = repository.membership(team_id, subject)
            if known and known.staff_id != staff_id:
                raise SettingsProblem("Somebody else of the team signs in as this. Take it from them first: --remove")
            if known is None:  # who is linked already stays signed out where they signed out
                repository.remove_sign_ins(team_id, staff_id)
                if subject:
                    repository.add_sign_in(team_id, subject, staff_id)
            what = "let sign in" if subject else "let sign in no more"
            audit_log.append(repository, team_id, utc(self._now()), "administrator", what, staff_id)

        self._storage.write({team_id}, work)

    def remove(self, team_id: str, staff_id: str) -> int:
        """End somebody's access: they cannot sign in, their codes are not good, and their laptops are kept out.

        Returns:
            How many laptops they had that were let in until now.

        Raises:
            SettingsProblem: There is no such person at work.
        """

        def work(repository: Repository) -> int:
            _at_work(repository, team_id, staff_id)
            at = utc(self._now())
            repository.remove_sign_ins(team_id, staff_id)
            repository.mark_staff_codes_used(team_id, staff_id, at)
            theirs = [
                device.device_id
                for device in repository.devices(team_id)
                if device.staff_id == staff_id and device.state in {"active", "locked"}
            ]
            for device_id in theirs:
                repository.save_device_state(team_id, device_id, "revoked")
                repository.add_command(team_id, device_id, secrets.token_hex(8), "lock", at, "administrator")
                audit_log.append(repository, team_id, at, "administrator", "ended a laptop's access", device_id)
            repository.remove_staff(team_id, staff_id)
            audit_log.append(repository, team_id, at, "administrator", "ended somebody's access", staff_id)
            return len(theirs)

        return self._storage.write({team_id}, work)


def _at_work(repository: Repository, team_id: str, staff_id: str) -> None:
    if repository.lock_team(team_id) is None or repository.staff_member(team_id, staff_id) is None:
        raise SettingsProblem("Nobody of this staff id works in the team. Add them first: phb-central staff")
