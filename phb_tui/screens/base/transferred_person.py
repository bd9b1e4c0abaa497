"""The person that a screen shows, also after they were transferred to another team."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from phb_tui.errors import UnknownRecord

if TYPE_CHECKING:
    from phb_tui.domain.records.changes import Record
    from phb_tui.screens.base.protocols import AboutPerson


def person_of(screen: AboutPerson) -> Record | None:
    """The screen's person; of a transferred person, the record as last known here."""
    with suppress(UnknownRecord):
        screen.last_known = screen.person()
    return screen.last_known


def was_transferred(screen: AboutPerson) -> bool:
    """Return whether another team now has the screen's person; if so, save what was typed and show a notice."""
    person = person_of(screen)
    if person is None:
        return False
    from phb_tui.services.person import caseload  # noqa: PLC0415 - the unlock screen comes here and needs no services

    team = caseload.transferred_to(screen.session, person.record_id)
    if team and screen.is_current and screen.phb_app.autosaver.save_all():
        screen.phb_app.show_transferred(person, team)
    return bool(team)
