"""One person's row in the list of people: columns, then what needs care as shape and word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from phb_tui.domain.text import nhs_number
from phb_tui.i18n import _
from phb_tui.screens.design.shapes import SHAPES

if TYPE_CHECKING:
    from phb_tui.services.person.caseload import Line

WIDE = 90
"""Width in columns from which the whole NHS number is shown."""
SHORTEST, LEAST, MOST, BESIDE = 8, 16, 28, 27
"""Widths in columns: smallest, usual and largest for a name; left beside it for a visit and a mark."""
BORN, END, NUMBER, VISIT, STEP = 13, 9, 14, 19, 15
"""Column widths: date of birth, end of the NHS number, whole number, next visit, step."""

NARROW = 16
"""Columns below which marks are in fewer words."""

Part = tuple[str, str]
"""Words of a row and their style: "late", "two-versions", "begun", "quiet", or "" for none."""


def line_words(line: Line, width: int) -> str:
    """A person's row for a width in columns, without colours."""
    return "".join(words for words, _style in line_parts(line, width)).rstrip()


def line_parts(line: Line, width: int) -> Sequence[Part]:
    """A person's row for a width in columns.

    The name, the date of birth and the end of the NHS number tell people apart, so they are always there; then what
    needs care. The next visit and the step give way first.
    """
    number, size = (line.nhs_number, NUMBER) if width >= WIDE else (_end_of(line.nhs_number), END)
    others = BORN + size + 1
    room = min(max(width - others - BESIDE, min(LEAST, width - others), SHORTEST), MOST)
    parts: list[Part] = [
        (f"{set_cell_size(line.name, room)} {set_cell_size(line.born, BORN)}{set_cell_size(number, size)}", "")
    ]
    left = width - cell_len(parts[0][0])
    marks = list(_fitting(_marks(line, left), left))
    left -= sum(cell_len(words) for words, _style in marks)
    visit = _("visit {date}").format(date=line.next_visit) if line.next_visit else ""
    for words, style, columns in ((visit, "", VISIT), (*_step(line), STEP)):
        if columns <= left and (words or left >= VISIT + STEP):  # an empty column is kept only where both have room
            parts.append((set_cell_size(words, columns), style))
            left -= columns
    return [*parts, *marks]


def _step(line: Line) -> Part:
    if not line.step:
        return SHAPES.not_started + " " + _("Not started"), "quiet"
    return SHAPES.begun + " " + _("step {number}").format(number=line.step), "begun"


def _marks(line: Line, width: int) -> list[Part]:
    """The marks of a person, such as an overdue review, most urgent first."""
    late, two = SHAPES.late + " ", SHAPES.two_versions + " "
    short = width < NARROW
    marks = (
        (_("same number") if short else _("same NHS number"), "", line.same_number),
        (_("same name"), "", line.same_name and not line.same_number),
        (_("died {date}").format(date=line.died), "", bool(line.died)),
        (late + (_("Late") if short else _("review overdue")), "late", line.review_overdue),
        (two + (_("decide") if short else _("two versions")), "two-versions", line.conflict),
        (_("not sent"), "quiet", line.waiting),
    )
    return [(words, style) for words, style, there in marks if there]


def _fitting(marks: Sequence[Part], width: int) -> Iterable[Part]:
    """As many marks as fit a width, none of them cut."""
    used = 0
    for words, style in marks:
        more = f"  {words}" if used else words
        if used + cell_len(more) <= width or not used:
            used += cell_len(more)
            yield more, style


def _end_of(number: str) -> str:
    four = nhs_number.last_four(number)
    return f"...{four}" if four else number
