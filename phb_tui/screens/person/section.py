"""One section: the parts of a step as a task list, or lists of records about the person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from phb_tui.content import forms, sections
from phb_tui.content.sections import Part, Section
from phb_tui.domain.records.changes import Record
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _, n_
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.base.person_view import View
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.lists.confirmation import Confirmation
from phb_tui.screens.lists.line_list import ADD, LineList, gap, heading, id_of, line_of, refill, titled
from phb_tui.screens.lists.side_panel import SidePanel
from phb_tui.screens.person import section_lines, section_panel
from phb_tui.screens.person.entered_in_error import EnteredInErrorScreen
from phb_tui.screens.person.section_lines import DIFFERS, DONE, EXPECT, SET_UP, TALK
from phb_tui.screens.widgets.error_summary import ErrorSummary
from phb_tui.services.person import reminders, worker_checks
from phb_tui.services.records import record_lists
from phb_tui.services.start.last_place import Place
from phb_tui.services.visit import step_progress
from phb_tui.services.visit.step_progress import Unfinished

MAKE_TASKS = "screen:make_tasks"
"""Id of the line that makes the tasks of setting up."""
NEW = "new"
"""Stands for the id of a record that is to be added, in the name of a kind's own screen."""
LIST = "list-"
"""Prefix of the id of a section that lists one kind of record."""


class SectionScreen(PersonScreen):
    """One section of a person's record.

    Args:
        person_id: The person.
        section: The section. A step shows a line for each part; another section shows the records themselves.
    """

    TITLE = N_("Section")
    HELP = N_(
        "Open a line with Enter or a click. Nothing is compulsory and any order is right. "
        "A line that begins with + adds something. F6 shows what you can expect in this step."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "#parts"
    CSS_PATH = "section.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "expect", N_("What to expect"), id="more", tooltip=N_("What good support looks like here")),
    ]

    def __init__(self, person_id: str, section: Section) -> None:
        super().__init__(person_id)
        self.section = section
        self._asked = Confirmation()
        self._records: dict[str, Record] = {}
        self._unfinished: list[Unfinished] = []
        """What was listed as unfinished when the step was to be completed; completing it again then succeeds."""

    def compose_body(self) -> ComposeResult:
        """Compose the lines and, when there is room, the details of the highlighted record."""
        if self.section.step:
            yield ErrorSummary(id="problems")
        with Horizontal(id="columns"):
            yield titled(LineList(id="parts", markup=False), self.section.title)
            yield SidePanel(id="beside")

    def heading(self) -> str:
        """The title of the step or section."""
        if not self.section.step:
            return self.section.title
        return _("Step {number} of 6: {title}").format(number=self.section.step, title=self.section.title)

    def place(self) -> Place | None:
        """This section, as the place to return to, if it is one of the declared ones."""
        ids = {section.id for section in sections.sections()}
        return Place("section", self.person_id, section=self.section.id) if self.section.id in ids else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow "what to expect" only for a step."""
        return bool(self.section.step) if action == "expect" else super().check_action(action, parameters)

    def action_expect(self) -> None:
        """Show what to expect in this step."""
        self.phb_app.open_part(self.person_id, f"{EXPECT}:{self.section.step}")

    # -- what is shown

    def reload(self) -> None:
        """Read the lines again and keep the highlighted one."""
        self._records = {}
        parts = [part for part in self.section.parts if part.family or not self._keeps_back(part)]
        if self.section.step:
            view = View(self.session, self.person(), self.phb_app.family, self.hides)
            options = list(section_lines.of_step(view, self.section, parts))
        else:
            options = [*(option for part in parts for option in self._inline(part)), *self._removed()]
        listed = self.query_one("#parts", LineList)
        refill(listed, options)
        self._show_more(listed.highlighted_option)

    def _keeps_back(self, part: Part) -> bool:
        """Whether a part that only staff may read has no line now: a screen as soon as the family may be reading."""
        return self.hides if part.screen else self.phb_app.family

    def staff_only(self) -> bool:
        """Whether it lists staff-only records alone; a section where records can be added hides only its lines."""
        whole = self.phb_app.family or self.section.id.startswith(LIST)
        return whole and not any(part.family for part in self.section.parts) and bool(self.section.parts)

    def _removed(self) -> Iterable[Option]:
        kinds = section_lines.kinds_of(self.section.parts)
        return section_lines.removed(self.session, self.person_id, kinds, hides=self.hides)

    def _inline(self, part: Part) -> Iterable[Option]:
        """Lines of a part and all of its records."""
        if part.screen:
            yield gap()
            yield section_lines.of_part(self.session, self.person(), part)
            return
        form = forms.form(part.kind)
        if form.kind == "person":
            yield Option(form.title, id="person")
            return
        if form.single:
            yield gap()
            yield section_lines.of_part(self.session, self.person(), part)
            return
        if len(self.section.parts) > 1:
            yield gap()
            yield heading(form.many)
        found = record_lists.of(self.session, part.kind, self.person_id)
        if self.hides:
            staff = [record for record in found if record_lists.for_staff(record)]
            found = [record for record in found if record not in staff]
            if staff and not self.phb_app.family:
                words = n_("{count} for staff: open them", "{count} for staff: open them", len(staff))
                yield Option(words.format(count=len(staff)), id=f"list:{part.kind}", disabled=form.family)
        for record in sorted(found, key=lambda record: record_lists.has_ended(self.session, record)):
            self._records[id_of(record)] = record
            yield line_of(record, self._words(record))
        yield Option(f"+ {form.add}", id=f"{ADD}{part.kind}")

    def _words(self, record: Record) -> str:
        """Text of a record's line: its summary and its number of child records."""
        counts = []
        for kind in forms.form(record.kind).holds:
            held = record_lists.of(self.session, kind, self.person_id, record)
            if held:
                counts.append(f"{forms.form(kind).many}: {len(held)}")
        missing = worker_checks.still_missing(self.session, record) if record.kind == "worker" else ""
        below = [f"  {words}" for words in (", ".join(counts), missing) if words]
        return "\n".join([record_lists.line(self.session, record), *below])

    def on_resize(self) -> None:
        """Show or hide the details; the screen gets its new width after this event."""
        self.call_after_refresh(lambda: self._show_more(self.query_one("#parts", LineList).highlighted_option))

    @on(OptionList.OptionHighlighted, "#parts")
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        self._show_more(event.option)

    def _show_more(self, option: Option | None) -> None:
        beside = self.query_one(SidePanel)
        if beside.is_wanted and option is not None:
            beside.fill(*self._beside(str(option.id)))

    def _beside(self, chosen: str) -> section_panel.Beside:
        """What stands behind a line."""
        view = View(self.session, self.person(), self.phb_app.family, self.hides)
        what, _colon, name = chosen.partition(":")
        if chosen in self._records:
            return section_panel.of_record(view, self._records[chosen])
        if chosen == "person":
            return section_panel.of_person(view)
        if what in {"one", "list"} or chosen.startswith(ADD):
            return section_panel.of_kind(view, name)
        if not self.section.step:
            return self.section.title, ()
        step = self.session.content.step(self.section.step)
        return section_panel.of_conversation(view, step) if chosen == TALK else section_panel.of_step(step)

    # -- what is opened

    @on(OptionList.OptionSelected, "#parts")
    def _open(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        what, _colon, name = chosen.partition(":")
        if chosen in self._records:
            self._open_record(self._records[chosen])
        elif chosen == "person":
            self.app.push_screen(FormScreen(self.person()))
        elif chosen.startswith(ADD):
            self._open_record(record_lists.new(self.session, name, self.person_id))
        elif chosen == MAKE_TASKS:
            self._make_tasks()
        elif chosen.startswith(DIFFERS):
            self.phb_app.open_part(self.person_id, f"one:{SET_UP}")
        elif what == "one":
            self.app.push_screen(FormScreen(record_lists.single(self.session, name, self.person_id)))
        elif what == "list":
            self.phb_app.open_part(self.person_id, chosen)
        elif chosen == DONE:
            self._complete()
        elif chosen == section_lines.REMOVED:
            kinds = section_lines.kinds_of(self.section.parts)
            self.app.push_screen(EnteredInErrorScreen(self.person_id, kinds))
        else:
            self.phb_app.open_part(self.person_id, name or f"{chosen}:{self.section.step}")

    def _open_record(self, record: Record) -> None:
        """Open the form of a record, or the screen of its own that its kind has."""
        if forms.form(record.kind).has_screen:
            self.phb_app.open_part(self.person_id, f"{record.kind}:{record.record_id if record.fields else NEW}")
        else:
            self.app.push_screen(FormScreen(record))

    def _make_tasks(self) -> None:
        """Say how many tasks would be made, when there are any; make them when it is chosen once more."""
        count = reminders.count_new_tasks(self.session, self.person_id)
        if count and not self._asked.is_confirmed(MAKE_TASKS):
            words = n_("{count} task is new.", "{count} tasks are new.", count).format(count=count)
            self.show_message(_("{words} Choose this line once more to make them.").format(words=words))
            return
        self._asked.forget()
        self.phb_app.open_part(self.person_id, MAKE_TASKS.partition(":")[2])

    def _complete(self) -> None:
        """Mark the step as completed or not; the first time, list what is unfinished instead."""
        done = step_progress.step_record(self.session, self.person_id, self.section.step).text("completed") == "yes"
        found = [] if done else step_progress.unfinished(self.session, self.person_id, self.section)
        if found != self._unfinished:
            self._unfinished = found
            self._name_unfinished()
            if found:
                return
        try:
            step_progress.complete(self.session, self.person_id, self.section.step)
        except PhbError as error:
            self.show_error(error)
            return
        self._unfinished = []
        self._name_unfinished()
        self.phb_app.autosaver.note_saved()
        self.reload()

    def _name_unfinished(self) -> None:
        heading = _("Look at these first. To complete the step all the same, choose that once more.")
        self.query_one(ErrorSummary).show(((str(n), u.sentence) for n, u in enumerate(self._unfinished)), heading)

    @on(ErrorSummary.Chosen)
    def _go_to(self, event: ErrorSummary.Chosen) -> None:
        found = self._unfinished[int(event.place)]
        if found.record is None:
            self.phb_app.open_part(self.person_id, found.place)
            return
        self.app.push_screen(FormScreen(found.record, forms.page_of(found.record.kind, found.field)))
