"""What is left of each line of a budget: planned to date, spent and left, with bars in a wide window."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.budget.amounts.pence import pounds, shown
from phb_tui.i18n import N_, _, n_
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.lists.line_list import ADD, LineList, gap, heading, refill
from phb_tui.screens.lists.row import BAR, Row
from phb_tui.screens.payments import payment_lines
from phb_tui.screens.payments.payment_forms import new_purchase
from phb_tui.services.payments import line_choices, spending
from phb_tui.services.payments.spending import PURCHASE, LineSpending, Spending

LINE = "line:"
"""Prefix of the id of a line; its place in the list follows."""
SUM, LEFT = 11, 16
"""Columns of an amount, and of what is left with its words."""


class SpendingScreen(PersonScreen):
    """Shows what was planned and spent, and what is left, of each line of a person's budgets.

    Args:
        person_id: The person.
    """

    TITLE = N_("What is left of each line")
    HELP = N_(
        "Each line of the budget with what was planned up to today, what was spent, and what is left for the whole "
        "budget. 'Over by' means that more was spent than the line has. Enter on a line adds something that was paid "
        "for from it; F7 adds something and lets you choose the line."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "#lines"
    CSS_PATH = "spending.tcss"

    def __init__(self, person_id: str) -> None:
        super().__init__(person_id)
        self._lines: dict[str, LineSpending] = {}
        self._room = (False, False)
        """Whether it was laid out for a narrow and for a wide window."""

    def compose_body(self) -> ComposeResult:
        """Compose what has to be known and the lines."""
        yield Static("", id="notes", classes="note", markup=False)
        yield LineList(id="lines", markup=False)

    def on_resize(self) -> None:
        """Lay the columns out again; the screen gets its new width after this event."""
        self.call_after_refresh(self._make_room)

    def _make_room(self) -> None:
        if self._room != self._space():
            self.reload()

    def _space(self) -> tuple[bool, bool]:
        return self.has_class("-narrow"), self.has_class("-wide")

    def reload(self) -> None:
        """Read what was spent again."""
        self._room = self._space()
        found = spending.of_person(self.session, self.person_id)
        words = "\n".join(_notes(found))
        self.query_one("#notes", Static).update(Content(words))
        self.query_one("#notes").set_class(not words, "hidden")
        self._lines = {f"{LINE}{number}": line for number, line in enumerate(found.lines)}
        refill(self.query_one("#lines", LineList), list(self._options(found)))

    def _options(self, found: Spending) -> Iterator[Option]:
        ids = {line.id: option_id for option_id, line in self._lines.items()}
        for version, lines in found.budgets:
            yield Option(
                Row(heading_of(payment_lines.version_words(self.session, version)), self._columns(), whole=True),
                disabled=True,
            )
            for line in lines:
                yield Option(self._row(line), id=ids[line.id], disabled=line.is_credit)
            yield Option(self._row(spending.total(lines), _("All together")), disabled=True)
            yield gap()
        rest = [
            *((line_choices.in_words(found.names, line), pence) for line, pence in found.elsewhere.items()),
            (_("On none of the lines"), found.on_none),
            (_("Line not chosen yet"), found.not_chosen),
        ]
        if any(pence for _words, pence in rest):
            yield heading(_("Spent, and on no line of these"))
            for words, pence in rest:
                if pence:
                    yield Option(Row(words, shown(pence), whole=True), disabled=True)
            yield gap()
        yield Option(f"+ {forms.form(PURCHASE).add}", id=f"{ADD}{PURCHASE}")

    def _columns(self) -> Content:
        names = [] if self._room[0] else [_("to date"), _("spent")]
        words = "".join(f"{name:>{SUM}}" for name in names) + _("left").rjust(LEFT)
        return Content.styled(words, "$quiet")

    def _row(self, line: LineSpending, name: str = "") -> Row:
        narrow, wide = self._room
        figures = "" if narrow else f"{shown(line.planned):>{SUM}}{shown(line.spent):>{SUM}}"
        if line.is_credit:
            words = _("takes {sum} off").format(sum=shown(-line.whole))
            left = Content(f"{figures}{words:>{LEFT}}")
        elif line.left < 0:
            words = _("over by {sum}").format(sum=shown(-line.left))
            left = Content(figures) + Content.styled(f"{words:>{LEFT}}", "bold $red")
        else:
            left = Content(f"{figures}{shown(line.left):>{LEFT}}")
        bar = _bar(line) + "  " if wide else Content("")
        return Row(Content.styled(name, "bold") if name else line.name, bar + left, whole=True)

    @on(OptionList.OptionSelected, "#lines")
    def _open(self, event: OptionList.OptionSelected) -> None:
        line = self._lines.get(str(event.option.id))
        self.app.push_screen(new_purchase(self.session, self.person_id, line.id if line else ""))


def heading_of(words: str) -> Content:
    """The heading of the lines of one budget."""
    return Content.styled(words, "bold $bold")


def _bar(line: LineSpending) -> Content:
    """How much of a line is spent."""
    filled = min(BAR, BAR * line.spent // line.whole) if line.whole > 0 else 0
    style = "$red" if line.left < 0 else "$blue"
    return Content.styled(SHAPES.filled * filled, style) + Content.styled(SHAPES.rest * (BAR - filled), "$rail")


def _notes(found: Spending) -> Iterator[str]:
    if not found.budgets:
        yield _("No budget is confirmed yet, so there are no lines. What is paid for can be written down all the same.")
    if found.unreadable:
        yield n_(
            "{count} purchase has an amount that cannot be read. It is in no sum.",
            "{count} purchases have an amount that cannot be read. They are in no sum.",
            found.unreadable,
        ).format(count=found.unreadable)
    over = [line for line in found.lines if line.left < 0 and not line.is_credit]
    if over:
        words = _("More was spent than planned: {lines}.")
        yield words.format(lines="; ".join(f"{line.name} {pounds(-line.left)}" for line in over[:2]))
