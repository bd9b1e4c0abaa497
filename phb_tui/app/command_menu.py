"""Help, menu, finder and clickable key hints, all generated from the bindings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from phb_tui.i18n import N_
from phb_tui.screens.base.app_state import AppState
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.frame.hint_bar import keys_here

if TYPE_CHECKING:
    from phb_tui.domain.records.changes import Record
    from phb_tui.screens.base.protocols import AppProtocol


class CommandMenu(AppState):
    """Mixin of the app that shows help, the menu, the finder and a person's alerts."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f8",
            "alerts",
            N_("Alerts"),
            id="alerts",
            show=False,
            tooltip=N_("All alerts, and all that staff must know"),
        ),
        Binding(
            "ctrl+p",
            "command_palette",
            N_("Find anything"),
            id="finder",
            show=False,
            tooltip=N_("A person, a screen or a word"),
        ),
    ]

    def action_alerts(self) -> None:
        """Show in full all alerts of the person that the screen is about."""
        if isinstance(self.screen, BaseScreen) and self.check_action("alerts", ()):
            from phb_tui.screens.shell.leave_family_view import LeaveFamilyViewScreen  # noqa: PLC0415
            from phb_tui.screens.visit import visit_alerts  # noqa: PLC0415 - only when the store is open

            self.autosaver.save_all()
            if self.family:
                self.push_screen(LeaveFamilyViewScreen(then=lambda: visit_alerts.show_alerts(self.phb_app, staff=True)))
            else:
                visit_alerts.show_alerts(self.phb_app)

    def action_press(self, key: str) -> None:
        """Run the binding of a key, as when its hint is clicked."""
        self.simulate_key(key)

    def action_help(self) -> None:
        """Open the help of the current screen."""
        from phb_tui.screens.shell.help import HelpScreen  # noqa: PLC0415

        if isinstance(self.screen, HelpScreen):
            self.screen.action_back()
        else:
            self.push_screen(HelpScreen(self.screen, keys_here(self.screen)))

    def action_menu(self) -> None:
        """Open the menu: every action of the current screen with its key."""
        from phb_tui.screens.shell.menu import MenuScreen  # noqa: PLC0415

        if isinstance(self.screen, MenuScreen):
            self.screen.dismiss(None)
        else:
            self.push_screen(MenuScreen(keys_here(self.screen)), self._press_chosen)

    def show_transferred(self, person: Record, team: str) -> None:
        """Show that another team now has the person whose record is open."""
        from phb_tui.screens.person.transferred import TransferredScreen  # noqa: PLC0415 - seldom

        self.push_screen(TransferredScreen(person, team))

    def _press_chosen(self, key: str | None) -> None:
        if key:
            self.call_after_refresh(self.simulate_key, key)

    def action_command_palette(self) -> None:
        """Open the finder instead of Textual's own palette; before unlocking, the menu."""
        if not self.phb_app.is_open:
            self.action_menu()
            return
        from phb_tui.screens.navigation.finder import FinderScreen  # noqa: PLC0415 - only when the store is open

        if isinstance(self.screen, BaseScreen) and self.autosaver.save_all():
            self.push_screen(FinderScreen(self.screen), self._open_found)

    def _open_found(self, opens: Callable[[AppProtocol], None] | None) -> None:
        if opens is not None:
            self.call_after_refresh(opens, self.phb_app)
