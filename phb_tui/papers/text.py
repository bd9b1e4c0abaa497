"""A paper as plain text, for screens, screen readers and email."""

import textwrap
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

from phb_tui.papers.document import Block, Facts, Heading, Items, Paper, Plain, Said, Undecided

WIDTH = 78
_INSIDE = 2
"""Columns that the left edge of a box takes."""


def write(paper: Paper, width: int = WIDTH) -> str:
    """The whole paper.

    Args:
        paper: The paper.
        width: The longest line, in columns; no line break is lost. Only what has no spaces, such as Chinese, is cut.
    """
    title = f"{paper.title}: {paper.person}"
    underline = "=" * min(cell_len(title), width)
    lines = [*_wrapped(title, width), underline, *_wrapped(paper.standing, width), ""]
    if paper.warning:
        lines += [*_boxed(_wrapped(paper.warning, width - _INSIDE), width), ""]
    for block in paper.blocks:
        lines.extend(_block(block, width))
    return "\n".join(lines).rstrip() + "\n"


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading(level, words):
            yield ""
            yield from _wrapped(words, width)
            yield ("-" if level == 1 else ".") * min(cell_len(words), width)
        case Said(words, by):
            yield from _wrapped(f'"{words}"', width, "  ")
            if by:
                yield from _wrapped(f"- {by}", width, "    ")
            yield ""
        case Plain(words):
            yield from _wrapped(words, width)
            yield ""
        case Items(items):
            for item in items:
                yield from _wrapped(item, width, "- ", "  ")
            yield ""
        case Facts(rows):
            for name, value in rows:
                yield from _wrapped(f"{name}{'' if name.endswith('?') else ':'} {value}", width, "", "  ")
            yield ""
        case Undecided():
            yield from _boxed(_versions(block, width - _INSIDE), width)
            yield ""


def _versions(block: Undecided, width: int) -> Iterator[str]:
    """What stands in the box about something that is not decided."""
    yield from _wrapped(block.title, width)
    yield from _wrapped(block.what, width)
    for number, (words, by) in enumerate(block.versions, start=1):
        yield from _wrapped(words, width, f"{number}. ", "   ")
        yield from _wrapped(by, width, "   ")


def _boxed(lines: Iterator[str], width: int) -> Iterator[str]:
    """Lines with an edge above, below and at the left."""
    edge = "+" + "-" * (width - 1)
    yield edge
    yield from (f"| {line}" for line in lines)
    yield edge


def _wrapped(words: str, width: int, first: str = "", rest: str | None = None) -> Iterator[str]:
    """The text's own lines, each folded; an indent for the first and one for those that follow."""
    following = first if rest is None else rest
    for number, line in enumerate(words.splitlines() or [""]):
        indent = following if number else first
        folded = textwrap.wrap(
            line, width, initial_indent=indent, subsequent_indent=following, break_on_hyphens=False
        ) or [""]  # fmt: skip
        for piece in folded:
            # Letters may be two columns wide, which textwrap does not know.
            yield from chop_cells(piece, width) if cell_len(piece) > width else [piece]
