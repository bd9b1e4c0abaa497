"""Quarantine: changes that central rejected, each with its content, the reason and the possible actions."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.lists.line_list import LineList
from phb_tui.screens.widgets.read_only import ScrollPage
from phb_tui.services.sync import outbox
from phb_tui.services.sync.outbox import QuarantinedChange

PARTS = ("decisions", "payments")
"""Parts of a person where a refused change is mended; the id of the line that opens one begins so."""


class QuarantineScreen(BaseScreen):
    """Shows rejected changes one by one."""

    TITLE = N_("Changes the team server could not accept")
    HELP = N_(
        "The team server could not accept this change, and says why. Nothing is lost: the words are here and at the "
        "team server, and your team lead can see them there. Write them again if they still matter, or mark the "
        "change as dealt with."
    )
    AUTO_FOCUS = "#what-next"
    CSS_PATH = "sync_overview.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._all: list[QuarantinedChange] = []

    def compose_body(self) -> ComposeResult:
        """Compose one change and its actions."""
        with ScrollPage(id="told"):
            yield Static("", id="kept-aside", classes="note")
        yield LineList(id="what-next")

    def heading(self) -> str:
        """The number of rejected changes."""
        if len(self._all) > 1:
            return _("Changes the team server could not accept: 1 of {all}").format(all=len(self._all))
        return _(str(self.TITLE))

    def reload(self) -> None:
        """Read the changes that are left."""
        self._all = outbox.quarantined(self.session)
        told, choose = self.query_one("#kept-aside", Static), self.query_one("#what-next", LineList)
        if not self._all:
            told.update(_("The team server accepted everything."))
            choose.begin([Option(_("Go back"), id="back")])
        else:
            told.update(_words(self._all[0]))
            # The number says which change is shown, so that nothing chosen for one of them is done to another.
            shown = self._all[0].op_no
            choose.refill(
                [
                    *_mended(self._all[0]),
                    Option(_("Mark as dealt with"), id=f"seen-{shown}"),
                    Option(_("Leave it for now"), id="back"),
                ]
            )

    @on(OptionList.OptionSelected, "#what-next")
    def _next(self, event: OptionList.OptionSelected) -> None:
        if event.option.id == "back":
            self.action_back()
            return
        what, _dash, number = str(event.option.id).partition("-")
        chosen = next((aside for aside in self._all if str(aside.op_no) == number), None)
        if chosen is None:
            return
        if what in PARTS:
            self.phb_app.open_part(chosen.change.person_id or "", what)
            return
        do = outbox.save_again if what == "write" else outbox.mark_handled
        try:
            do(self.session, chosen)
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.refresh_status()
        self.reload()
        self.query_one("#what-next", LineList).highlighted = 0  # another change, from its first line on
        self.refresh_frame()


def _mended(found: QuarantinedChange) -> Iterator[Option]:
    """The line that mends a refused change; none where the same words could only be refused again."""
    if found.is_about_a_decision:
        yield Option(_("Open what was asked and decided"), id=f"decisions-{found.op_no}")
    elif found.is_about_a_payment:
        yield Option(_("Open the payments"), id=f"payments-{found.op_no}")
    elif found.may_be_written_again:
        again = _("Keep it as the next version") if found.version else _("Write it again")
        yield Option(again, id=f"write-{found.op_no}")


def _words(found: QuarantinedChange) -> Content:
    head = " - ".join(part for part in (found.name, found.what) if part)
    nothing = _("(nothing)")
    written = "\n".join(f"{label}: {words or nothing}" for label, words in found.words)
    return Content.assemble((head, "bold"), f"\n{found.why}\n\n", written)
