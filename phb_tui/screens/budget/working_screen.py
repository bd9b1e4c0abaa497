"""How a budget was worked out: a sentence for each amount, and where the figures come from."""

from __future__ import annotations

from phb_tui.documents.model import Document
from phb_tui.domain.people import person_facts
from phb_tui.i18n import N_, _
from phb_tui.screens.base.reader import PaperReader
from phb_tui.services.budget.shown import overview, working_text
from phb_tui.services.records import editing, record_lists


class WorkingScreen(PaperReader):
    """Shows how each line of a budget and its totals were worked out.

    Args:
        person_id: The person.
        budget_id: The budget.
    """

    TITLE = N_("How it was worked out")
    HELP = N_(
        "Each amount of the budget with the sentence that it can be checked by, with a pocket calculator. Amounts are "
        "in pounds. At the end stands where the figures of the law come from, and when they were read. The arrows and "
        "PgDn move down. Esc goes back to the budget."
    )

    def __init__(self, person_id: str, budget_id: str) -> None:
        super().__init__(person_id)
        self.budget_id = budget_id

    def staff_only(self) -> bool:
        """Whether the whole budget is for staff only."""
        return record_lists.for_staff(editing.read(self.session, "budget", self.budget_id, self.person_id))

    def paper(self) -> Document:
        """The working as a document."""
        session = self.session
        found = overview.read(session, editing.read(session, "budget", self.budget_id, self.person_id))
        name = person_facts.preferred_name(self.person()) or _("this person")
        return working_text.document(found, name, hides=self.hides)
