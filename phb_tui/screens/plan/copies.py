"""Copies of the plan to print or send: format, folder, and a warning that they are not encrypted."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.documents.model import Layout
from phb_tui.domain.records.changes import Record, Value
from phb_tui.errors import PhbError, UnknownRecord
from phb_tui.i18n import N_, _
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.lists.line_list import LineList, gap, refill
from phb_tui.services.documents import plan_document
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, record_lists
from phb_tui.system import file_viewer

CHOICES = (
    ("pdf", Layout.STANDARD, N_("PDF, ordinary print")),
    ("pdf", Layout.LARGE, N_("PDF, large print")),
    ("pdf", Layout.EASY, N_("PDF, layout with room for pictures")),
    ("html", Layout.STANDARD, N_("Web page, ordinary print")),
    ("html", Layout.LARGE, N_("Web page, large print")),
    ("html", Layout.EASY, N_("Web page, layout with room for pictures")),
    ("txt", Layout.STANDARD, N_("Text file")),
)
ORDINARY = "copy-0"
"""Id of the line of the ordinary copy."""
FULL = ("pdf", Layout.STANDARD)


class CopiesScreen(PersonScreen):
    """Makes copies of a person's plan.

    Args:
        person_id: The person.
        at_once: Whether to make the ordinary copy at once; while anything is to be decided first, it is asked for here.
    """

    TITLE = N_("Make a copy to print or to send")
    HELP = N_(
        "Choose the form the person can read best. If the plan has changed since it was agreed, the first line chooses "
        "what is printed: the version as agreed, or the plan with its changes marked. The copy is written into a "
        "private folder on this laptop and opened, so that you can print it. A copy is not encrypted: it is deleted "
        "when phb-tui locks or closes, or at once with 'Delete the copies now'. Each copy you make is noted under "
        "'Copies that were given'."
    )
    FAMILY_SAFE = True

    def __init__(self, person_id: str, *, at_once: bool = False) -> None:
        super().__init__(person_id)
        self._at_once = at_once
        self._must_be_read = False
        """Whether something on the paper is not decided, or whether the plan or its agreed version is meant."""
        self._file: Path | None = None
        self._as_agreed = False

    def compose_body(self) -> ComposeResult:
        """Compose the formats and the place of the last copy."""
        yield Static("", id="which", classes="note", markup=False)
        yield LineList(id="choices", markup=False)
        yield Static("", id="where-it-is", classes="note", markup=False)

    def on_ready(self) -> None:
        """Make the ordinary copy if that was asked for and there is nothing to decide first."""
        if self._at_once and not self._must_be_read:
            self._make_copy(ORDINARY)

    def reload(self) -> None:
        """Show the choices and the place of the last copy."""
        last, changed = self._newest(), self._has_changed()
        version = last if self._as_agreed or not changed else None
        if last is None:
            which = _("This will be a draft: not agreed yet.")
        elif version is None:
            which = _(
                "This will be version {number} with what has changed since, marked. The changes are not agreed yet."
            )
        else:
            which = _("This will be version {number}, as it was agreed.")
        number = last.text("number") if last else ""
        about = [which.format(number=number)]
        with suppress(UnknownRecord):  # another team has them by now; a page says so
            full = not self.phb_app.family
            about.append(plan_document.plan(self.session, self.person_id, full=full, version=version).warning)
        self._must_be_read = any(about[1:]) or (last is not None and changed)
        self.query_one("#which", Static).update("\n".join(words for words in about if words))
        options: list[Option] = []
        if last is not None and changed:
            other = (
                _("Instead: with what has changed since, marked")
                if version
                else _("Instead: version {number} as agreed")
            )
            options += [Option(other.format(number=number), id="which-version"), gap()]
        options += [Option(_(words), id=f"copy-{number}") for number, (_kind, _layout, words) in enumerate(CHOICES)]
        if not self.phb_app.family:
            options.append(Option(_("PDF for professionals: every number and code"), id="full"))
        if self._file:
            options += [gap(), Option(_("Delete the copies now"), id="clear")]
        refill(self.query_one("#choices", LineList), options)
        words = _("The copy is here. It is not encrypted, and is deleted when phb-tui locks or closes:\n{file}")
        self.query_one("#where-it-is", Static).update(words.format(file=self._file) if self._file else "")

    def _newest(self) -> Record | None:
        """The newest agreed version; None without one."""
        return next(iter(plan_versions.versions(self.session, self.person_id)), None)

    def _has_changed(self) -> bool:
        """Whether the plan differs from the newest agreed version."""
        return bool(plan_versions.changed(self.session, self.person_id))

    def _version(self) -> Record | None:
        """The agreed version to print; None for the plan as it is now."""
        return self._newest() if self._as_agreed or not self._has_changed() else None

    @on(OptionList.OptionSelected, "#choices")
    def _make(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        if chosen == "clear":
            left = plan_document.clear(self.session)
            self._file = self._file if left else None
            self.reload()
            if left:
                self.show_error(PhbError(left))
            return
        if chosen == "which-version":
            self._as_agreed = not self._as_agreed
            self.reload()
            return
        self._make_copy(chosen)

    def _make_copy(self, chosen: str) -> None:
        """Make the copy of a line, note that it was made, and open it."""
        full = chosen == "full"
        kind, layout = FULL if full else CHOICES[int(chosen.removeprefix("copy-"))][:2]
        version = self._version()
        try:
            paper = plan_document.plan(self.session, self.person_id, full=full, version=version)
            self._file = plan_document.save(self.session, paper, layout, kind)
            self._note(layout, kind, version)
        except OSError:
            self.show_error(
                PhbError(_("The copy could not be written. Is there room on the disk? Nothing of the plan is lost."))
            )
            return
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.autosaver.note_saved()
        self.reload()
        file_viewer.show(self._file)

    def _note(self, layout: Layout, kind: str, version: Record | None) -> None:
        """Record in the plan that a copy was made."""
        values: dict[str, Value] = {
            "date": self.session.today.isoformat(),
            "format": "text" if kind == "txt" else str(layout),
            "version": self._version_name(version),
        }
        editing.save(self.session, record_lists.new(self.session, "copy_given", self.person_id), values)

    def _version_name(self, version: Record | None) -> str:
        """The name of the printed version for that record."""
        last = self._newest()
        if version is not None:
            return version.text("number")
        return _("{number}, with changes since").format(number=last.text("number")) if last else _("draft")
