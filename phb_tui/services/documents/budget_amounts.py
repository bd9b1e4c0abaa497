"""What the blocks of a budget share: where they stand, amounts, and the words for ways and for those who pay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from phb_tui.content import forms
from phb_tui.documents.model import Heading
from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.budget.working.lines import ONE_OFF, START_UP
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.services.budget.statement import Statement
from phb_tui.services.documents.document_values import DocumentValues

ONCE = {START_UP: N_("To start with"), "contingency": N_("Put by for emergencies"), ONE_OFF: N_("Bought once")}
"""What is paid once, with the first of the other payments."""
_MOST_PENCE = 10**15
"""An amount from which a kept one is taken as damaged."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where blocks stand.

    Attributes:
        values: Reads the fields of the records around the budget.
        records: The needs, goals, hours, costs and workers that a line may name, by id.
        level: The level of the headings.
    """

    values: DocumentValues
    records: Mapping[str, Record]
    level: int


def pounds(pence: int | None) -> str:
    """Pence as "£1,250.00" or "-£1,250.00"; "?" when it is not known."""
    if pence is None or abs(pence) >= _MOST_PENCE:
        return "?"
    return f"{'-' if pence < 0 else ''}\N{POUND SIGN}{shown(abs(pence))}"


def heading(where: Where, words: str, below: int = 0) -> Heading:
    """A heading at the level of the place, or below it."""
    return Heading(where.level + below, words)


def sum_of(parts: Sequence[int]) -> tuple[str, ...]:
    """The sentence that adds up amounts; none where there is only one."""
    parts = [part for part in parts if part]
    if len(parts) < 2:  # noqa: PLR2004 - nothing to add
        return ()
    words = " + ".join(shown(part) if part >= 0 else f"({shown(part)})" for part in parts)
    return (_("{parts} = {sum}").format(parts=words, sum=shown(sum(parts))),)


def way_of(way: str) -> str:
    """A way of managing in words."""
    return forms.printed("budget", "management", way)


def payer(found: Statement, where: Where, stream: str) -> str:
    """Who pays, with their name where it is written."""
    name = forms.printed("shift", "stream", stream)
    who = where.values.words(found.record, f"{stream}_who") if stream in {"social", "education"} else ""
    return f"{name} ({' '.join(who.split())})" if who else name
