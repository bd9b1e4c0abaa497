"""The first screen: one passphrase, and nothing about anyone."""

from __future__ import annotations

import threading
from importlib import import_module

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalGroup
from textual.widgets import Input, Static

from phb_tui.errors import PhbError
from phb_tui.language import N_, _
from phb_tui.screens.host import TableScreen


class UnlockScreen(TableScreen):
    """Asks for the passphrase. Everything the next screens need is imported while it is typed."""

    TITLE = N_("phb-tui is locked")
    HELP = N_(
        "Type your passphrase and press Enter. If you have forgotten it, nobody can read what is on this laptop, "
        "not even we: ask your IT team. What was sent is safe at central."
    )
    AUTO_FOCUS = "Input"
    CSS_PATH = "unlock.tcss"

    def compose_body(self) -> ComposeResult:
        """The question."""
        with VerticalGroup(id="ask"):
            yield Static(_("Personal Health Budget visits"), classes="title")
            yield Static(_("What you are told stays on this laptop, locked, until you send it."), classes="note")
            yield Static("", classes="gap")
            yield Static(_("Passphrase"), classes="label")
            yield Input(password=True, id="passphrase", select_on_focus=False)
            yield Static("", id="answer", classes="note")

    def mounted(self) -> None:
        """Ask, or set the laptop up first."""
        self.query_one(Input).cursor_blink = False
        hint = self.host.settings.hint
        if hint:
            self.query_one("#answer", Static).update(
                _("This is a demo with invented people.\nIts passphrase is: {words}").format(words=hint)
            )
        self.call_after_refresh(self._prepare)

    def _prepare(self) -> None:
        threading.Thread(target=import_module, args=("phb_tui.screens.routes",), daemon=True).start()
        from phb_tui.services import left_over  # noqa: PLC0415 - after the first frame

        if words := left_over.remove(self.host.settings.data):
            self.tell(PhbError(words))
        stores = self.host.settings.stores
        if not stores.is_dir() or not any(stores.iterdir()):
            from phb_tui.screens.set_up import SetUpScreen  # noqa: PLC0415 - once in a laptop's life

            self.app.push_screen(SetUpScreen())

    @on(Input.Submitted)
    def _unlock(self, event: Input.Submitted) -> None:
        if not event.value or event.input.disabled:
            return
        event.input.disabled = True
        self.query_one("#answer", Static).update(_("Opening ..."))
        passphrase, event.input.value = event.value, ""
        threading.Thread(target=self._open, args=(passphrase,), daemon=True).start()

    def _open(self, passphrase: str) -> None:
        from phb_tui.services.opening import unlock  # noqa: PLC0415 - imported by `_prepare` meanwhile

        try:
            session = unlock(self.host.settings.stores, passphrase, way_back=True)
        except PhbError as error:
            self.app.call_from_thread(self._wrong, error.sentence)
        else:
            self.app.call_from_thread(self.host.opened, session)

    def _wrong(self, sentence: str) -> None:
        answer = self.query_one("#answer", Static)
        answer.update(_("There is a problem: {words}").format(words=sentence))
        answer.add_class("error")
        field = self.query_one(Input)
        field.disabled = False
        field.focus()
