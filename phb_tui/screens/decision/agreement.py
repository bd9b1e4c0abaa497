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
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.base.page_keys import page_keys
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.frame.hint_bar import HintBar
from phb_tui.screens.lists.chip_row import Chip, ChipRow
from phb_tui.screens.lists.confirmation import Confirmation
from phb_tui.screens.lists.line_list import ADD, LineList, id_of, keys_without, refill
from phb_tui.screens.lists.panels import Panels
from phb_tui.screens.lists.row import Row
from phb_tui.services.decision import agreements
from phb_tui.services.documents.letters import offered
from phb_tui.services.records import record_checks, record_lists

LETTER, ANEW = "letter", "anew"
ACTIONS = (("l", N_("Read or print the letter"), LETTER), ("s", N_("Sign anew"), ANEW))
"""What can be done with the highlighted agreement: its key, its words, its id."""


class AgreementScreen(PersonScreen):
    """Lists a person's agreements and says what the highlighted one holds.

    Args:
        person_id: The person.
    """

    TITLE = N_("What was agreed and signed")
    HELP = N_(
        "Every agreement about the money, the one in force first. Below the list stands what the highlighted one says, "
        "to be read together, and for staff what has to be looked at. Enter opens it: what is asked depends on the way "
        "the money is managed. It is in force once both sides have signed. What was signed stays as it is: only the "
        "signature of the NHS and the end can be added. To agree on something else, press s: another one with the same "
        "words is made, to be changed and signed; the one before stays to be read. l reads or prints the letter about "
        "the highlighted one."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "#agreements"
    CSS_PATH = "agreement.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*page_keys("read_on", N_("Read on"), N_("Read back"))]

    def __init__(self, person_id: str) -> None:
        super().__init__(person_id)
        self._records: dict[str, Record] = {}
        self._anew = Confirmation()

    def compose_body(self) -> ComposeResult:
        """Compose the list and, below it, what the highlighted agreement says."""
        yield Static("", id="none", classes="note", markup=False)
        with Panels(id="panels"):
            lines = LineList(id="agreements", markup=False)
            lines.free_keys = keys_without(letter for letter, *_rest in ACTIONS)
            yield lines
            yield ChipRow(id="actions")
        with VerticalScroll(id="says", can_focus=False):
            yield Static("", id="sentences", markup=False)

    def on_mount(self) -> None:
        """Show the hints again whenever there is more or less to read on."""
        self.watch(self.query_one("#says"), "virtual_size", self._measured, init=False)

    def _measured(self) -> None:
        self.call_later(self.query_one(HintBar).show, self)

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
        self.query_one("#actions", ChipRow).set_chips(
            [Chip(code, key, f"{key}  {_(say)} ") for key, say, code in ACTIONS if self._is_offered(code)]
        )

    def _is_offered(self, action: str) -> bool:
        """Whether an action is offered: the letter of any agreement; signing anew to staff, once one was signed."""
        signed = any(record_checks.is_signed(self.session, record) for record in self._records.values())
        return bool(self._records) if action == LETTER else signed and not self.hides

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
        changed = agreements.changed_words(self.session, record) if record is not None else ""
        sentences = [*([changed] if changed else []), *(problem.sentence for problem in wrong)]
        marked = [Content.styled(f"{SHAPES.late} ", "bold $red") + Content(sentence) for sentence in sentences]
        lines = [*marked[: bool(changed)], *map(Content, words), *marked[bool(changed) :]]
        self.query_one("#sentences", Static).update(Content("\n").join(lines))

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
        self._anew.forget()
        self._say(event.option)

    @on(OptionList.OptionSelected, "#agreements")
    def _open(self, event: OptionList.OptionSelected) -> None:
        found = self._records.get(str(event.option.id))
        if found is None:
            self.app.push_screen(FormScreen(record_lists.new(self.session, agreements.KIND, self.person_id)))
            return
        is_signed = record_checks.is_signed(self.session, found)
        page = forms.page_of(agreements.KIND, "nhs_signed_by") if is_signed and not found.text("nhs_signed_on") else 0
        self.app.push_screen(FormScreen(found, page))

    @on(ChipRow.Selected, "#actions")
    def _act(self, event: ChipRow.Selected) -> None:
        option = self.query_one("#agreements", LineList).highlighted_option
        found = self._records.get(str(option.id)) if option is not None else None
        if found is None:
            self.show_error(PhbError(_("Go to an agreement first, with the arrows.")))
        elif event.id == LETTER:
            self.phb_app.open_part(self.person_id, f"copies:{offered.AGREEMENT}{found.record_id}")
        else:
            self._sign_anew(found)

    def _sign_anew(self, found: Record) -> None:
        """Make another agreement with the same words, when it is chosen twice; open it."""
        if not record_checks.is_signed(self.session, found):
            self.show_error(PhbError(_("This one is not signed yet. Enter opens it, to change it.")))
            return
        if not self._anew.is_confirmed(found.record_id):
            self.show_message(
                _("Another agreement with the same words is made, to be changed and signed. Press s once more.")
            )
            return
        try:
            new = agreements.sign_anew(self.session, found)
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.autosaver.note_saved()
        self.app.push_screen(FormScreen(new))
