"""The Textual application: global bindings, the idle clock and the open session."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType

from phb_tui.app import styles
from phb_tui.app.background_sync import BackgroundSync
from phb_tui.app.click_place import ClickPlace
from phb_tui.app.garbage import GarbageCollection
from phb_tui.app.key_queue import KeyHandled, KeyQueue, Queued
from phb_tui.app.open_session import OpenSession
from phb_tui.i18n import N_, _
from phb_tui.screens.base.autosave import Autosaver
from phb_tui.screens.base.idle_cover import IdleCoverScreen
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.design.themes import THEMES, themes
from phb_tui.screens.start.unlock import UnlockScreen
from phb_tui.settings import Settings
from phb_tui.system.idle_time import Idle
from phb_tui.system.shutdown import keep_on_signals
from phb_tui.system.terminal.drivers import driver_class

if TYPE_CHECKING:
    from phb_tui.services.session import Session

TICK, WARNING, HIDE = 5.0, 60.0, 120.0
"""Seconds between looks at the clock; of warning before the app locks; without a key until the screen is hidden."""
PRESENCE = (
    events.Key, events.Paste, events.MouseDown, events.MouseUp, events.MouseScrollUp, events.MouseScrollDown,
)  # fmt: skip
"""Events that count as activity of a user; mouse movement does not, since a mouse also moves when the table is
knocked."""


class PhbApp(OpenSession):
    """The Textual application of the laptop."""

    TITLE = "phb-tui"
    CSS_PATH = "phb_app.tcss"
    COMMAND_PALETTE_BINDING = "ctrl+p"
    ALLOW_SELECT = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-main"), (110, "-wide")]  # noqa: RUF012 - Textual's own
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]  # noqa: RUF012 - Textual's own
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", N_("Help"), id="help", tooltip=N_("What this screen is for and its keys"), priority=True),
        Binding("f9", "menu", N_("Menu"), id="menu", tooltip=N_("Everything you can do here"), priority=True),
        Binding("f2", "family", N_("Family view"), id="family", tooltip=N_("Turn the laptop to the person and family")),
        Binding("f3", "find", N_("Find"), id="find", tooltip=N_("Find a person")),
        Binding("f5", "sync", N_("Sync"), id="sync", tooltip=N_("Send what is new and receive what others wrote")),
        Binding("ctrl+l", "lock", N_("Lock"), id="lock", tooltip=N_("Lock; everything is kept"), priority=True),
        Binding(
            "ctrl+s",
            "already_saved",
            N_("Save (saved automatically)"),
            id="saved",
            show=False,
            tooltip=N_("There is no need to: all you type is saved"),
        ),
        Binding(
            "ctrl+t", "colours", N_("Colours"), id="colours", show=False, tooltip=N_("Light, dark or high contrast")
        ),
        Binding("ctrl+q", "close", N_("Close phb-tui"), id="close", tooltip=N_("Nothing is lost"), priority=True),
    ]

    def __init__(self, settings: Settings, garbage: GarbageCollection | None = None) -> None:
        """Make the app.

        Args:
            settings: Where everything is kept, and when it locks.
            garbage: Collects garbage while nobody types; None where other apps share the process.
        """
        super().__init__(driver_class())
        self.settings, self.garbage = settings, garbage
        self.autosaver = Autosaver(self, time.monotonic, lambda: datetime.now().astimezone())
        self.background_sync = BackgroundSync(self)
        self.key_queue = KeyQueue(self, self._handle_input)
        self.when_idle = self.key_queue.when_idle
        self._click_place = ClickPlace()
        self.idle, self.visited_at = Idle(), {}
        self.animation_level = "none"
        self.show_colours_of("truecolor")
        self.theme = THEMES[0].name

    def show_colours_of(self, color_system: str | None) -> None:
        """Register the themes for what a terminal can show; see `palettes.palettes`."""
        for theme in themes(color_system):
            self.register_theme(theme)

    def on_mount(self) -> None:
        """Push the unlock screen and start the clock."""
        keep_on_signals(asyncio.get_running_loop(), self.on_terminal_lost)
        self.push_screen(UnlockScreen())
        self.set_interval(TICK, self.tick)
        if self.garbage is not None:
            self.call_after_refresh(self.garbage.freeze_imports)

    def opened(self, session: Session) -> None:
        """Show the last place after the store was opened; once nobody types, prepare for what follows."""
        super().opened(session)
        if self.garbage is not None:
            self.when_idle(self._prepare)

    def _prepare(self) -> None:
        """Load what every other screen needs; what is in memory then stays."""
        styles.load_all(self.stylesheet)
        if self.garbage is not None:
            self.garbage.freeze_all()

    # -- global keys that work now

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which global bindings are active: before unlocking only help and closing.

        In family view none that leaves the person.
        """
        del parameters
        if not self.is_open:
            return action not in {
                "menu",
                "family",
                "find",
                "sync",
                "lock",
                "already_saved",
                "alerts",
                "command_palette",
            }
        hidden = {"family", "find", "sync", "already_saved", "alerts"} if self.locked_to_sync else {"find", "sync"}
        return not ((self.family or self.locked_to_sync) and action in hidden)

    # -- the clock

    def tick(self) -> None:
        """Run the clock's work: lock after idling, hide the screen, start an exchange that is due."""
        if not self.is_open:
            return
        quiet, allowed = self.idle.seconds(), self.settings.lock_after * 60
        if quiet >= allowed:
            self.action_lock()
            return
        if quiet >= min(HIDE, allowed / 2):
            self.hide(_("It locks in a minute.") if quiet >= allowed - WARNING else "")
        if self.garbage is not None:
            self.garbage.collect_if_due(self.when_idle)
        if self.background_sync.due(time.monotonic(), self.settings.sync_every * 60):
            self.exchange(quietly=True)

    async def on_event(self, event: events.Event) -> None:
        """Note activity and pass key events through the key queue."""
        self.key_queue.note_activity(event)
        if isinstance(event, PRESENCE) and not event.is_forwarded:
            if self.is_open and self.idle.seconds() >= self.settings.lock_after * 60:
                self.action_lock()  # the laptop was asleep, and this key woke it
                return
            self.idle.somebody_is_there()
            if isinstance(self.screen, IdleCoverScreen) and isinstance(event, events.Key | events.Paste):
                self.screen.close_cover()  # before any key of the app's own has its effect
                return
        if isinstance(event, Queued) and not event.is_forwarded:
            await self.key_queue.enqueue(event)
        else:
            await super().on_event(event)

    async def _handle_input(self, event: events.Event) -> None:
        """Handle a key, a paste or a button of the mouse whose turn it is."""
        if isinstance(event, events.MouseDown):
            self._click_place.note(event, self.screen)
        elif isinstance(event, events.MouseUp):
            event = self._click_place.followed(event)
        await super().on_event(event)

    def hide(self, words: str) -> None:
        """Cover the screen until a key is pressed.

        Args:
            words: A last line under it; "" for none.
        """
        if not isinstance(self.screen, IdleCoverScreen):
            self.push_screen(IdleCoverScreen(words, self.idle.somebody_is_there))
        elif self.screen.is_mounted:
            self.screen.say(words)

    async def on_key_handled(self, event: KeyHandled) -> None:
        """Tell the key queue that a key's messages have been handled."""
        await self.key_queue.marker_returned(event)

    def on_app_blur(self) -> None:
        """Save the draft when the terminal window loses the focus."""
        self.autosaver.save_draft()

    # -- global keys

    def action_family(self) -> None:
        """Switch family view on, or ask to switch it off."""
        self.toggle_family_view()

    def toggle_family_view(self, *, then_back: bool = False) -> None:
        """Switch family view on, or open the page that asks before switching it off."""
        self.autosaver.save_all()
        if not self.is_open or not isinstance(self.screen, BaseScreen):
            return
        from phb_tui.screens.navigation import router  # noqa: PLC0415

        router.toggle_family_view(self, then_back=then_back)

    def action_find(self) -> None:
        """Go to the caseload and focus its search."""
        from phb_tui.screens.navigation import router  # noqa: PLC0415

        if self.is_open and not self.family:
            router.find(self)

    def action_sync(self) -> None:
        """Open the sync screen and start an exchange."""
        from phb_tui.screens.navigation import router  # noqa: PLC0415

        if self.is_open and not self.family:
            self.autosaver.save_all()
            router.sync(self)
            self.exchange()

    def action_already_saved(self) -> None:
        """Answer Ctrl+S by saying that everything is saved already."""
        self.autosaver.save_all()
        self.saved = self.saved or _("Saved on this laptop (saved automatically)")
        self.refresh_status()

    def action_colours(self) -> None:
        """Switch to the next theme."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    def copy_to_clipboard(self, text: str) -> None:
        """Copy within the app only: the system's clipboard may be synchronised to a cloud."""
        self._clipboard = text

    def exchange(self, *, quietly: bool = False) -> None:
        """Start an exchange with central in the background."""
        if self._session is not None:
            self.background_sync.start(self._session, quietly=quietly)
