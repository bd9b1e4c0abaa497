"""Send and get: what waits, how it goes, what to do next."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from ipaddress import ip_address
from typing import ClassVar
from urllib.parse import urlsplit

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, ProgressBar, Static
from textual.widgets.option_list import Option

from phb_tui.screens.conflicts import ConflictScreen
from phb_tui.screens.host import TableScreen
from phb_tui.screens.widgets.reading import Page
from phb_tui.services import deciding, syncing
from phb_tui.services.syncing import Progress, Status

STARTING = "Getting in touch with central. You can go on working."
KEPT = "Everything is saved on this laptop."
AGAIN = "Press F5 to try again."
NOT_NOW = "Central could not be reached just now."


class SyncScreen(TableScreen):
    """Shows an exchange with central and how it ended."""

    TITLE = "Send and get"
    HELP = (
        "This sends what is new on this laptop. It also gets what your team wrote. You can go on working meanwhile. "
        "If there is no connection, nothing is lost. Everything stays on this laptop and is sent later. "
        "F5 starts it again."
    )
    CSS_PATH = "sync.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "again", "Send and get", id="sync", tooltip="Start again"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._last: Progress | None = None
        """How far the exchange has come that runs now; None before it has come anywhere."""
        self._bar = (0, 1)
        self._going, self._trouble = STARTING, False

    def compose_body(self) -> ComposeResult:
        """How it goes, and what can be done."""
        with Page(id="told"):
            yield Static("", id="waiting", classes="note")
            yield ProgressBar(total=1, show_eta=False, show_percentage=False)
            yield Static("", id="going", classes="note")
            yield Static("", id="aside", classes="note")
        yield OptionList(id="next")
        yield Static("", id="address", classes="note")

    def fill(self) -> None:
        """Read what waits."""
        self._show_progress()
        aside = Counter(syncing.refused(self.session))
        lines = [f"{_many(count, 'change')}: {why}" for why, count in aside.items()]
        told = self.query_one("#aside", Static)
        told.update(Content("\n".join(["Central kept these aside. Tell your team lead:", *lines])))
        told.set_class(not aside, "hidden")
        options = [Option("Send and get again", id="again")]
        if conflicts := deciding.conflicts(self.session):
            options.append(Option(f"Decide between versions ({len(conflicts)})", id="decide"))
        options.append(Option("Go back to work", id="back"))
        chosen = self.query_one("#next", OptionList)
        here = chosen.highlighted_option.id if chosen.highlighted_option else "again"
        chosen.set_options(options)
        chosen.highlighted = next((i for i, option in enumerate(options) if option.id == here), 0)
        self.query_one("#address", Static).update(Content(address_words(syncing.address(self.session))))

    def progress(self, progress: Progress) -> None:
        """An exchange has come further."""
        self._last = progress
        total = progress.sent + progress.to_send
        # A bar without anything to send is full: there is nothing left to do.
        self._bar = (progress.sent, total) if total else (1, 1)
        came = f" {_many(progress.received, 'record')} came in." if progress.received else ""
        self._say(f"{progress.sent} of {total} sent.{came}")

    def exchanged(self, problem: str) -> None:
        """An exchange has ended."""
        last, self._last = self._last, None
        if last is None:
            self._bar = (0, 1)
        if problem:
            kept = "" if "saved on this laptop" in problem else f"{KEPT} "  # some problems say so themselves
            self._say(f"There is a problem: {problem}\n{kept}{AGAIN}", trouble=True)
        elif last is None or last.more or last.to_send:
            # One that nobody asked for fails without a word; then nothing was finished.
            self._say(f"{NOT_NOW} {KEPT} {AGAIN}")
        else:
            came = f"{_many(last.received, 'record')} came in."
            everything = f"Everything is sent. Central holds {_many(last.total, 'change')} of your team."
            self._say(f"Done. {last.sent:,} sent. {came}\n{everything}")
        if self.is_mounted:
            self.fill()

    def action_again(self) -> None:
        """Start again."""
        self._bar = (0, 1)
        self._say(STARTING)
        self.host.exchange()

    def _say(self, words: str, *, trouble: bool = False) -> None:
        self._going, self._trouble = words, trouble
        # News may come before the screen is there; it is shown with the rest then.
        if self.is_mounted:
            self._show_progress()

    def _show_progress(self) -> None:
        now = self.session.now().astimezone()
        self.query_one("#waiting", Static).update(Content(waiting_words(syncing.status(self.session), now)))
        done, total = self._bar
        self.query_one(ProgressBar).update(total=total, progress=done)
        going = self.query_one("#going", Static)
        going.update(Content(self._going))
        going.set_class(self._trouble, "error")

    @on(OptionList.OptionSelected, "#next")
    def _next(self, event: OptionList.OptionSelected) -> None:
        if event.option.id == "again":
            self.action_again()
        elif event.option.id == "decide":
            self.app.push_screen(ConflictScreen())
        else:
            self.action_back()


def waiting_words(status: Status, now: datetime) -> str:
    """What waits and when it last went well, in sentences."""
    verb = "is" if status.waiting == 1 else "are"
    waits = f"{_many(status.waiting, 'change')} {verb} waiting to be sent."
    if not status.waiting:
        waits = "Nothing is waiting to be sent."
    if not status.last_at:
        return f"{waits} Nothing has been sent yet."
    last = datetime.fromisoformat(status.last_at).astimezone()
    day = "today" if last.date() == now.date() else f"on {last.day} {last:%B %Y}"
    return f"{waits} Last sent {day} at {last:%H:%M}."


def address_words(address: str) -> str:
    """Where central is; on this machine, what has arrived can be looked at."""
    try:
        host = urlsplit(address).hostname or ""
        here = host == "localhost" or ip_address(host).is_loopback
    except ValueError:  # a name, not a number
        here = False
    if here:
        return f"What has arrived can be seen in a browser at {address}"
    return f"Central is at {address}" if address else ""


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"
