"""The pages before a team's: signed out, not known, and choosing a team."""

from phb_tui.central.auth.sessions import WebSession
from phb_tui.central.storage.models import TeamMembership
from phb_tui.central.web.rendering import render
from phb_tui.central.web.views.layout import start_page


def signed_out(sign_in: str) -> str:
    """The first page for somebody who is not signed in.

    Args:
        sign_in: Where to; "" where only the link that central printed signs somebody in.
    """
    return render("signed_out", title="Team server", sign_in=sign_in)


def nobody_signs_in() -> str:
    """The first page where people do not sign in: nothing about anybody is shown there."""
    return render("nobody_signs_in", title="Team server")


def unknown(visit: WebSession) -> str:
    """The page for a signed-in user who is in no team."""
    return render("no_team", title="You are in no team yet", subject=visit.subject, token=visit.csrf_token)


def choose(teams: list[TeamMembership], names: dict[str, str], visit: WebSession) -> str:
    """The page for somebody who is in several teams.

    Args:
        teams: Who they are in each.
        names: The teams' names by id.
        visit: How they are signed in.
    """
    lines = [(start_page(who.team_id, who.role), names.get(who.team_id, who.team_id), who.role) for who in teams]
    return render("choose_team", title="Your teams", teams=lines, token=visit.csrf_token)
