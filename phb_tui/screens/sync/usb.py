"""Exchange by USB stick, for a long time without a network."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.errors import LaptopLocked, LeaseOver, PhbError, WouldRemove
from phb_tui.i18n import N_, _
from phb_tui.screens.base.background import run_in_background
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.lists.line_list import LineList
from phb_tui.screens.sync import sync_phrases
from phb_tui.screens.widgets.field_panel import FieldPanel
from phb_tui.screens.widgets.read_only import ScrollPage
from phb_tui.services.sync import sync_service, usb_exchange
from phb_tui.system import removable_drives

PAGE = "/stick"
"""Path of central's page that takes the stick's files."""
WORKING = N_("One moment.")


class UsbScreen(BaseScreen):
    """Writes waiting changes to a USB stick and reads central's answer from it."""

    TITLE = N_("Sync with a USB stick")
    HELP = N_(
        "This is for when there is no network for a long time. What waits is written into a file on a USB stick, "
        "which only the team server can read. Anyone may carry it to a machine with a network and send it on the team "
        "server's page. The answer comes back on the stick. Doing it twice does no harm, and nothing here is lost if "
        "the stick is."
    )
    CSS_PATH = "sync_overview.tcss"
    AUTO_FOCUS = "#next"

    _asked = 0
    """Number of people that an answer would remove from this laptop and that need confirmation."""

    def compose_body(self) -> ComposeResult:
        """Compose the status, the folder and the actions."""
        with ScrollPage(id="told"):
            yield Static(Content(self._steps()), classes="note")
            yield Static("", id="going", classes="note hidden")
        found = removable_drives.removable_drives()
        folder = Input(str(found[0]) if found else "", id="folder")
        yield FieldPanel(folder, _("Where the stick is, such as D:\\ or /media/stick"))
        yield LineList(id="next")

    def _steps(self) -> str:
        page = urljoin(sync_service.address(self.session), PAGE)
        return "\n".join(
            (
                _("1. Put a stick in and write what waits on it."),
                _("2. Someone takes it to a machine with a network and opens {page} in a browser.").format(page=page),
                _("3. They send the file there and save the answer on the stick."),
                _("4. Put the stick in here again and read the answer."),
            )
        )

    def _offer(self) -> None:
        """List the actions; the removal of many people has to be confirmed first."""
        choices = [("write", _("1. Write what waits on the stick")), ("read", _("4. Read the answer from the stick"))]
        if self._asked:
            choices.insert(0, ("remove", sync_phrases.may_remove(self._asked)))
        options = [Option(words, id=name) for name, words in (*choices, ("back", _("Go back")))]
        self.query_one("#next", LineList).begin(options)

    def on_ready(self) -> None:
        """Switch the cursor's blinking off."""
        self._offer()
        self.query_one(Input).cursor_blink = False

    @on(Input.Submitted)
    def _go_on(self) -> None:
        self.set_focus(self.query_one("#next"))

    @on(OptionList.OptionSelected, "#next")
    def _next(self, event: OptionList.OptionSelected) -> None:
        session, folder = self.session, self.query_one(Input).value
        if event.option.id == "back":
            self.action_back()
        elif event.option.id == "remove":
            self._remove(folder)
        elif event.option.id == "write":
            written = _("Written: {file}")
            self._work(lambda: written.format(file=usb_exchange.write(session, folder)))
        else:
            self._work(lambda: sync_phrases.finished(usb_exchange.read(session, folder)))

    def _remove(self, folder: str) -> None:
        """Read the answer and allow its removals."""
        try:
            sync_service.allow_removals(self.session, self._asked)
        except PhbError as error:
            self._failed(error)
            return
        session = self.session
        self._work(lambda: sync_phrases.finished(usb_exchange.read(session, folder)))

    def _work(self, work: Callable[[], str]) -> None:
        """Run slow work in the background and show its result or its error."""
        self._show_message(_(WORKING))
        self.query_one("#next", OptionList).disabled = True
        run_in_background(self.phb_app, work, self._done, self._failed)

    def _done(self, told: str) -> None:
        self._offer_again(0)
        self._show_message(told)
        self._open_if_allowed()

    def _failed(self, error: PhbError) -> None:
        self._offer_again(error.people if isinstance(error, WouldRemove) else 0)
        if isinstance(error, LaptopLocked) and not (self.phb_app.locked_to_sync and isinstance(error, LeaseOver)):
            self.phb_app.lock_now()
            return
        self._show_message(_("There is a problem: {words}").format(words=error.sentence), trouble=True)
        self._open_if_allowed()

    def _offer_again(self, asked: int) -> None:
        self._asked = asked
        self.query_one("#next", OptionList).disabled = False
        self.set_focus(self.query_one("#next"))
        self._offer()
        self.phb_app.refresh_status()

    def _open_if_allowed(self) -> None:
        if self.phb_app.locked_to_sync:
            self.phb_app.leave_sync_lock()

    def _show_message(self, words: str, *, trouble: bool = False) -> None:
        going = self.query_one("#going", Static)
        going.update(Content(words))
        going.remove_class("hidden")
        going.set_class(trouble, "error")
