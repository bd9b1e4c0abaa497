"""What to expect in a step."""

from textual.app import ComposeResult
from textual.widgets import Static

from phb_tui.screens.host import TableScreen
from phb_tui.screens.widgets.reading import Page


class ExpectScreen(TableScreen):
    """What to expect in a step."""

    TITLE = "What to expect"
    HELP = "x"
    FAMILY_SAFE = True
    AUTO_FOCUS = "Page"

    def __init__(self, person_id: str, step: int) -> None:
        super().__init__()
        self.person_id, self.step = person_id, step

    def compose_body(self) -> ComposeResult:
        """Page."""
        with Page():
            yield Static(f"Step {self.step}")
