"""Workarounds for Textual's Screen: styles are computed once, and removed widgets are not asked to paint."""

from rich.style import Style
from textual.errors import NoWidget
from textual.screen import Screen

from phb_tui.screens.design.shapes import PLAIN, SHAPES


class StyledScreen(Screen[None]):
    """Screen with two behaviours of Textual's corrected."""

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
