"""What a screen paints in which colours, as text: the names of the palettes' colours, for all themes at once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from itertools import groupby, pairwise

from phb_tui.screens.design.palettes import PALETTES, Palette
from tools.pictures.painted import Run

TOKENS = tuple(field.name for field in fields(Palette)[1:])
LONGEST = 24
"""Characters of a text that are shown, enough to know which it is."""

Letter = tuple[Run, ...]
"""A letter's run in each theme."""
Piece = tuple[Letter, str]
"""Letters side by side that look the same, and what they say."""


def described(painted: Mapping[str, Sequence[Run]]) -> str:
    """Each pair of colours with what is painted in it: the rows, counted from 1, and the text.

    Args:
        painted: What the screen shows, by the name of the theme.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    for number, row in enumerate(_rows(painted), 1):
        for letter, text in _pieces(row):
            look = _look(letter, blank=text.isspace())
            if look != "only ground":
                found.setdefault(look, []).append((number, _short(text)))
    lines = [line for look in sorted(found, key=_place) for line in (look, *_lines(found[look]))]
    return "\n".join(lines) + "\n"


def palette_table() -> str:
    """Every colour by its name, in each theme."""
    rows = [("", *PALETTES), *((token, *_values(token)) for token in TOKENS)]
    return "".join("".join(f"{cell:<10}" for cell in row).rstrip() + "\n" for row in rows)


def name_of(colour: Sequence[str]) -> str:
    """The name of a colour.

    Args:
        colour: As #rrggbb in each theme. When no name fits in all of them, what fits is said for each.
    """
    for token in TOKENS:
        if _values(token) == tuple(colour):
            return token
    names = [
        "/".join(token for token in TOKENS if getattr(palette, token).lower() == one) or one
        for palette, one in zip(PALETTES.values(), colour, strict=True)
    ]
    return "[" + ", ".join(f"{theme}: {name}" for theme, name in zip(PALETTES, names, strict=True)) + "]"


def _short(text: str) -> str:
    """The beginning of a text; a shape that is drawn again and again is drawn once."""
    return re.sub(r"([\u2500-\u25ff])\1+", r"\1", " ".join(text.split()))[:LONGEST].rstrip()


@cache
def _values(token: str) -> tuple[str, ...]:
    return tuple(getattr(palette, token).lower() for palette in PALETTES.values())


def _rows(painted: Mapping[str, Sequence[Run]]) -> Iterator[list[tuple[str, Letter]]]:
    """Each row's letters with their runs; the words are the same in every theme, or nobody could compare them."""
    themes = [painted[theme] for theme in PALETTES]
    rows = [[list(found) for _row, found in groupby(runs, key=lambda run: run.row)] for runs in themes]
    for sides in zip(*rows, strict=True):
        letters = [[(letter, run) for run in runs for letter in run.text] for runs in sides]
        assert len({"".join(letter for letter, _run in side) for side in letters}) == 1
        yield [(same[0][0], tuple(run for _letter, run in same)) for same in zip(*letters, strict=True)]


def _pieces(row: Sequence[tuple[str, Letter]]) -> Iterator[Piece]:
    """A row's texts; blanks belong to what stands before or behind them on the same ground."""
    pieces: list[Piece] = []
    for text, letter in row:
        last, before = pieces[-1] if pieces else (letter, "")
        blank = text.isspace() or before.isspace()
        if pieces and (_ground(last) == _ground(letter) if blank else _look(last) == _look(letter)):
            pieces[-1] = (last if text.isspace() else letter, before + text)
        else:
            pieces.append((letter, text))
    return iter(pieces)


def _ground(letter: Letter) -> list[str]:
    return [run.ground.hex for run in letter]


def _look(letter: Letter, *, blank: bool = False) -> str:
    ground = name_of(_ground(letter))
    if blank:
        return f"only {ground}"
    words = f"{name_of([run.front.hex for run in letter])} on {ground}"
    for name, has in (("bold", [run.bold for run in letter]), ("underlined", [run.underline for run in letter])):
        if any(has):
            where = (
                "" if all(has) else f" in {' and '.join(theme for theme, it in zip(PALETTES, has, strict=True) if it)}"
            )
            words += f", {name}{where}"
    return words


def _place(look: str) -> tuple[int, str]:
    first = look.split(" ", maxsplit=1)[0]
    return (TOKENS.index(first) if first in TOKENS else len(TOKENS), look)


def _lines(found: Sequence[tuple[int, str]]) -> Iterator[str]:
    """A line for each text, with one for the same text in row after row."""
    by_text: dict[str, list[int]] = {}
    for number, text in found:
        by_text.setdefault(text, []).append(number)
    for text, numbers in by_text.items():
        yield f"{_numbers(numbers):>8}  {text}".rstrip()


def _numbers(numbers: Sequence[int]) -> str:
    """Rows, as in 2, 4-7."""
    unique = sorted(set(numbers))
    starts = [unique[0], *(later for earlier, later in pairwise(unique) if later != earlier + 1)]
    ends = [*(earlier for earlier, later in pairwise(unique) if later != earlier + 1), unique[-1]]
    return ", ".join(str(start) if start == end else f"{start}-{end}" for start, end in zip(starts, ends, strict=True))
