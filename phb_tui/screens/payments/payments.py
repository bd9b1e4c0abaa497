"""Payments and purchases of a person: what is due, what is late, what was paid, and what it was spent on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.budget.amounts.pence import pounds
from phb_tui.domain.records.changes import Record
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _, n_
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.lists.chip_row import Chip, ChipRow
from phb_tui.screens.lists.line_list import ADD, LineList, gap, id_of, keys_without, refill
from phb_tui.screens.lists.panels import Panels
from phb_tui.screens.payments import payment_lines
from phb_tui.screens.payments.payment_forms import PaymentForm, new_purchase, of_purchase
from phb_tui.screens.payments.payment_lines import DUE, MAKE, PHB
from phb_tui.screens.widgets.read_only import ScrollPage
from phb_tui.services.payments import due, making, spending
from phb_tui.services.payments.due import Overview, Payment

PAID, SPENT, STATEMENT = "paid", "spending", "import_statement"
"""Ids of what can be done: a payment was made, and the screens of what is left of each line and of a statement."""
ACTIONS = (
    ("p", N_("Paid today as due"), PAID),
    ("w", N_("What is left"), SPENT),
    ("b", N_("Read a bank statement"), STATEMENT),
)


class PaymentsScreen(PersonScreen):
    """Lists the payments and purchases of a person.

    Args:
        person_id: The person.
    """

    TITLE = N_("Payments and purchases")
    HELP = N_(
        "What is paid and when, from the budget that was decided, and what the money was spent on. The arrows choose a "
        "payment: p writes that it was paid today, with the amount that was due. Enter opens it, for another day or "
        "another amount. F7 adds something that was paid for. w shows what is left of each line of the budget. What "
        "should have come more than 7 days ago is late. Nothing is paid before the team server has confirmed the "
        "decision."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "#lines"
    CSS_PATH = "payments.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "spending", N_("What is left"), id="more", tooltip=N_("Planned, spent and left of each line")),
    ]

    def __init__(self, person_id: str) -> None:
        super().__init__(person_id)
        self._payments: dict[str, Payment] = {}
        self._purchases: dict[str, Record] = {}

    def compose_body(self) -> ComposeResult:
        """Compose what has to be known, the lines, and what can be done."""
        with ScrollPage(id="known"):
            yield Static("", id="notes", classes="note", markup=False)
        with Panels(id="panels"):
            lines = LineList(id="lines", markup=False)
            lines.free_keys = keys_without(letter for letter, *_rest in ACTIONS)
            yield lines
            yield ChipRow(id="actions")

    def reload(self) -> None:
        """Read the payments and purchases again."""
        found = due.of_person(self.session, self.person_id)
        bought = spending.purchases(self.session, self.person_id)
        names = spending.of_person(self.session, self.person_id).names
        self._payments = {payment_lines.due_id(each): each for each in (*found.payments, *found.not_due)}
        self._purchases = {id_of(each): each for each in bought}
        words = "\n".join(payment_lines.notes(self.session, self.person_id, found))
        self.query_one("#notes", Static).update(Content(words))
        self.query_one("#known").set_class(not words, "hidden")
        listed = self.query_one("#lines", LineList)
        listed.border_title = Content(_title(found))
        refill(listed, list(self._options(found, bought, names)))
        self.query_one("#actions", ChipRow).set_chips(
            [Chip(code, key, f"{key}  {_(say)} ") for key, say, code in ACTIONS if code != STATEMENT or not self.hides]
        )

    def _options(self, found: Overview, bought: list[Record], names: Mapping[str, str]) -> Iterator[Option]:
        yield from payment_lines.to_make(self.session, found)
        yield from payment_lines.first(found)
        yield from payment_lines.purchases(bought, names)
        yield from payment_lines.further(found)
        yield from payment_lines.older_purchases(bought, names)
        yield gap()
        yield Option(forms.form("phb").title, id=PHB)

    @on(OptionList.OptionSelected, "#lines")
    def _open(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        if chosen.startswith(DUE):
            self.app.push_screen(PaymentForm(self._payments[chosen]))
        elif chosen in self._purchases:
            self.app.push_screen(of_purchase(self.session, self._purchases[chosen]))
        elif chosen.startswith(ADD):
            self.app.push_screen(new_purchase(self.session, self.person_id))
        elif chosen.startswith(MAKE):
            self._make(chosen.removeprefix(MAKE))
        elif chosen == PHB:
            self.phb_app.open_part(self.person_id, f"one:{PHB}")

    def _make(self, version_id: str) -> None:
        try:
            count = making.make(self.session, self.person_id, version_id)
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.saved = n_("{count} payment is listed", "{count} payments are listed", count).format(count=count)
        self.phb_app.refresh_status()
        self.reload()

    @on(ChipRow.Selected, "#actions")
    def _act(self, event: ChipRow.Selected) -> None:
        if event.id == SPENT:
            self.action_spending()
        elif event.id == STATEMENT:
            self.phb_app.open_part(self.person_id, STATEMENT)
        else:
            self._paid()

    def action_spending(self) -> None:
        """Show what is left of each line."""
        self.phb_app.open_part(self.person_id, SPENT)

    def _paid(self) -> None:
        """Write that the highlighted payment was made today, as it was due."""
        option = self.query_one("#lines", LineList).highlighted_option
        payment = self._payments.get(str(option.id)) if option is not None else None
        if payment is None:
            self.show_error(PhbError(_("Go to a payment first, with the arrows.")))
            return
        try:
            due.mark_paid(self.session, payment)
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.autosaver.note_saved()
        self.show_message(_("Paid today: {sum}").format(sum=pounds(payment.to_pay)))
        self.reload()


def _title(found: Overview) -> str:
    """What is late, or what comes next."""
    if late := found.late:
        return _("Late: {sum}").format(sum=pounds(sum(each.to_pay for each in late)))
    return _("Payments and purchases")
