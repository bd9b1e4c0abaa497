"""The terminal's own cursor follows what has the focus, for braille displays and screen magnifiers."""

from __future__ import annotations

from textual.geometry import Offset

from phb_tui.screens.widgets.clean_lines import CleanApp


class CursorApp(CleanApp):
    """App whose terminal cursor is always at the chosen line, the text cursor or the button that has the focus."""

    _typed_at = Offset(0, 0)

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's cursor belongs now; read after each repaint."""
        focused = self.focused if self.screen_stack else None
        if focused is None or not focused.is_attached:
            return self._typed_at
        at: Offset = getattr(focused, "cursor_screen_offset", focused.content_region.offset)
        return at

    @cursor_position.setter
    def cursor_position(self, at: Offset) -> None:
        self._typed_at = at
