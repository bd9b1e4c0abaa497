"""What makes a screen about a person."""

from __future__ import annotations

from collections.abc import Callable

from phb_tui.screens.base.protocols import AppProtocol
from phb_tui.screens.base.screen import BaseScreen

ScreenFactory = Callable[[AppProtocol, str, str], BaseScreen]
"""Makes a screen from the app, the person's id and the part of the name after the colon."""
