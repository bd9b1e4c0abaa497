"""What the app remembers for its screens while it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from phb_tui.screens.widgets.clean_lines import CleanApp

if TYPE_CHECKING:
    from phb_tui.screens.base.autosave import Autosaver
    from phb_tui.screens.base.protocols import AppProtocol
    from phb_tui.services.sync.sync_service import Status
    from phb_tui.settings import Settings


def _at_once(do: Callable[[], object]) -> None:
    do()


class AppState(CleanApp):
    """The app's state; what each attribute means is said in `protocols.AppProtocol`."""

    settings: Settings
    autosaver: Autosaver
    family: bool = False
    status: Status | None = None
    saved: str = ""
    at_table: str = ""
    locked_to_sync: bool = False
    when_still: Callable[[Callable[[], object]], object] = staticmethod(_at_once)

    @property
    def host(self) -> AppProtocol:
        """The whole app, as screens know it; each part of it is one class."""
        return cast("AppProtocol", self)
