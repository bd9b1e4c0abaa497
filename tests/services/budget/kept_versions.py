"""Keeps a version of a budget as the screen that keeps it does, for tests of what reads it."""

from phb_tui.domain.budget import version_content
from phb_tui.domain.records.changes import Record, Value
from phb_tui.services.budget import budgets, team_figures
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session


def keep_version(session: Session, budget: Record, number: str = "1", **more: Value) -> Record:
    """Keep a version of a budget as it is now; more fields are the version's own."""
    budget = editing.read(session, "budget", budget.record_id, budget.person_id)
    kept, rates, policy = budgets.read(session, budget), team_figures.rates(session), team_figures.policy(session)
    worked = budgets.worked_with(kept, rates, policy)
    content = version_content.content(budgets.texts(kept, rates, policy), worked)
    values = {**content, "rates": rates.version, "policy": policy.version, "number": number, **more}
    new = record_lists.new(session, "budget_version", budget.person_id or "")
    return editing.save(session, new, {**values, **record_lists.parent_link(budget, "budget_version")})
