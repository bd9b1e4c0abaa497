"""The first screen: one passphrase, and nothing about anyone."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalGroup
from textual.content import Content
from textual.widgets import Button, Input, Static

from phb_tui.errors import NotSaved, PhbError, StoreProblem
from phb_tui.i18n import N_, _
from phb_tui.screens.base.background import DISK, run_in_background
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.widgets.field_panel import FieldPanel
from phb_tui.screens.widgets.instant_button import InstantButton
from phb_tui.screens.widgets.show_typed import ShowTyped

if TYPE_CHECKING:
    from phb_tui.services.session import Session


NOT_SAVED = N_(
    "The words in the last field could not be kept, because the disk is full. Make room on it. Then look at what you "
    "wrote last, and write it again."
)


class UnlockScreen(BaseScreen):
    """Asks for the passphrase. Everything the next screens need is imported while it is typed."""

    TITLE = N_("phb-tui is locked")
    HELP = N_(
        "Type your passphrase and press Enter. If you have forgotten it, nobody can read what is on this laptop, and "
        "we cannot either: ask your IT team. What was sent is safe at the team server."
    )
    AUTO_FOCUS = "Input"
    CSS_PATH = "unlock.tcss"
    BEFORE_UNLOCKING = True

    def compose_body(self) -> ComposeResult:
        """The question."""
        with VerticalGroup(id="ask"):
            yield Static(_("Personal Health Budget visits"), classes="title")
            yield Static(_("What you are told stays on this laptop, locked, until you send it."), classes="note")
            yield Static("", classes="gap")
            yield FieldPanel(Input(password=True, id="passphrase", select_on_focus=False), _("Passphrase"))
            yield ShowTyped()
            yield InstantButton(_("Unlock"), id="unlock")
            yield Static("", id="answer", classes="note")
            yield Static("", id="hint", classes="note hidden")

    def on_ready(self) -> None:
        """Ask, or set the laptop up first."""
        self.query_one(Input).cursor_blink = False
        hint = self.phb_app.settings.hint
        if hint:
            told = self.query_one("#hint", Static)
            words = _("This is a demo with invented people.\nIts passphrase is: {words}").format(words=hint)
            told.update(Content(words))
            told.remove_class("hidden")
        if self.phb_app.settings.unsaved:
            self._wrong(NotSaved(NOT_SAVED))
        self.call_after_refresh(self._prepare)

    def _prepare(self) -> None:
        run_in_background(
            self.phb_app, lambda: import_module("phb_tui.screens.navigation.router"), lambda _module: None, self._wrong
        )
        from phb_tui.services.documents import leftover_copies  # noqa: PLC0415 - after the first frame

        if words := leftover_copies.remove(self.phb_app.settings.data):
            self.show_error(PhbError(words))
        stores = self.phb_app.settings.stores
        try:
            is_new = not stores.is_dir() or not any(stores.iterdir())
        except OSError:
            self._wrong(StoreProblem(DISK))
            return
        if is_new:
            from phb_tui.screens.start.setup import SetUpScreen  # noqa: PLC0415 - once in a laptop's life

            self.app.push_screen(SetUpScreen())

    @on(Input.Submitted)
    @on(Button.Pressed, "#unlock")
    def _unlock(self) -> None:
        field = self.query_one(Input)
        if field.disabled:
            return
        if not field.value:
            field.focus()
            return
        field.disabled = True
        self.query_one("#answer", Static).update(_("Opening ..."))
        passphrase, field.value = field.value, ""
        run_in_background(self.phb_app, lambda: self._open(passphrase), self.phb_app.opened, self._wrong)

    def _open(self, passphrase: str) -> Session:
        from phb_tui.services.start.unlocking import unlock  # noqa: PLC0415 - imported by `_prepare` meanwhile

        return unlock(self.phb_app.settings.stores, passphrase, allow_expired_lease=True)

    def _wrong(self, error: PhbError) -> None:
        answer = self.query_one("#answer", Static)
        answer.update(Content(_("There is a problem: {words}").format(words=error.sentence)))
        answer.add_class("error")
        field = self.query_one(Input)
        field.disabled = False
        field.focus()
