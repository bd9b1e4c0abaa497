"""Asking for a decision: what stands against it, the person's words, who decides, and by when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.decision.authority import Asked
from phb_tui.domain.records.changes import Record
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.decision import chosen, words
from phb_tui.screens.decision.decide import DecideScreen
from phb_tui.screens.decision.decisions import DecisionsScreen
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.forms.draft_screen import DraftScreen
from phb_tui.screens.forms.field_row import FieldRow
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.lists.line_list import LineList, gap, heading, refill
from phb_tui.screens.widgets.choice_list import ChoiceList
from phb_tui.screens.widgets.error_summary import ErrorSummary
from phb_tui.screens.widgets.instant_button import InstantButton
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.decision import against, deciders, requests, subjects
from phb_tui.services.decision.against import Stop
from phb_tui.services.decision.subjects import Subject
from phb_tui.services.records import conditions

STOP, AGAINST, TO, ABOUT, PROMISED = "stop-", "against", "to", "about", "promised_by"
BEFORE = ("wish", "risk", "risk_words", "urgent")
AFTER = (PROMISED, "considered", "considered_words", "evidence")
"""Fields of a request, before and after the question who decides."""
FAMILY_STOP = N_("Two people wrote different things. Turn the laptop back to decide.")


class AskScreen(DraftScreen):
    """Asks for a decision about the newest kept version of a budget.

    Args:
        person_id: The person.
        again_id: The decision that is to be looked at again; "" for a first request.
    """

    TITLE = N_("Ask for a decision")
    HELP = N_(
        "You ask about the budget as it was kept last and the plan as it was agreed last. The first lines say what has "
        "to be put right before; each leads to its place. Write what the person asks for in their own words, say how "
        "much risk there is, and choose who decides. The answer is promised by a day. You may promise an earlier one."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = ""
    CSS_PATH = "decision.tcss"

    def __init__(self, person_id: str, again_id: str = "") -> None:
        super().__init__(person_id)
        self._again_id = again_id
        self._again: Record | None = None
        self._subjects: list[Subject] = []
        self._budget_id = self._to = ""
        self._stops: list[Stop] = []

    # -- what is drawn

    def compose_body(self) -> ComposeResult:
        """Compose what is asked about, what stands against it, and the questions."""
        self._read()
        with VerticalScroll(id="form", can_focus=False):
            yield ErrorSummary(id="problems")
            yield Static("", id="what", classes="note", markup=False)
            yield LineList(id=AGAINST, markup=False)
            with Vertical(id="page"):
                yield FieldRow(chosen.choice(ABOUT, _("Which budget?")))
                yield from self._rows(BEFORE)
                yield FieldRow(chosen.choice(TO, _("Who decides?")))
                yield Static("", id="not-me", classes="note", markup=False)
                yield from self._rows(AFTER)
                yield Static("", id="policy", classes="note", markup=False)
                yield InstantButton(_("Ask"), id="ask")

    def _rows(self, names: tuple[str, ...]) -> Iterator[FieldRow]:
        by_name = forms.form("request").by_name
        fields = {field.name: field for field in by_name.values()}
        yield from (FieldRow(fields[name], self.draft) for name in names)

    def _read(self) -> None:
        self._again = requests.decision(self.session, self._again_id, self.person_id) if self._again_id else None
        self._subjects = subjects.all_of(self.session, self.person_id)
        if self._again is not None and not self._budget_id:
            self._budget_id = requests.budget_id(self.session, self._again)
        self.draft = requests.begun(self.session, self.person_id, self._again)

    @property
    def _subject(self) -> Subject | None:
        found = [each for each in self._subjects if each.budget.record_id == self._budget_id]
        return next(iter(found or self._subjects), None)

    def _asked(self) -> Asked | None:
        subject, draft = self._subject, self.draft
        return subjects.asked(self.session, subject, draft.text("risk")) if subject and draft else None

    def heading(self) -> str:
        """What is done here."""
        return _("Ask for another look") if self._again_id else _(str(self.TITLE))

    def on_ready(self) -> None:
        """Focus what stands against it, else the first question."""
        listed = self.query_one(f"#{AGAINST}", LineList)
        first = listed if any(not stop.is_reminder for stop in self._stops) else self.query_one("#field-wish")
        self.set_focus(first, scroll_visible=False)

    def reload(self) -> None:
        """Read again what would be asked and what stands against it."""
        self._read()
        if self.draft is not None:
            self.show_draft(self.draft)

    def show_draft(self, draft: Record) -> None:
        """Show what is written so far, what stands against it, and who could decide."""
        self.draft = draft
        for field in self.query(TextField):
            field.show(draft)
        for row in self.query(FieldRow):
            if row.field.name in {*BEFORE, *AFTER}:
                row.set_class(not self._is_asked(row), "hidden")
                for choice in row.query(ChoiceList):
                    choice.show(draft, row.field.options or {})
        self._stops = against.standing_against(self.session, self._subject, self._whole(draft))
        self._show_stops()
        self._show_subject()
        self._show_who()

    def _whole(self, draft: Record) -> Record:
        """The draft with the decision that it asks to look at again."""
        return replace(draft, fields={**draft.fields, **requests.again_link(draft, self._again)})

    def _is_asked(self, row: FieldRow) -> bool:
        if self.draft is None or (row.field.name == "evidence" and self._again is None):
            return False
        return conditions.is_field_asked(self.session, self.draft, row.field, {})

    def _show_subject(self) -> None:
        """What is asked about; which budget it is can be chosen where there are several."""
        subject, about = self._subject, self._asked()
        lines = []
        if subject is not None and subject.version is not None and about is not None:
            number = subject.version.text("number")
            lines.append(_("Version {number} of the budget: {sums}").format(number=number, sums=words.sums(about)))
        if subject is not None and subject.plan is not None:
            plan = subject.plan
            said = _("Version {number} of the plan, agreed on {day} by {name}")
            lines.append(
                said.format(
                    number=plan.text("number"), day=words.day(plan.text("agreed_on")), name=plan.text("agreed_by")
                )
            )
        if self._again is not None:
            lines.append(_("Asked again after: {decision}").format(decision=words.decided(self.session, self._again)))
        self.query_one("#what", Static).update("\n".join(lines))
        row = self._row(ABOUT)
        row.set_class(len(self._subjects) < 2, "hidden")  # noqa: PLR2004 - one cannot be chosen from
        names = {each.budget.record_id: chosen.budget_name(each) for each in self._subjects}
        budget_id = subject.budget.record_id if subject is not None else ""
        chosen.show(row, budget_id, names)

    def _show_who(self) -> None:
        """Who may decide, by when at the latest, and why whoever asks may not."""
        about = self._asked()
        found = deciders.choices(self.session, about) if about is not None else []
        if self._to not in {each.id for each in found}:
            self._to = deciders.first_asked(about, found) if about is not None else ""
        row = self._row(TO)
        chosen.show(row, self._to, {each.id: each.words for each in found})
        row.set_class(about is None, "hidden")
        why = deciders.why_not_me(self.session, about) if about is not None else ""
        note = self.query_one("#not-me", Static)
        note.update(_("You cannot decide this yourself. {why}").format(why=why) if why else "")
        note.set_class(not why, "hidden")
        self._row(PROMISED).tell(self._by_when(about))
        self.query_one("#policy", Static).update(deciders.policy_age(self.session))

    def _by_when(self, about: Asked | None) -> str:
        """The day that is promised where none is written, and the last one that may be; "" where neither is known."""
        if about is None or self.draft is None:
            return ""
        last = requests.promised(self.session, about, self.draft)
        day = requests.proposed(self.session, about, self.draft)
        return words.promised(self.session, day, last) if day is not None and last is not None else ""

    def _row(self, name: str) -> FieldRow:
        return next(row for row in self.query(FieldRow) if row.field.name == name)

    # -- what stands against it

    def _show_stops(self) -> None:
        options = []
        for number, stop in enumerate(self._stops):
            said = f"{SHAPES.begun if stop.is_reminder else SHAPES.late} {stop.say}"
            leads = bool(stop.place or stop.record)
            options.append(Option(Content(said), id=f"{STOP}{number}", disabled=not leads))
        title = _("This has to be put right first")
        if all(stop.is_reminder for stop in self._stops):
            title = _("Think of this first")
        listed = self.query_one(f"#{AGAINST}", LineList)
        listed.set_class(not options, "hidden")
        refill(listed, [heading(title), *options, gap()] if options else [])

    @on(OptionList.OptionSelected, f"#{AGAINST}")
    def _put_right(self, event: OptionList.OptionSelected) -> None:
        stop = self._stops[int(str(event.option.id).removeprefix(STOP))]
        if not self.phb_app.autosaver.save_all():
            return
        if stop.place == "conflicts" and self.phb_app.family:
            self.show_error(PhbError(FAMILY_STOP))
        elif stop.record is not None:
            self.app.push_screen(FormScreen(stop.record, forms.page_of(stop.record.kind, stop.field)))
        elif stop.place:
            self.phb_app.open_part(self.person_id, stop.place)

    # -- what is kept

    def keep(self, draft: Record, values: Mapping[str, str]) -> Record:
        """Save values of the request that is being written."""
        return super().keep(draft, {**requests.again_link(draft, self._again), **values})

    def chose(self, name: str, value: str) -> bool:
        """Take whom is asked and about which budget; both are written when it is asked."""
        if name == TO:
            self._to = value
        elif name == ABOUT:
            self._budget_id = value
        return name in {TO, ABOUT}

    @on(Button.Pressed, "#ask")
    def _ask(self) -> None:
        draft, subject = self.draft, self._subject
        if not self.phb_app.autosaver.save_all() or draft is None:
            return
        draft = self.draft or draft
        self._stops = against.standing_against(self.session, subject, self._whole(draft))
        self._show_stops()
        problems = list(self._problems(self._whole(draft)))
        if self.show_problems(problems, list(requests.warnings(draft))) or subject is None:
            return
        try:
            request = requests.ask(self.session, subject, draft, self._to, self._again)
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.autosaver.note_saved()
        if self._to == self.session.nurse.id:
            self.app.switch_screen(DecideScreen(self.person_id, request.record_id))
        elif isinstance(self.app.screen_stack[-2], DecisionsScreen):
            self.action_back()
        else:  # where it stands that it was asked, whom, and by when the answer is promised
            self.app.switch_screen(DecisionsScreen(self.person_id))

    def _problems(self, draft: Record) -> Iterator[tuple[str, str]]:
        yield from ((AGAINST, stop.say) for stop in self._stops if not stop.is_reminder)
        about = self._asked()
        if about is not None:
            yield from requests.problems(self.session, about, draft, self._to)

    @on(ErrorSummary.Chosen)
    def _go_to(self, event: ErrorSummary.Chosen) -> None:
        self.set_focus(self.query_one(f"#{AGAINST}" if event.place == AGAINST else f"#field-{event.place}"))
