"""What stands beside the lines of a budget in a wide window: how the highlighted one was worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content

from phb_tui.domain.budget.amounts.figures import MONEY
from phb_tui.domain.budget.inputs import Budget
from phb_tui.i18n import N_, _
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.lists.side_panel import titled_lines
from phb_tui.services.budget.shown import running_words
from phb_tui.services.budget.shown.overview import Overview, Row
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

Beside = tuple[str, Iterable[Content]]
"""Title and lines of the panel."""
LINKS = (("need_id", N_("For this need")), ("goal_id", N_("For this goal")))


def of_row(session: Session, row: Row, budget: Budget | None) -> Beside:
    """How a row was worked out, what is missing in it, what it is for, and what a week costs while it runs."""
    return _("How it was worked out"), _of_row(session, row, budget)


def _of_row(session: Session, row: Row, budget: Budget | None) -> Iterator[Content]:
    yield Content.styled(row.label, "bold $bold")
    if row.record is not None and budget is not None and not row.part:
        words = running_words.weekly(budget, row.record.record_id)
        if words and (average := row.weekly(budget.period.days)) is not None:
            yield Content(
                _("{words}. In an average week of the budget: {average}").format(
                    words=words, average=MONEY.shown(average)
                )
            )
    for problem in row.problems:
        yield Content.styled(f"{SHAPES.late} {problem.say}", "bold $red")
    several = len({line.label for line in row.lines}) > 1
    for line in row.lines:
        if several:
            yield Content("")
            yield Content.styled(line.label, "bold")
        yield from (Content(sentence) for sentence in line.working)
    if row.record is not None:
        for field, words in LINKS:
            if linked := record_lists.display(session, row.record, field):
                yield from titled_lines(_(words), [Content(linked)])


def of_budget(found: Overview, *, hides: bool) -> Beside:
    """What is worth knowing about the whole budget; notes for staff only outside family view."""
    notes = [*found.why_provisional, *found.notes(hides=hides)]
    return _("Good to know"), [Content(f"- {note}") for note in notes]
