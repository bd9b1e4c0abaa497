"""What a line of a budget and the budget come to, at the bottom of the form in which it is typed."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content
from textual.widgets import Static

from phb_tui.domain.budget import purposes
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.services.budget.budgets import KINDS
from phb_tui.services.budget.shown import typed_totals
from phb_tui.services.session import Session

BETWEEN = " · "
NAMES = {"worker": N_("This person {amount}"), "shift": N_("This line {amount}"), "cost": N_("This line {amount}")}
"""What comes to an amount, by kind of record."""


def has_totals(kind: str) -> bool:
    """Whether records of a kind count in a budget."""
    return kind in KINDS


class LineTotals(Static):
    """Totals that follow each key; nothing is written by them."""

    _around: typed_totals.Around | None = None
    """The budget as it was last read; None where the record is in none."""

    def read(self, session: Session, record: Record, context: Mapping[str, str]) -> None:
        """Read the budget of a record again, and show what it comes to."""
        self._around = typed_totals.read(session, record, context)
        self.set_class(self._around is None, "hidden")
        self.follow(record, context)

    def follow(self, record: Record, typed: Mapping[str, str]) -> None:
        """Show what a record comes to while it is typed in.

        Args:
            record: As it is kept.
            typed: What stands in its fields instead, with what links a new one to its budget.
        """
        if self._around is None:
            return
        told = typed_totals.told(self._around, record, typed)
        parts = []
        if told.line:
            name = NAMES.get(record.kind, NAMES["shift"])
            parts.append(Content.styled(_(name).format(amount=told.line), "bold $bold"))
        if told.missing:
            parts.append(Content(told.missing))
        if told.budget:
            tries_out = purposes.tries_out(self._around.records.budget)
            words = _("What if {amount}") if tries_out else _("Budget {amount}")
            parts.append(Content(words.format(amount=told.budget)))
        if told.wrong:
            parts.append(Content.styled(told.wrong, "bold $red"))
        content = Content(BETWEEN).join(parts)
        if self.content != content:
            self.update(content)
