"""Enrolment of a laptop at central with a joining code, and re-enrolment with a new one."""

import uuid
from typing import TYPE_CHECKING

from phb_tui.errors import CentralRefused, RuleBroken
from phb_tui.services.session import Joining, Nurse, Session
from phb_tui.store import key_values

if TYPE_CHECKING:
    from phb_tui.sync.http_client import HttpCentral
    from phb_tui.sync.protocol import Enrolment

NOT_JOINED = "This laptop has to join your team again. Ask your team lead for a joining code. Nothing is lost."


def read_code(code: str) -> Joining:
    """Parse a joining code.

    Raises:
        RuleBroken: It is not one, or a part is missing.
    """
    from phb_tui.sync import joining_code  # noqa: PLC0415 - seldom

    said = joining_code.decode(code)
    # A laptop that joins again keeps its name; a new one makes its own, so that it can work before it has joined.
    device_id, nurse = said.device_id or str(uuid.uuid4()), Nurse(said.staff_id, said.name, said.role)
    return Joining(said.address, said.team_id, device_id, said.secret, said.central_key, nurse)


def join_again(session: Session, code: str) -> None:
    """Save a new joining code; the next exchange enrols with it and a new key.

    Raises:
        RuleBroken: It is not a code, or one for another laptop or somebody else.
        NotSaved: The disk refuses.
    """
    joining = read_code(code)
    if joining.team_id != session.team_id or joining.nurse.id != session.nurse.id:
        raise RuleBroken("This joining code is for someone else or for another team. Ask for one of your own.", "code")
    if joining.device_id != device_number(session):
        raise RuleBroken(
            "This joining code is for a new laptop. Ask your team lead for a code for this one, by its number: "
            f"{device_number(session)}",
            "code",
        )
    from phb_tui.sync import signing  # noqa: PLC0415 - seldom

    about = {
        "central": joining.address,
        "central_key": joining.central_key,
        "code": joining.code,
        "device_key": signing.new_key()[0],
    }
    key_values.put(session.store.db, about)


def join(session: Session, client: "HttpCentral", key: str) -> None:
    """Enrol with the joining code, unless the laptop is enrolled already.

    Raises:
        CentralUnreachable, CentralNonsense, CentralBusy, CentralRefused: Each with a sentence.
    """
    found = enrolment(session, key)
    if found is not None:
        client.enrol(found)
        joined(session)


def enrolment(session: Session, key: str) -> "Enrolment | None":
    """What this laptop joins with, when it has not joined yet.

    Args:
        session: The session; its second connection is used.
        key: This laptop's private key in hex.
    """
    code = key_values.get(session.store.sync_db, "code")
    if not code:
        return None
    from phb_tui.sync.protocol import Enrolment  # noqa: PLC0415
    from phb_tui.sync.signing import KEY_LETTERS, public_key  # noqa: PLC0415

    public = public_key(key)[:KEY_LETTERS]
    return Enrolment(session.team_id, device_id(session), public, code, f"{session.nurse.name}'s laptop")


def joined(session: Session) -> None:
    """Save that central enrolled this laptop, and discard the one-time code.

    Raises:
        NotSaved: The disk refuses.
    """
    if key_values.get(session.store.sync_db, "code"):
        key_values.put(session.store.sync_db, {"code": ""})


def device_id(session: Session) -> str:
    """Id of this laptop at central; it changes after the store was restored from an older copy."""
    return key_values.get(session.store.sync_db, "device_id") or session.device_id


def device_number(session: Session) -> str:
    """Id of this laptop at central, for its user to tell the team lead; read on the screens' connection."""
    return key_values.get(session.store.db, "device_id") or session.device_id


def device_key(session: Session) -> str:
    """This laptop's private key, in hex.

    Raises:
        CentralRefused: It has none, because it was set up by a version that had no keys.
    """
    key = key_values.get(session.store.sync_db, "device_key")
    if not key:
        raise CentralRefused(NOT_JOINED)
    return key
