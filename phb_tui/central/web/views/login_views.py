"""The pages before a team's: signed out, not known, and choosing a team."""

from phb_tui.central.auth.sessions import WebSession
from phb_tui.central.storage.models import TeamMembership
from phb_tui.central.web.views.escaping import escape
from phb_tui.central.web.views.layout import first_way, plain, sign_out

_STICK = '<p>You need not sign in to hand in <a href="/stick">a file from a laptop\'s stick</a>.</p>'


def signed_out(sign_in: str) -> str:
    """The first page for somebody who is not signed in.

    Args:
        sign_in: Where to; "" where only the link that central printed signs somebody in.
    """
    way = (
        f'<p><a class="button" href="{escape(sign_in)}">Sign in</a></p>'
        if sign_in
        else "<p>To sign in here, open the link that central printed when it was started. It works once.</p>"
    )
    return plain(
        "Central",
        "<p>What a team's laptops send comes here. If you work in a team, sign in to see what is yours to see.</p>"
        f"{way}{_STICK}",
    )


def nobody_signs_in() -> str:
    """The first page where people do not sign in: nothing about anybody is shown there."""
    return plain(
        "Central",
        "<p>What a team's laptops send comes here. People do not sign in at this central, so it shows nothing of it. "
        "Whoever looks after central can let people sign in.</p>"
        f"{_STICK}",
    )


def unknown(visit: WebSession) -> str:
    """The page for somebody who is signed in and in no team."""
    return plain(
        "You are in no team yet",
        "<p>You are signed in, and no team has let you in under this name:</p>"
        f'<p class="code">{escape(visit.subject)}</p>'
        "<p>Tell your team lead this name, exactly as it is here. Once they have let you in, load this page again.</p>"
        f"{sign_out(visit.csrf_token)}",
    )


def choose(teams: list[TeamMembership], names: dict[str, str], visit: WebSession) -> str:
    """The page for somebody who is in several teams.

    Args:
        teams: Who they are in each.
        names: The teams' names by id.
        visit: How they are signed in.
    """
    lines = "".join(
        f'<li><a href="{escape(first_way(who.team_id, who.role))}">{escape(names.get(who.team_id, who.team_id))}</a>,'
        f" as {escape(who.role)}</li>"
        for who in teams
    )
    return plain("Your teams", f"<p>Choose a team.</p><ul>{lines}</ul>{sign_out(visit.csrf_token)}")
