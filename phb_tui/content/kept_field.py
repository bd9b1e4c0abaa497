"""One field that the program itself writes, which no page asks for: what stands in it, and how a reader sees it."""

import json
from collections.abc import Mapping
from typing import Literal

from pydantic import model_validator

from phb_tui.content.content_model import ContentModel, Text, content_error
from phb_tui.content.form_field import Options
from phb_tui.domain import field_types
from phb_tui.domain.budget.amounts.pence import pounds
from phb_tui.domain.records.changes import Value

WITH_OPTIONS = {"choice", "sums"}
"""Types that need options."""


class KeptField(ContentModel):
    """One field of a record that the program writes; its plain name is among the form's labels.

    Attributes:
        name: The field's stable name.
        type: What stands in it: whole pence; a code; sums in pence by code, as JSON; a day; a staff id or "panel";
            several staff ids, as JSON.
        options: The words of each code; a file names a table of choices.toml.
    """

    name: Text
    type: Literal["pence", "choice", "sums", "date", "staff", "several_staff"]
    options: Options = None

    @model_validator(mode="after")
    def _whole(self) -> "KeptField":
        if bool(self.options) != (self.type in WITH_OPTIONS):
            raise content_error("options are for choices and sums, and these need them", "options")
        return self

    def show(self, kept: Value) -> str:
        """A value as a reader wants it; a staff id, and what is something else than the type says, as it is."""
        if self.type == "pence":
            return pounds(kept) if type(kept) is int else _text(kept)
        if self.type == "date":
            return field_types.show("date", _text(kept))
        if self.type == "sums":
            sums = _read(kept)
            sums = sums if isinstance(sums, dict) and all(type(each) is int for each in sums.values()) else None
            if sums is not None:
                return ", ".join(f"{self._words(code)} {pounds(pence)}" for code, pence in sums.items() if pence)
        return self._words(_text(kept))

    def staff(self, kept: Value) -> tuple[str, ...]:
        """The staff ids that stand in it, "panel" among them; none in a field of another type."""
        if self.type == "staff":
            return (_text(kept),) if kept else ()
        found = _read(kept) if self.type == "several_staff" else None
        return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()

    def _words(self, code: str) -> str:
        options: Mapping[str, str] = self.options or {}
        return options.get(code, code)


def _read(kept: Value) -> object:
    try:
        return json.loads(kept) if isinstance(kept, str) else None
    except (ValueError, RecursionError):
        return None


def _text(kept: Value) -> str:
    return "" if kept is None else str(kept)
