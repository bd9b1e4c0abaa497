"""Send and get: what waits, how it goes, what to do next."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList, ProgressBar, Static
from textual.widgets.option_list import Option

from phb_tui.screens.conflicts import ConflictScreen
from phb_tui.screens.host import TableScreen
from phb_tui.screens.widgets.bars import badge
from phb_tui.services import deciding, syncing
from phb_tui.services.syncing import Progress


class SyncScreen(TableScreen):
    """Shows an exchange with central and how it ended."""

    TITLE = "Send and get"
    HELP = (
        "Sends what is new on this laptop and gets what your team wrote. You can go on working meanwhile. If there is "
        "no connection nothing is lost: everything stays on this laptop and is sent later. F5 starts it again."
    )
    AUTO_FOCUS = "OptionList"

    def __init__(self) -> None:
        super().__init__()
        self._last = Progress(0, 0, 0, more=False)

    def compose_body(self) -> ComposeResult:
        """How it goes, and what can be done."""
        yield Static("", id="waiting", classes="note")
        yield Static("")
        yield ProgressBar(total=1, show_eta=False, show_percentage=False, id="bar")
        yield Static("", id="going", classes="note")
        yield Static("")
        yield Static("", id="aside", classes="note")
        yield OptionList(id="next")
        yield Static("", id="address", classes="note")

    def fill(self) -> None:
        """Read what waits."""
        status = syncing.status(self.session)
        self.query_one("#waiting", Static).update(f"{badge(status)}.")
        aside = syncing.refused(self.session)
        words = "\n".join(["Central kept these aside. They need your attention:", *aside]) if aside else ""
        self.query_one("#aside", Static).update(words)
        options = [Option("Send and get again", id="again")]
        if conflicts := deciding.conflicts(self.session):
            options.append(Option(f"Decide between versions ({len(conflicts)})", id="decide"))
        options.append(Option("Go back to work", id="back"))
        chosen = self.query_one("#next", OptionList)
        here = chosen.highlighted
        chosen.clear_options()
        chosen.add_options(options)
        chosen.highlighted = min(here or 0, len(options) - 1)
        self.query_one("#address", Static).update(self._address())

    def progress(self, progress: Progress) -> None:
        """An exchange has come further."""
        self._last = progress
        total = progress.sent + progress.to_send
        # A bar without anything to send is full: there is nothing left to do.
        self.query_one(ProgressBar).update(total=max(total, 1), progress=progress.sent if total else 1)
        received = f", {progress.received} records came in" if progress.received else ""
        self.query_one("#going", Static).update(f"{progress.sent} of {total} sent{received}")

    def exchanged(self, problem: str) -> None:
        """An exchange has ended."""
        self.fill()
        if problem:
            words = f"There is a problem: {problem}"
        else:
            came = "1 record" if self._last.received == 1 else f"{self._last.received} records"
            words = f"Done. {self._last.sent} sent, {came} came in. Central holds {self._last.total:,} changes."
        self.query_one("#going", Static).update(words)

    def _address(self) -> str:
        address = syncing.address(self.session)
        if "127.0.0.1" in address or "localhost" in address:
            return f"\nSee what has arrived at central in a browser on this machine: {address}"
        return f"\nCentral: {address}"

    @on(OptionList.OptionSelected, "#next")
    def _next(self, event: OptionList.OptionSelected) -> None:
        if event.option.id == "again":
            self.host.exchange()
        elif event.option.id == "decide":
            self.app.push_screen(ConflictScreen())
        else:
            self.action_back()
