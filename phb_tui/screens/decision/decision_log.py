"""The log of decisions for learning, without names, searched by what was asked and why it was decided so; for staff."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from phb_tui.domain.calendar import dates
from phb_tui.i18n import N_, _, n_
from phb_tui.screens.base.reader import FocusablePage
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.widgets.field_panel import FieldPanel
from phb_tui.services.decision import decision_log
from phb_tui.services.decision.decision_log import Entry

MOST = 100
"""Entries that are shown; the search finds the others."""


class DecisionLogScreen(BaseScreen):
    """Lists every decision of the team without names, and narrows the list to the words that are typed."""

    TITLE = N_("What the team can learn from decisions")
    HELP = N_(
        "Every decision on this laptop, without names and with amounts in bands. Type words to find what was asked, "
        "what it was for, or why it was declined. Words in which someone might be named are left out. Tab goes to the "
        "list; the arrows and PgDn move down there."
    )
    AUTO_FOCUS = "#typed"
    CSS_PATH = "decision.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._all: list[Entry] = []

    def compose_body(self) -> ComposeResult:
        """Compose the search and the page."""
        yield FieldPanel(Input(id="typed"), _("Words that were asked or said"), _("For example gym, or too early"))
        yield Static("", id="how-many", classes="note", markup=False)
        with FocusablePage():
            yield Static("", id="page-words", classes="note", markup=False)

    def staff_only(self) -> bool:
        """All of it is for staff."""
        return True

    def reload(self) -> None:
        """Read the decisions again."""
        self._all = decision_log.entries(self.session)
        self._show()

    @on(Input.Changed, "#typed")
    def _show(self) -> None:
        found = decision_log.matching(self._all, self.query_one("#typed", Input).value)
        words = n_("{count} decision", "{count} decisions", len(found)).format(count=len(found))
        if len(found) > MOST:
            words = _("{words}; the newest {most} are shown").format(words=words, most=MOST)
        self.query_one("#how-many", Static).update(words)
        lines = Content("\n").join(line for entry in found[:MOST] for line in _lines(entry))
        self.query_one("#page-words", Static).update(lines)


def _lines(entry: Entry) -> Iterator[Content]:
    month = dates.in_words(entry.month)
    yield Content.styled(", ".join(part for part in (entry.outcome, entry.nature, entry.band, month) if part), "bold")
    if entry.what:
        yield Content(_("For: {what}").format(what="; ".join(entry.what)))
    for label, said in (
        (_("Asked"), entry.asked),
        (_("Why"), entry.why),
        (_("To learn"), entry.learning),
    ):
        if said:
            yield Content.styled(f"{label}: ", "$quiet") + Content(said)
    yield Content("")
