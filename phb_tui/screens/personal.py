"""A screen about one person."""

from __future__ import annotations

from phb_tui.domain.changes import Record
from phb_tui.screens.host import TableScreen
from phb_tui.services import caseload


class PersonalScreen(TableScreen):
    """What every screen about a person begins with.

    Args:
        person_id: The person.
    """

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self.person_id = person_id

    def person(self) -> Record:
        """Whose record this is.

        Raises:
            UnknownRecord: The person is not on this laptop.
        """
        return caseload.person(self.session, self.person_id)
