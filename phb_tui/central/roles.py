"""Who may write what: central checks it for every change, whatever a laptop allowed."""

NURSE_ADVISOR, PHB_OFFICER, TEAM_LEAD, COMMISSIONER, AUDITOR = (
    "nurse advisor", "PHB officer", "team lead", "commissioner", "auditor",
)  # fmt: skip

ROLES = (NURSE_ADVISOR, PHB_OFFICER, TEAM_LEAD, COMMISSIONER, AUDITOR)

WRITERS = {NURSE_ADVISOR, PHB_OFFICER, TEAM_LEAD}
"""Who writes in people's records; a commissioner and an auditor only read, and only at central."""

LEADS = {TEAM_LEAD}
"""Who lets laptops in, keeps them out and gives them orders."""


def may_not_write(role: str) -> str:
    """Why somebody may not write in records; "" when they may."""
    if role not in WRITERS:
        return f"Somebody whose role is {role or 'not known'} does not write in records, so central kept it aside."
    return ""
