"""What step 5 has to say first: where the ways of managing a person's money differ, and an older policy."""

from phb_tui.content import forms
from phb_tui.domain.decision import ways
from phb_tui.domain.decision.ways import Against, Difference
from phb_tui.i18n import N_, _
from phb_tui.services.budget import team_figures, versions
from phb_tui.services.decision import agreements, standing
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

_SAY = {
    Against.PREFERRED: N_("{agreed} was agreed. The person prefers: {other}."),
    Against.APPROVED: N_("{agreed} was agreed. The budget that was decided about is: {other}."),
    Against.SIGNED: N_("{agreed} was agreed. The agreement in force is about: {other}."),
}


def policy_is_older(session: Session, person_id: str) -> str:
    """A sentence where this laptop has an older policy for money than a kept budget was worked out with; else ""."""
    if not team_figures.is_older_than(session, record_lists.of(session, versions.KIND, person_id)):
        return ""
    return _("This laptop has an older policy for money than the budget was kept with. Sync before you ask or decide.")


def differences(session: Session, person_id: str) -> list[str]:
    """A sentence for each way that is not the agreed one."""
    agreed = record_lists.single(session, "setup", person_id).text("management")
    if agreed in ways.UNDECIDED:
        return []
    preferred = record_lists.single(session, "money_choice", person_id).text("option")
    signed = agreements.in_force(session, person_id)
    kind = signed.text("kind") if signed is not None else ""
    return [_sentence(found) for found in ways.differences(agreed, preferred, _approved(session, person_id), kind)]


def _approved(session: Session, person_id: str) -> set[str]:
    """The ways of the lines of a person's approved ongoing budgets, of each its newest version that was approved."""
    found: set[str] = set()
    for budget in record_lists.of(session, "budget", person_id):
        if budget.text("nature") == ways.ONE_OFF or record_lists.has_ended(session, budget):
            continue
        kept = versions.all_of(session, budget)
        newest = next((each for each in kept if standing.approval(session, each) is not None), None)
        found |= {line.way for line in (versions.lines(newest) or ()) if line.pence} if newest is not None else set()
    return found


def _sentence(found: Difference) -> str:
    other = ", ".join(map(_called, found.other))
    return _(_SAY[found.against]).format(agreed=_called(found.agreed), other=other)


def _called(way: str) -> str:
    """A way as the form of setting up calls it."""
    return forms.show("setup", "management", way)
