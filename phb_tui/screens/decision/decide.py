"""Deciding a request: what is asked for, the answer with its reasons, and the whole of it written at once."""

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
from phb_tui.domain.records.changes import Record
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.decision import chosen, words
from phb_tui.screens.decision.decisions import DecisionsScreen
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.forms.draft_screen import DraftScreen
from phb_tui.screens.forms.field_row import FieldRow
from phb_tui.screens.lists.line_list import LineList, refill
from phb_tui.screens.widgets.choice_list import ChoiceList
from phb_tui.screens.widgets.error_summary import ErrorSummary
from phb_tui.screens.widgets.instant_button import InstantButton
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.decision import about_request, deciders, deciding, standing, subjects
from phb_tui.services.decision.standing import Standing

OUTCOME, TO = "outcome", "to"
FIELDS = ("reasons", "conditions", "alternatives", "until", TO, "way_decided", "learning")
"""Fields of a decision in the order in which they are asked, after what is decided."""


class DecideScreen(DraftScreen):
    """Decides one request of a person.

    Args:
        person_id: The person.
        request_id: The request; "" for the one that waits longest.
    """

    TITLE = N_("Decide")
    HELP = N_(
        "You decide about the amounts of the version that was kept; they cannot be typed here. Choose the answer, and "
        "write why in words that the person can read: they get a copy. What you have written stays until you decide. A "
        "decision cannot be changed afterwards. Who does not agree asks for another look."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = ""
    CSS_PATH = "decision.tcss"

    def __init__(self, person_id: str, request_id: str = "") -> None:
        super().__init__(person_id)
        self._request_id = request_id
        self._there: Standing | None = None
        self._outcome = ""

    # -- what is drawn

    def compose_body(self) -> ComposeResult:
        """Compose what is asked for, where to read more, and the answer."""
        self._read()
        with VerticalScroll(id="form", can_focus=False):
            yield ErrorSummary(id="problems")
            yield Static("", id="what", classes="note", markup=False)
            yield LineList(id="more", markup=False)
            with Vertical(id="page"):
                by_name = forms.form("decision").by_name
                yield FieldRow(by_name[OUTCOME])
                yield Static("", id="may-not", classes="error hidden", markup=False)
                for name in FIELDS:
                    field = chosen.choice(TO, _("To whom is it passed on?")) if name == TO else by_name[name]
                    yield FieldRow(field, self.draft)
                yield Static("", id="policy", classes="note", markup=False)
                yield InstantButton(_("Decide: it cannot be changed afterwards"), id="decide")

    def _read(self) -> None:
        found = standing.of_person(self.session, self.person_id)
        waiting = [each for each in found if each.is_waiting]
        wanted = [each for each in found if each.request.record_id == self._request_id]
        self._there = next(iter(wanted if self._request_id else waiting[-1:]), None)
        if self._there is not None:
            self._request_id = self._there.request.record_id
            self.draft = deciding.draft(self.session, self._there)

    def on_ready(self) -> None:
        """Focus the answer; of a request that is decided, where to read more."""
        is_open = self._is_open()
        self.set_focus(self.query_one(f"#field-{OUTCOME}" if is_open else "#more"), scroll_visible=False)

    def _is_open(self) -> bool:
        """Whether it can be decided: nobody has, and nothing newer has to be asked about."""
        there = self._there
        return there is not None and there.is_waiting and not subjects.overtaken(self.session, there)

    def reload(self) -> None:
        """Read the request and what was written of the decision again."""
        self._read()
        there, draft = self._there, self.draft
        self.query_one("#page").set_class(not self._is_open(), "hidden")
        if there is None or draft is None:
            self.query_one("#what", Static).update(_("There is no request to decide."))
            refill(self.query_one("#more", LineList), [])
            return
        self.query_one("#what", Static).update(Content("\n").join(self._what(there)))
        refill(self.query_one("#more", LineList), list(self._places(there)))
        self.query_one("#policy", Static).update(deciders.policy_age(self.session))
        self.show_draft(draft)

    def _what(self, there: Standing) -> Iterator[Content]:
        """That it is urgent, who asked for what, the amounts beside the own limit, and the person's own words."""
        request = there.request
        yield from words.urgent(request)
        asked = _("Asked by {name} on {day}.").format(
            name=about_request.who_asked(self.session, request), day=words.day(request.text("asked_on"))
        )
        promised = request.text("promised_by")
        due = _("Answer promised by {day} ({left}).").format(
            day=words.promised_day(promised), left=words.days_left(there.days_left)
        )
        yield Content(f"{asked} {due}" if promised else asked)
        if why := subjects.overtaken(self.session, there):
            yield Content.styled(f"{SHAPES.late} {why}", "bold $red")
        if not there.is_waiting and there.newest is not None:
            yield Content.styled(words.decided(self.session, there.newest), "bold $bold")
        about = subjects.asked_of(self.session, request)
        if about is not None:
            reach = deciders.reach(self.session, about)
            yours = _("you decide {reach}").format(reach=reach) if reach else ""
            risk = _("high risk") if about.is_high_risk else _("ordinary risk")
            yield Content(" \N{MIDDLE DOT} ".join(part for part in (words.sums(about), yours, risk) if part))
        yield from (Content(line) for line in about_request.lines(self.session, there))
        for said in (request.text("wish"), request.text("evidence")):
            if said.strip():
                bar = Content.styled(f"{SHAPES.own_words} ", "$blue")
                yield bar + Content.styled(" ".join(said.split()), "bold $bold")

    def _places(self, there: Standing) -> Iterator[Option]:
        version = subjects.version_of(self.session, there.request)
        if version is not None:
            yield Option(_("How it was worked out"), id=f"kept_budget:{version.record_id}")
        yield Option(_("The plan"), id="plan")
        if about_request.decided_before(self.session, there):
            yield Option(_("What was decided before"), id="decisions")

    def show_draft(self, draft: Record) -> None:
        """Show what is written so far, and what the chosen answer asks for."""
        self.draft = draft
        for field in self.query(TextField):
            field.show(draft)
        shown = replace(draft, fields={**draft.fields, OUTCOME: self._outcome})
        for row in self.query(FieldRow):
            name = row.field.name
            hidden = not deciding.is_asked(name, self._outcome) or (row.field.staff_only and self.hides)
            row.set_class(hidden, "hidden")
            for choice in row.query(ChoiceList):
                choice.show(shown, self._others() if name == TO else row.field.options or {})
        self._say_who_may()

    def _others(self) -> dict[str, str]:
        if self._there is None or self._outcome != "escalated":
            return {}
        return {each.id: each.words for each in deciding.others(self.session, self._there.request)}

    def _say_who_may(self) -> None:
        """Why whoever uses this laptop may not decide so, as soon as an answer is chosen; before, if they never may."""
        why = ""
        if self._there is not None:
            wanted = self._outcome or "deferred"
            why = deciding.why_not_me(self.session, self._there.request, wanted)
        shown = self.query_one("#may-not", Static)
        shown.update(why)
        shown.set_class(not why, "hidden")

    # -- what is kept

    def typed(self, field: TextField) -> None:
        """Keep a key in a field, with the request that it belongs to."""
        if self._there is not None:
            field.context = deciding.link(self._there)
        super().typed(field)

    def keep(self, draft: Record, values: Mapping[str, str]) -> Record:
        """Save values of what is written so far; it decides nothing."""
        if self._there is None:
            raise PhbError("There is no request here. Go back and open one.")
        return super().keep(draft, {**deciding.link(self._there), **values})

    def chose(self, name: str, value: str) -> bool:
        """Take the answer; it is not kept before it is decided: it would be the decision."""
        if name == OUTCOME:
            self._outcome = value
        return name == OUTCOME

    @on(Button.Pressed, "#decide")
    def _decide(self) -> None:
        there, draft = self._there, self.draft
        if not self.phb_app.autosaver.save_all() or there is None or draft is None:
            return
        draft = self.draft or draft
        problems = list(self._problems(there, draft))
        if self.show_problems(problems):
            return
        try:
            deciding.decide(self.session, there.request, draft, self._outcome)
        except PhbError as error:
            self.show_error(error)
            self.reload()
            return
        self.phb_app.autosaver.note_saved()
        self._leave()

    def _leave(self) -> None:
        """Go to what was asked and decided, which says that nothing is confirmed yet."""
        if isinstance(self.app.screen_stack[-2], DecisionsScreen):
            self.action_back()
        else:
            self.app.switch_screen(DecisionsScreen(self.person_id))

    def _problems(self, there: Standing, draft: Record) -> Iterator[tuple[str, str]]:
        why = deciding.why_not_me(self.session, there.request, self._outcome) if self._outcome else ""
        if why:
            yield OUTCOME, why
            return
        yield from deciding.problems(self.session, there.request, draft, self._outcome)

    @on(ErrorSummary.Chosen)
    def _go_to(self, event: ErrorSummary.Chosen) -> None:
        self.set_focus(self.query_one(f"#field-{event.place}"))

    @on(OptionList.OptionSelected, "#more")
    def _open(self, event: OptionList.OptionSelected) -> None:
        if self.phb_app.autosaver.save_all():
            self.phb_app.open_part(self.person_id, str(event.option.id))
