"""Possible duplicates: records with the same NHS number, or the same name and date of birth."""

from dataclasses import dataclass

from phb_tui.domain.people import person_facts
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.services.session import Session
from phb_tui.store import records
from phb_tui.store.people import caseload


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """Another person's record that may be of the same person.

    Attributes:
        person: Their record.
        number: Whether they have the same NHS number; else the same name and date of birth.
    """

    person: Record
    number: bool

    @property
    def sentence(self) -> str:
        """A sentence with what is the same and who they are."""
        who = person_facts.identity(self.person)
        if self.number:
            return _("Someone else here already has this NHS number: {who}").format(who=who)
        return _("There is already someone of this name and date of birth: {who}").format(who=who)


def of_person(session: Session, person_id: str) -> list[PossibleDuplicate]:
    """All possible duplicates of a person on this laptop; those with the same NHS number first."""
    found = caseload.possible_duplicates(session.store.db, session.team_id, person_id)
    there = ((records.get(session.store.db, session.team_id, alike.record_id), alike.number) for alike in found)
    return [PossibleDuplicate(record, number) for record, number in there if record is not None]
