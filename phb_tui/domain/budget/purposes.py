"""Which budgets somebody has, and which ones only try something out and count nowhere."""

from collections.abc import Iterable, Mapping, Sequence

from phb_tui.domain.records.changes import Record

WHAT_IF = "what_if"
_UNDER_A_BUDGET = ("shift", "cost", "budget_version")
"""Kinds of record that belong to a budget."""


def tries_out(budget: Record) -> bool:
    """Whether something is only tried out in a budget; such a one is nobody's budget."""
    return budget.text("purpose") == WHAT_IF


def meant(budgets: Iterable[Record]) -> list[Record]:
    """Those of some budgets that are meant, in their order; what is only tried out is left out."""
    return [each for each in budgets if not tries_out(each)]


def without_tried_out(everything: Mapping[str, Sequence[Record]]) -> dict[str, Sequence[Record]]:
    """A person's records by kind, without the budgets in which something is only tried out, and without their lines."""
    tried = {each.record_id for each in everything.get("budget", ()) if tries_out(each)}
    left = {
        kind: [each for each in everything[kind] if each.text("budget_id") not in tried]
        for kind in _UNDER_A_BUDGET
        if kind in everything
    }
    return {**everything, **left, "budget": meant(everything.get("budget", ()))}
