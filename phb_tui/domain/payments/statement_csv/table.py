"""Cuts the text of a CSV file into rows of cells, each with the number of its line in the file.

Python's own `csv` does the cutting. A quotation mark that is never closed would swallow the rest of the file, and one
that another stray mark closes the payments between them: a row that goes over too many lines, or over a line that is a
payment itself, is named, and reading goes on in the line after its first one.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from phb_tui.domain.payments.statement_csv import amounts, days
from phb_tui.domain.text.control_characters import one_line

SEPARATORS = (",", ";", "\t", "|")
MOST_ROWS = 2_000
"""Rows that are read; more could not be looked through before they are kept."""
_MOST_OF_ROW = 12
"""Lines that one row may take: a description with line breaks has two or three."""
_MOST_LINES = 20_000
"""Lines of a file that are looked at, with the empty ones."""
_LONGEST_SHOWN = 200
"""Letters of a line that could not be cut, as it is shown."""
_SAMPLE = 40
"""Lines by which the separator is found."""
_NAMED_SEPARATOR = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
"""What Excel writes in the first line to say which one it is."""
_FORMULA_TEXT = re.compile(r'="(.*)"', re.DOTALL)
"""What some banks write so that Excel leaves a number as it is."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A row of the file.

    Attributes:
        line: Number of its first line in the file, from 1.
        cells: Its cells on one line each, without control characters; None when it could not be cut.
        words: Its first line as it stands, where it could not be cut; else "".
    """

    line: int
    cells: tuple[str, ...] | None
    words: str = ""


def rows(text: str) -> Iterator[Cells]:
    """The rows of a file that are not empty; of a file that is too long one more than `MOST_ROWS`.

    The whole text is cut by one separator: the one that the file names, else the one that cuts its first lines best.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n", _MOST_LINES)
    named = _NAMED_SEPARATOR.fullmatch(lines[0])
    separator = named[1] if named else _separator(lines)
    there = (
        row for row in _cut(lines[:_MOST_LINES], separator, 1 if named else 0) if row.cells is None or any(row.cells)
    )
    return islice(there, MOST_ROWS + 1)


def _separator(lines: Sequence[str]) -> str:
    """The separator with which most of the first rows have the same number of cells, more than one."""
    sample = [line for line in lines if line.strip()][:_SAMPLE]

    def agreeing(separator: str) -> tuple[int, int]:
        widths = Counter(len(row.cells) for row in _cut(sample, separator) if row.cells and len(row.cells) > 1)
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return count, width

    return max(SEPARATORS, key=agreeing)


def _cut(lines: Sequence[str], separator: str, start: int = 0) -> Iterator[Cells]:
    at = start
    while at < len(lines):
        reader = csv.reader((f"{line}\n" for line in lines[at : at + _MOST_OF_ROW]), delimiter=separator, strict=True)
        try:
            cells: tuple[str, ...] | None = tuple(map(_cell, next(reader, [])))
            taken = reader.line_num
        except csv.Error:  # a quotation mark that is not closed, or a cell of more than 131,072 letters
            cells, taken = None, 1
        if any(_is_payment(line.split(separator)) for line in lines[at + 1 : at + taken]):
            cells, taken = None, 1
        yield Cells(at + 1, cells, "" if cells is not None else _cell(lines[at][:_LONGEST_SHOWN]))
        at += taken


def _is_payment(cells: Sequence[str]) -> bool:
    """Whether a day and an amount stand in the cells of a line that a cell with line breaks would hold."""
    texts = [cell.strip().strip('"') for cell in cells]
    dated = [bool(days.read(text) or days.read(text, month_first=True)) for text in texts]
    return any(dated) and any(amounts.read(text) for text, is_day in zip(texts, dated, strict=True) if not is_day)


def _cell(words: str) -> str:
    line = " ".join(one_line(words).split())
    wrapped = _FORMULA_TEXT.fullmatch(line)
    return wrapped[1] if wrapped else line
