"""What of an agreed plan a decision is asked about: a change of it is agreed again first, a change beside it is not."""

from phb_tui.domain.plan.plan_snapshots import Difference

BESIDE = frozenset({"task", "setup", "consent", "competency", "person", "address", "contact_detail", "gp"})
"""Kinds of record that the plan prints and that are no part of what was agreed: what is still to be done and set up,
who was trained, consents, and how people are reached."""
PROGRESS = frozenset(
    {"done", "status", "status_words", "status_codes", "completed", "finished", "updated", "reviewed_on"}
)
"""Names of fields that say how far something is, in any kind of record, and change nothing of what is to be done."""


def is_content(difference: Difference) -> bool:
    """Whether a difference from an agreed plan is one of its needs, goals, actions, risks, people or outcomes.

    A kind of record that is not named here counts, so that nothing new is asked about unseen.
    """
    return difference.kind not in BESIDE and difference.name not in PROGRESS
