"""Roles and their permissions; central checks them at every request."""

from phb_tui.domain.decision import limits

NURSE_ADVISOR, PHB_OFFICER, TEAM_LEAD, COMMISSIONER, AUDITOR = (
    "nurse advisor", "PHB officer", "team lead", "commissioner", "auditor",
)  # fmt: skip
PANEL = limits.PANEL
"""A member of the panel, who decides above everybody's limit: no laptop, and a web page."""

ROLES = (NURSE_ADVISOR, PHB_OFFICER, TEAM_LEAD, COMMISSIONER, AUDITOR, PANEL)

WRITERS = {NURSE_ADVISOR, PHB_OFFICER, TEAM_LEAD}
"""Roles that read and write records. Commissioners see statistics, auditors the audit log, and members of the panel
what they are to decide, on web pages only."""

DECIDERS = {PANEL}
"""Roles that decide on a web page."""

LEADS = {TEAM_LEAD}
"""Roles that enrol, revoke and command laptops, and see what waits for a decision."""


def may_not_write(role: str) -> str:
    """Why a role may not write records, as a sentence; "" when it may."""
    if role not in WRITERS:
        return (
            f"Someone whose role is {role or 'not known'} does not write in records, so the team server could not "
            "accept this change."
        )
    return ""


def may_not_exchange(role: str) -> str:
    """Why a laptop of a user with this role may not exchange, as a sentence for them; "" when it may."""
    if role not in WRITERS:
        return (
            f"The team server has you as {a(role)}, and sends records to no such laptop. What this laptop sent is kept "
            "for your team lead, and nothing on it is lost. Ask them what to do."
        )
    return ""


def a(role: str) -> str:
    """A role with its indefinite article, for a sentence."""
    if not role:
        return "nobody of this team"
    if role == PANEL:
        return "a member of the panel"
    return f"{'an' if role[0] in 'aeiou' else 'a'} {role}"
