"""One person: who they are, how to communicate, the six steps as a task list."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.domain import dates, fields, people
from phb_tui.domain.changes import Record
from phb_tui.screens.about_me import AboutMeScreen
from phb_tui.screens.check import CheckScreen
from phb_tui.screens.conflicts import ConflictScreen
from phb_tui.screens.form import FormScreen
from phb_tui.screens.host import TableScreen
from phb_tui.screens.outcomes import OutcomesScreen
from phb_tui.screens.step import StepScreen
from phb_tui.services import caseload, deciding, planning, talking
from phb_tui.services.place import Place

STAFF = {"nhs_number", "date_of_birth"}
"""Facts that family view leaves out."""


class PersonScreen(TableScreen):
    """A person's task list.

    Args:
        person_id: The person.
    """

    TITLE = "Personal Health Budget"
    HELP = (
        "Everything about one person. Start with today's visit, then open any of the six steps in any order. "
        "Each step is a conversation about what the person should be able to say. Nothing is compulsory."
    )
    FAMILY_SAFE = True
    CSS_PATH = "person.tcss"

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self.person_id = person_id

    def compose_body(self) -> ComposeResult:
        """The task list, and who they are beside it when there is room."""
        with Horizontal():
            yield OptionList(id="tasks")
            with Vertical(id="about"):
                yield Static("", id="facts", classes="note")

    def person(self) -> Record:
        """Whose record this is."""
        return caseload.person(self.session, self.person_id)

    def place(self) -> Place:
        """Here."""
        return Place("person", self.person_id)

    def fill(self) -> None:
        """Read the tasks again, staying on the same one."""
        tasks = self.query_one("#tasks", OptionList)
        here = tasks.highlighted
        tasks.clear_options()
        tasks.add_options(self._options())
        tasks.highlighted = here if here is not None else 0
        self.query_one("#facts", Static).update("\n".join(self._facts()))

    def _options(self) -> list[Option]:
        visit = talking.todays_visit(self.session, self.person_id)
        options = [
            Option(
                "Today's visit: who is here, where, when" + ("" if visit else "  (start it)"),
                id="visit",
            )
        ]
        for step in planning.progress(self.session, self.person_id):
            text = self.session.content.step(step.number)
            state = "Not started" if not step.said else f"{step.said} of {step.of} answered"
            if step.completed:
                state = "Completed"
            options.append(Option(f"Step {step.number}  {text.short:<24}{state}", id=f"step-{step.number}"))
        about = planning.about_me(self.session, self.person_id)
        written = sum(1 for heading in self.session.content.about_me if about.text(heading.id))
        wanted = len(planning.outcomes(self.session, self.person_id))
        todo = [a for a in planning.actions(self.session, self.person_id) if a.text("done") != "yes"]
        options += [
            Option(f"{'About me':<32}{written} of {len(self.session.content.about_me)} written", id="about"),
            Option(f"{'What you want, and what we do':<32}{wanted} wanted, {len(todo)} to do", id="outcomes"),
            Option("What you told us today: check it together", id="check"),
        ]
        if not self.host.family:
            options.append(Option("Name, numbers, how to communicate", id="details"))
            if open_conflicts := deciding.conflicts(self.session, self.person_id):
                options.append(Option(f"Decide between versions ({len(open_conflicts)})", id="conflicts"))
        return options

    def _facts(self) -> list[str]:
        person = self.person()
        shown = [people.called(person) if self.host.family else people.full_name(person)]
        labels = {
            "nhs_number": "NHS number",
            "date_of_birth": "Born",
            "phone": "Phone",
            "address": "Address",
            "next_visit": "Next visit",
        }
        for name, label in labels.items():
            words = "" if self.host.family and name in STAFF else person.text(name)
            shown += [f"{label}: {fields.show('person', name, words)}"] if words else []
        visits = talking.visits(self.session, self.person_id)
        shown += ["", f"Visits so far: {len(visits)}"]
        shown += [f"  {dates.in_words(visit.text('date'))}  {visit.text('place')}" for visit in visits[:5]]
        return shown

    @on(OptionList.OptionSelected, "#tasks")
    def _open(self, event: OptionList.OptionSelected) -> None:
        task = str(event.option.id)
        if task.startswith("step-"):
            self.app.push_screen(StepScreen(talking.start_visit(self.session, self.person_id), int(task[-1])))
        elif task == "visit":
            self.app.push_screen(FormScreen(talking.start_visit(self.session, self.person_id)))
        elif task == "check":
            visit = talking.start_visit(self.session, self.person_id)
            self.app.push_screen(CheckScreen(visit, lambda statement_id: self._talk(visit, statement_id)))
        elif task == "about":
            self.app.push_screen(AboutMeScreen(self.person_id))
        elif task == "outcomes":
            self.app.push_screen(OutcomesScreen(self.person_id))
        elif task == "details":
            self.app.push_screen(FormScreen(self.person()))
        elif task == "conflicts":
            self.app.push_screen(ConflictScreen(self.person_id))
        self.host.refresh_status()

    def _talk(self, visit: Record, statement_id: str) -> None:
        step = self.session.content.statement(statement_id).step
        self.app.push_screen(StepScreen(visit, step, statement_id))
