"""Overview of a person: identity, communication needs, visit, and the six steps as a task list."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList

from phb_tui.content import forms
from phb_tui.i18n import N_, _
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.base.person_view import View, own_words
from phb_tui.screens.forms.error_reason import ENTERED_IN_ERROR
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.lists.chip_row import ChipRow
from phb_tui.screens.lists.line_list import LineList, refill
from phb_tui.screens.lists.panels import Panels
from phb_tui.screens.person import person_lines, person_panels
from phb_tui.screens.person.entered_in_error import EnteredInErrorScreen
from phb_tui.screens.person.person_lines import FREE_KEYS, OVERDUE, SAME
from phb_tui.screens.person.person_panels import OwnWordsPanel, PersonPanel
from phb_tui.screens.widgets.read_only import shortened
from phb_tui.services.person import phone_numbers
from phb_tui.services.records import record_lists
from phb_tui.services.start.last_place import Place

COLUMNS = {"second": ("details", "due", "visits"), "third": ("people", "goals")}
"""The panels of each column beside the lists; in a window for two columns the third stands below the second."""

LONGEST = 60
"""Columns that the name and number of whom to ring first take at most."""

THREE = 150
"""Width in columns from which the page has three columns."""


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
        """Compose the lists and, when there is room, the panels beside them."""
        with Panels(id="panels", classes="three" if self.app.size.width >= THREE else ""):
            with VerticalScroll(id="first", can_focus=False):
                yield OwnWordsPanel(id="own-words", classes="panel hidden")
                for name, title, keys in (("tasks", _("Next"), FREE_KEYS), ("steps", _("Six steps"), "")):
                    listed = LineList(id=name, markup=False)
                    listed.free_keys, listed.border_title = keys, Content(title)
                    yield listed
                yield ChipRow(ground="$ink", column=25, id="more")
            with Container(id="beside"):
                for column, names in COLUMNS.items():
                    with Vertical(id=column):
                        yield from (PersonPanel(id=name, classes="panel", markup=False) for name in names)

    def heading(self) -> str:
        """What this is about."""
        return _(str(self.TITLE))

    def place(self) -> Place:
        """This person's overview, as the place to return to."""
        return Place("person", self.person_id)

    _read = _shown_at = 0
    """How often the page was read; and which reading the panels beside the lists show."""

    def _view(self) -> View:
        return View(self.session, self.person(), self.phb_app.family, self.hides)

    def reload(self) -> None:
        """Read the lists again and keep the highlighted line."""
        self._read += 1
        view = self._view()
        refill(self.query_one("#tasks", LineList), list(person_lines.next_lines(view)))
        steps = list(person_lines.step_lines(view))
        refill(self.query_one("#steps", LineList), steps)
        self.query_one("#more", ChipRow).set_chips(person_lines.index_chips(view))
        self.query_one(OwnWordsPanel).show(own_words(view))
        ring = phone_numbers.first_to_ring(self.session, self.person_id)
        words = f"{ring.text('name')} {ring.text('contact')}" if ring is not None else ""
        self.query_one("#tasks").border_subtitle = Content(shortened(words, LONGEST))
        self._show_panels()

    def _show_panels(self) -> None:
        if not self.has_class("-wide") or self._shown_at == self._read:
            return
        self._shown_at = self._read
        for name, panel in person_panels.shown(self._view()):
            self.query_one(f"#{name}", PersonPanel).show(panel)

    def on_ready(self) -> None:
        """Show the page from its top."""
        self.call_after_refresh(self.query_one("#first").scroll_home, animate=False)

    def on_resize(self) -> None:
        """Lay the columns out; the screen gets its new width after this event."""
        self.query_one("#panels").set_class(self.app.size.width >= THREE, "three")
        self.call_after_refresh(self._show_panels)

    @on(OptionList.OptionSelected, "#tasks, #steps")
    def _open_line(self, event: OptionList.OptionSelected) -> None:
        self._open_named(str(event.option.id))

    @on(ChipRow.Selected, "#more")
    def _open_chip(self, event: ChipRow.Selected) -> None:
        self._open_named(event.id)

    def _open_named(self, chosen: str) -> None:
        if chosen.startswith(SAME):
            self.phb_app.open_part(chosen.removeprefix(SAME), "person")
        elif chosen == OVERDUE:
            pages = forms.form("care_plan").pages
            page = next(n for n, page in enumerate(pages) if any(f.name == "reviewed_on" for f in page.fields))
            self.app.push_screen(FormScreen(record_lists.single(self.session, "care_plan", self.person_id), page))
        else:
            self.phb_app.open_part(self.person_id, chosen)
