"""Overview of a person: identity, communication needs, visit, and the six steps as a task list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms, sections
from phb_tui.domain.calendar import dates
from phb_tui.domain.people import person_facts
from phb_tui.i18n import N_, _, n_
from phb_tui.screens.base.person_screen import PersonScreen, for_staff
from phb_tui.screens.forms.error_reason import ENTERED_IN_ERROR
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.lists.line_list import LineList, pair, refill
from phb_tui.screens.person.entered_in_error import EnteredInErrorScreen
from phb_tui.screens.sync import sync_phrases
from phb_tui.services.person import overdue_reviews, phone_numbers, possible_duplicates, reminders, unreadable_records
from phb_tui.services.records import field_conflicts, record_lists
from phb_tui.services.start.last_place import Place
from phb_tui.services.visit import step_progress, visits

STAFF = {"nhs_number", "date_of_birth"}
"""Facts that are hidden in family view."""

OF_DEATH = {"died_on", "died_said_by"}
"""Fields about a death that are hidden while the family may be reading; the head says what they may read."""

FACTS = (
    ("nhs_number", N_("NHS number")), ("date_of_birth", N_("Date of birth")), ("phone", N_("Phone")),
    ("address", N_("Address")), ("next_visit", N_("Next visit")), ("died_on", N_("Died")),
    ("died_said_by", N_("Who said so")),
)  # fmt: skip

SAME = "same:"
"""Prefix of the id of a line that opens a possible duplicate."""

OVERDUE = "overdue"
"""Id of the line that opens the form in which the overdue review is recorded."""

MOST_DUE = 8
"""Maximum number of reminders beside the person; the visit's page lists all."""

NOT_STARTED = N_("Not started")

COLUMN = 34
"""Column at which the states of the lines start."""


class PersonOverviewScreen(PersonScreen):
    """Task list of a person.

    Args:
        person_id: The person.
    """

    TITLE = N_("Personal Health Budget")
    HELP = N_(
        "Everything about one person. Start with today's visit, then open any of the six steps in any order. "
        "Each step begins with a conversation about what the person should be able to say. Nothing is compulsory."
    )
    FAMILY_SAFE = True
    CSS_PATH = "person_overview.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        ENTERED_IN_ERROR,
        Binding(
            "ctrl+d", "died", N_("The person has died"), id="died", show=False, tooltip=N_("When, and who said so")
        ),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow marking as entered in error, and recording a death, only outside family view."""
        return not self.phb_app.family if action in {"in_error", "died"} else super().check_action(action, parameters)

    def action_in_error(self) -> None:
        """Show what was entered in error about this person."""
        self.app.push_screen(EnteredInErrorScreen(self.person_id))

    def action_died(self) -> None:
        """Record that the person has died, or take it back."""
        pages = forms.form("person").pages
        page = next(number for number, page in enumerate(pages) if any(f.name == "died_on" for f in page.fields))
        self.app.push_screen(FormScreen(self.person(), page))

    def compose_body(self) -> ComposeResult:
        """Compose the task list and, when there is room, the facts beside it."""
        with Horizontal():
            yield LineList(id="tasks", markup=False)
            with VerticalScroll(id="about", can_focus=False):
                yield Static("", id="facts", classes="note", markup=False)

    def heading(self) -> str:
        """What this is about."""
        return _(str(self.TITLE))

    def place(self) -> Place:
        """This person's overview, as the place to return to."""
        return Place("person", self.person_id)

    def reload(self) -> None:
        """Read the tasks again and keep the highlighted line."""
        refill(self.query_one("#tasks", LineList), list(self._options()))
        self._show_facts()

    def _show_facts(self) -> None:
        if self.has_class("-wide"):
            self.query_one("#facts", Static).update("\n".join(self._facts()))

    def on_resize(self) -> None:
        """Show or hide the facts; the screen gets its new width after this event."""
        self.call_after_refresh(self._show_facts)

    def _options(self) -> Iterable[Option]:
        visit = visits.todays(self.session, self.person_id)
        died = person_facts.has_died(self.person())
        ready = "" if died else _(NOT_STARTED)
        yield pair(_("Today's visit"), _("Begun") if visit else ready, COLUMN, "visit")
        yield from () if self.hides else self._possible_duplicates()
        yield from () if self.phb_app.family else self._overdue()
        for step in step_progress.progress(self.session, self.person_id):
            text = self.session.content.step(step.number)
            state = _("{said} of {all} answered").format(said=step.said, all=step.of) if step.said else _(NOT_STARTED)
            if step.completed:
                state = _("Done")
            name = _("Step {number}  {title}").format(number=step.number, title=text.short)
            yield pair(name, state, COLUMN, f"section:step-{step.number}")
        about = record_lists.single(self.session, "about_me", self.person_id)
        headings = [field for field in forms.form("about_me").fields() if field.code]
        written = sum(1 for heading in headings if about.text(heading.name))
        about_words = _("{written} of {all} written").format(written=written, all=len(headings))
        yield pair(_("About me"), about_words if written else _(NOT_STARTED), COLUMN, "about_me")
        wanted = len(record_lists.of(self.session, "goal", self.person_id))
        goals = n_("{count} goal", "{count} goals", wanted).format(count=wanted) if wanted else _(NOT_STARTED)
        yield pair(_("My goals and actions"), goals, COLUMN, "list:goal")
        yield pair(_("To do"), self._to_do(died=died), COLUMN, "to_do")
        yield pair(_("The plan to keep"), _("read it, check it, agree it, print it"), COLUMN, "plan")
        yield pair(sections.section("people").title, self._people(), COLUMN, "section:people")
        yield Option(sections.section("access").title, id="section:access")
        if self.phb_app.family:
            return
        yield Option(sections.section("consent").title, id="section:consent")
        yield Option(sections.section("details").title, id="section:details")
        yield Option(_("Hand over to another team"), id="hand_over")
        if open_conflicts := field_conflicts.conflicts(self.session, self.person_id):
            everyday = sum(1 for conflict in open_conflicts if conflict.low_risk)
            yield Option(sync_phrases.to_decide(len(open_conflicts), everyday), id="conflicts")
        if count := len(unreadable_records.of_person(self.session, self.person_id)):
            words = n_(
                "{count} record cannot be shown as it should", "{count} records cannot be shown as they should", count
            )
            yield Option(words.format(count=count), id="odd")

    def _overdue(self) -> Iterable[Option]:
        """Line about the overdue review; never the first line, which Enter opens unread."""
        held = {kind: record_lists.single(self.session, kind, self.person_id) for kind in overdue_reviews.KINDS}
        for review in overdue_reviews.overdue(self.session, self.person(), held)[:1]:
            words = f"{dates.in_short(review.due.isoformat())}: {_(review.why)}"
            yield pair(_("Review overdue"), words, COLUMN, OVERDUE)

    def _possible_duplicates(self) -> Iterable[Option]:
        """Lines about possible duplicates; never the first line, which Enter opens unread."""
        for other in possible_duplicates.of_person(self.session, self.person_id):
            words = _("The same person? {words}").format(words=other.sentence)
            yield Option(Content(words), id=f"{SAME}{other.person.record_id}")

    def _to_do(self, *, died: bool) -> str:
        """How many tasks and actions are open, or the state that all of them have."""
        if todo := len(reminders.to_do(self.session, self.person_id)):
            open_ones = n_("{count} open", "{count} open", todo).format(count=todo)
            return ", ".join((open_ones, _("no longer due"))) if died else open_ones
        known = any(record_lists.of(self.session, kind, self.person_id) for kind in ("task", "action"))
        return _("Done") if known else _(NOT_STARTED)

    def _people(self) -> str:
        """Who can be rung first, with the number, and how many people there are."""
        count = sum(len(record_lists.of(self.session, kind, self.person_id)) for kind in ("contact", "professional"))
        if not count:
            return _(NOT_STARTED)
        words = n_("{count} person", "{count} people", count).format(count=count)
        ring = phone_numbers.first_to_ring(self.session, self.person_id)
        if ring is None:
            return words
        return f"{ring.text('name')} {ring.text('contact')}, {words}"

    def _facts(self) -> Iterable[str]:
        person = self.person()
        yield person_facts.preferred_name(person) if self.phb_app.family else person_facts.full_name(person)
        for name, label in FACTS:
            hidden = (self.phb_app.family and name in STAFF) or (self.hides and name in OF_DEATH)
            hidden |= name == "next_visit" and person_facts.has_died(person)
            words = "" if hidden else forms.show("person", name, person.text(name))
            if words:
                yield f"{_(label)}: {words}"
        yield from self._due()
        so_far = visits.visits(self.session, self.person_id)
        yield "\n" + _("Visits so far: {count}").format(count=len(so_far))
        yield from (f"  {dates.in_words(visit.text('date'))}  {visit.text('place')}" for visit in so_far[:5])

    def _due(self) -> Iterable[str]:
        """The reminders; none in family view, and during a visit none that are for staff."""
        found = [] if self.phb_app.family else reminders.due(self.session, self.person_id)
        shown = [item for item in found if not item.for_staff] if found and self.hides else found
        if found:
            yield "\n" + _("Due now:")
            yield from (f"- {item.words}" for item in shown[:MOST_DUE])
        if more := len(shown[MOST_DUE:]):
            words = n_("and {count} more, under Today's visit", "and {count} more, under Today's visit", more)
            yield f"- {words.format(count=more)}"
        if len(found) > len(shown):
            yield f"- {for_staff(len(found) - len(shown))}"

    @on(OptionList.OptionSelected, "#tasks")
    def _open(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        if chosen.startswith(SAME):
            self.phb_app.open_part(chosen.removeprefix(SAME), "person")
        elif chosen == OVERDUE:
            pages = forms.form("care_plan").pages
            page = next(n for n, page in enumerate(pages) if any(f.name == "reviewed_on" for f in page.fields))
            self.app.push_screen(FormScreen(record_lists.single(self.session, "care_plan", self.person_id), page))
        else:
            self.phb_app.open_part(self.person_id, chosen)
