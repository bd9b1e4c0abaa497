"""Whose record a screen shows, also when another team has the person by now."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from phb_tui.errors import UnknownRecord

if TYPE_CHECKING:
    from phb_tui.domain.records.changes import Record
    from phb_tui.screens.base.protocols import AboutPerson


def whose(screen: AboutPerson) -> Record | None:
    """Whose record it is; of somebody another team has now, what was last known here."""
    with suppress(UnknownRecord):
        screen.last_known = screen.person()
    return screen.last_known


def someone_left(screen: AboutPerson) -> bool:
    """Whether another team has the screen's person now; if so, what was typed is kept and a page says it."""
    person = whose(screen)
    if person is None:
        return False
    from phb_tui.services.person import caseload  # noqa: PLC0415 - the unlock screen comes here and needs no services

    team = caseload.gone_to(screen.session, person.record_id)
    if team and screen.is_current and screen.host.autosaver.leave_all():
        screen.host.left(person, team)
    return bool(team)
