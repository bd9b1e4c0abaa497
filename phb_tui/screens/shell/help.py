"""Help: the purpose of a screen, its keys, and a glossary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from phb_tui.content.steps import load
from phb_tui.errors import ContentProblem
from phb_tui.i18n import N_, _
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.frame.hint_bar import key_name
from phb_tui.screens.shell.key_map import KEY_MAP, OTHERS
from phb_tui.screens.widgets.read_only import ScrollPage


class HelpScreen(BaseScreen):
    """Help about the screen that it was opened from.

    Args:
        of: That screen.
        keys: Every key that works there: key, words, explanation.
    """

    TITLE = N_("Help")
    HELP = N_("The arrows and PgDn move down the page. Esc goes back to where you were.")
    FAMILY_SAFE = True
    CSS_PATH = "help.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", N_("Back"), id="back", tooltip=N_("Go back to where you were")),
        Binding("f1", "back", N_("Close help"), show=False),
    ]

    def __init__(self, of: Screen[Any], keys: list[tuple[str, str, str]]) -> None:
        super().__init__()
        self.of, self._keys = of, keys

    def compose_body(self) -> ComposeResult:
        """One page to read."""
        with ScrollPage(id="page"):
            yield Static(Content("\n").join(self._lines()), classes="note")

    def on_ready(self) -> None:
        """Focus the page if it scrolls; its height is known only after the layout."""
        self.call_after_refresh(self.query_one(ScrollPage).focus)

    def heading(self) -> str:
        """What stands at the top of the screen that is explained, such as its step or the page of its form."""
        title = self.of.heading() if isinstance(self.of, BaseScreen) else str(self.of.title or self.of.TITLE or "")
        return _("Help: {screen}").format(screen=title or _("this page"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Always allow going back, also before unlocking."""
        del parameters
        return action != "uncover"

    def action_back(self) -> None:
        """Return to the screen that help was opened from.

        In family view the usual rules for going back apply, since that screen may not be for the family to see.
        """
        if self.phb_app.family:
            super().action_back()
        else:
            self.app.pop_screen()

    def _lines(self) -> Iterator[Content]:
        yield _heading(_("What this screen is for"))
        words = self.of.help_words() if isinstance(self.of, BaseScreen) else _(str(getattr(self.of, "HELP", "")))
        yield Content(words or _("Esc goes back."))
        yield Content("")
        yield _heading(_("Keys that mean the same everywhere"))
        here = {key: (words, more) for key, words, more in self._keys}
        for meaning in KEY_MAP:
            words, more = here.get(meaning.key, ("", ""))
            named = _(" Here: {words}.").format(words=words) if words and words not in _(meaning.words) else ""
            yield _key_line(meaning.key, f"{_(meaning.words)}.{named}", more if named else "")
        yield from (Content(_(words)) for words in OTHERS)
        yield Content("")
        yield _heading(_("Other keys here"))
        fixed = {meaning.key for meaning in KEY_MAP}
        for key, words, more in self._keys:
            if key not in fixed:
                yield _key_line(key, words if words.endswith("?") else f"{words}.", "" if more == words else more)
        yield Content("")
        try:
            content = load()
        except ContentProblem as problem:
            yield Content(problem.sentence)
            return
        yield _heading(_("What the words mean"))
        for term in content.glossary:
            yield Content.assemble((term.term, "bold"), f": {term.meaning}")
        yield Content("")
        yield _heading(_("Where the words come from"))
        yield Content(content.credit)


def _key_line(key: str, words: str, more: str) -> Content:
    return Content.assemble((f"{key_name(key):<8}", "bold"), f"{words} {more}." if more else words)


def _heading(words: str) -> Content:
    return Content.styled(words, "bold underline")
