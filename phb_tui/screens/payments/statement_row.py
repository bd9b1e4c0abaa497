"""One payment of a statement before it is kept: whether to keep it, and which line of the budget it is for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.domain.budget.amounts.pence import pounds
from phb_tui.domain.calendar import dates
from phb_tui.i18n import N_, _
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.lists.line_list import Line, LineList, gap, heading
from phb_tui.screens.lists.row import Row
from phb_tui.screens.payments import statement_lines
from phb_tui.services.payments.line_choices import NONE
from phb_tui.services.payments.statement_import import Candidate, Preview, State

TICK, NO_LINE, LATER, LINE = "tick", "no-line", "later", "line-"


class Choice(NamedTuple):
    """What was chosen for a row.

    Attributes:
        tick: Whether it is kept.
        line: Id of its line of the budget, `NONE` for none of them, "" to choose later; None when nothing was said.
    """

    tick: bool
    line: str | None = None


class StatementRowScreen(PersonScreen):
    """Asks what becomes of one row.

    Args:
        person_id: The person.
        candidate: The row.
        preview: What the statement would add, for the lines of the budget.
        now: What was chosen for it before.
        done: Called with what is chosen.
    """

    TITLE = N_("One payment")
    HELP = N_(
        "Choose which line of the budget this payment is from, or leave it out. Beside each line stands what is left "
        "of it without this file. The line is used for the other payments of this file to the same payee, and is "
        "offered the next time. Nothing is kept yet."
    )
    AUTO_FOCUS = "#lines"
    CSS_PATH = "import_statement.tcss"

    def __init__(
        self, person_id: str, candidate: Candidate, preview: Preview, now: Choice, done: Callable[[Choice], object]
    ) -> None:
        super().__init__(person_id)
        self._candidate, self._preview, self._now, self._done = candidate, preview, now, done
        self._lines = preview.lines(candidate.row.day)

    def compose_body(self) -> ComposeResult:
        """Compose the payment and what can be chosen."""
        row = self._candidate.row
        words = [
            f"{dates.in_full(row.day.isoformat())}  {statement_lines.amount(row)}",
            row.payee or _("(not said to whom)"),
        ]
        if self._candidate.is_refund:
            words.append(_("This came in. Keep it if it gives back what was paid for from the budget."))
        if self._candidate.state is State.PERHAPS:
            words.append(_("One of the same amount and about the same day is kept. It may be this one."))
        yield Static("\n".join(words), id="about", classes="note", markup=False)
        yield LineList(id="lines", markup=False)

    def staff_only(self) -> bool:
        """As the statement it comes from."""
        return True

    def on_ready(self) -> None:
        """Show what can be chosen, at the line that is chosen now."""
        numbers = [number for number, line in enumerate(self._lines) if line.id == self._now.line]
        here = f"{LINE}{numbers[0]}" if numbers else NO_LINE if self._now.line == NONE else LATER
        self.query_one("#lines", LineList).begin(list(self._options()), here)

    def _options(self) -> Iterator[Option]:
        keep = _("Keep it as a refund") if self._candidate.is_refund else _("Keep it")
        yield Line(_("Leave it out") if self._now.tick else keep, TICK, "k")
        yield gap()
        yield heading(_("From which line of the budget?"))
        yield Option(" ".join((self._mark(""), _("Choose later"))), id=LATER)
        yield Option(" ".join((self._mark(NONE), _("None of these lines"))), id=NO_LINE)
        for number, line in enumerate(self._lines):
            left = _("over by {sum}").format(sum=pounds(-line.left)) if line.left < 0 else pounds(line.left)
            yield Option(Row(f"{self._mark(line.id)} {line.name}", left, whole=True), id=f"{LINE}{number}")

    def _mark(self, line: str) -> str:
        return SHAPES.chosen if line == (self._now.line or "") else SHAPES.not_chosen

    @on(OptionList.OptionSelected, "#lines")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        if chosen == TICK:
            self._done(Choice(not self._now.tick))
        elif chosen == NO_LINE:
            self._done(Choice(tick=True, line=NONE))
        elif chosen == LATER:
            self._done(Choice(self._now.tick, ""))
        else:
            self._done(Choice(tick=True, line=self._lines[int(chosen.removeprefix(LINE))].id))
        self.action_back()
