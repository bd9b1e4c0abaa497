"""Staff administration: links sign-in identities to staff members and ends their access."""

import secrets
from collections.abc import Callable
from datetime import datetime

from phb_tui.central.storage import audit_log
from phb_tui.central.storage.repository import Repository, Storage
from phb_tui.domain.calendar.timestamps import utc
from phb_tui.errors import SettingsProblem

LONGEST_SUBJECT = 255
"""The longest subject identifier, in ASCII characters (OpenID Connect Core 1.0, section 2)."""


class StaffAdmin:
    """Links and removes staff, for the administrator's command line.

    Args:
        storage: Central's storage.
        now: Returns the current time.
    """

    def __init__(self, storage: Storage, now: Callable[[], datetime]) -> None:
        self._storage, self._now = storage, now

    def link_identity(self, team_id: str, staff_id: str, subject: str) -> None:
        """Link a subject to a staff member, so that they can sign in; it replaces the subject linked before.

        Args:
            team_id: The team.
            staff_id: The staff member.
            subject: The provider's id for them; "" to unlink, so that they can no longer sign in.

        Raises:
            SettingsProblem: There is no such staff member, or the subject is linked to somebody else.
        """
        if len(subject) > LONGEST_SUBJECT or not subject.isprintable():
            raise SettingsProblem("This is not what a provider calls somebody. Copy it from the page they see.")

        def work(repository: Repository) -> None:
            _lock_and_require_staff(repository, team_id, staff_id)
            known = repository.membership(team_id, subject)
            if known and known.staff_id != staff_id:
                raise SettingsProblem("Somebody else of the team signs in as this. Take it from them first: --remove")
            if known is None:  # linking the same subject again does not revive its old sessions
                repository.remove_sign_ins(team_id, staff_id)
                if subject:
                    repository.add_sign_in(team_id, subject, staff_id)
            what = "let sign in" if subject else "let sign in no more"
            audit_log.append(repository, team_id, utc(self._now()), "administrator", what, staff_id)

        self._storage.write({team_id}, work)

    def remove(self, team_id: str, staff_id: str) -> int:
        """Remove a staff member: unlink their sign-in, invalidate their codes and revoke their laptops.

        Returns:
            How many laptops were revoked.

        Raises:
            SettingsProblem: There is no such staff member.
        """

        def work(repository: Repository) -> int:
            _lock_and_require_staff(repository, team_id, staff_id)
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


def _lock_and_require_staff(repository: Repository, team_id: str, staff_id: str) -> None:
    if repository.lock_team(team_id) is None or repository.staff_member(team_id, staff_id) is None:
        raise SettingsProblem("Nobody of this staff id works in the team. Add them first: phb-central staff")
