"""A paper as plain text, for screens, screen readers and email."""

import textwrap
from collections.abc import Iterator

from phb_tui.papers.document import Block, Facts, Heading, Items, Paper, Plain, Said

WIDTH = 78


def write(paper: Paper, width: int = WIDTH) -> str:
    """The whole paper.

    Args:
        paper: The paper.
        width: The longest line, in characters; no line break is lost and no word is cut.
    """
    title = f"{paper.title}: {paper.person}"
    lines = [title, "=" * min(len(title), width), *_wrapped(paper.standing, width), ""]
    for block in paper.blocks:
        lines.extend(_block(block, width))
    return "\n".join(lines).rstrip() + "\n"


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading(level, words):
            yield ""
            yield from _wrapped(words, width)
            yield ("-" if level == 1 else ".") * min(len(words), width)
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


def _wrapped(words: str, width: int, first: str = "", rest: str | None = None) -> Iterator[str]:
    """The text's own lines, each folded; an indent for the first and one for those that follow."""
    following = first if rest is None else rest
    for number, line in enumerate(words.splitlines() or [""]):
        indent = following if number else first
        yield from textwrap.wrap(
            line, width, initial_indent=indent, subsequent_indent=following, break_long_words=False,
            break_on_hyphens=False, drop_whitespace=True,
        ) or [""]  # fmt: skip
