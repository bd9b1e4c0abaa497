"""What counts when a plan is looked through for what it lacks: a person's records, their budgets, the team's policy."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from phb_tui.domain.budget import purposes
from phb_tui.domain.records.changes import Record
from phb_tui.services.budget import team_figures
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

LINE_FOR_GOAL = "line_for_goal"
"""What `completeness.toml` calls a line of a budget that is for a goal, or for the need that a goal is about."""


def everything(session: Session, person_id: str) -> dict[str, Sequence[Record]]:
    """A person's records by kind, with the lines for goals and the team's policy as kinds of their own.

    Budgets in which something is only tried out are left out with their lines, and of those that ended, or whose place
    another one has taken, the lines.
    """
    found = purposes.without_tried_out(record_lists.everything(session, person_id))
    replaced = {each.text("replaces_id") for each in found["budget"]}
    over = {
        each.record_id
        for each in found["budget"]
        if each.record_id in replaced or record_lists.has_ended(session, each)
    }
    lines = {
        kind: [each for each in found.get(kind, ()) if each.text("budget_id") not in over] for kind in ("shift", "cost")
    }
    return {**found, **lines, LINE_FOR_GOAL: _for_goals(found, lines), "policy": [_policy(session)]}


def _for_goals(found: Mapping[str, Sequence[Record]], lines: Mapping[str, Sequence[Record]]) -> list[Record]:
    goals = {goal.record_id for goal in found.get("goal", ())}
    needs = {goal.text("need_id") for goal in found.get("goal", ())} - {""}
    return [
        each
        for kind in lines.values()
        for each in kind
        if each.text("goal_id") in goals or each.text("need_id") in needs
    ]


def _policy(session: Session) -> Record:
    """The team's policy, with what a budget takes from it that says nothing itself."""
    weeks = team_figures.policy(session).policy.contingency_weeks
    fields = {"contingency_weeks": "" if weeks is None else str(weeks)}
    return replace(record_lists.single(session, "policy", None), fields=fields)
