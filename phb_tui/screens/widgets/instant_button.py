"""Button without press animation, which would lose a second press."""

from textual.widgets import Button


class InstantButton(Button):
    """Button without Textual's press animation, during which a second press would be lost."""

    def on_mount(self) -> None:
        """Set the animation's duration to zero."""
        self.active_effect_duration = 0
