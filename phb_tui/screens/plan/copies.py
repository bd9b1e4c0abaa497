"""Copies of the plan, a budget or a letter to print or send: format, folder, and a warning: they are not encrypted."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.documents.model import Document, Layout
from phb_tui.domain.records.changes import Record, Value
from phb_tui.errors import PhbError, UnknownRecord
from phb_tui.i18n import N_, _
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.lists.line_list import LineList, gap, refill
from phb_tui.screens.plan import copy_formats
from phb_tui.screens.plan.preview import LetterScreen
from phb_tui.services.budget import budgets, statement
from phb_tui.services.documents import budget_document, plan_document
from phb_tui.services.documents.letters import offered
from phb_tui.services.documents.letters.offered import Offered
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, record_lists
from phb_tui.system import file_viewer

BUDGET = "budget:"
"""Begins the ids of the lines that choose a budget; alone, that of the plan."""
LETTER = "letter:"
"""Begins the ids of the lines that choose a letter; its name follows."""
READ = "read"
"""Id of the line that opens the letter on the screen."""


class CopiesScreen(PersonScreen):
    """Makes copies of a person's plan, of the statement about one of their budgets, or of a letter to them.

    Args:
        person_id: The person.
        at_once: Whether to make the ordinary copy at once; while anything is to be decided first, it is asked for here.
        which: The budget to begin with, by its id, or the letter by its name; "" for the plan.
    """

    TITLE = N_("Make a copy to print or to send")
    HELP = N_(
        "Choose the form the person can read best. If the plan has changed since it was agreed, the first line chooses "
        "what is printed: the version as agreed, or the plan with its changes marked. The last lines choose a budget "
        "instead, with every amount and how it was worked out, or a letter: about a decision, a change of the money, "
        "or what was signed. The copy is written into a "
        "private folder on this laptop and opened, so that you can print it. A copy is not encrypted: it is deleted "
        "when phb-tui locks or closes, or at once with 'Delete the copies now'. Each copy you make is noted under "
        "'Copies that were given'."
    )
    FAMILY_SAFE = True
    CSS_PATH = "copies.tcss"

    def __init__(self, person_id: str, *, at_once: bool = False, which: str = "") -> None:
        super().__init__(person_id)
        self._letter = which if offered.is_letter(which) else ""
        """Name of the letter that is printed; "" for the plan or a budget."""
        self._budget_id = "" if self._letter else which
        self._as_it_is = False
        """Whether a budget is printed as it is now although a version of it was kept."""
        self._at_once = at_once
        self._must_be_read = False
        """Whether something on the paper is not decided, or whether the plan or its agreed version is meant."""
        self._file: Path | None = None
        self._as_agreed = False

    def compose_body(self) -> ComposeResult:
        """Compose the place of the last copy, which no line below may push off the screen, and the formats."""
        yield Static("", id="where-it-is", classes="label hidden", markup=False)
        yield Static("", id="which", classes="note", markup=False)
        with Vertical(id="room"):
            yield LineList(id="choices", markup=False)

    def on_ready(self) -> None:
        """Make the ordinary copy if that was asked for and there is nothing to decide first."""
        if self._at_once and not self._must_be_read:
            self._make_copy(copy_formats.ORDINARY)

    def reload(self) -> None:
        """Show the choices and the place of the last copy."""
        found = {record.record_id: record for record in budgets.all_of(self.session, self.person_id)}
        letters = {each.name: each for each in offered.of_person(self.session, self.person_id)}
        if self._letter in letters:
            options = self._show_letter(letters[self._letter])
        elif self._budget_id in found:
            options = self._show_budget(found[self._budget_id])
        else:
            self._budget_id = ""
            options = self._show_plan()
        self._letter = self._letter if self._letter in letters else ""
        others = [
            Option(_("Instead: the budget {name}").format(name=self._title_of(record)), id=f"{BUDGET}{record_id}")
            for record_id, record in found.items()
            if record_id != self._budget_id
        ]
        others += [
            Option(_("Instead: {letter}").format(letter=each.title), id=f"{LETTER}{name}")
            for name, each in letters.items()
            if name != self._letter
        ]
        if self._budget_id or self._letter:
            others.insert(0, Option(_("Instead: the plan"), id=BUDGET))
        options += [gap(), *others] if others else []
        if self._file:
            options += [gap(), Option(_("Delete the copies now"), id="clear")]
        refill(self.query_one("#choices", LineList), options)
        words = _("The copy is here. It is not encrypted, and is deleted when phb-tui locks or closes:\n{file}")
        place = self.query_one("#where-it-is", Static)
        place.update(words.format(file=self._file) if self._file else "")
        place.set_class(self._file is None, "hidden")

    def _show_letter(self, letter: Offered) -> list[Option]:
        """Say which letter is printed, or why it has to wait; the choices."""
        about = [_("This will be {letter}.").format(letter=letter.title), letter.wait]
        if not letter.wait:
            about.append(letter.make().warning)
        self._must_be_read = True
        self._say(about)
        if letter.wait:
            return []
        return [Option(_("Read it together on the screen"), id=READ), *copy_formats.lines()]

    def _show_budget(self, budget: Record) -> list[Option]:
        """Say which version of a budget is printed; the choices."""
        version = statement.kept_version(self.session, budget)
        about = [_("This will be the budget {name}.").format(name=self._title_of(budget))]
        if version is None:
            about.append(_("It is printed as it is written now: no version of it was kept yet."))
        elif self._as_it_is:
            about.append(_("It is printed as it is written now, and not as it was kept."))
        else:
            about.append(_("It is printed as it was kept in version {number}.").format(number=version.text("number")))
        with suppress(UnknownRecord):
            about.append(self._paper(full=False).warning)
        self._must_be_read = True
        self._say(about)
        options: list[Option] = []
        if version is not None:
            other = (
                _("Instead: version {number} as it was kept")
                if self._as_it_is
                else _("Instead: the budget as it is written now")
            )
            options += [Option(other.format(number=version.text("number")), id="which-version"), gap()]
        return [*options, *copy_formats.lines()]

    def _show_plan(self) -> list[Option]:
        """Say which version of the plan is printed, and what on it is not decided; the choices."""
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
            about.append(self._paper(full=not self.phb_app.family).warning)
        self._must_be_read = any(about[1:]) or (last is not None and changed)
        self._say(about)
        options: list[Option] = []
        if last is not None and changed:
            other = (
                _("Instead: with what has changed since, marked")
                if version
                else _("Instead: version {number} as agreed")
            )
            options += [Option(other.format(number=number), id="which-version"), gap()]
        options += copy_formats.lines()
        if not self.phb_app.family:
            options.append(Option(_("PDF for professionals: every number and code"), id="full"))
        return options

    def _say(self, about: list[str]) -> None:
        self.query_one("#which", Static).update("\n".join(words for words in about if words))

    def _title_of(self, budget: Record) -> str:
        return record_lists.title(self.session, budget)

    def _paper(self, *, full: bool) -> Document:
        """What is printed.

        Raises:
            UnknownRecord: The person, the budget or the letter is not on this laptop any more.
        """
        if self._letter:
            return offered.paper(self.session, self.person_id, self._letter)
        if self._budget_id:
            return budget_document.budget_statement(
                self.session, self.person_id, self._budget_id, as_it_is=self._as_it_is
            )
        return plan_document.plan(self.session, self.person_id, full=full, version=self._version())

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
            if self._budget_id:
                self._as_it_is = not self._as_it_is
            else:
                self._as_agreed = not self._as_agreed
            self.reload()
            return
        if chosen == READ:
            self.app.push_screen(LetterScreen(self.person_id, self._letter))
            return
        if chosen.startswith((BUDGET, LETTER)):
            self._letter = chosen.removeprefix(LETTER) if chosen.startswith(LETTER) else ""
            self._budget_id, self._as_it_is = "" if self._letter else chosen.removeprefix(BUDGET), False
            self.reload()
            return
        self._make_copy(chosen)

    def _make_copy(self, chosen: str) -> None:
        """Make the copy of a line, note that it was made, and open it."""
        full = chosen == "full"
        kind, layout = copy_formats.FULL if full else copy_formats.of_line(chosen)
        try:
            name = "letter" if self._letter else "budget" if self._budget_id else "plan"
            self._file = plan_document.save(self.session, self._paper(full=full), layout, kind, name)
            self._note(layout, kind)
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

    def _note(self, layout: Layout, kind: str) -> None:
        """Record in the plan that a copy was made."""
        values: dict[str, Value] = {
            "date": self.session.today.isoformat(),
            "format": "text" if kind == "txt" else str(layout),
            "version": self._name_of_copy(),
        }
        editing.save(self.session, record_lists.new(self.session, "copy_given", self.person_id), values)

    def _name_of_copy(self) -> str:
        """What was printed, for that record."""
        if self._letter:
            letter = offered.find(self.session, self.person_id, self._letter)
            return letter.title if letter is not None else ""
        return self._budget_name() if self._budget_id else self._version_name(self._version())

    def _budget_name(self) -> str:
        """The name of the printed budget for that record."""
        budget = editing.read(self.session, "budget", self._budget_id, self.person_id)
        version = None if self._as_it_is else statement.kept_version(self.session, budget)
        if version is None:
            return _("budget {name}, not kept").format(name=self._title_of(budget))
        return _("budget {name}, version {number}").format(name=self._title_of(budget), number=version.text("number"))

    def _version_name(self, version: Record | None) -> str:
        """The name of the printed version for that record."""
        last = self._newest()
        if version is not None:
            return version.text("number")
        return _("{number}, with changes since").format(number=last.text("number")) if last else _("draft")
