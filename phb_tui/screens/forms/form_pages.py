"""The pages of a form: which may be seen, which are asked one after the other, and which are details."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.widgets.option_list import Option

from phb_tui.content.forms import Form, FormField, Page
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.screens.lists.line_list import LineList, refill

DETAILS = "details"
"""Id of the line that opens the first page of details."""


class FormPages:
    """The pages of one form by their place, from 0.

    Args:
        form: The form.
        is_asked: Whether a page is asked for the record as it is now.
    """

    def __init__(self, form: Form, is_asked: Callable[[Page], bool]) -> None:
        self._form, self._is_asked = form, is_asked

    def seen(self, *, family: bool) -> list[int]:
        """The pages that may be shown: in family view no page of codes and none with staff-only fields alone."""
        return [
            number
            for number, page in enumerate(self._form.pages)
            if not (family and (page.extra or all(field.staff_only for field in page.fields))) and self._is_asked(page)
        ]

    def details(self, *, family: bool) -> list[int]:
        """The pages of details that may be shown."""
        return [number for number in self.seen(family=family) if self._form.is_detail(number)]

    def asked(self, *, family: bool) -> list[int]:
        """The pages that may be shown and that Continue leads through."""
        return [number for number in self.seen(family=family) if not self._form.is_detail(number)]

    def after(self, page: int, *, family: bool) -> int | None:
        """The page to which Continue leads: the next of the same sort; None after the last."""
        same = self.details if self._form.is_detail(page) else self.asked
        return next((number for number in same(family=family) if number > page), None)

    def heading(self, page: int) -> str:
        """The form's title, and which page it is."""
        if self._form.is_detail(page):
            return _("{title}  ·  More details").format(title=self._form.title)
        asked = self.asked(family=False)
        if len(asked) == 1:
            return self._form.title
        at = sum(1 for number in asked if number <= page)
        return _("{title}  ·  Page {at} of {of}").format(title=self._form.title, at=at, of=len(asked))

    def fields_of_details(self, *, family: bool) -> list[FormField]:
        """The fields of the pages of details that may be shown."""
        found = (field for number in self.details(family=family) for field in self._form.pages[number].fields)
        return [field for field in found if not (family and field.staff_only)]


class DetailsLine(LineList):
    """Line that opens the pages of details and says how much of them is filled in."""

    def show(self, fields: Sequence[FormField], record: Record, *, offered: bool) -> None:
        """Show how many fields are filled in.

        Args:
            fields: The fields of the pages of details.
            record: The record.
            offered: Whether the page that is shown is one from which the details are asked for.
        """
        filled = sum(1 for field in fields if any(map(record.text, field.names())))
        words = _("More details: {written} of {all} filled in").format(written=filled, all=len(fields))
        refill(self, [Option(words, id=DETAILS)])
        self.set_class(not (offered and fields), "hidden")
