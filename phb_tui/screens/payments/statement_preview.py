"""What a bank statement would add to the purchases, before anything is kept, and keeping it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.domain.calendar import dates
from phb_tui.domain.payments.statement_csv import payees
from phb_tui.domain.payments.statement_csv.choices import StatementChoices
from phb_tui.domain.payments.statement_csv.headings import Layout
from phb_tui.domain.payments.statement_csv.statement import NOTHING_ANSWERED, Answers, Statement
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _, n_
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.lists.line_list import Line, LineList, gap, refill, titled
from phb_tui.screens.lists.side_panel import SidePanel
from phb_tui.screens.payments import statement_lines
from phb_tui.screens.payments.payment_forms import of_purchase
from phb_tui.screens.payments.statement_lines import ANSWER, COLUMN, GO_ON, PAID
from phb_tui.screens.payments.statement_row import Choice, StatementRowScreen
from phb_tui.services.payments import statement_import
from phb_tui.services.payments.spending import PURCHASE
from phb_tui.services.payments.statement_import import NOTHING, OFFERED, Candidate, State
from phb_tui.services.records import editing

KEEP, TURN = "keep", "turn"


class StatementPreviewScreen(PersonScreen):
    """Shows each row of a statement and what would become of it; keeps those that are ticked, all at once.

    Args:
        person_id: The person.
        data: The file, which is held only as long as the screen is open.
        found: What was read of it.
    """

    TITLE = N_("Look before you keep it")
    HELP = N_(
        "Every row of the file stands here. What is ticked becomes a purchase when you choose 'Keep these'. Before "
        "that nothing is kept. What you choose stays chosen until the app locks or closes, also when you go back. "
        "Enter on a row changes its line, or leaves it out. What is there already is not kept twice. Money that came "
        "in is only kept where you say that it is a refund."
    )
    AUTO_FOCUS = "#lines"
    CSS_PATH = "import_statement.tcss"

    def __init__(self, person_id: str, data: bytes, found: Statement) -> None:
        super().__init__(person_id)
        self._data, self._found, self._preview = data, found, NOTHING
        self._chosen = StatementChoices()

    def compose_body(self) -> ComposeResult:
        """Compose the summary, the rows and, in a wide window, all of the row that is highlighted."""
        self._take_up()
        yield Static("", id="summary", classes="note", markup=False)
        with Horizontal(id="columns"):
            yield titled(LineList(id="lines", markup=False), _("Bank statement"))
            yield SidePanel(id="beside")

    def _take_up(self) -> None:
        """Take up what was chosen about this file before."""
        self._chosen = statement_import.choices(self.session, self.person_id, self._data)
        if self._chosen.answers != NOTHING_ANSWERED:
            self._found = statement_import.read(self.session, self._data, self._chosen.answers)

    def staff_only(self) -> bool:
        """What stands on somebody's statement beside the budget is not for those who sit beside them."""
        return True

    def on_ready(self) -> None:
        """Begin at the first row, so that a second Enter does not keep what nobody has looked at."""
        self._begin()

    def reload(self) -> None:
        """Look again at what is kept by now; the file is not read again."""
        self._preview = statement_import.preview(self.session, self.person_id, self._found)
        self.query_one("#summary", Static).update(self._summary())
        listed = self.query_one("#lines", LineList)
        refill(listed, list(self._options()))
        self._show_more(listed.highlighted_option)

    def _begin(self) -> None:
        listed = self.query_one("#lines", LineList)
        options = list(self._options())
        rows = [str(option.id) for option in options if option.id not in {None, KEEP, TURN}]
        listed.begin(options, rows[0] if rows else None)

    # -- what is shown

    def _summary(self) -> str:
        if self._found.asks:
            return statement_lines.question(self._found)
        states = [candidate.state for candidate in self._preview.all]
        counts = [
            (_("Paid out: {count}."), len(self._preview.candidates)),
            (_("There already: {count}."), states.count(State.THERE)),
            (_("Perhaps there already: {count}."), states.count(State.PERHAPS)),
            (_("Money in: {count}."), len(self._found.money_in)),
            (_("Not understood: {count}."), len(self._found.not_read)),
        ]
        return " ".join(words.format(count=count) for words, count in counts if count or words == counts[0][0])

    def _options(self) -> Iterator[Option]:
        if self._found.asks:
            yield from statement_lines.answers(self._found)
            return
        kept = self._to_keep()
        if kept:
            yield Line(n_("Keep this one", "Keep these {count}", len(kept)).format(count=len(kept)), KEEP, "k")
        else:
            yield Option(_("Nothing here is ticked to be kept."), disabled=True)
        there = self._preview.all
        ticked = {each.record_id: self._is_ticked(each) for each in there if each.state in OFFERED}
        names = {each.record_id: self._preview.called(self._line(each)) for each in there}
        yield from statement_lines.paid(self._preview.candidates, ticked, names)
        yield from statement_lines.paid(self._preview.refunds, ticked, names)
        yield from statement_lines.others(self._preview.received, self._found.not_read)
        if self._found.signed:
            yield gap()
            minus = self._found.answers.minus_is_out
            words = (
                _("With a minus sign: paid out. Turn it round")
                if minus
                else _("With a minus sign: money in. Turn it round")
            )
            yield Line(words, TURN, "t")

    def _is_ticked(self, candidate: Candidate) -> bool:
        if candidate.state not in OFFERED:
            return False
        is_new = candidate.state is State.NEW and not candidate.is_refund
        return self._chosen.ticks.get(candidate.record_id, is_new)

    def _line(self, candidate: Candidate) -> str:
        """Id of a row's line of the budget: what was chosen for it, else for its payee, here or before."""
        if candidate.state not in OFFERED:
            return candidate.line
        payee = payees.key(candidate.row.payee)
        of_payee = self._chosen.payee_lines.get(payee, "")
        fitting = self._preview.fitting(of_payee, candidate.row.day) if of_payee else ""
        return self._chosen.lines.get(candidate.record_id, fitting or candidate.line)

    def _to_keep(self) -> list[Candidate]:
        return [each for each in self._preview.all if self._is_ticked(each)]

    def _candidate(self, option_id: str) -> Candidate | None:
        record_id = option_id.removeprefix(PAID)
        return next((each for each in self._preview.all if each.record_id == record_id), None)

    # -- what stands beside it

    def on_resize(self) -> None:
        """Show or hide the details; the screen gets its new width after this event."""
        self.call_after_refresh(lambda: self._show_more(self.query_one("#lines", LineList).highlighted_option))

    @on(OptionList.OptionHighlighted, "#lines")
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        self._show_more(event.option)

    def _show_more(self, option: Option | None) -> None:
        beside = self.query_one(SidePanel)
        if beside.is_wanted:
            candidate = self._candidate(str(option.id)) if option is not None else None
            beside.fill(_("This payment"), self._details(candidate) if candidate is not None else ())

    def _details(self, candidate: Candidate) -> Iterator[Content]:
        row = candidate.row
        yield Content.styled(statement_lines.amount(row), "bold $bold")
        yield Content(dates.in_full(row.day.isoformat()))
        yield Content(row.payee or _("(not said to whom)"))
        yield Content("")
        if line := self._preview.called(self._line(candidate)):
            yield Content(_("For: {line}").format(line=line))
        yield Content(_("Line {number} of the file").format(number=row.line))

    # -- what is done

    @on(OptionList.OptionSelected, "#lines")
    def _open(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        if chosen == KEEP:
            self._keep()
        elif chosen.startswith(PAID):
            self._open_row(chosen)
        elif chosen == TURN:
            minus = self._found.answers.minus_is_out is False
            self._answer(replace(self._chosen.answers, minus_is_out=minus))
        elif chosen == GO_ON:
            self._answer(replace(self._chosen.answers, layout=self._found.answers.layout))
        elif chosen.startswith(COLUMN):
            self._change_column(int(chosen.removeprefix(COLUMN)))
        elif chosen.startswith(ANSWER):
            given = chosen.removeprefix(ANSWER)
            answers: dict[str, Callable[[], Answers]] = {
                "day": lambda: replace(self._chosen.answers, month_first=False),
                "month": lambda: replace(self._chosen.answers, month_first=True),
                "out": lambda: replace(self._chosen.answers, minus_is_out=False),
                "in": lambda: replace(self._chosen.answers, minus_is_out=True),
            }
            self._answer(answers[given]())
        else:
            self.show_message(_("This row is not kept: it is no payment that can be read."))

    def _answer(self, answers: Answers) -> None:
        """Read the file again with an answer more."""
        self._chosen.answers = answers
        self._found = statement_import.read(self.session, self._data, answers)
        self.reload()
        self._begin()

    def _change_column(self, number: int) -> None:
        layout = self._found.answers.layout or Layout({})
        changed = layout.with_role(number, statement_lines.next_role(layout, number))
        self._found = replace(self._found, answers=replace(self._found.answers, layout=changed))
        self.reload()

    def _open_row(self, option_id: str) -> None:
        candidate = self._candidate(option_id)
        if candidate is None:
            return
        if candidate.state in OFFERED:
            now, done = Choice(self._is_ticked(candidate), self._line(candidate)), partial(self._choose, candidate)
            self.app.push_screen(StatementRowScreen(self.person_id, candidate, self._preview, now, done))
        elif candidate.state is State.THERE:
            kept = editing.read(self.session, PURCHASE, candidate.record_id, self.person_id)
            self.app.push_screen(of_purchase(self.session, kept))
        else:
            self.show_message(_("It was removed here, so it is not kept again. Undo that in the list of purchases."))

    def _choose(self, candidate: Candidate, choice: Choice) -> None:
        """Remember what was chosen for a row; the rows are shown again when the screen is back."""
        self._chosen.ticks[candidate.record_id] = choice.tick
        if choice.line is not None:
            self._chosen.lines[candidate.record_id] = choice.line
            payee = payees.key(candidate.row.payee)
            if payee and choice.line:
                self._chosen.payee_lines[payee] = choice.line

    def _keep(self) -> None:
        chosen = [(each, self._line(each)) for each in self._to_keep()]
        try:
            count = statement_import.keep(self.session, self.person_id, chosen)
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.autosaver.note_saved()
        self.reload()
        self.show_message(n_("{count} purchase is kept.", "{count} purchases are kept.", count).format(count=count))
