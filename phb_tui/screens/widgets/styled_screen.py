"""A screen of Textual's that is styled once, and asks no widget that is gone to paint itself."""

from rich.style import Style
from textual.errors import NoWidget
from textual.screen import Screen


class StyledScreen(Screen[None]):
    """Two habits of Textual's are changed for every screen."""

    def know_room(self) -> None:
        """Say how much room there is before anything is on the screen; later, everything would be styled twice."""
        size, app = self.app.size, self.app
        for cells, points in ((size.width, app.HORIZONTAL_BREAKPOINTS), (size.height, app.VERTICAL_BREAKPOINTS)):
            names = [name for least, name in sorted(points or ()) if cells >= least]
            self.add_class(*names[-1:])

    def get_style_at(self, x: int, y: int) -> Style:
        """What is painted under the mouse; nothing where a widget was taken away and the next is not there yet.

        Textual would ask the widget that is gone to paint itself, which it no longer can.
        """
        try:
            widget, _region = self.get_widget_at(x, y)
        except NoWidget:
            return Style.null()
        return super().get_style_at(x, y) if widget.is_attached else Style.null()
