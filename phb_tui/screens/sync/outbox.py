"""Outbox: the changes that wait to be sent, and the history of exchanges."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from phb_tui.i18n import N_, _, n_
from phb_tui.screens.base.reader import FocusablePage
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.sync import sync_phrases
from phb_tui.services.sync import outbox, sync_service

MOST = 30
"""Maximum number of people, and of exchanges, shown."""


class OutboxScreen(BaseScreen):
    """Lists the waiting changes by person, then the exchanges, newest first."""

    TITLE = N_("What waits, and what was sent")
    HELP = N_(
        "What is only on this laptop so far, person by person. Below it you see earlier syncs: what was sent, what "
        "was received, and how much that was. Nothing has to be done here."
    )
    AUTO_FOCUS = "FocusablePage"
    CSS_PATH = "../base/reader.tcss"

    def compose_body(self) -> ComposeResult:
        """Compose the page."""
        with FocusablePage():
            yield Static("", id="page-words", classes="note", markup=False)

    def reload(self) -> None:
        """Render the page again."""
        self.query_one("#page-words", Static).update(Content("\n").join(self._lines()))

    def _lines(self) -> Iterable[Content]:
        yield Content.styled(_("Waiting to be sent"), "bold underline")
        waits = outbox.waiting(self.session)
        for person in waits[:MOST]:
            count = n_("{count:,} change", "{count:,} changes", person.changes).format(count=person.changes)
            name = person.name or _("Service details")
            yield Content(f"{name}: {count}  ({', '.join(person.what)})")
        if len(waits) > MOST:
            yield Content(_("and {count:,} more people").format(count=len(waits) - MOST))
        if not waits:
            yield Content(_("Nothing. This laptop is up to date."))
        yield Content("")
        yield Content.styled(_("Earlier"), "bold underline")
        earlier = sync_service.history(self.session, MOST)
        yield from (Content(sync_phrases.line(exchange)) for exchange in earlier)
        if not earlier:
            yield Content(_("This laptop has not synced yet."))
