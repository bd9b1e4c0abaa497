"""Choosing a bank statement: the files on sticks and in the downloads, or one whose path is typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.domain.payments.statement_csv.statement import Statement
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.base.background import run_in_background
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.lists.line_list import LineList, refill, titled
from phb_tui.screens.lists.row import Row
from phb_tui.screens.payments.statement_preview import StatementPreviewScreen
from phb_tui.screens.widgets.field_panel import FieldPanel
from phb_tui.services.payments import statement_import
from phb_tui.services.payments.statement_import import FoundFile

FILE = "file-"


class ImportStatementScreen(PersonScreen):
    """Lists files that may be statements and opens the one that is chosen.

    Args:
        person_id: The person.
        folders: Where to look for files; None for sticks and the user's downloads.
    """

    TITLE = N_("Bank statement")
    HELP = N_(
        "In your bank's website, choose CSV and save the statement of the account or card that the budget is paid "
        "into. Choose the file here, or type where it is. It is read and shown first: nothing is kept before you say "
        "so, and the file itself is never kept. Reading a file twice does no harm."
    )
    AUTO_FOCUS = "#files"
    CSS_PATH = "import_statement.tcss"

    def __init__(self, person_id: str, folders: Sequence[Path] | None = None) -> None:
        super().__init__(person_id)
        self._folders = folders
        self._files: list[FoundFile] = []

    def compose_body(self) -> ComposeResult:
        """Compose what to do, the files and the field for a path."""
        words = _("A statement that was saved as CSV. It is only read: nothing is kept before you say so.")
        yield Static(words, classes="note", markup=False)
        yield titled(LineList(id="files", markup=False), _("On sticks and in your downloads"))
        yield FieldPanel(Input(id="file"), _("Or type where the file is"), _("For example Downloads/statement.csv"))

    def staff_only(self) -> bool:
        """What stands on somebody's statement beside the budget is not for those who sit beside them."""
        return True

    def on_ready(self) -> None:
        """Switch the cursor's blinking off."""
        self.query_one(Input).cursor_blink = False

    def reload(self) -> None:
        """Look for files again: a stick may have been put in."""
        folders = statement_import.folders() if self._folders is None else self._folders
        self._files = statement_import.files(folders)
        refill(self.query_one("#files", LineList), list(self._options()))

    def _options(self) -> Iterator[Option]:
        for number, file in enumerate(self._files):
            name = Content.assemble((file.path.name, "bold $bold"), f"  {file.path.parent}")
            yield Option(Row(name, file.changed), id=f"{FILE}{number}")
        if not self._files:
            yield Option(
                _("There is no CSV file there. Put the stick in and press 1, or type where it is."), disabled=True
            )
        yield Option(_("Look again"), id="again")

    @on(OptionList.OptionSelected, "#files")
    def _choose(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        if chosen.startswith(FILE):
            self._open(self._files[int(chosen.removeprefix(FILE))].path)
        else:
            self.reload()

    @on(Input.Submitted, "#file")
    def _typed(self, event: Input.Submitted) -> None:
        try:
            path = statement_import.typed_path(event.value)
        except PhbError as error:
            self.show_error(error)
            return
        self._open(path)

    def _open(self, path: Path) -> None:
        """Read the file beside the screen, then show what it holds or why it cannot be read."""
        session = self.session  # a screen that was left has none any more

        def work() -> tuple[bytes, Statement]:
            data = statement_import.read_file(path)
            return data, statement_import.read(session, data)

        run_in_background(self.phb_app, work, self._read, self._failed)

    def _read(self, found: tuple[bytes, Statement]) -> None:
        data, statement = found
        if statement.refused:
            self._failed(PhbError(statement.refused))
        elif self.app.screen is self:  # Esc may have been pressed meanwhile
            self.app.push_screen(StatementPreviewScreen(self.person_id, data, statement))

    def _failed(self, error: PhbError) -> None:
        if self.app.screen is self:
            self.show_error(error)
