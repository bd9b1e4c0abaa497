"""Layout of a team's pages: the signed-in user, and the navigation between the team's pages."""

from dataclasses import dataclass, field

from phb_tui.central.auth import roles
from phb_tui.central.web.rendering import render

NAVIGATION = (
    ("", "Changes received", roles.WRITERS),
    ("/laptops", "Laptops", roles.LEADS),
    ("/same", "Possible duplicates", roles.LEADS),
    ("/aside", "Changes not accepted", roles.LEADS),
    ("/staff", "Staff", roles.LEADS),
    ("/audit", "Audit log", {roles.AUDITOR}),
    ("/figures", "Figures", {roles.COMMISSIONER}),
    ("/decisions", "Decisions", roles.DECIDERS | roles.LEADS),
)
"""A team's pages: where each is below the team's address, what it is called, and who may have it."""


DEVICE_STATES = {
    "active": "In use",
    "locked": "Locked",
    "wiped": "Closed for good",
    "revoked": "Access has ended",
    "replaced": "Restored from an older copy; goes on under another number",
}
"""What a laptop's state is called."""


@dataclass(frozen=True, slots=True)
class TeamFrame:
    """What the layout of a team's page shows: team, user, role, CSRF token.

    Attributes:
        team_id, team: The team.
        name, role: Who looks, and as what.
        token: The CSRF token that each of their forms brings.
    """

    team_id: str
    team: str
    name: str
    role: str
    token: str = field(repr=False)


def start_page(team_id: str, role: str) -> str:
    """The path of the first page of a team that a role may open; "/" when there is none."""
    return next((f"/team/{team_id}{way}" for way, _title, may in NAVIGATION if role in may), "/")


def team_page(template: str, frame: TeamFrame, title: str, **values: object) -> str:
    """A page of a team's as HTML.

    Args:
        template: The name of its template.
        frame: What stands around it.
        title: What it is called, here and in the list of the team's pages.
        values: What it shows.
    """
    links = [(f"/team/{frame.team_id}{way}", name) for way, name, may in NAVIGATION if frame.role in may]
    return render(template, frame=frame, links=links, title=title, **values)
