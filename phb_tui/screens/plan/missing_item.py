"""One item that standards expect and the plan does not have: open its place, or record why it can wait."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.lists.line_list import LineList, refill
from phb_tui.screens.widgets.field_panel import FieldPanel
from phb_tui.screens.widgets.instant_button import InstantButton
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.plan import plan_versions
from phb_tui.services.plan.plan_versions import MissingItem
from phb_tui.services.records import editing, record_lists


def open_place(screen: PersonScreen, item: MissingItem) -> None:
    """Open the screen on which a missing item is filled in."""
    form = forms.form(item.rule.place)
    if item.record is not None and item.record.kind == item.rule.place:
        screen.app.push_screen(FormScreen(item.record))
    elif form.single and form.kind != "person":
        screen.app.push_screen(FormScreen(record_lists.single(screen.session, form.kind, screen.person_id)))
    elif form.kind == "person":
        screen.app.push_screen(FormScreen(screen.person()))
    else:
        screen.phb_app.open_part(screen.person_id, f"list:{form.kind}")


class MissingItemScreen(PersonScreen):
    """Asks for the reason why each missing item can wait, one after the other.

    Args:
        items: What is missing, at least one.
        version: The version being agreed; the reasons are its fields.
    """

    TITLE = N_("Something is missing")
    HELP = N_(
        "Standards expect this in a plan. Fill it in now if you can. If it can wait, write why and press Enter: the "
        "reason is kept with the version that is agreed. Esc goes back; everything saves itself."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "TextField"
    CSS_PATH = "agree.tcss"

    def __init__(self, items: Sequence[MissingItem], version: Record) -> None:
        super().__init__(version.person_id or "")
        self._items, self._version, self._at = items, version, 0

    @property
    def _item(self) -> MissingItem:
        return self._items[self._at]

    def compose_body(self) -> ComposeResult:
        """Compose the item, the reason's field and the link to its place."""
        with VerticalScroll(id="form", can_focus=False):
            yield Static("", id="what", classes="title")
            words = TextField(plan_versions.reason_field(self._item.rule.id), id="field-reason")
            yield FieldPanel(words, _("Why can it wait? Enter goes on."))
            yield InstantButton(_("Continue"), id="continue")
            yield LineList(id="fill-in", markup=False)

    def heading(self) -> str:
        """The number of the item and how many there are."""
        if len(self._items) == 1:
            return _(str(self.TITLE))
        return _("Something is missing  ·  {at} of {of}").format(at=self._at + 1, of=len(self._items))

    def reload(self) -> None:
        """Show the item and its saved reason."""
        version = self._version
        self._version = editing.read(self.session, version.kind, version.record_id, version.person_id)
        self.query_one("#what", Static).update(Content(self._item.rule.say))
        refill(self.query_one("#fill-in", LineList), [Option(_("Or fill it in now"), id="place")])
        words = self.query_one(TextField)
        words.field = plan_versions.reason_field(self._item.rule.id)
        words.show(self._version)

    def save_field(self, field: TextField) -> Record | None:
        """Save the reason, which also saves a version that is new."""
        kept = super().save_field(field)
        self._version = kept or self._version
        return kept

    @on(TextField.Submitted)
    @on(Button.Pressed, "#continue")
    def _go_on(self) -> None:
        """Show the next item once this one has a reason; close after the last."""
        if not self.phb_app.autosaver.save_all():
            return
        if not self.query_one(TextField).text.strip():
            self.show_message(_("Write why this can wait, or fill it in now. Esc goes back."))
        elif self._at + 1 < len(self._items):
            self._at += 1
            self.reload()
            self.refresh_head()
            self.set_focus(self.query_one(TextField))
        else:
            self.action_back()

    @on(OptionList.OptionSelected, "#fill-in")
    def _open(self) -> None:
        open_place(self, self._item)
