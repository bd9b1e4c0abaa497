"""Workarounds for Textual's Screen: styles are computed and rows painted once, and no removed widget has to paint."""

from rich.style import Style
from textual import events
from textual.errors import NoWidget
from textual.screen import Screen

from phb_tui.screens.design.shapes import PLAIN, SHAPES


class StyledScreen(Screen[None]):
    """Screen with some behaviours of Textual's corrected."""

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Prepare for Textual's own handler of the message, which comes after this one.

        A screen that was just made is not styled again. What comes before a repaint of the whole is not painted.
        """
        if not self.stack_updates:
            event.refresh_styles = False
        self.refresh()

    def _compositor_refresh(self) -> None:
        """Paint what has changed, unless the whole screen is about to be painted.

        Textual would paint a screen that opens after each of its first layouts, and then once more.
        """
        if not (self._repaint_required and self.is_current):
            super()._compositor_refresh()

    def set_size_before_styling(self) -> None:
        """Set the size before the first styling; set later, everything would be styled twice."""
        size, app = self.app.size, self.app
        self.set_class(SHAPES is PLAIN, "-plain-shapes")
        for cells, points in ((size.width, app.HORIZONTAL_BREAKPOINTS), (size.height, app.VERTICAL_BREAKPOINTS)):
            names = [name for least, name in sorted(points or ()) if cells >= least]
            self.add_class(*names[-1:])

    def get_style_at(self, x: int, y: int) -> Style:
        """The style under the mouse; the default one where a widget was removed and not yet replaced.

        Textual would ask the widget that is gone to paint itself, which it no longer can.
        """
        try:
            widget, _region = self.get_widget_at(x, y)
        except NoWidget:
            return Style.null()
        return super().get_style_at(x, y) if widget.is_attached else Style.null()
