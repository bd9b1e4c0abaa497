"""Set-up of a laptop: the team lead's joining code and a passphrase."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalGroup
from textual.content import Content
from textual.widgets import Button, Input, Static

from phb_tui.errors import PassphraseTooWeak, RuleBroken
from phb_tui.i18n import N_, _
from phb_tui.screens.base.background import run_in_background
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.widgets.field_panel import FieldPanel
from phb_tui.screens.widgets.instant_button import InstantButton
from phb_tui.screens.widgets.show_typed import ShowTyped
from phb_tui.services.session import Joining, Session
from phb_tui.services.start import unlocking
from phb_tui.services.start.passphrases import check_strength, suggest
from phb_tui.services.sync import enrolment

QUESTIONS = (
    ("code", N_("Joining code"), N_("Paste it from your team lead's message. It starts with phb2.")),
    ("passphrase", N_("Passphrase"), N_("At least 15 characters. Four words you can remember are best.")),
    ("again", N_("Passphrase again"), ""),
)


class SetUpScreen(BaseScreen):
    """Asks for the joining code and, twice, the passphrase; then creates the encrypted store."""

    TITLE = N_("Set up this laptop")
    HELP = N_(
        "You do this once. The joining code says whose laptop this is, in which team, and where the team server is. "
        "Nobody can open this laptop's store without the passphrase, so choose one you can remember."
    )
    AUTO_FOCUS = "#code"
    CSS_PATH = "unlock.tcss"

    def compose_body(self) -> ComposeResult:
        """Compose the three inputs."""
        with VerticalGroup(id="ask"):
            yield Static("", id="problem", classes="error hidden")
            for field, label, hint in QUESTIONS:
                asked = Input(id=field, password=field != "code", validate_on=["submitted"])
                yield FieldPanel(asked, _(label), _(hint) if hint else "")
                if field == "code":
                    yield Static("", id="whose", classes="note")
            yield ShowTyped()
            yield Static(
                _("For example, made up just now: {words}").format(words=suggest()), classes="note", id="suggestion"
            )
            yield InstantButton(_("Continue"), id="continue")

    def on_ready(self) -> None:
        """Switch the cursor's blinking off."""
        for field in self.query(Input):
            field.cursor_blink = False

    def action_back(self) -> None:
        """Do nothing: no screen lies below set-up."""
        self.show_error(RuleBroken("This laptop has to be set up first. Ctrl+Q closes phb-tui."))

    @on(Input.Submitted)
    def _next(self) -> None:
        self.focus_next()

    @on(Input.Changed, "#code")
    def _show_owner(self, event: Input.Changed) -> None:
        """Show whose laptop it will be as soon as the code is complete, so that a wrong code is noticed now."""
        try:
            nurse = enrolment.read_code(event.value).nurse
        except RuleBroken:
            nurse = None
        words = (
            _("This will be the laptop of {name}, {role}.").format(name=nurse.name, role=nurse.role) if nurse else ""
        )
        self.query_one("#whose", Static).update(Content(words))

    @on(Button.Pressed)
    def _continue(self) -> None:
        values = {field: self.query_one(f"#{field}", Input).value for field, _label, _hint in QUESTIONS}
        try:
            asked = self._check(values)
        except (RuleBroken, PassphraseTooWeak) as error:
            field = error.field if isinstance(error, RuleBroken) else "passphrase"
            self._problem(error.sentence, field)
            return
        self.query_one("#continue", Button).disabled = True
        self._note(_("Making the encrypted store ..."))
        passphrase = values["passphrase"]
        run_in_background(
            self.phb_app,
            lambda: self._make(passphrase, asked),
            self._made,
            lambda error: self._problem(error.sentence, "passphrase"),
        )

    def _check(self, values: dict[str, str]) -> Joining:
        """Validate the inputs and return the joining code.

        Raises:
            RuleBroken, PassphraseTooWeak: The first error that was found.
        """
        found = enrolment.read_code(values["code"])
        check_strength(values["passphrase"], (found.nurse.name,))
        if values["passphrase"] != values["again"]:
            raise RuleBroken("The two passphrases are not the same. Type the second one again.", "again")
        return found

    def _make(self, passphrase: str, asked: Joining) -> Session:
        unlocking.set_up(self.phb_app.settings.stores, passphrase, asked)
        return unlocking.unlock(self.phb_app.settings.stores, passphrase)

    def _made(self, session: Session) -> None:
        self.app.pop_screen()
        self.phb_app.opened(session)

    def _problem(self, sentence: str, field: str) -> None:
        self._note(_("There is a problem: {words}").format(words=sentence))
        self.query_one("#continue", Button).disabled = False
        self.query_one(f"#{field}", Input).focus()

    def _note(self, words: str) -> None:
        note = self.query_one("#problem", Static)
        note.update(words)
        note.remove_class("hidden")
