"""What every page of central's has around it: its head, its looks, who is signed in, and the way to the others."""

from dataclasses import dataclass, field

from phb_tui.central.auth import roles
from phb_tui.central.web.views.escaping import escape

STYLE = """
body { font: 1.1rem/1.5 system-ui, sans-serif; color: #10181f; background: #fff; margin: 1rem auto; max-width: 60rem;
  padding: 0 1rem; overflow-wrap: break-word; }
h1, h2, h3 { line-height: 1.2; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #5c6b78; }
caption { text-align: left; font-weight: bold; padding: .8rem 0 .3rem; }
a { color: #00407a; } :focus-visible { outline: .2rem solid #00407a; outline-offset: .15rem; }
.scroll { overflow-x: auto; } .two { border-left: .4rem solid #7a0c0c; padding-left: .8rem; }
header { border-bottom: .3rem solid #00407a; } header p { margin: .3rem 0; }
.who, nav ul { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem 1.2rem; }
.who { justify-content: space-between; } nav ul { list-style: none; margin: .5rem 0; padding: 0; }
nav a { display: inline-block; padding: .3rem 0; } nav [aria-current] { font-weight: bold; text-decoration: none; }
button, .button { font: inherit; font-weight: bold; color: #fff; background: #00407a; border: .15rem solid #00407a;
  border-radius: .3rem; padding: .35rem .9rem; text-decoration: none; display: inline-block; cursor: pointer; }
.quiet { color: #00407a; background: #fff; } .hard { background: #7a0c0c; border-color: #7a0c0c; }
select { font: inherit; padding: .3rem; max-width: 100%; } label { font-weight: bold; }
.code { font-family: ui-monospace, monospace; border: .15rem solid #5c6b78; padding: .6rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: fit-content(45%) 1fr; gap: .2rem 1.2rem; } dt { font-weight: bold; }
dd { margin: 0; overflow-wrap: anywhere; min-width: 0; } li { margin: .3rem 0; }
"""

WAYS = (
    ("", "What has arrived", roles.WRITERS),
    ("/laptops", "Laptops", roles.LEADS),
    ("/same", "May be the same person", roles.LEADS),
    ("/aside", "Kept aside", roles.LEADS),
    ("/staff", "Who works here", roles.LEADS),
    ("/audit", "Who did what", {roles.AUDITOR}),
    ("/figures", "Numbers", {roles.COMMISSIONER}),
)
"""A team's pages: where each is below the team's address, what it is called, and who may have it."""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a team's page.

    Attributes:
        team_id, team: The team.
        name, role: Who looks, and as what.
        token: What each of their forms brings.
    """

    team_id: str
    team: str
    name: str
    role: str
    token: str = field(repr=False)


def first_way(team_id: str, role: str) -> str:
    """The address of the first page of a team that somebody may have."""
    return next((f"/team/{team_id}{way}" for way, _title, may in WAYS if role in may), "/")


def plain(title: str, body: str, before: str = "") -> str:
    """A page as HTML.

    Args:
        title: What it is called.
        body: What is in it, as HTML.
        before: What stands before it, as HTML.
    """
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>{before}'
        f"<main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )


def team_page(title: str, body: str, around: Around) -> str:
    """A page of a team's as HTML, with who is signed in and the way to the team's other pages."""
    ways = "".join(_way(around, way, name, title) for way, name, may in WAYS if around.role in may)
    who = f"{escape(around.name)}, {escape(around.role)}"
    before = (
        f'<header><div class="who"><p><b>{escape(around.team)}</b><br>{who}</p>{sign_out(around.token)}</div>'
        f'<nav aria-label="Pages of the team"><ul>{ways}<li><a href="/">Your teams</a></li></ul></nav></header>'
    )
    return plain(title, body, before)


def problem_page(sentence: str) -> str:
    """A page that says what happened and what to do, with the way back to the start."""
    return plain(
        "There is a problem", f'<p class="two" role="alert">{escape(sentence)}</p><p><a href="/">Start</a></p>'
    )


def sign_out(token: str) -> str:
    """The form to sign out with."""
    return form("/sign-out", token, '<button class="quiet">Sign out</button>')


def form(address: str, token: str, inside: str) -> str:
    """A form of ours as HTML, with what says that it is."""
    return (
        f'<form method="post" action="{escape(address)}"><input type="hidden" name="token" value="{escape(token)}">'
        f"{inside}</form>"
    )


def table(caption: str, heads: tuple[str, ...], rows: list[str]) -> str:
    """A table as HTML, which can be moved sideways by keys where it is too wide."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def row(*cells: object) -> str:
    """A row of words; each is shown as it is and never as HTML."""
    return f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in cells)}</tr>"


def moment(at: str) -> str:
    """A moment as central notes it, for somebody to read."""
    return f"{at[:16].replace('T', ' ')} UTC" if at else "never"


def _way(around: Around, way: str, name: str, title: str) -> str:
    current = ' aria-current="page"' if name == title else ""
    return f'<li><a href="{escape(f"/team/{around.team_id}{way}")}"{current}>{escape(name)}</a></li>'
