"""Words as they may stand in HTML."""

import html

from phb_tui.domain.text.control_characters import cleaned


def escape(words: str) -> str:
    """The words as text of a page: nothing in them is markup, and nothing in them turns what stands beside it."""
    return html.escape(cleaned(words))
