"""Sync status: waiting changes, the progress of an exchange, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, ProgressBar, Static
from textual.widgets.option_list import Option

from phb_tui.errors import CentralRefused, PhbError, WouldRemove
from phb_tui.i18n import N_, _
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.conflicts.resolve import ConflictScreen
from phb_tui.screens.lists.line_list import LineList
from phb_tui.screens.sync import sync_phrases
from phb_tui.screens.sync.outbox import OutboxScreen
from phb_tui.screens.sync.quarantine import QuarantineScreen
from phb_tui.screens.sync.usb import UsbScreen
from phb_tui.screens.widgets.read_only import ScrollPage
from phb_tui.services.records import field_conflicts
from phb_tui.services.sync import device_lock, sync_service
from phb_tui.services.sync.sync_service import Progress

STARTING = N_("Connecting to the team server. You can go on working.")
KEPT = N_("Everything is saved on this laptop.")
AGAIN = N_("Press F5 to try again.")
NOT_NOW = N_("The team server could not be reached just now.")


class SyncScreen(BaseScreen):
    """Shows an exchange with central and its result."""

    TITLE = N_("Sync")
    HELP = N_(
        "This sends what is new on this laptop, and receives what your team wrote. You can go on working meanwhile. "
        "If there is no connection, nothing is lost. Everything stays on this laptop and is sent later. F5 starts it "
        "again."
    )
    CSS_PATH = "sync_overview.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "again", N_("Sync"), id="sync", tooltip=N_("Start again")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._last: Progress | None = None
        """Progress of the exchange that runs now; None before its first round trip."""
        self._bar = (0, 1)
        self._going, self._trouble = _(self.FIRST_WORDS), False
        self._done = False  # whether an exchange ended well just now, so that something else comes next
        self._refused, self._asked = False, 0
        """Whether central refused this laptop; how many people central asks to remove from it."""

    BEGUN = FIRST_WORDS = STARTING
    """Text shown when an exchange starts and before anything is known."""

    def compose_body(self) -> ComposeResult:
        """Compose the status and the actions."""
        with ScrollPage(id="told"):
            yield Static("", id="waiting", classes="note")
            yield Static("", id="care", classes="note hidden")
            yield ProgressBar(total=1, show_eta=False, show_percentage=False)
            yield Static("", id="going", classes="note")
        yield LineList(id="next")
        yield Static("", id="address", classes="note")

    def reload(self) -> None:
        """Read the status again."""
        self._show_progress()
        options = list(self.options())
        chosen = self.query_one("#next", LineList)
        here = chosen.highlighted_option.id if chosen.highlighted_option else options[0].id
        if self._done and here == options[0].id:  # where she has gone meanwhile, she stays
            here = self.best()
        self._done = False
        chosen.begin(options, here)
        self.query_one("#address", Static).update(Content(sync_phrases.address(sync_service.address(self.session))))

    def options(self) -> Iterable[Option]:
        """The actions that are possible now."""
        yield Option(_("Sync again"), id="again")
        yield from self.confirmation_options()
        if conflicts := field_conflicts.conflicts(self.session):
            everyday = sum(1 for conflict in conflicts if conflict.low_risk)
            yield Option(sync_phrases.to_decide(len(conflicts), everyday), id="decide")
        if aside := field_conflicts.count_quarantined(self.session):
            yield Option(_("See changes the team server could not accept ({count})").format(count=aside), id="aside")
        yield Option(_("See what waits, and what was sent"), id="sent")
        yield Option(_("Sync with a USB stick, without a network"), id="stick")
        yield Option(_("Go back to work"), id="back")

    def confirmation_options(self) -> Iterable[Option]:
        """The actions that answer central's last reply, such as allowing removals."""
        if self._asked:
            yield Option(sync_phrases.may_remove(self._asked), id="remove")
        if self._refused:
            yield Option(_("Join with a new code from your team lead"), id="join")

    def progress(self, progress: Progress) -> None:
        """Show the progress of an exchange."""
        self._last = progress
        total = progress.sent + progress.to_send
        # A bar without anything to send is full: there is nothing left to do.
        self._bar = (progress.sent, total) if total else (1, 1)
        self._show_message(sync_phrases.under_way(progress))

    def exchanged(self, problem: PhbError | None) -> None:
        """Show the result of an exchange."""
        last, self._last = self._last, None
        if last is None:
            self._bar = (0, 1)
        self._refused = isinstance(problem, CentralRefused)
        self._asked = problem.people if isinstance(problem, WouldRemove) else 0
        if problem:
            told = _("There is a problem: {words}").format(words=problem.sentence)
            kept = "" if "saved on this laptop" in problem.sentence else f"{_(KEPT)} "  # some say so themselves
            self._show_message(f"{told}\n{kept}{_(AGAIN)}", trouble=True)
        elif last is None or last.more or last.to_send:
            # One that nobody asked for fails without a word; then nothing was finished.
            self._show_message(f"{_(NOT_NOW)} {_(KEPT)} {_(AGAIN)}")
        else:
            self._show_message(sync_phrases.finished(last))
            self._done = True
        if self.is_mounted:
            self.reload()

    def best(self) -> str:
        """The id of the action to highlight once everything is sent: quarantine, conflicts or going back."""
        if field_conflicts.count_quarantined(self.session):
            return "aside"
        return "decide" if field_conflicts.count(self.session) else "back"

    def action_again(self) -> None:
        """Start another exchange."""
        self._bar = (0, 1)
        self._show_message(_(self.BEGUN))
        self.query_one("#next", OptionList).highlighted = 0
        self.phb_app.exchange()

    def _show_message(self, words: str, *, trouble: bool = False) -> None:
        self._going, self._trouble = words, trouble
        # News may come before the screen is there; it is shown with the rest then.
        if self.is_mounted:
            self._show_progress()

    def _show_progress(self) -> None:
        now, status = self.session.now().astimezone(), sync_service.status(self.session)
        self.query_one("#waiting", Static).update(Content(sync_phrases.waiting(status, now)))
        care = [
            sync_phrases.quarantined(status.quarantined),
            sync_phrases.lease(status.days_left),
            sync_phrases.clock(device_lock.clock_ahead(self.session.store.db)),
        ]
        told = self.query_one("#care", Static)
        told.update(Content("\n".join(words for words in care if words)))
        told.set_class(not any(care), "hidden")
        done, total = self._bar
        self.query_one(ProgressBar).update(total=total, progress=done)
        going = self.query_one("#going", Static)
        going.update(Content(self._going))
        going.set_class(self._trouble, "error")

    @on(OptionList.OptionSelected, "#next")
    def _next(self, event: OptionList.OptionSelected) -> None:
        self.chosen(str(event.option.id))

    def chosen(self, choice: str) -> None:
        """Run the selected action."""
        screens = {"decide": ConflictScreen, "aside": QuarantineScreen, "sent": OutboxScreen, "stick": UsbScreen}
        if choice == "again":
            self.action_again()
        elif choice in screens:
            self.app.push_screen(screens[choice]())
        elif choice == "join":
            from phb_tui.screens.start.rejoin import RejoinScreen  # noqa: PLC0415 - seldom

            self.app.push_screen(RejoinScreen())
        elif choice == "remove":
            self._remove()
        else:
            self.action_back()

    def _remove(self) -> None:
        try:
            sync_service.allow_removals(self.session, self._asked)
        except PhbError as error:
            self.show_error(error)
            return
        self._asked = 0
        self.action_again()
