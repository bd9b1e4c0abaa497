"""Team roster from central: names by staff id, and the teams a person can be transferred to."""

from collections.abc import Mapping

from phb_tui.domain.decision.limits import PANEL
from phb_tui.domain.records.changes import HANDOVER, TO_TEAM, Record
from phb_tui.i18n import _
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from phb_tui.store import device_status, records

ROLE = 2
"""Place of the role among what the roster says of somebody."""


def names(session: Session) -> dict[str, str]:
    """Names by staff id; unknown staff are missing."""
    nurse = session.nurse
    return printed_names(session) | {nurse.id: _("{name} (you)").format(name=nurse.name)}


def printed_names(session: Session) -> dict[str, str]:
    """Names by staff id for documents, where nobody is called "you"."""
    named = {str(row[0]): str(row[1]) for row in _listed(session, "people")}
    return named | {session.nurse.id: session.nurse.name}


def name_of(known: Mapping[str, str], staff_id: str) -> str:
    """The name of a member of staff, or the staff id when it is unknown."""
    return known.get(staff_id) or staff_id or _("not known")


def roles(session: Session) -> dict[str, str]:
    """Roles by staff id, as central last sent them; unknown staff are missing."""
    return {str(row[0]): str(row[2]) for row in _listed(session, "people") if len(row) > ROLE}


def decider_name(session: Session, staff_id: str) -> str:
    """The name of who decides, by a staff id or "panel"; the id where it is not known."""
    return _("the panel") if staff_id == PANEL else name_of(printed_names(session), staff_id)


def teams(session: Session) -> list[tuple[str, str]]:
    """Id and name of every other team."""
    return [(str(row[0]), str(row[1])) for row in _listed(session, "teams")]


def transfer(session: Session, person_id: str, team_id: str) -> None:
    """Transfer a person to another team; it takes effect at central with the next exchange.

    Raises:
        NotSaved: The disk refuses.
    """
    editing.save(session, editing.new_record(session, HANDOVER, person_id), {TO_TEAM: team_id})


def pending_transfer(session: Session, person_id: str) -> str:
    """Name of the team a person will be transferred to with the next exchange; "" for none."""
    found = records.of_person(session.store.db, session.team_id, person_id, HANDOVER)
    last: Record | None = found[-1] if found else None
    if last is None:
        return ""
    to = last.text(TO_TEAM)
    if to == session.team_id:  # that is how the person came here
        return ""
    return dict(teams(session)).get(to, to)


def _listed(session: Session, name: str) -> list[list[object]]:
    found = device_status.roster(session.store.db).get(name, [])
    return found if isinstance(found, list) else []
