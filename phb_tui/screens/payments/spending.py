"""What is left of each line of a budget: planned to date, spent and left, with bars in a wide window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
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
from phb_tui.screens.widgets.read_only import ScrollPage
from phb_tui.services.payments import line_choices, spending
from phb_tui.services.payments.spending import PURCHASE, LineSpending, Spending

LINE = "line:"
"""Prefix of the id of a line; its place in the list follows."""
SUM, LEFT = 11, 16
"""Columns of an amount, and of what is left with its words, at the least."""
BETWEEN = 2
"""Columns that stay empty before a figure."""


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
        self._widths = SUM, LEFT
        """Columns of an amount and of what is left."""

    def compose_body(self) -> ComposeResult:
        """Compose what has to be known and the lines."""
        with ScrollPage(id="known"):
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
        words = "\n".join(_notes(found, with_planned=not self._room[0]))
        self.query_one("#notes", Static).update(Content(words))
        self.query_one("#known").set_class(not words, "hidden")
        self._widths = _widths([*found.lines, *(spending.total(lines) for _version, lines in found.budgets)])
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
            in_all = spending.total(found.lines).spent + found.off_lines
            yield Option(Row(Content.styled(_("Spent in all"), "bold"), shown(in_all), whole=True), disabled=True)
            yield gap()
        yield Option(f"+ {forms.form(PURCHASE).add}", id=f"{ADD}{PURCHASE}")

    def _columns(self) -> Content:
        names = [] if self._room[0] else [_("to date"), _("spent")]
        words = "".join(f"{name:>{self._widths[0]}}" for name in names) + _("left").rjust(self._widths[1])
        return Content.styled(words, "$quiet")

    def _row(self, line: LineSpending, name: str = "") -> Row:
        (narrow, wide), (of_sum, of_left) = self._room, self._widths
        figures = "" if narrow else f"{shown(line.planned):>{of_sum}}{shown(line.spent):>{of_sum}}"
        is_over = line.left < 0 and not line.is_credit
        left = Content(figures) + Content.styled(_left(line).rjust(of_left), "bold $red" if is_over else "")
        bar = _bar(line) + "  " if wide else Content("")
        return Row(Content.styled(name, "bold") if name else line.name, bar + left, whole=True)

    @on(OptionList.OptionSelected, "#lines")
    def _open(self, event: OptionList.OptionSelected) -> None:
        line = self._lines.get(str(event.option.id))
        self.app.push_screen(new_purchase(self.session, self.person_id, line.id if line else ""))


def _left(line: LineSpending) -> str:
    """What is left of a line, in figures and words."""
    if line.is_credit:
        return _("takes {sum} off").format(sum=shown(-line.whole))
    return _("over by {sum}").format(sum=shown(-line.left)) if line.left < 0 else shown(line.left)


def _widths(lines: Sequence[LineSpending]) -> tuple[int, int]:
    """Columns of an amount and of what is left, so that room stays before each."""
    sums = [shown(pence) for line in lines for pence in (line.planned, line.spent)]
    left = [_left(line) for line in lines]
    return _widest(sums, SUM), _widest(left, LEFT)


def _widest(words: Iterable[str], least: int) -> int:
    return max([least, *(cell_len(each) + BETWEEN for each in words)])


def heading_of(words: str) -> Content:
    """The heading of the lines of one budget."""
    return Content.styled(words, "bold $bold")


def _bar(line: LineSpending) -> Content:
    """How much of a line is spent."""
    filled = min(BAR, BAR * line.spent // line.whole) if line.whole > 0 else 0
    style = "$red" if line.left < 0 else "$blue"
    return Content.styled(SHAPES.filled * filled, style) + Content.styled(SHAPES.rest * (BAR - filled), "$rail")


def _notes(found: Spending, *, with_planned: bool) -> Iterator[str]:
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
    if found.budgets and with_planned:
        yield _("'To date' is what was planned up to today.")
