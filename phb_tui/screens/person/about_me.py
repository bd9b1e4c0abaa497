"""About Me (PRSB): seven headings in the person's own words, one at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.content.forms import FormField
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.screens.base.page_keys import page_keys
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.lists.stable_list import StableList
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.records import record_lists

AROUND, BESIDE = 8, 48
"""Columns beside a title in the line round the field, and those of the list of headings beside it in a wide window."""


class AboutMeScreen(PersonScreen):
    """Edits a person's About Me; its headings replace each other on the screen.

    Args:
        person_id: The person.
    """

    TITLE = N_("About me")
    HELP = N_(
        "What the person wants everyone who helps them to know. Write it as they say it: 'I like', 'please do'. "
        "Any part can stay empty. PgDn goes to the next heading, PgUp to the one before. Everything saves itself."
    )
    FAMILY_SAFE = True
    CSS_PATH = "about_me.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *page_keys("turn", N_("The next heading"), N_("The previous heading")),
    ]

    def __init__(self, person_id: str) -> None:
        super().__init__(person_id)
        self.at = 0
        self.headings: tuple[FormField, ...] = tuple(forms.form("about_me").fields())
        self.of = sum(1 for heading in self.headings if heading.code)
        """Number of headings of the PRSB standard; the other fields say who helped, when, and where a picture is."""

    @property
    def topic(self) -> FormField:
        """The current heading."""
        return self.headings[self.at]

    def compose_body(self) -> ComposeResult:
        """Compose the list of headings if there is room, the prompt and a large text field."""
        with Horizontal(id="columns"):
            yield StableList(id="headings", markup=False)
            with Vertical(id="page"):
                yield Static("", id="card", markup=False)
                yield Static("", id="prompt", classes="note", markup=False)
                for heading in self.headings:
                    with Vertical(id=f"room-{heading.name}", classes="room hidden"):
                        words = TextField(heading.name, rows=heading.rows)
                        if heading.code:
                            words.styles.height = "1fr"
                        yield words

    def on_ready(self) -> None:
        """Show the first heading."""
        self.query_one("#headings", OptionList).can_focus = False
        self.set_focus(self._field())

    def on_resize(self) -> None:
        """Show the heading where it fits now; the screen gets its new width after this event."""
        self.call_after_refresh(self._show_title)

    def heading(self) -> str:
        """The number of the heading among the seven."""
        if not self.topic.code:
            return _("About me  ·  About this page")
        return _("About me  ·  {at} of {of}").format(at=self.at + 1, of=self.of)

    def reload(self) -> None:
        """Show the heading and its text."""
        record = record_lists.single(self.session, "about_me", self.person_id)
        for words in self.query(TextField):
            words.show(record)
        for heading in self.headings:
            self.query_one(f"#room-{heading.name}").set_class(heading is not self.topic, "hidden")
        self.query_one("#card", Static).update(self.topic.label)
        self._show_title()
        self.query_one("#prompt", Static).update(self.topic.hint)
        self.query_one("#headings", StableList).begin(list(self._options(record)), self.topic.name)

    def _show_title(self) -> None:
        """The heading in the line round the field; above it only where it is too long for the line."""
        field = self._field()
        fits = cell_len(self.topic.label) + AROUND <= self.app.size.width - (BESIDE if self.has_class("-wide") else 0)
        field.border_title = Content(self.topic.label if fits else "")
        self.query_one("#card").set_class(fits, "hidden")

    def save_field(self, field: TextField) -> Record | None:
        """Save the text of a heading that was left."""
        kept = super().save_field(field)
        if kept is not None:
            for words in self.query(TextField):
                if words is not field:
                    words.show(kept)
        return kept

    @on(TextField.Submitted)
    def _go_on(self) -> None:
        self.action_turn(1)

    def action_turn(self, by: int) -> None:
        """Show the next or previous heading; past either end, say so."""
        if 0 <= self.at + by < len(self.headings):
            self._go(self.at + by)
        elif self.phb_app.autosaver.save_all():
            self.show_end_reached(_("There is no heading further this way. Esc goes back; Tab goes to the words."))

    @on(OptionList.OptionSelected, "#headings")
    def _jump(self, event: OptionList.OptionSelected) -> None:
        self._go(event.option_index)

    def _go(self, index: int) -> None:
        if index == self.at or not self.phb_app.autosaver.save_field(self._field()):
            return
        self.at = index
        self.reload()
        self.set_focus(self._field())
        self.refresh_frame()

    def _field(self) -> TextField:
        return self.query_one(f"#field-{self.topic.name}", TextField)

    def _options(self, record: Record) -> Iterable[Option]:
        for heading in self.headings:
            state = _("written") if record.text(heading.name) else _("Not started")
            yield Option(f"{heading.label}\n  {state}", id=heading.name)
