"""Form of a record of any kind, drawn from its declaration, one short page at a time.

Everything is saved as it is entered; errors are shown only on Continue. Child records, such as the actions for a goal,
are listed below and open the same screen.
"""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Static

from phb_tui.content.forms import FINISHED
from phb_tui.domain.field_types import Problem
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.screens.base.page_keys import page_keys
from phb_tui.screens.forms.child_records import ChildRecords, Marks
from phb_tui.screens.forms.duplicate_notice import DuplicateNotice
from phb_tui.screens.forms.field_row import FieldRow
from phb_tui.screens.forms.form_page import FormPage
from phb_tui.screens.forms.form_pages import DETAILS, DetailsLine
from phb_tui.screens.forms.line_totals import LineTotals, has_totals
from phb_tui.screens.forms.page_list import FIRST, LAST, PageList
from phb_tui.screens.lists.line_list import ADD, LineList
from phb_tui.screens.widgets.choice_list import ChoiceList
from phb_tui.screens.widgets.error_summary import ErrorSummary
from phb_tui.screens.widgets.instant_button import InstantButton
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.person import caseload
from phb_tui.services.records import editing, record_checks, record_lists


class FormScreen(FormPage):
    """The form of one record.

    Args:
        record: The record, which may not have been saved yet.
        page: Index of the first page to show, from 0.
        context: Fields that link a new record to its parent.
    """

    _added: tuple[str, Record] | None = None
    """A field that links to another record, and the new record that was opened from it."""

    TITLE = N_("Details")
    HELP = N_(
        "Fill in what you know. Everything can stay empty, and everything saves itself. Enter or Tab goes to the next "
        "field. Continue checks the page and goes on. PgDn and PgUp turn the pages. If there is a problem you can "
        "correct it now, or press Continue again and correct it later. 'Remove' asks nothing: 'Undo' takes its place "
        "until you leave, and the list that it was on leads to what was removed."
    )
    FAMILY_SAFE = True
    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *page_keys("turn", N_("The next page of this form"), N_("The previous page")),
    ]

    def help_words(self) -> str:
        """The help text: the form's own text first."""
        return f"{self.form.help}\n\n{_(self.HELP)}" if self.form.help else _(self.HELP)

    # -- what is drawn

    def compose_body(self) -> ComposeResult:
        """Compose the error summary, the page, the child records, Continue and the page list."""
        alone = "hidden" if len(self.form.pages) == 1 else ""
        yield DuplicateNotice(id="alike")  # above what scrolls: it must not be missed
        with Horizontal(id="columns"):
            with Vertical(id="sheet"):
                with VerticalScroll(id="form", can_focus=False):
                    yield ErrorSummary(id="problems")
                    yield Static("", id="page-title", classes=f"title {alone}", markup=False)
                    with Vertical(id="page"):
                        yield from self._compose_page()
                    yield DetailsLine(id="more", classes="hidden", markup=False)
                    yield ChildRecords(self.form)
                    yield Marks(id="marks", markup=False)
                if has_totals(self.record.kind):
                    yield LineTotals(id="line-totals", classes="note", markup=False)
                yield InstantButton(self.form.finish or _("Continue"), id="continue")
            yield PageList(id="pages", classes=alone, markup=False)

    def staff_only(self) -> bool:
        """Whether the whole record is for staff only."""
        return record_lists.for_staff(self.record)

    def on_ready(self) -> None:
        """Show the page and focus its first field."""
        self._focus_first()

    def person(self) -> Record | None:
        """The person whose record this is; None for the team's own record."""
        if self.record.kind == "person":
            return self.record
        return caseload.person(self.session, self.record.person_id) if self.record.person_id else None

    def heading(self) -> str:
        """The form's title, and the page number."""
        return self.pages.heading(self.at)

    def reload(self) -> None:
        """Read the record again."""
        record = self.record
        self.record = editing.read(self.session, record.kind, record.record_id, record.person_id)
        self.masks.note_read(self.record)
        if self.at not in self._pages():
            self.at = self._pages()[0]
        if self._child is not None:
            self._child.read(self.session, self.record, typing=any(words.changed for words in self._typed_in_child()))
        shown = [(asked.child, asked.field) for asked in self.query(FieldRow)]
        if shown != self._rows():  # family view came or went
            self.call_next(self._draw_again)
        else:
            self._show_fields()
        self.query_one(ChildRecords).show(self.session, self.record)
        self.query_one(Marks).show(self.form, self.record, signed=record_checks.is_signed(self.session, self.record))
        self.show_duplicates()
        self._show_pages()
        for totals in self.query(LineTotals):
            totals.read(self.session, self.record, self.context)

    def typed(self, field: TextField) -> None:
        """Keep a key in a field, and let the totals of a budget follow it."""
        super().typed(field)
        for totals in self.query(LineTotals):
            totals.follow(self.record, {**self.context, field.field: field.text})

    async def _draw_page(self) -> None:
        page = self.query_one("#page")
        async with self.batch():
            await page.remove_children()
            await page.mount_all(self._compose_page())
        self._show_fields()

    async def _draw_again(self) -> None:
        """Draw the same page again and keep the focus in its field if it is still shown."""
        at = self.focused.id if self.focused else None
        await self._draw_page()
        for widget in self.query(f"#{at}") if at else ():
            self.set_focus(widget, scroll_visible=False)
        if self.focused is None:
            self._focus_first()

    def _show_pages(self) -> None:
        self.query_one("#page-title", Static).update(self.page.title)
        self.query_one(ChildRecords).set_class(self.at > 0, "hidden")  # listed with the first page
        self.query_one(PageList).show(self.form, self.record, self._pages(), self.at)
        family = self.phb_app.family
        last = self.pages.asked(family=family)[-1:] == [self.at]
        self.query_one(DetailsLine).show(self.pages.fields_of_details(family=family), self.record, offered=last)

    # -- moving about

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow turning pages only when there are several, and asking for details where there are any."""
        if action == "details":
            family = self.phb_app.family
            return bool(self.pages.details(family=family)) and not self.form.is_detail(self.at)
        return len(self.form.pages) > 1 if action == "turn" else super().check_action(action, parameters)

    async def action_details(self) -> None:
        """Show the first page of details."""
        await self._go(self.pages.details(family=self.phb_app.family)[0])

    async def action_turn(self, by: int) -> None:
        """Show the next or previous page; do nothing past either end."""
        pages = self._pages()
        to = pages.index(self.at) + by
        if 0 <= to < len(pages):
            await self._go(pages[to])
        elif self.phb_app.autosaver.save_all():
            self.show_end_reached(_(LAST if by > 0 else FIRST))

    @on(PageList.Jump)
    async def _jump(self, event: PageList.Jump) -> None:
        await self._go(event.page)

    @on(ErrorSummary.Chosen)
    def _go_to_problem(self, event: ErrorSummary.Chosen) -> None:
        if event.place in {problem.record_id for problem in self._named}:
            self.app.push_screen(FormScreen(editing.read(self.session, "", event.place, self.record.person_id)))
            return
        self.set_focus(self.query_one(f"#field-{event.place}"))

    @on(LineList.OptionSelected)
    def _open(self, event: LineList.OptionSelected) -> None:
        """Open a child record, or the form of a new one."""
        chosen = str(event.option.id)
        if not isinstance(event.option_list, LineList) or not self.phb_app.autosaver.save_all():
            return
        if chosen == DETAILS:
            self.call_next(self.action_details)
            return
        if not chosen.startswith(ADD):
            if found := self.query_one(ChildRecords).find(self.session, self.record, chosen):
                self.app.push_screen(FormScreen(found))
            return
        kind = chosen.removeprefix(ADD)
        new = record_lists.new(self.session, kind, self.record.person_id or "")
        self.app.push_screen(FormScreen(new, context=record_lists.parent_link(self.record, kind)))

    @on(ChoiceList.AddWanted)
    def _add_to_choose(self, event: ChoiceList.AddWanted) -> None:
        """Open the form of a new record, which is chosen when one comes back."""
        if self.phb_app.autosaver.save_all():
            new = record_lists.new(self.session, event.choice.asked.of, self.record.person_id or "")
            self._added = event.choice.asked.name, new
            self.app.push_screen(FormScreen(new))

    def on_screen_resume(self) -> None:
        """Choose the record that was added meanwhile, if anything was written in it."""
        if self._added is None:
            return
        (name, new), self._added = self._added, None
        kept = editing.read(self.session, new.kind, new.record_id, new.person_id)
        if kept.fields and record_lists.is_listed(kept):
            self._change({name: kept.record_id})

    @on(Button.Pressed, "#continue")
    async def _continue(self) -> None:
        if not self.phb_app.autosaver.save_all():
            return
        self.reload()
        problems = self._problems()
        following = self.pages.after(self.at, family=self.phb_app.family)
        if problems and problems != self._named:
            self._tell_problems(problems)
        elif following is not None:
            await self._go(following)
        else:
            self._finish()

    def _finish(self) -> None:
        """Close the form after the last page; mark a form that is completed by it, also an empty one."""
        if self.form.finish and not self.record.text(FINISHED):
            self._change({FINISHED: "yes"})
            if not self.record.text(FINISHED):
                return  # the disk refused, which has been said
            self.phb_app.saved = _("Done and saved: {words}").format(words=self.form.finish)
        self.action_back()

    def action_back(self) -> None:
        """Go back; if only the child was filled in, first say once that the record itself is still empty."""
        child = self._child
        saved = self.phb_app.autosaver.save_all()
        if saved and child is not None and child.record.fields and not any(self.record.fields.values()):
            problems = self._problems()
            if problems and problems != self._named:
                self._tell_problems(problems)
                return
        super().action_back()

    def _tell_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show errors in the summary and at their fields; an empty list clears them."""
        self._named = problems
        sentences = {problem.field: _("Error: {words}").format(words=problem.sentence) for problem in problems}
        for asked in self.query(FieldRow):
            asked.problem(sentences.get(asked.place, ""))
        self.query_one(ErrorSummary).show((p.record_id or p.field, p.sentence) for p in problems)
        if problems:
            self.call_after_refresh(self.query_one("#form").scroll_home, animate=False)

    async def _go(self, page: int) -> None:
        if page == self.at or not self.phb_app.autosaver.save_all():
            return
        self.at = page
        await self._draw_page()
        self._tell_problems(())
        self._show_pages()
        self.query_one("#form").scroll_home(animate=False)
        self._focus_first()
        self.refresh_frame()
