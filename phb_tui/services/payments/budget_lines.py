"""The lines of a person's budget that something that was bought can be for."""

from phb_tui.domain.budget.version_content import FINAL
from phb_tui.services.budget import versions
from phb_tui.services.payments import line_choices, spending
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session


def of_person(session: Session, person_id: str) -> dict[str, str]:
    """What each line is called, by its id: of the budgets that were approved, else of the newest kept version."""
    approved = spending.of_person(session, person_id).lines
    if approved:
        return {line.id: line.name for line in approved if not line.is_credit}
    found = versions.newest_first(record_lists.of(session, versions.KIND, person_id))
    version = next((each for each in found if each.text("for") == FINAL), None)
    lines = [line for line in line_choices.lines(version) if line.pence > 0] if version is not None else []
    return line_choices.named(session, person_id, lines)
