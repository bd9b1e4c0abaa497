"""Pages about a team itself: who works there, what was kept aside, who did what, and numbers."""

from phb_tui.central.storage import audit_log
from phb_tui.central.storage.repository import Repository
from phb_tui.central.web import disclosure_control
from phb_tui.central.web.views import received_changes
from phb_tui.central.web.views.escaping import escape
from phb_tui.central.web.views.layout import moment, row, table

NEWEST_LINES = 1_000


def staff(tables: Repository, team_id: str) -> str:
    """Who works in a team, and who of them can sign in."""
    can = tables.subjects(team_id)
    rows = [
        row(one.name, one.role, one.staff_id, "yes" if one.staff_id in can else "no") for one in tables.staff(team_id)
    ]
    return (
        f"{table('Who works in this team', ('Name', 'Role', 'Staff id', 'Can sign in'), rows)}"
        "<p>Whoever looks after central adds somebody, changes their role or ends their access.</p>"
    )


def quarantined(tables: Repository, team_id: str) -> str:
    """What central kept aside, with the reasons."""
    rows = received_changes.changes(tables, team_id, tables.quarantined(team_id, received_changes.NEWEST))
    if not rows:
        return "<p>Central kept nothing aside.</p>"
    return (
        "<p>Central could not take these changes. They are kept, and on the laptop they came from. "
        "Tell whoever wrote them what to do.</p>"
        f"{table('Changes that were kept aside, newest first', ('Received', 'About', 'What', 'By', 'Why'), rows)}"
    )


def lines(tables: Repository, team_id: str) -> str:
    """Who did what, newest first, and whether any of it was changed."""
    found, wrong = tables.audit(team_id), audit_log.first_broken_link(tables, team_id)
    whole = (
        f'<p class="two" role="alert">Line {wrong} was changed, or one before it is missing. Keep the database as it '
        "is, and tell whoever looks after central.</p>"
        if wrong
        else "<p>Nothing in this list was changed or taken out.</p>"
    )
    rows = [
        row(number, moment(at), who, what, about)
        for number, at, who, what, about, _hash in found[: -NEWEST_LINES - 1 : -1]
    ]
    count = f"<p>{len(found):,} lines. The newest {len(rows):,} are here.</p>" if len(found) > len(rows) else ""
    return f"{whole}{count}{table('Who did what, newest first', ('Line', 'When', 'Who', 'What', 'About'), rows)}"


def figures(tables: Repository, team_id: str) -> str:
    """How much there is in a team, without anybody's name and in no number that could point at somebody."""
    in_use = sum(device.state == "active" for device in tables.devices(team_id))
    counts = (
        ("People", tables.count_of_kind(team_id, "person")),
        ("Laptops in use", in_use),
        ("Visits", tables.count_of_kind(team_id, "visit")),
        ("People with a plan that was agreed", tables.count_of_people(team_id, "plan_version")),
    )
    rows = [
        f'<tr><th scope="row">{escape(name)}</th><td>{disclosure_control.shown(count)}</td></tr>'
        for name, count in counts
    ]
    return (
        f"{table('This team now', ('What', 'How many'), rows)}"
        "<p>A star stands for 1 to 7. Every other number is the nearest 5.</p>"
    )
