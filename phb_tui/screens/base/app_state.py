"""State of the app that its screens share while it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from phb_tui.screens.frame.cursor import CursorApp

if TYPE_CHECKING:
    from phb_tui.screens.base.autosave import Autosaver
    from phb_tui.screens.base.protocols import AppProtocol
    from phb_tui.services.sync.sync_service import Status
    from phb_tui.settings import Settings


def _at_once(do: Callable[[], object]) -> None:
    do()


class AppState(CursorApp):
    """Mixin with the app's state; each attribute is documented in `protocols.AppProtocol`."""

    visited_at: dict[str, float]
    settings: Settings
    autosaver: Autosaver
    family: bool = False
    status: Status | None = None
    saved: str = ""
    locked_to_sync: bool = False
    when_idle: Callable[[Callable[[], object]], object] = staticmethod(_at_once)

    @property
    def phb_app(self) -> AppProtocol:
        """The whole app as screens know it, for the mixins of which it is made."""
        return cast("AppProtocol", self)
