"""A button that takes every press."""

from textual.widgets import Button


class InstantButton(Button):
    """A button without the fade that Textual's own has, during which a second press would be lost."""

    def on_mount(self) -> None:
        """Nothing fades."""
        self.active_effect_duration = 0
