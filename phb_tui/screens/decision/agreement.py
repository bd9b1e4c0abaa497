"""The agreements about the money: which is in force, what it says in plain sentences, and who signed."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.decision.agreements import Standing
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.screens.base.page_keys import page_keys
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.lists.line_list import ADD, LineList, id_of, refill
from phb_tui.screens.lists.row import Row
from phb_tui.services.decision import agreements
from phb_tui.services.records import record_checks, record_lists


class AgreementScreen(PersonScreen):
    """Lists a person's agreements and says what the highlighted one holds.

    Args:
        person_id: The person.
    """

    TITLE = N_("What was agreed and signed")
    HELP = N_(
        "Every agreement about the money, the one in force first. Below the list stands what the highlighted one says, "
        "to be read together, and for staff what has to be looked at. Enter opens it: what is asked depends on the way "
        "the money is managed. It is in force once both sides have signed. When the way changes, add another one; the "
        "one before stays to be read."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "#agreements"
    CSS_PATH = "agreement.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*page_keys("read_on", N_("Read on"), N_("Read back"))]

    def __init__(self, person_id: str) -> None:
        super().__init__(person_id)
        self._records: dict[str, Record] = {}

    def compose_body(self) -> ComposeResult:
        """Compose the list and, below it, what the highlighted agreement says."""
        yield Static("", id="none", classes="note", markup=False)
        yield LineList(id="agreements", markup=False)
        with VerticalScroll(id="says", can_focus=False):
            yield Static("", id="sentences", markup=False)

    def reload(self) -> None:
        """Read the agreements again and keep the highlighted line."""
        found = agreements.listed(self.session, self.person_id)
        self._records = {id_of(record): record for record, _standing in found}
        self.query_one("#none", Static).update("" if found else _("Nothing has been signed yet."))
        self.query_one("#none").set_class(bool(found), "hidden")
        lines = [Option(self._line(record, standing), id=id_of(record)) for record, standing in found]
        listed = self.query_one("#agreements", LineList)
        refill(listed, [*lines, Option(f"+ {forms.form(agreements.KIND).add}", id=f"{ADD}{agreements.KIND}")])
        self._say(listed.highlighted_option)

    def _line(self, record: Record, standing: Standing) -> Row:
        shapes = {
            Standing.IN_FORCE: (SHAPES.done, "$green"),
            Standing.REPLACED: (SHAPES.not_started, "$quiet"),
            Standing.ENDED: (SHAPES.not_started, "$quiet"),
        }
        shape, style = shapes.get(standing, (SHAPES.begun, "$blue"))
        state = Content.styled(f"{shape} {_(agreements.STANDINGS[standing])}", style)
        return Row(agreements.title(self.session, record), state, whole=True)

    def _say(self, option: Option | None) -> None:
        record = self._records.get(str(option.id)) if option is not None else None
        words = agreements.summary(self.session, record) if record is not None else []
        wrong = record_checks.problems(self.session, record) if record is not None and not self.hides else []
        marked = (Content.styled(f"{SHAPES.late} ", "bold $red") + Content(problem.sentence) for problem in wrong)
        self.query_one("#sentences", Static).update(Content("\n").join([*map(Content, words), *marked]))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow reading on only where there is more than fits."""
        if action == "read_on":
            return any(says.max_scroll_y > 0 for says in self.query("#says"))
        return super().check_action(action, parameters)

    def action_read_on(self, by: int) -> None:
        """Show the sentences that did not fit, or those before."""
        says = self.query_one("#says")
        (says.scroll_page_down if by > 0 else says.scroll_page_up)(animate=False)

    @on(OptionList.OptionHighlighted, "#agreements")
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        self._say(event.option)

    @on(OptionList.OptionSelected, "#agreements")
    def _open(self, event: OptionList.OptionSelected) -> None:
        found = self._records.get(str(event.option.id))
        self.app.push_screen(FormScreen(found or record_lists.new(self.session, agreements.KIND, self.person_id)))
