"""Device registry: enrolment codes, enrolled laptops, their keys and remote commands to them."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pydantic import ValidationError

from phb_tui.central.auth import roles
from phb_tui.central.storage import audit_log
from phb_tui.central.storage.models import CENTRAL, REPLACED, Device, EnrolmentCode, Staff
from phb_tui.central.storage.repository import Repository, Storage, is_identifier
from phb_tui.domain.calendar.timestamps import utc
from phb_tui.errors import CentralRefused, PutBack, SettingsProblem
from phb_tui.sync import signing
from phb_tui.sync.joining_code import JoiningCode
from phb_tui.sync.protocol import Enrolment

CODE_DAYS = 7
LONGEST_LABEL = 100
MAX_CACHED_KEYS = 100_000
"""How many public keys are cached."""
NO_CODE = "This joining code is not good any more. Ask your team lead for a new one. Nothing on the laptop is lost."
STATE_AFTER = {"lock": "locked", "release": "active", "wipe": "wiped"}
"""The state of a device after each remote command."""
ALSO_FOR = {"lock": ("active",), "release": ("locked",), "wipe": ("active", "locked", "revoked")}
"""The states in which a laptop's other device ids get a remote command too."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The reply to a laptop that has enrolled.

    Attributes:
        staff_id: Whose laptop it is.
        name: Their name.
        role: Their role, a key of `roles.ROLES`.
        team: The team's name.
    """

    staff_id: str
    name: str
    role: str
    team: str


class DeviceRegistry:
    """Adds teams and staff, enrols, commands and revokes devices, and finds their public keys.

    Args:
        storage: Central's storage.
        now: Returns the current time.
        public_key: Central's own, in hex; laptops verify remote commands with it.
    """

    def __init__(self, storage: Storage, now: Callable[[], datetime], public_key: str) -> None:
        self._storage, self._now, self.public_key = storage, now, public_key
        self._keys: dict[tuple[str, str], str] = {}

    def add_team(self, team_id: str, name: str) -> None:
        """Add a team.

        Raises:
            SettingsProblem: The id is taken, or has characters that ids do not have.
        """
        if not is_identifier(team_id):
            raise SettingsProblem("A team's id has letters, figures, dots and dashes, and no spaces.")

        def work(repository: Repository) -> None:
            if repository.team(team_id):
                raise SettingsProblem("There is a team with this id already.")
            repository.add_team(team_id, name)
            audit_log.append(repository, team_id, utc(self._now()), "administrator", "added the team")

        self._storage.write({team_id}, work)

    def add_staff(self, team_id: str, staff: Staff) -> tuple[str, str]:
        """Add a staff member to a team, or change their name or role.

        Args:
            team_id: The team.
            staff: The staff member; with the role "" they keep theirs, and a new one is a nurse advisor.

        Returns:
            Their role before, "" for a new staff member, and their role now.

        Raises:
            SettingsProblem: There is no such team or role.
        """
        if staff.role not in {"", *roles.ROLES}:
            raise SettingsProblem(f"There is no role of this name. The roles are: {', '.join(roles.ROLES)}.")
        if not is_identifier(staff.staff_id):
            raise SettingsProblem("A staff id has letters, figures, dots and dashes, and no spaces.")

        def work(repository: Repository) -> tuple[str, str]:
            repository.lock_team(team_id)  # so that no exchange runs while the role changes
            _require_team(repository, team_id)
            known = repository.staff_member(team_id, staff.staff_id)
            was = known.role if known else ""
            now, at = staff.role or was or roles.NURSE_ADVISOR, utc(self._now())
            repository.save_staff(team_id, replace(staff, role=now))
            what = "gave another name" if now == was else f"made a {now}"
            audit_log.append(repository, team_id, at, "administrator", what, staff.staff_id)
            return was, now

        return self._storage.write({team_id}, work)

    def create_enrolment_code(
        self, address: str, team_id: str, staff_id: str, device_id: str = "", by: str = "administrator"
    ) -> str:
        """Create an enrolment code that is valid once, for `CODE_DAYS` days.

        Args:
            address: Central's address, for the laptop.
            team_id: The team.
            staff_id: Whose laptop it will be.
            device_id: The laptop that enrols again with a new key; "" for a new one.
            by: The staff id of who creates the code, for the audit log.

        Raises:
            SettingsProblem: There is no such team, staff member or laptop.
        """
        secret = secrets.token_urlsafe(24)
        now = self._now()

        def work(repository: Repository) -> Staff:
            _require_team(repository, team_id)
            staff = repository.staff_member(team_id, staff_id)
            if staff is None:
                raise SettingsProblem("Nobody of this staff id works in the team. Add them first: phb-central staff")
            if staff.role not in roles.WRITERS:
                raise SettingsProblem(
                    f"Someone whose role is {staff.role} has no laptop. Give them another role first."
                )
            if device_id and repository.device(team_id, device_id) is None:
                raise SettingsProblem("There is no laptop with this id in the team. See: phb-central devices")
            expires = utc(now + timedelta(days=CODE_DAYS))
            repository.add_code(team_id, code_hash(secret), EnrolmentCode(staff_id, device_id, expires, ""), by)
            audit_log.append(repository, team_id, utc(now), by, "made a joining code", staff_id)
            return staff

        staff = self._storage.write({team_id}, work)
        try:
            made = JoiningCode(
            address=address, team_id=team_id, secret=secret, central_key=self.public_key, staff_id=staff.staff_id,
            name=staff.name, role=staff.role, device_id=device_id,
        )  # fmt: skip
        except ValidationError as error:
            raise SettingsProblem(
                "A joining code needs the team server's address, and a name for whom it is."
            ) from error
        return made.encode()

    def enrol(self, request: Enrolment) -> Enrolled:
        """Enrol a laptop with a code; repeating the request with the same key and code gets the same reply.

        Raises:
            CentralRefused: The code is unknown, used, expired or for another laptop.
        """
        signing.public(request.public_key)
        if not is_identifier(request.device_id) or not is_identifier(request.team_id) or request.device_id == CENTRAL:
            raise CentralRefused(NO_CODE)
        at = utc(self._now())

        def work(repository: Repository) -> Enrolled:
            code = repository.code(request.team_id, code_hash(request.code))
            team = repository.team(request.team_id)
            if code is None or team is None or code.device_id not in {"", request.device_id}:
                raise CentralRefused(NO_CODE)
            staff = repository.staff_member(request.team_id, code.staff_id)
            known = repository.device(request.team_id, request.device_id)
            again = known is not None and known.public_key == request.public_key and known.staff_id == code.staff_id
            if staff is None or (code.used_at and not again) or (code.expires_at < at and not code.used_at):
                raise CentralRefused(NO_CODE)
            if why := roles.may_not_exchange(staff.role):
                raise CentralRefused(why)
            if not code.used_at:
                if known and code.device_id:  # it enrols again with a new key
                    _revoke_other_names(repository, known)  # the old key becomes invalid under every device id
                    repository.replace_key(request.team_id, request.device_id, request.public_key)
                elif known:
                    raise CentralRefused(NO_CODE)
                else:
                    repository.add_device(_device(request, staff, at))
                repository.mark_code_used(request.team_id, code_hash(request.code), at)
                audit_log.append(
                    repository, request.team_id, at, staff.staff_id, "joined with a laptop", request.device_id
                )
            return Enrolled(staff.staff_id, staff.name, staff.role, team.name)

        return self._storage.write({request.team_id}, work)

    def known_key_of(self, team_id: str, device_id: str) -> str:
        """A laptop's public key from the cache, if it is there; the sync service checks that it is still current.

        Raises:
            CentralRefused: There is no such laptop.
        """
        return self._keys.get((team_id, device_id)) or self.public_key_of(team_id, device_id)

    def public_key_of(self, team_id: str, device_id: str) -> str:
        """A laptop's current public key in hex, from the database.

        Raises:
            CentralRefused: There is no such laptop.
        """
        device = self._storage.read({team_id}, lambda repository: repository.device(team_id, device_id))
        if device is None:
            raise PutBack(
                "The team server does not know this laptop. Ask your team lead for a joining code.", unknown=True
            )
        if len(self._keys) >= MAX_CACHED_KEYS:
            self._keys.clear()
        self._keys[team_id, device_id] = device.public_key
        return device.public_key

    def send_command(self, team_id: str, device_id: str, what: str, by: str = "administrator") -> None:
        """Lock, release or wipe a laptop: at once at central, and on the laptop at its next exchange.

        Raises:
            SettingsProblem: There is no such laptop or command.
        """
        if what not in STATE_AFTER:
            raise SettingsProblem(f"A laptop can be told to {', '.join(STATE_AFTER)}.")

        def work(repository: Repository) -> None:
            device, at = _require_device(repository, team_id, device_id), utc(self._now())
            for name in _names_of(repository, device, *ALSO_FOR[what]):
                repository.save_device_state(team_id, name, STATE_AFTER[what])
                repository.add_command(team_id, name, secrets.token_hex(8), what, at, by)
                audit_log.append(repository, team_id, at, by, f"ordered: {what}", name)

        self._storage.write({team_id}, work)

    def revoke(self, team_id: str, device_id: str, by: str = "administrator") -> None:
        """Revoke a laptop: its further changes are quarantined, it gets no records, and it locks itself.

        Raises:
            SettingsProblem: There is no such laptop.
        """

        def work(repository: Repository) -> None:
            device, at = _require_device(repository, team_id, device_id), utc(self._now())
            for name in _names_of(repository, device, "active", "locked"):
                repository.save_device_state(team_id, name, "revoked")
                repository.add_command(team_id, name, secrets.token_hex(8), "lock", at, by)
                audit_log.append(repository, team_id, at, by, "ended a laptop's access", name)

        self._storage.write({team_id}, work)


def code_hash(secret: str) -> str:
    """The SHA-256 of an enrolment code's secret, in hex; the secret itself is not stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _device(request: Enrolment, staff: Staff, at: str) -> Device:
    shown = "".join(letter if letter.isprintable() else " " for letter in request.label)
    label = " ".join(shown.split())[:LONGEST_LABEL] or f"{staff.name}'s laptop"
    d, key = request.device_id, request.public_key
    return Device(request.team_id, d, staff.staff_id, label, key, "active", 0, "", at, "", staff.role)


def _revoke_other_names(repository: Repository, device: Device) -> None:
    """Revoke the other device ids of a laptop that was restored from a backup."""
    for name in _names_of(repository, device, "active", REPLACED):
        if name != device.device_id:
            repository.save_device_state(device.team_id, name, "revoked")


def _names_of(repository: Repository, device: Device, *states: str) -> list[str]:
    """A device id and the same laptop's others in these states: whoever has its key can sign with each (decision 0016).

    The laptop was restored from a backup, perhaps more than once, so more than one of its device ids may be active.
    """
    others = [
        other.device_id
        for other in repository.devices(device.team_id)
        if (other.public_key, other.staff_id) == (device.public_key, device.staff_id)
        and other.device_id != device.device_id
        and other.state in states
    ]
    return [device.device_id, *others]


def _require_team(repository: Repository, team_id: str) -> None:
    if repository.team(team_id) is None:
        raise SettingsProblem("There is no team with this id. Add it first: phb-central add-team")


def _require_device(repository: Repository, team_id: str, device_id: str) -> Device:
    _require_team(repository, team_id)
    found = repository.device(team_id, device_id)
    if found is None:
        raise SettingsProblem("There is no laptop with this id in the team. See: phb-central devices")
    return found
