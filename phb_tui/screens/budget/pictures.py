"""Pictures of a budget: where the money goes, and the week as it would be."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from phb_tui.domain.budget import shares_of_money, week_grid
from phb_tui.domain.budget.amounts.pence import pounds
from phb_tui.domain.budget.work import Worked
from phb_tui.domain.calendar import dates
from phb_tui.i18n import N_, _
from phb_tui.screens.base.page_keys import page_keys
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.base.reader import FocusablePage
from phb_tui.screens.budget import places
from phb_tui.screens.budget.figures import money_bars, week_picture
from phb_tui.screens.widgets.drawn import Drawn
from phb_tui.screens.widgets.read_only import shortened
from phb_tui.services.budget import budget_words, budgets, team_figures
from phb_tui.services.records import record_lists

NAME = 60
"""Columns of the budget's name, of which the rest is left out."""
SIDE_BY_SIDE = 150
"""Columns from which the money and the week stand side by side."""


class MoneyPicturesScreen(PersonScreen):
    """Shows where the money of a budget goes, and who comes on which day of a week.

    Args:
        person_id: The person.
        budget_id: The budget.
    """

    TITLE = N_("Money in pictures")
    HELP = N_(
        "The bars show what the money is for, in the first year: the longer the bar, the more of it. The last column "
        "says how many of every 100 pounds that is. Below stands a week as it would be, with who comes on which day. "
        "PgDn shows the next week and PgUp the one before. Bank holidays, school terms and fortnights are counted."
    )
    FAMILY_SAFE = True
    READ_TOGETHER = True
    AUTO_FOCUS = "FocusablePage"
    CSS_PATH = "pictures.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *page_keys("turn", N_("The next week"), N_("The previous week")),
    ]

    def __init__(self, person_id: str, budget_id: str) -> None:
        super().__init__(person_id)
        self._budget_id = budget_id
        self._week = 0
        self._worked: Worked | None = None

    def compose_body(self) -> ComposeResult:
        """Compose the bars and the week on one page."""
        with FocusablePage():
            yield Static("", id="summary", classes="note", markup=False)
            with Horizontal(id="pictures"):
                with Vertical(id="money-pictures"):
                    yield Drawn(id="for-what", classes="picture")
                    yield Drawn(id="by-way", classes="picture")
                    yield Drawn(id="by-payer", classes="picture")
                yield Drawn(id="week", classes="picture")

    def on_resize(self) -> None:
        """Put the week below the money, or beside it where there is room."""
        self.query_one("#pictures").set_class(self.size.width >= SIDE_BY_SIDE, "beside")

    def reload(self) -> None:
        """Work the budget out again and draw it."""
        budget = places.budget_of(self.session, self.person_id, self._budget_id)
        self._worked = budgets.worked(self.session, budgets.read(self.session, budget)) if budget is not None else None
        words = _("This budget is not on the list any more.")
        if budget is not None and self._worked is not None:
            title = shortened(record_lists.title(self.session, budget), NAME)
            missing = budget_words.left_out(self._worked)
            words = f"{title}\n{missing}" if missing else title
        self.query_one("#summary", Static).update(Content(words))
        self._draw_money()
        self._draw_week()

    def _draw_money(self) -> None:
        found = self._worked
        sums = shares_of_money.for_what(found) if found is not None else {}
        total = pounds(sum(sums.values()))
        again = found is not None and bool(found.totals.weekly)
        picture = self.query_one("#for-what", Drawn)
        picture.show(
            lambda width: (
                money_bars.rows(sums, budget_words.group, width) or [Content(_("Nothing is worked out yet."))]
            ),
            title=_("What the money is for"),
            subtitle=(_("{total} in the first year") if again else _("{total} in all")).format(total=total),
        )
        for where, title, named, of in (
            ("#by-way", _("How it is managed"), budget_words.way, shares_of_money.by_way),
            ("#by-payer", _("Who pays"), budget_words.payer, shares_of_money.by_payer),
        ):
            parts = of(found) if found is not None else {}
            several = len([name for name in parts if name != shares_of_money.PUT_BY]) > 1
            drawn = self.query_one(where, Drawn)
            drawn.set_class(not several, "hidden")
            drawn.show(partial(money_bars.rows, parts, named), title=title)

    def _draw_week(self) -> None:
        picture, found = self.query_one("#week", Drawn), self._worked
        budget = found.budget if found is not None else None
        picture.set_class(budget is None or not budget.shifts, "hidden")
        if budget is None:
            return
        week = week_grid.week(budget, team_figures.rates(self.session), self._week)
        self._week = week.number
        title = _("Week {number} of {all}: from {day}").format(
            number=week.number + 1,
            all=week_grid.count(budget),
            day=dates.in_words(week.period.first.isoformat()),
        )
        picture.show(partial(week_picture.rows, week), title=title, subtitle=_("PgDn: the next week"))

    def action_turn(self, by: int) -> None:
        """Show the next or the previous week; do nothing past either end."""
        before = self._week
        self._week = max(0, before + by)
        self._draw_week()
        if self._week == before:
            self.show_message(_("This is the first week.") if by < 0 else _("This is the last week."))
        self.query_one("#week").scroll_visible(animate=False)
