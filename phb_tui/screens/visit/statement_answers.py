"""Text fields of the conversation: the person's own words, and separately those of somebody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from phb_tui.content import forms
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.screens.base.offered_names import offered
from phb_tui.screens.widgets.field_panel import FieldPanel
from phb_tui.screens.widgets.name_field import NameField
from phb_tui.screens.widgets.read_only import shortened
from phb_tui.screens.widgets.text_field import TextField

OWN = (
    ("words", N_("In your own words (you can leave this empty)"), 3),
    ("said_by", N_("Who said it?"), 1),
    ("would_help", N_("What would make it true?"), 1),
)
"""Fields for the person's own words: name, label, number of rows."""

OTHER = (("who", N_("Who says it? For example Bea, his sister"), 1), ("words", N_("In their words"), 4))
"""Fields for what a carer or somebody else says, saved in a record of its own."""

SHOWN = 40
"""Letters of the hidden words that the line round the others shows."""


class OwnWords(Vertical):
    """The text fields of one speaker.

    Args:
        fields: Each field's name, label and rows.
        prefix: Prefix of the fields' widget ids.
        title: Heading above the fields; "" for none.
    """

    def __init__(self, fields: Sequence[tuple[str, str, int]], prefix: str, title: str = "") -> None:
        other = prefix == "other"
        super().__init__(id="other" if other else "own")
        self._kind = "other_voice" if other else "answer"
        self._fields, self._prefix, self._title = fields, prefix, title

    def compose(self) -> ComposeResult:
        """Compose each field under its label."""
        if self._title:
            yield Static(_(self._title), classes="label")
        panels = [
            FieldPanel(self._field(field, rows), _(label), classes="grow" if field == "words" else field)
            for field, label, rows in self._fields
        ]
        if self._title:  # who says it comes before what they say
            yield from panels
            return
        yield panels[0]
        with Horizontal(classes="side"):
            yield from panels[1:]

    def _field(self, field: str, rows: int) -> TextField:
        declared = forms.field(self._kind, field)
        sources = declared.offers if declared is not None else ()
        words_id = f"{self._prefix}-{field}"
        if not sources:
            return TextField(field, rows, id=words_id)
        return NameField(field, lambda: offered(self.screen, sources), id=words_id)

    def show(self, record: Record, context: Mapping[str, str]) -> None:
        """Show a record's words, except in a field that is being typed in.

        Args:
            record: The answer, or what somebody else said.
            context: Other fields that the record needs, so that a draft can be recovered after a crash.
        """
        for words in self.query(TextField):
            words.context = dict(context)
            words.show(record)

    def tell(self, line: str) -> None:
        """Show in the line round the first field that somebody else spoke too; "" for nothing."""
        self.query(FieldPanel).first().tell(line)

    def show_saved(self, record: Record, field: TextField | None = None) -> None:
        """Show the saved record in all fields but the one that was saved."""
        for words in self.query(TextField):
            if words is not field:
                words.show(record)


def other_said(voice: Record) -> str:
    """What somebody else said, for the line round the person's own words; "" when they said nothing."""
    if not voice.text("words"):
        return ""
    who = _short(voice.text("who")) or _("Someone else")
    return _('F7: {who} said "{words}"').format(who=who, words=_short(voice.text("words")))


def own_said(answer: Record) -> str:
    """What the person said, for the line round somebody else's words; "" when they said nothing."""
    said = _short(answer.text("words"))
    return _('In their own words: "{words}". Esc or F7 goes back there.').format(words=said) if said else ""


def _short(text: str) -> str:
    return shortened(text, SHOWN)
