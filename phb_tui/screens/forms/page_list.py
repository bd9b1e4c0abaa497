"""List of a form's pages beside the form, where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from phb_tui.content.forms import Form
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.screens.lists.stable_list import StableList

LAST = N_("This is the last page. Tab goes to its first field, Esc goes back.")
FIRST = N_("This is the first page. Tab goes to its first field, PgDn to the next page.")


class PageList(StableList, can_focus=False):
    """Shows each page with the number of filled fields; a click opens a page."""

    SHOWS_PLACE = True

    class Jump(Message):
        """Message: a page was selected.

        Args:
            page: Index of the page, from 0.
        """

        def __init__(self, page: int) -> None:
            super().__init__()
            self.page = page

    def show(self, form: Form, record: Record, pages: Sequence[int], at: int) -> None:
        """Show the pages that may be seen, the current one marked."""
        self.begin([self._option(form, record, number) for number in pages], f"page-{at}")

    @staticmethod
    def _option(form: Form, record: Record, number: int) -> Option:
        page = form.pages[number]
        written = sum(1 for field in page.fields if any(map(record.text, field.names())))
        count = _("{written} of {all} filled in").format(written=written, all=len(page.fields))
        return Option(f"{number + 1}  {page.title}\n   {count}", id=f"page-{number}")

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Jump(int(str(event.option.id).removeprefix("page-"))))
