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

from phb_tui.domain import dates
from phb_tui.language import N_, _, n_
from phb_tui.screens.conflicts import ConflictScreen
from phb_tui.screens.host import TableScreen
from phb_tui.screens.widgets.reading import Page
from phb_tui.services import deciding, syncing
from phb_tui.services.syncing import Progress, Status

STARTING = N_("Getting in touch with central. You can go on working.")
KEPT = N_("Everything is saved on this laptop.")
AGAIN = N_("Press F5 to try again.")
NOT_NOW = N_("Central could not be reached just now.")


class SyncScreen(TableScreen):
    """Shows an exchange with central and how it ended."""

    TITLE = N_("Send and get")
    HELP = N_(
        "This sends what is new on this laptop. It also gets what your team wrote. You can go on working meanwhile. "
        "If there is no connection, nothing is lost. Everything stays on this laptop and is sent later. "
        "F5 starts it again."
    )
    CSS_PATH = "sync.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "again", N_("Send and get"), id="sync", tooltip=N_("Start again")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._last: Progress | None = None
        """How far the exchange has come that runs now; None before it has come anywhere."""
        self._bar = (0, 1)
        self._going, self._trouble = _(STARTING), False

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
        lines = [f"{_changes(count)}: {why}" for why, count in aside.items()]
        told = self.query_one("#aside", Static)
        told.update(Content("\n".join([_("Central kept these aside. Tell your team lead:"), *lines])))
        told.set_class(not aside, "hidden")
        options = [Option(_("Send and get again"), id="again")]
        if conflicts := deciding.conflicts(self.session):
            options.append(Option(_("Decide between versions ({count})").format(count=len(conflicts)), id="decide"))
        options.append(Option(_("Go back to work"), id="back"))
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
        came = f" {_came(progress.received)}" if progress.received else ""
        self._say(_("{sent} of {all} sent.").format(sent=progress.sent, all=total) + came)

    def exchanged(self, problem: str) -> None:
        """An exchange has ended."""
        last, self._last = self._last, None
        if last is None:
            self._bar = (0, 1)
        if problem:
            told = _("There is a problem: {words}").format(words=problem)
            kept = "" if "saved on this laptop" in problem else f"{_(KEPT)} "  # some problems say so themselves
            self._say(f"{told}\n{kept}{_(AGAIN)}", trouble=True)
        elif last is None or last.more or last.to_send:
            # One that nobody asked for fails without a word; then nothing was finished.
            self._say(f"{_(NOT_NOW)} {_(KEPT)} {_(AGAIN)}")
        else:
            done = _("Done. {sent:,} sent.").format(sent=last.sent)
            everything = n_(
                "Everything is sent. Central holds {count:,} change of your team.",
                "Everything is sent. Central holds {count:,} changes of your team.",
                last.total,
            ).format(count=last.total)
            self._say(f"{done} {_came(last.received)}\n{everything}")
        if self.is_mounted:
            self.fill()

    def action_again(self) -> None:
        """Start again."""
        self._bar = (0, 1)
        self._say(_(STARTING))
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
    waits = n_(
        "{count:,} change is waiting to be sent.", "{count:,} changes are waiting to be sent.", status.waiting
    ).format(count=status.waiting)
    if not status.waiting:
        waits = _("Nothing is waiting to be sent.")
    if not status.last_at:
        return f"{waits} {_('Nothing has been sent yet.')}"
    last = datetime.fromisoformat(status.last_at).astimezone()
    if last.date() == now.date():
        return f"{waits} {_('Last sent today at {time}.').format(time=f'{last:%H:%M}')}"
    day = dates.in_words(last.date().isoformat())
    return f"{waits} {_('Last sent on {day} at {time}.').format(day=day, time=f'{last:%H:%M}')}"


def address_words(address: str) -> str:
    """Where central is; on this machine, what has arrived can be looked at."""
    try:
        host = urlsplit(address).hostname or ""
        here = host == "localhost" or ip_address(host).is_loopback
    except ValueError:  # a name, not a number
        here = False
    if here:
        return _("What has arrived can be seen in a browser at {address}").format(address=address)
    return _("Central is at {address}").format(address=address) if address else ""


def _changes(count: int) -> str:
    return n_("{count:,} change", "{count:,} changes", count).format(count=count)


def _came(count: int) -> str:
    return n_("{count:,} record came in.", "{count:,} records came in.", count).format(count=count)
