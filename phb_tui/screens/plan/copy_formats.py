"""The forms that a copy can have: PDF, web page or text, in ordinary print, large print or with room for pictures."""

from textual.widgets.option_list import Option

from phb_tui.documents.model import Layout
from phb_tui.i18n import N_, _

CHOICES = (
    ("pdf", Layout.STANDARD, N_("PDF, ordinary print")),
    ("pdf", Layout.LARGE, N_("PDF, large print")),
    ("pdf", Layout.EASY, N_("PDF, layout with room for pictures")),
    ("html", Layout.STANDARD, N_("Web page, ordinary print")),
    ("html", Layout.LARGE, N_("Web page, large print")),
    ("html", Layout.EASY, N_("Web page, layout with room for pictures")),
    ("txt", Layout.STANDARD, N_("Text file")),
)
FULL = ("pdf", Layout.STANDARD)
"""The form of the copy for professionals."""
_LINE = "copy-"
"""Begins the ids of the lines."""
ORDINARY = f"{_LINE}0"
"""Id of the line of the ordinary copy."""


def lines() -> list[Option]:
    """A line for each form."""
    return [Option(_(words), id=f"{_LINE}{number}") for number, (_kind, _layout, words) in enumerate(CHOICES)]


def of_line(line_id: str) -> tuple[str, Layout]:
    """The kind of file and the layout of a line."""
    kind, layout, _words = CHOICES[int(line_id.removeprefix(_LINE))]
    return kind, layout
