"""What a line of an approved budget is called, by its id, where a purchase names it."""

from phb_tui.i18n import _
from phb_tui.services.session import Session
from phb_tui.store import records

FIELD = ("purchase", "line")
"""The kind of record and the field that hold the id of a line."""
NONE = "none"
"""Kept in the place of a line: it is none of them."""
_PUT_BY = " contingency"
"""Ends the id of what is put by for emergencies, after the budget's."""
_PARTS = 4
"""Words of an id from the right, at most: the sort of line and the tax year follow the id of a record."""


def name(session: Session, line_id: str) -> str:
    """What a line is called, by the label of the newest kept version that has it; never its id."""
    if line_id == NONE:
        return _("none of the lines")
    if line_id.endswith(_PUT_BY):
        return _("Put by for emergencies")
    from phb_tui.domain.budget import version_content  # noqa: PLC0415 - only where something was paid for

    for version in _versions(session, line_id):
        for line in version_content.read_lines(version) or ():
            if line.id == line_id and line.label.strip():
                return " ".join(line.label.split())
    return _("a line of the budget")


def _versions(session: Session, line_id: str) -> list[str]:
    """The lines of the kept versions of the person whose record a line comes from, newest first."""
    db, source = session.store.db, line_id
    for _part in range(_PARTS):
        if found := records.get(db, session.team_id, source):
            kept = records.of_person(db, session.team_id, found.person_id or "", "budget_version")
            return [each.text("lines") for each in sorted(kept, key=lambda each: each.seen.seq, reverse=True)]
        source = source.rpartition(" ")[0]
    return []
