"""Who works in the team, as central last said: names in place of staff ids, and the teams a person can go to."""

from collections.abc import Mapping

from phb_tui.domain.records.changes import HANDOVER, TO_TEAM, Record
from phb_tui.i18n import _
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from phb_tui.store import device_status, records


def names(session: Session) -> dict[str, str]:
    """Everybody's name by staff id; whoever is not known here is not in it."""
    nurse = session.nurse
    return printed_names(session) | {nurse.id: _("{name} (you)").format(name=nurse.name)}


def printed_names(session: Session) -> dict[str, str]:
    """Everybody's name by staff id as a paper has it, where nobody is "you"."""
    named = {str(row[0]): str(row[1]) for row in _listed(session, "people")}
    return named | {session.nurse.id: session.nurse.name}


def who(known: Mapping[str, str], staff_id: str) -> str:
    """Somebody's name, or their staff id when central did not say it yet."""
    return known.get(staff_id) or staff_id or _("not known")


def teams(session: Session) -> list[tuple[str, str]]:
    """The id and name of every other team, as central last said."""
    return [(str(row[0]), str(row[1])) for row in _listed(session, "teams")]


def hand_over(session: Session, person_id: str, team_id: str) -> None:
    """Hand a person over to another team. It happens at central when this is sent.

    Raises:
        NotSaved: The disk refuses.
    """
    editing.save(session, editing.new_record(session, HANDOVER, person_id), {TO_TEAM: team_id})


def leaving_for(session: Session, person_id: str) -> str:
    """The name of the team a person will be handed over to with the next exchange; "" for none."""
    found = records.of_person(session.store.db, session.team_id, person_id, HANDOVER)
    last: Record | None = found[-1] if found else None
    if last is None:
        return ""
    to = last.text(TO_TEAM)
    if to == session.team_id:  # that is how the person came here
        return ""
    return dict(teams(session)).get(to, to)


def _listed(session: Session, name: str) -> list[list[object]]:
    found = device_status.colleagues(session.store.db).get(name, [])
    return found if isinstance(found, list) else []
