"""One request with everything that was asked and decided, to be read."""

from __future__ import annotations

from textual.content import Content

from phb_tui.i18n import N_
from phb_tui.screens.base.reader import Reader
from phb_tui.screens.decision.request_lines import lines
from phb_tui.services.decision import standing
from phb_tui.services.records import editing


class DecisionPageScreen(Reader):
    """Shows one request: what the person asked for, what was looked at, each decision in full, and the telling.

    Args:
        person_id: The person.
        request_id: The request.
    """

    TITLE = N_("What was asked and decided")
    HELP = N_("All of one request and of what was decided about it. The arrows and PgDn move down. Esc goes back.")

    def __init__(self, person_id: str, request_id: str) -> None:
        super().__init__(person_id)
        self._request_id = request_id

    def words(self) -> Content:
        """The text of the page."""
        request = editing.read(self.session, "request", self._request_id, self.person_id)
        return Content("\n").join(lines(self.session, standing.of(self.session, request), hides=self.hides))
