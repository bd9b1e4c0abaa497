"""A budget beside the usual package of care: what it avoids or costs more; for staff only, and never printed."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.budget.amounts.pence import pounds
from phb_tui.domain.budget.comparison import Comparison
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _, n_
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.budget import places
from phb_tui.screens.budget.figures import difference_rows
from phb_tui.screens.lists.line_list import LineList, gap, heading, id_of, refill, titled
from phb_tui.screens.lists.row import Row
from phb_tui.screens.widgets.read_only import shortened
from phb_tui.services.budget import budget_words, usual_package
from phb_tui.services.budget.usual_package import UsualPackage
from phb_tui.services.records import record_lists

_LONGEST = 30
"""Columns of an answer that stands at the right of its question; a longer one stands below."""


class CompareScreen(PersonScreen):
    """Compares a budget with the usual package; covered while the laptop may be turned to the family.

    Args:
        person_id: The person.
        budget_id: The budget.
    """

    TITLE = N_("Next to the usual package")
    HELP = N_(
        "What the usual package of care would cost, how that is known, and what this budget costs beside it. Enter on "
        "a line writes it down. Only staff see this: it is on no paper, and not in family view. It decides nothing "
        "about what the person needs."
    )
    AUTO_FOCUS = "#lines"
    CSS_PATH = "compare.tcss"

    def __init__(self, person_id: str, budget_id: str) -> None:
        super().__init__(person_id)
        self._budget_id = budget_id
        self._places: dict[str, tuple[Record, str]] = {}

    def compose_body(self) -> ComposeResult:
        """Compose what is to be known first, and the lines."""
        yield Static("", id="summary", classes="note", markup=False)
        yield titled(LineList(id="lines", markup=False), _("Next to the usual package"))

    def staff_only(self) -> bool:
        """All of it is for staff."""
        return True

    def heading(self) -> str:
        """The title; while the screen is covered it does not say what is compared."""
        return _("For staff") if self.hides else super().heading()

    def reload(self) -> None:
        """Read the budget again and keep the highlighted line."""
        self._places = {}
        budget = places.budget_of(self.session, self.person_id, self._budget_id)
        read = usual_package.read(self.session, budget) if budget is not None else None
        words = "\n".join(self._sentences(read)) if read is not None else _("This budget is not on the list any more.")
        self.query_one("#summary", Static).update(Content(words))
        refill(self.query_one("#lines", LineList), list(self._lines(read)) if read is not None else [])

    def _sentences(self, read: UsualPackage) -> Iterator[str]:
        yield shortened(record_lists.title(self.session, read.budget), _LONGEST)
        if read.found is None:
            yield _(
                "Write what the usual package would cost a week, and the days of the budget. Then both are compared."
            )
        elif read.budget.text("instead_basis") == "not_known":
            yield _("It is not known what the usual package would cost. This comparison is a guess and is not counted.")
        elif not read.is_known:
            yield _("Say how the cost of the usual package is known. Until then this comparison is a guess.")
        if words := budget_words.left_out(read.worked):
            yield words
        if read.worked.totals.one_off and read.found is not None:
            yield _("What is bought once is not compared: {sum}.").format(sum=pounds(read.worked.totals.one_off))

    def _lines(self, read: UsualPackage) -> Iterator[Option]:
        yield heading(_("The usual package"))
        yield from (self._asked(read.budget, name) for name in usual_package.FIELDS)
        if read.found is not None and read.worked.budget is not None:
            yield gap()
            days = read.worked.budget.period.days
            yield heading(n_("Both, for {count} day", "Both, for {count} days", days).format(count=days))
            yield from self._compared(read, read.found)
        yield gap()
        yield heading(_("Where the money comes from"))
        yield from (self._asked(read.budget, name) for name in usual_package.FUNDING_FIELDS)
        if read.released is not None:
            yield _figure(_("Released until the budget ends"), read.released)

    def _compared(self, read: UsualPackage, found: Comparison) -> Iterator[Option]:
        yield _figure(_("The usual package"), found.usual)
        yield _figure(_("This budget, without what is paid once"), read.worked.totals.recurring)
        part = "" if found.tenths is None else _(" ({share}%)").format(share=_tenths(found.tenths))
        yield _result(_("This budget is"), found.avoided, part)
        if read.overlap:
            both = n_("Both run for {count} week", "Both run for {count} weeks", read.overlap).format(
                count=read.overlap
            )
            yield _figure(both, found.double_running)
        yield _figure(_("To start"), read.worked.totals.start)
        yield _result(_("In the first year, with these two, it is"), found.first_year)

    def _asked(self, budget: Record, name: str) -> Option:
        """A line of something that is written down; Enter opens it."""
        option_id = f"{id_of(budget)}:{name}"
        self._places[option_id] = (budget, name)
        asked = forms.field("budget", name)
        label = asked.label if asked is not None else name
        said = " ".join(record_lists.display(self.session, budget, name).split()) or _("not written yet")
        if len(said) <= _LONGEST:
            return Option(Row(label, said), id=option_id)
        return Option(Content(f"{label}\n  {said}"), id=option_id)

    @on(OptionList.OptionSelected, "#lines")
    def _open(self, event: OptionList.OptionSelected) -> None:
        self.app.push_screen(places.form_at(*self._places[str(event.option.id)]))


def _figure(words: str, pence: int) -> Option:
    return Option(Row(words, pounds(pence)), disabled=True)


def _result(words: str, avoided: int, more: str = "") -> Option:
    """What is avoided, as shape and words; what is dearer is said to be dearer."""
    return Option(
        Row(
            Content.styled(words, "bold $bold"), Content.styled(difference_rows.compared(-avoided) + more, "bold $bold")
        ),
        disabled=True,
    )


def _tenths(tenths: int) -> str:
    return f"{abs(tenths) // 10}.{abs(tenths) % 10}"
