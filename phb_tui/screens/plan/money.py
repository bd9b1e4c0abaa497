"""Ways to manage the money, as cards: who holds it, who arranges the care, what the person's part is."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content.steps import MoneyOption
from phb_tui.i18n import N_, _
from phb_tui.screens.base.page_keys import page_keys
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.lists.line_list import LineList, refill
from phb_tui.services.records import record_lists


class MoneyScreen(PersonScreen):
    """Shows the five ways one at a time, or side by side where there is room.

    Args:
        person_id: The person.
    """

    TITLE = N_("Ways to manage your budget")
    HELP = N_(
        "Read the cards together. Each says who holds the money, who arranges the care and what your part is. PgDn "
        "shows the next one. F6 shows the wording of the national framework. Below, write the preferred way to manage "
        "the budget, and why."
    )
    FAMILY_SAFE = True
    READ_TOGETHER = True
    CSS_PATH = "money.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *page_keys("turn", N_("The next way"), N_("The previous way")),
        Binding("f6", "exact", N_("Framework wording"), id="more", tooltip=N_("The words of the national framework")),
    ]

    def __init__(self, person_id: str) -> None:
        super().__init__(person_id)
        self.at = 0
        self._exact = False
        self._wide: bool | None = None

    def compose_body(self) -> ComposeResult:
        """Compose the cards and the choice of a way."""
        with VerticalScroll(id="cards-room", can_focus=False), Horizontal(id="cards"):
            for option in self.session.content.money:
                yield Static(classes="card", id=f"card-{option.code}", markup=False)
        yield LineList(id="next-lines", markup=False)

    def heading(self) -> str:
        """The current way and its number among the five."""
        if self.has_class("-wide"):
            return _(str(self.TITLE))
        ways = self.session.content.money
        return _("{name}  ·  {at} of {of}").format(name=ways[self.at].name, at=self.at + 1, of=len(ways))

    def on_resize(self) -> None:
        """Switch between one card and all, by the width."""
        self.call_after_refresh(self._make_room)

    def _make_room(self) -> None:
        if self.ready_for_keys and self.has_class("-wide") is not self._wide:
            self.reload()
            self.refresh_head()

    def reload(self) -> None:
        """Show the cards and the way that was chosen."""
        chosen = record_lists.single(self.session, "money_choice", self.person_id)
        self._wide = wide = self.has_class("-wide")
        for number, option in enumerate(self.session.content.money):
            card = self.query_one(f"#card-{option.code}", Static)
            card.set_class(not wide and number != self.at, "hidden")
            card.set_class(chosen.text("option") == option.code, "chosen")
            fits = chosen.text("option") == option.code
            card.border_title = Content(option.name)
            card.border_subtitle = Content(f"{SHAPES.chosen} " + _("The preferred way today") if fits else "")
            card.update(self._words(option))
        options = [Option(_("Preferred way to manage the budget: write it down"), id="choice")]
        if not wide:
            options.append(Option(_("The next way"), id="next"))
        refill(self.query_one("#next-lines", LineList), options)

    def _words(self, option: MoneyOption) -> Content:
        part = "\n".join(f"- {line}" for line in option.your_part)
        return Content.assemble(
            f"{option.text if self._exact else option.plain}\n\n",
            (_("Who holds the money"), "bold"),
            f"\n{option.who_holds}\n\n",
            (_("Who arranges the care"), "bold"),
            f"\n{option.who_arranges}\n\n",
            (_("Your part"), "bold"),
            f"\n{part}",
        )

    def action_turn(self, by: int) -> None:
        """Show the next or previous card; do nothing past either end."""
        self.at = min(max(self.at + by, 0), len(self.session.content.money) - 1)
        self.reload()
        self.query_one("#cards-room").scroll_home(animate=False)
        self.refresh_head()

    def action_exact(self) -> None:
        """Switch between the framework's exact wording and the easy one."""
        self._exact = not self._exact
        self.reload()

    @on(OptionList.OptionSelected, "#next-lines")
    def _open(self, event: OptionList.OptionSelected) -> None:
        if event.option.id == "next":
            last = self.at + 1 == len(self.session.content.money)
            self.action_turn(-self.at if last else 1)
        else:
            self.app.push_screen(FormScreen(record_lists.single(self.session, "money_choice", self.person_id)))
