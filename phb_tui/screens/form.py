"""A form, one short page at a time; everything is kept, and problems are named only by Continue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.content.forms import FormField, Page
from phb_tui.domain import fields
from phb_tui.domain.changes import Record
from phb_tui.domain.fields import Problem
from phb_tui.screens.host import TableScreen
from phb_tui.screens.widgets.go_on import GoOn
from phb_tui.screens.widgets.words import Words
from phb_tui.services import caseload, writing


def asked(field: FormField) -> ComposeResult:
    """A field as it is asked: label, hint, room for its problem, the words."""
    with Vertical(classes="asked staff" if field.staff_only else "asked"):
        yield Static(field.label, classes="label", markup=False)
        if field.hint:
            yield Static(field.hint, classes="note", markup=False)
        yield Static("", id=f"error-{field.name}", classes="error hidden", markup=False)
        with Vertical(classes="field"):
            yield Words(field.name, field.rows)


class FormScreen(TableScreen):
    """The form of one record.

    Args:
        record: The record, which need not have been written yet.
        page: Which page to begin with, from 0.
    """

    TITLE = "Details"
    HELP = (
        "Fill in what you know. Everything can stay empty, and everything saves itself. "
        "Enter or Tab goes to the next field. Continue checks the page and goes on. PgDn and PgUp turn the pages. "
        "If there is a problem you can correct it now, or press Continue again and correct it later."
    )
    FAMILY_SAFE = True
    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "turn(1)", "Next", id="next", tooltip="The next page of this form", priority=True),
        Binding("pageup", "turn(-1)", "Before", id="before", tooltip="The page before", priority=True),
    ]

    def __init__(self, record: Record, page: int = 0) -> None:
        super().__init__()
        self.record = record
        self.form = forms.form(record.kind)
        self.at = min(max(page, 0), len(self.form.pages) - 1)
        self._named: tuple[Problem, ...] = ()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.form.pages[self.at]

    def compose_body(self) -> ComposeResult:
        """The problems, the pages of which one is shown, Continue; beside them the pages' names when there is room."""
        with Horizontal(id="columns"):
            with VerticalScroll(id="form", can_focus=False):
                with Vertical(id="problems", classes="hidden"):
                    yield Static("There is a problem", classes="error")
                    yield OptionList(id="problem-list", markup=False)
                for number, page in enumerate(self.form.pages):
                    with Vertical(id=f"page-{number}", classes="page hidden"):
                        if len(self.form.pages) > 1:
                            yield Static(page.title, classes="title", markup=False)
                        for field in page.fields:
                            yield from asked(field)
                yield from self.compose_more()
                yield GoOn("Continue", id="continue")
            yield OptionList(id="pages", markup=False)

    def compose_more(self) -> ComposeResult:
        """What stands between the fields and Continue; nothing, unless a subclass has something."""
        yield from ()

    def on_mount(self) -> None:
        """Show the page, ready to type in."""
        listed = self.query_one("#pages", OptionList)
        listed.can_focus = False
        listed.set_class(len(self.form.pages) == 1, "hidden")
        super().on_mount()
        self._first_field().focus()

    def person(self) -> Record | None:
        """Whose record this is."""
        return (
            self.record if self.record.kind == "person" else caseload.person(self.session, self.record.person_id or "")
        )

    def where(self) -> str:
        """The page and its place among the pages."""
        if len(self.form.pages) == 1:
            return self.form.title
        return f"{self.page.title}  ·  Page {self.at + 1} of {len(self.form.pages)}"

    def fill(self) -> None:
        """Read the record again."""
        record = self.record
        self.record = writing.read(self.session, record.kind, record.record_id, record.person_id)
        for words in self.query(Words):
            words.show(self.record)
        for staff in self.query(".staff"):
            staff.set_class(self.host.family, "hidden")
        self._show_page()

    def keep(self, field: Words) -> Record | None:
        """Keep a field that was left; the others go on from the same record."""
        kept = super().keep(field)
        if kept is not None:
            self.record = kept
            for words in self.query(Words):
                if words is not field:
                    words.show(kept)
        return kept

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Pages turn only where there is more than one."""
        return len(self.form.pages) > 1 if action == "turn" else super().check_action(action, parameters)

    def action_turn(self, by: int) -> None:
        """The next page or the one before; the ends stay."""
        self._go(min(max(self.at + by, 0), len(self.form.pages) - 1))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show what a field asks along with the field."""
        for above in event.widget.ancestors:
            if above.has_class("asked") and isinstance(above, Vertical):
                self.call_after_refresh(above.scroll_visible, animate=False)

    @on(Words.GoOn)
    def _go_on(self) -> None:
        self.focus_next()

    @on(OptionList.OptionSelected, "#pages")
    def _jump(self, event: OptionList.OptionSelected) -> None:
        self._go(event.option_index)

    @on(OptionList.OptionSelected, "#problem-list")
    def _go_to_problem(self, event: OptionList.OptionSelected) -> None:
        self.query_one(f"#field-{event.option_id}", Words).focus()

    @on(Button.Pressed, "#continue")
    def _continue(self) -> None:
        if not self._leave():
            return
        self.fill()
        problems = self._problems()
        if problems and problems != self._named:
            self._tell_problems(problems)
        elif self.at + 1 < len(self.form.pages):
            self._go(self.at + 1)
        else:
            self.action_back()

    def _problems(self) -> tuple[Problem, ...]:
        here = {field.name for field in self.page.fields if not (field.staff_only and self.host.family)}
        return tuple(problem for problem in fields.problems(self.record) if problem.field in here)

    def _tell_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show problems at the top and each at its field; none takes them away."""
        self._named = problems
        sentences = {problem.field: problem.sentence for problem in problems}
        for page in self.form.pages:
            for field in page.fields:
                error = self.query_one(f"#error-{field.name}", Static)
                error.update(f"Error: {sentences.get(field.name, '')}")
                error.set_class(field.name not in sentences, "hidden")
        listed = self.query_one("#problem-list", OptionList)
        listed.set_options(Option(problem.sentence, id=problem.field) for problem in problems)
        self.query_one("#problems").set_class(not problems, "hidden")
        if problems:
            listed.highlighted = 0
            self.call_after_refresh(listed.focus)
            self.call_after_refresh(self.query_one("#form").scroll_home, animate=False)

    def _go(self, page: int) -> None:
        if page == self.at or not self._leave():
            return
        self.at = page
        self._tell_problems(())
        self._show_page()
        self.query_one("#form").scroll_home(animate=False)
        self._first_field().focus()
        self.refresh_frame()

    def _leave(self) -> bool:
        """Keep every field. Whether nothing is left unsaved."""
        kept = [self.host.keeper.leave(words) for words in self.query(Words)]  # each one, even after a failure
        return all(kept)

    def _show_page(self) -> None:
        for number in range(len(self.form.pages)):
            self.query_one(f"#page-{number}").set_class(number != self.at, "hidden")
        listed = self.query_one("#pages", OptionList)
        listed.set_options(self._page_options())
        listed.highlighted = self.at

    def _page_options(self) -> Iterable[Option]:
        for number, page in enumerate(self.form.pages, start=1):
            written = sum(1 for field in page.fields if self.record.text(field.name))
            yield Option(f"{number}  {page.title}\n   {written} of {len(page.fields)} filled in")

    def _first_field(self) -> Words:
        shown = [field for field in self.page.fields if not (field.staff_only and self.host.family)]
        return self.query_one(f"#field-{shown[0].name}", Words)
