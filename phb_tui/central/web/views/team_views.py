"""Pages about a team: staff, quarantined changes, audit log, statistics."""

from phb_tui.central.storage import audit_log
from phb_tui.central.storage.repository import Repository
from phb_tui.central.web import disclosure_control
from phb_tui.central.web.views import received_changes
from phb_tui.central.web.views.layout import TeamFrame, team_page
from phb_tui.central.web.views.uk_time import moment

NEWEST_LINES = 1_000


def staff(repository: Repository, frame: TeamFrame) -> str:
    """The page of a team's staff, and who of them can sign in."""
    can = repository.subjects(frame.team_id)
    rows = [
        (one.name, one.role, one.staff_id, "Yes" if one.staff_id in can else "No")
        for one in repository.staff(frame.team_id)
    ]
    return team_page("staff", frame, "Staff", staff=rows)


def quarantined(repository: Repository, frame: TeamFrame) -> str:
    """The page of the team's quarantined changes, with the reasons."""
    found = repository.quarantined(frame.team_id, received_changes.NEWEST)
    return team_page(
        "quarantined", frame, "Changes not accepted", days=received_changes.days(repository, frame.team_id, found)
    )


def audit_lines(repository: Repository, frame: TeamFrame) -> str:
    """The page of the audit log, newest line first, and whether its hash chain is intact."""
    found, broken = repository.audit(frame.team_id), audit_log.first_broken_link(repository, frame.team_id)
    newest = [
        (number, moment(at), who, what, about)
        for number, at, who, what, about, _hash in found[: -NEWEST_LINES - 1 : -1]
    ]
    counts = {"all": f"{len(found):,}", "newest": f"{len(newest):,}"} if len(found) > len(newest) else None
    return team_page("audit_log", frame, "Audit log", broken=broken, lines=newest, counts=counts)


def statistics(repository: Repository, frame: TeamFrame) -> str:
    """The page of the team's statistics: counts only, under disclosure control."""
    team_id = frame.team_id
    in_use = sum(device.state == "active" for device in repository.devices(team_id))
    counts = (
        ("People", repository.count_of_kind(team_id, "person")),
        ("Laptops in use", in_use),
        ("Visits", repository.count_of_kind(team_id, "visit")),
        ("People with a plan that was agreed", repository.count_of_people(team_id, "plan_version")),
    )
    shown = [(name, disclosure_control.shown(count)) for name, count in counts]
    return team_page("figures", frame, "Figures", figures=shown)
