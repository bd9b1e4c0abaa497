"""The plan and the letters as they are printed, to read together, and the changes since the plan was agreed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Log

from phb_tui.documents.model import Document
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.screens.base.reader import PaperReader, Reader
from phb_tui.services.documents import plan_document
from phb_tui.services.documents.letters import offered
from phb_tui.services.plan import plan_versions


class PreviewScreen(PaperReader):
    """Shows the plan, or an agreed version of it.

    Args:
        person_id: The person.
        version: The version; None for the plan as it is now.
    """

    TITLE = N_("Read the plan together")
    HELP = N_(
        "This is what a printed copy says, in the same order: the person's own words first. The arrows and PgDn move "
        "down. F6 shows the full copy for professionals, with every number and code, or the person's own again."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f6", "full", N_("Full copy"), id="more", tooltip=N_("The copy for professionals, or the person's own")
        ),
    ]

    def __init__(self, person_id: str, version: Record | None = None) -> None:
        super().__init__(person_id)
        self.version = version
        self._full = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the professional copy in family view."""
        return not self.hides if action == "full" else super().check_action(action, parameters)

    def paper(self) -> Document:
        """The plan as a document."""
        full = self._full and not self.hides
        made = plan_document.plan(self.session, self.person_id, full=full, version=self.version)
        return replace(made, who="") if self.phb_app.family else made  # numbers stand on paper, not on a shared screen

    def action_full(self) -> None:
        """Switch between the professional copy and the person's own."""
        self._full = not self._full
        self.reload()
        self.query_one(Log).scroll_home(animate=False)


class LetterScreen(PaperReader):
    """Shows a letter to the person.

    Args:
        person_id: The person.
        name: The letter's name.
    """

    TITLE = N_("Read the letter together")
    HELP = N_(
        "This is what the printed letter says, in the same order. The arrows and PgDn move down. Esc goes back to "
        "where the letter can be printed."
    )

    def __init__(self, person_id: str, name: str) -> None:
        super().__init__(person_id)
        self.name_of_letter = name

    def paper(self) -> Document:
        """The letter as a document."""
        made = offered.paper(self.session, self.person_id, self.name_of_letter)
        return replace(made, who="") if self.phb_app.family else made


class ChangedScreen(Reader):
    """Shows what changed since the newest agreed version.

    Args:
        person_id: The person.
    """

    TITLE = N_("What changed since the plan was agreed")
    HELP = N_("Each thing that is not as it was agreed: what it was, and what it is now. Esc goes back.")

    def words(self) -> Content:
        """Each difference in words."""
        hides = self.hides
        found = [
            one
            for one in plan_versions.changed(self.session, self.person_id)
            if not (hides and plan_versions.for_staff(one))
        ]
        if not found:
            return Content(_("Nothing has changed since the plan was agreed."))
        told = plan_versions.in_words(self.session, self.person(), found)
        return Content("\n").join(line for words in told for line in self._difference(words))

    @staticmethod
    def _difference(words: plan_versions.WordDifference) -> Iterable[Content]:
        yield Content.styled(words.what, "bold")
        if words.before:
            yield Content(_("  It was: {words}").format(words=words.before))
        if words.after:
            yield Content(_("  It is now: {words}").format(words=words.after))
        yield Content("")
