"""The lines of a person's budget that something that was bought can be for."""

from phb_tui.domain.budget.version_content import FINAL
from phb_tui.services.budget import versions
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session


def of_person(session: Session, person_id: str) -> dict[str, str]:
    """What each line of the newest kept version is called, by its id; none before a version is kept."""
    found = versions.newest_first(record_lists.of(session, versions.KIND, person_id))
    version = next((each for each in found if each.text("for") == FINAL), None)
    lines = versions.lines(version) if version is not None else None
    return {line.id: line.label for line in lines or () if line.pence > 0}
