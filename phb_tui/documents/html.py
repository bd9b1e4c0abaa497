"""A paper as one HTML file that any browser can show and print on A4, with nothing fetched from anywhere.

The template escapes every value, so that a person's words can never be markup.
"""

from functools import cache
from typing import TYPE_CHECKING

from phb_tui.documents.line_breaking import pieces_of
from phb_tui.documents.model import Block, Document, Layout, cleaned, lines_of
from phb_tui.i18n import _

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_SIZES = {Layout.STANDARD: 12, Layout.LARGE: 18, Layout.EASY: 16}
"""How large its letters are, in points."""


def write(paper: Document, layout: Layout, language: str = "en-GB") -> bytes:
    """The whole file, in UTF-8.

    Args:
        paper: The paper.
        layout: Ordinary, large print, or one idea a line with room for pictures.
        language: What the paper's own words are in; a person's words carry their own direction.
    """
    paper = cleaned(paper)
    made = (
        _environment()
        .get_template("document.html.j2")
        .render(
            paper=paper,
            title=f"{paper.title}: {paper.person}",
            standing="\n".join(words for words in (paper.standing, paper.until) if words),
            layout=str(layout),
            size=_SIZES[layout],
            language=language,
            page=_("Page") + " ",
            of=" " + _("of") + " ",
        )
    )
    return made.encode()


@cache
def _environment() -> "Environment":
    from phb_tui.documents.template_environment import environment  # noqa: PLC0415 - jinja2 only when a document is written

    made = environment("phb_tui.documents")
    made.filters.update(kind=_kind, lines=lines_of, css_string=_css_string, together=_together)
    return made


def _kind(block: Block) -> str:
    """The name of the macro that writes a block."""
    return type(block).__name__.lower()


def _together(words: "str | Markup") -> "Markup":
    """Words with what belongs together marked, so that no line breaks in it; what is HTML already stays as it is."""
    from markupsafe import Markup, escape  # noqa: PLC0415 - comes with jinja2

    if isinstance(words, Markup):
        return words
    one = Markup('<span class="together">{}</span>')
    return Markup("").join(one.format(piece) if is_one else escape(piece) for piece, is_one in pieces_of(words))


def _css_string(words: str) -> "Markup":
    """Words of ours as a string of CSS; HTML has no escapes inside a style, so CSS's own stand for all but letters."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    letters = (letter if letter.isalnum() or letter == " " else f"\\{ord(letter):x} " for letter in words)
    return Markup(f'"{"".join(letters)}"')  # noqa: S704 - nothing but letters, spaces and backslashes
