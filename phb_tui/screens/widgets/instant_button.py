"""Button without press animation, which would lose a second press."""

from textual.content import Content
from textual.geometry import Offset, Size
from textual.widgets import Button

from phb_tui.screens.design.shapes import SHAPES


class InstantButton(Button):
    """Button without Textual's press animation, during which a second press would be lost."""

    def on_mount(self) -> None:
        """Set the animation's duration to zero."""
        self.active_effect_duration = 0

    def render(self) -> Content:
        """The label, with the mark before it while it has the focus."""
        return Content(f"{SHAPES.here if self.has_focus else ' '}{self.label}")

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Width of the label with the mark."""
        return super().get_content_width(container, viewport) + 1

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: on the mark."""
        return self.content_region.offset + Offset(self.styles.line_pad, 0)
