"""To whom a request can be put or passed on: laptop, panel's page and central's guard ask the same functions."""

from collections.abc import Mapping

from phb_tui.domain.decision.authority import Asked, Decider, ask_anew, reaches
from phb_tui.domain.decision.limits import PANEL, Limits
from phb_tui.i18n import _


def may_be_asked(limits: Limits, asked: Asked, to: str, roles: Mapping[str, str]) -> bool:
    """Whether a request can be put to somebody: they may say yes to it; of the panel, which is asked as one, a member.

    Args:
        limits: The team's policy.
        asked: What is asked for.
        to: A staff id or "panel".
        roles: The roles of the team by staff id.
    """
    if to == PANEL:
        members = (one for one in limits.panel if roles.get(one) == PANEL)
        return any(reaches(limits, asked, Decider(one, PANEL)) for one in members)
    return roles.get(to, PANEL) != PANEL and reaches(limits, asked, Decider(to, roles[to]))


def passed_on(limits: Limits, asked: Asked, by: Decider, roles: Mapping[str, str]) -> list[str]:
    """To whom somebody can pass a request on: staff ids in the order of the roles, then "panel".

    Args:
        limits: The team's policy.
        asked: What is asked for.
        by: Who passes it on.
        roles: The roles of the team by staff id.
    """
    return [to for to in (*roles, PANEL) if not why_not_to(limits, asked, to, by, roles)]


def why_not_to(limits: Limits, asked: Asked, to: str, by: Decider, roles: Mapping[str, str]) -> str:
    """Why a request cannot be passed on to somebody, as a sentence; "" when it can. Arguments as for `passed_on`."""
    if why := ask_anew(asked):
        return why
    is_own = to == by.staff_id or (to == PANEL and by.is_panel)
    may = not is_own and may_be_asked(limits, asked, to, roles)
    return "" if may else _("Choose someone else who may say yes to this.")
