"""Who may read and write what: central checks it at every request, whatever a laptop or a page allowed."""

NURSE_ADVISOR, PHB_OFFICER, TEAM_LEAD, COMMISSIONER, AUDITOR = (
    "nurse advisor", "PHB officer", "team lead", "commissioner", "auditor",
)  # fmt: skip

ROLES = (NURSE_ADVISOR, PHB_OFFICER, TEAM_LEAD, COMMISSIONER, AUDITOR)

WRITERS = {NURSE_ADVISOR, PHB_OFFICER, TEAM_LEAD}
"""Who reads and writes people's records. A commissioner and an auditor see numbers and acts, and only at central."""

LEADS = {TEAM_LEAD}
"""Who lets laptops in, keeps them out and gives them orders."""


def may_not_write(role: str) -> str:
    """Why somebody may not write in records; "" when they may."""
    if role not in WRITERS:
        return f"Somebody whose role is {role or 'not known'} does not write in records, so central kept it aside."
    return ""


def may_not_exchange(role: str) -> str:
    """Why central answers nothing to the laptop of somebody of a role, for its nurse; "" when it answers."""
    if role not in WRITERS:
        return (
            f"Central has you as {a(role)}, and sends records to no such laptop. What this laptop sent is kept for "
            "your team lead, and nothing on it is lost. Ask them what to do."
        )
    return ""


def a(role: str) -> str:
    """A role with its article."""
    if not role:
        return "nobody of this team"
    return f"{'an' if role[0] in 'aeiou' else 'a'} {role}"
