"""Sending by a USB stick when there is no network for a long time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from urllib.parse import urljoin

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.errors import LaptopLocked, LeaseOver, PhbError, WouldRemove
from phb_tui.language import N_, _
from phb_tui.screens import sync_words as say
from phb_tui.screens.host import TableScreen
from phb_tui.screens.widgets.reading import Page
from phb_tui.services import stick, syncing
from phb_tui.services.syncing import Progress

PAGE = "/stick"
"""Where central answers such files, as a page."""
WORKING = N_("One moment.")


class StickScreen(TableScreen):
    """Writes what waits on a stick, and reads the answer from it."""

    TITLE = N_("Send by a stick")
    HELP = N_(
        "This is for when there is no network for a long time. What waits is written into a file on a USB stick, which "
        "only central can read. Anybody may carry it to a machine with a network and send it on central's page. The "
        "answer comes back on the stick. Doing it twice does no harm, and nothing here is lost if the stick is."
    )
    CSS_PATH = "sync.tcss"
    AUTO_FOCUS = "#next"

    _asked = 0
    """How many people an answer wants to take off this laptop."""

    def compose_body(self) -> ComposeResult:
        """How it goes, where the stick is, and what can be done."""
        with Page(id="told"):
            yield Static(Content(self._steps()), classes="note")
            yield Static("", id="going", classes="note hidden")
        yield Static(_("Where the stick is, such as D:\\ or /media/stick:"), classes="label")
        found = stick.sticks()
        yield Input(str(found[0]) if found else "", id="folder")
        yield OptionList(id="next")

    def _steps(self) -> str:
        page = urljoin(syncing.address(self.session), PAGE)
        return "\n".join(
            (
                _("1. Put a stick in and write what waits on it."),
                _("2. Somebody takes it to a machine with a network and opens {page} in a browser.").format(page=page),
                _("3. They send the file there and save the answer on the stick."),
                _("4. Put the stick in here again and read the answer."),
            )
        )

    def _offer(self) -> None:
        """What can be done; to take many people off the laptop is asked first."""
        choices = [("write", _("1. Write what waits on the stick")), ("read", _("4. Read the answer from the stick"))]
        if self._asked:
            choices.insert(0, ("remove", say.may_remove(self._asked)))
        listed = self.query_one("#next", OptionList)
        listed.set_options([Option(words, id=name) for name, words in (*choices, ("back", _("Go back")))])
        listed.highlighted = 0

    def mounted(self) -> None:
        """Nothing blinks."""
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
            self._work(lambda: say.finished(self._read_all_the_same(folder)))
        elif event.option.id == "write":
            written = _("Written: {file}")
            self._work(lambda: written.format(file=stick.write(session, folder)))
        else:
            self._work(lambda: say.finished(stick.read(session, folder)))

    def _read_all_the_same(self, folder: str) -> Progress:
        syncing.may_remove(self.session, self._asked)
        return stick.read(self.session, folder)

    def _work(self, work: Callable[[], str]) -> None:
        """Do something slow beside the screen; what it gives, or why it failed, is told."""
        self._say(_(WORKING))
        self.query_one("#next", OptionList).disabled = True

        def run() -> None:
            told: str | PhbError
            try:
                told = work()
            except PhbError as error:
                told = error
            self.app.call_from_thread(self._told, told)

        # As an exchange: ending the app must not wait for it.
        threading.Thread(target=run, daemon=True).start()

    def _told(self, told: str | PhbError) -> None:
        self.query_one("#next", OptionList).disabled = False
        self.set_focus(self.query_one("#next"))
        self.host.refresh_status()
        self._asked = told.people if isinstance(told, WouldRemove) else 0
        self._offer()
        if isinstance(told, LaptopLocked) and not (self.host.only_back and isinstance(told, LeaseOver)):
            self.host.lock_now()
        elif isinstance(told, PhbError):
            self._say(_("There is a problem: {words}").format(words=told.sentence), trouble=True)
        else:
            self._say(told)
        if self.host.only_back:
            self.host.let_in()

    def _say(self, words: str, *, trouble: bool = False) -> None:
        going = self.query_one("#going", Static)
        going.update(Content(words))
        going.remove_class("hidden")
        going.set_class(trouble, "error")
