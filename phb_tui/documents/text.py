"""Plain text writer, for the screen, screen readers and email."""

from collections.abc import Iterable, Iterator

from rich.cells import cell_len, chop_cells

from phb_tui.documents import line_breaking
from phb_tui.documents.model import (
    Block,
    Document,
    Facts,
    Heading,
    Items,
    Plain,
    Said,
    Sum,
    Sums,
    Undecided,
    cleaned,
    lines_of,
)
from phb_tui.domain.text import control_characters

WIDTH = 78
_INSIDE = 2
"""Width in columns of a box's left edge."""
_LEAST = 2
"""Width in columns of the widest letter."""


def write(paper: Document, width: int = WIDTH) -> str:
    """Render a document as plain text.

    Args:
        paper: The paper.
        width: The longest line, in columns; no line break is lost. Only a word wider than a line is cut.
    """
    paper = cleaned(paper)
    title = f"{paper.title}: {paper.person}"
    lines = [*_wrapped(title, width), "=" * min(cell_len(title), width)]
    for words in (paper.who, paper.standing, paper.until):
        lines += _wrapped(words, width) if words else []
    lines.append("")
    if paper.warning:
        lines += [*_boxed(_wrapped(paper.warning, width - _INSIDE), width), ""]
    for block in (*paper.front, *paper.blocks):
        lines.extend(_block(block, width))
    # Where a line was folded, a turn of direction may have lost its other half.
    return control_characters.cleaned("\n".join(lines)).rstrip() + "\n"


def _block(block: Block, width: int) -> Iterator[str]:  # noqa: C901 - one case for each sort of block
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
            yield from _items(items, width)
            yield ""
        case Facts(rows):
            for name, value in rows:
                yield from _fact(name, value, width)
            yield ""
        case Sums(rows):
            for row in rows:
                yield from _sum(row, width)
            yield ""
        case Undecided():
            yield from _boxed(_versions(block, width - _INSIDE), width)
            yield ""


def _items(items: Iterable[str], width: int, indent: str = "") -> Iterator[str]:
    """A bulleted list; wrapped lines are indented, so that none is mistaken for an item."""
    for item in items:
        first, *more = lines_of(item)
        yield from _folded(first, width, f"{indent}- ", f"{indent}    ")
        for line in more:
            yield from _folded(line, width, f"{indent}  ", f"{indent}    ")


def _fact(name: str, value: str, width: int) -> Iterator[str]:
    """A label and its value on one line, or the value's lines as a list below the label."""
    label, lines = f"{name}:", lines_of(value)
    if len(lines) == 1:
        yield from _wrapped(f"{label} {lines[0]}", width, "", "  ")
    else:
        yield from _wrapped(label, width)
        yield from _items(lines, width, "  ")


def _sum(row: Sum, width: int) -> Iterator[str]:
    """A label with its amount at the right edge, on the label's last line where there is room, and its sentences."""
    amount = cell_len(row.amount)
    if row.is_total:
        yield f"{'-' * amount:>{width}}"
    *lines, last = _wrapped(row.label, width, "", "  ")
    if cell_len(last) + _INSIDE + amount > width:
        lines, last = [*lines, last], ""
    yield from lines
    yield f"{last}{' ' * max(0, width - cell_len(last) - amount)}{row.amount}"
    for sentence in row.how:
        yield from _wrapped(sentence, width, "    ", "      ")


def _versions(block: Undecided, width: int) -> Iterator[str]:
    """The lines in the box of a value in conflict."""
    yield from _wrapped(block.title, width)
    yield from _wrapped(block.what, width)
    for number, (words, by) in enumerate(block.versions, start=1):
        yield from _wrapped(f"{number}. {by}", width, "", "   ")
        yield from _items(lines_of(words), width, "   ")


def _boxed(lines: Iterable[str], width: int) -> Iterator[str]:
    """Lines with an edge above, below and to the left."""
    edge = "+" + "-" * (width - 1)
    yield edge
    yield from (f"| {line}" for line in lines)
    yield edge


def _wrapped(words: str, width: int, first: str = "", rest: str | None = None) -> Iterator[str]:
    """The lines of a text, each wrapped.

    Args:
        words: The text.
        width: The longest line, in columns.
        first: Stands before each of the text's own lines.
        rest: Stands before what is folded. None: the same, and two columns more where the text has several lines.
    """
    lines = words.splitlines() or [""]
    following = rest if rest is not None else first if len(lines) == 1 else f"{first}  "
    for line in lines:
        yield from _folded(line, width, first, following)


def _folded(line: str, width: int, first: str, rest: str) -> Iterator[str]:
    """Wrap one line by display width; only a word longer than a line is cut, and a date or a number at its spaces."""
    made, empty = first, True
    cut = max(width - max(cell_len(first), cell_len(rest)), _LEAST)
    for word in _words(line.replace("\t", " "), cut):
        for number, piece in enumerate(chop_cells(word, cut) if cell_len(word) > cut else [word]):
            gap = "" if empty or number else " "
            if not empty and cell_len(made) + len(gap) + cell_len(piece) > width:
                yield made
                made, gap = rest, ""
            made, empty = f"{made}{gap}{piece}", False
    yield "" if empty and not first.strip() else made


def _words(line: str, room: int) -> Iterator[str]:
    """The words of a line; one that belongs together and is wider than a line is words of its own again."""
    for word in line_breaking.words_of(line):
        yield from [word] if cell_len(word) <= room else word.split(" ")
