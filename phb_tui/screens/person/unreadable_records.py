"""Lists the records about a person that cannot be shown as they should, each with the reason."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from phb_tui.i18n import N_, _
from phb_tui.screens.base.reader import Reader
from phb_tui.services.person import unreadable_records


class UnreadableRecordsScreen(Reader):
    """Read-only page of unreadable records with their reasons.

    Args:
        person_id: The person.
    """

    TITLE = N_("What cannot be shown as it should")
    HELP = N_(
        "These records came from another laptop or a newer phb-tui, and this one does not understand all of them. "
        "Nothing is lost, and they are shown as they are. Ask your IT team for the newest phb-tui, or open the record "
        "and put it right."
    )
    FAMILY_SAFE = False

    def staff_only(self) -> bool:
        """Return True: records of every kind are listed, also those for staff."""
        return True

    def words(self) -> Content:
        """Each record with its reason."""
        found = unreadable_records.of_person(self.session, self.person_id)
        if not found:
            return Content(_("Everything about this person can be shown as it should."))
        return Content("\n").join(line for one in found for line in self._lines(one))

    @staticmethod
    def _lines(one: unreadable_records.UnreadableRecord) -> Iterable[Content]:
        yield Content.styled(one.what, "bold")
        yield Content(f"  {one.why}")
        yield Content("")
