"""The panel's pages: what waits for a decision and what was decided, and one request with its budget and plan."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from phb_tui.central.storage.repository import Repository
from phb_tui.central.web.views import record_words
from phb_tui.central.web.views import request_words as words
from phb_tui.central.web.views.asked_requests import AskedRequest, decided_before, limits, of_panel, waiting
from phb_tui.central.web.views.layout import TeamFrame, team_page
from phb_tui.content import forms
from phb_tui.domain.budget import version_content
from phb_tui.domain.budget.amounts.pence import pounds
from phb_tui.domain.calendar import dates
from phb_tui.domain.decision.amounts_since import amounts_since
from phb_tui.domain.decision.authority import Decider
from phb_tui.domain.decision.to_whom import passed_on

TITLE = "Decisions"
WORDS = ("reasons", "conditions", "alternatives", "until", "to", "way_decided", "learning")
"""What a member writes besides the outcome, by the fields of a decision."""
BIG = ("reasons", "conditions", "alternatives", "way_decided", "learning")
"""Those with room for more than a line."""
NOT_NAMED = (
    "The team's policy does not name you as a member of the panel, so you can decide nothing here. Ask whoever looks "
    "after the policy."
)
_HIDDEN = frozenset({"version_id", "plan_id", "to", "again_id", "asked_on", "promised_by"})
"""Fields of a request that the page says in words of its own."""
_ONLY = {
    "conditions": "for Yes, on conditions", "alternatives": "for Part of it, or No", "until": "for Later",
    "to": "for Passed on", "learning": "for the team only",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """What a member typed that was not taken.

    Attributes:
        values: By the names of the form's fields.
        sentence: Why nothing was decided; "" for a new form.
    """

    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    sentence: str = ""


def decisions(repository: Repository, frame: TeamFrame) -> str:
    """The page of what waits for the panel, and of what it decided."""
    found = of_panel(repository, frame.team_id)
    open_ones = [
        (_address(frame, each), words.person(each), (*_line(each), words.overtaken(each)))
        for each in found
        if each.is_waiting
    ]
    decided = [
        (_address(frame, each), words.person(each), (*_line(each), _decided(each.decisions[-1])))
        for each in found
        if each.decisions
    ]
    return team_page("decisions", frame, TITLE, waiting=open_ones, decided=decided)


def all_waiting(repository: Repository, frame: TeamFrame) -> str:
    """The page of everything that waits for a decision in a team, to be read; nothing is decided here."""
    staff = names(repository, frame.team_id)
    found = waiting(repository, frame.team_id)
    rows = [(words.person(each), words.amount(each), words.waits(each, staff), words.promised(each)) for each in found]
    return team_page("waiting", frame, TITLE, waiting=rows)


def request_page(
    repository: Repository, asked: AskedRequest, staff_id: str, frame: TeamFrame, typed: Typed | None = None
) -> str:
    """The page of one request, with the form to decide it where it waits.

    Args:
        repository: The transaction.
        asked: The request.
        staff_id: Who looks.
        frame: What stands around the page.
        typed: What they typed that was not taken.
    """
    highest = limits(repository, frame.team_id)
    is_member, staff = staff_id in highest.panel, names(repository, frame.team_id)
    may_decide = is_member and asked.is_waiting and not asked.overtaken
    typed = typed or Typed()
    return team_page(
        "decision", frame, words.person(asked),
        address=_address(frame, asked), facts=list(_facts(repository, asked, frame)), lines=list(_lines(asked)),
        plan=list(_plan(asked)), before=[list(_told(each, staff)) for each in asked.decisions],
        sentence=typed.sentence or words.overtaken(asked) or ("" if is_member else NOT_NAMED),
        form=_form(repository, asked, staff_id, frame, typed) if may_decide else None, seen=asked.row.seq,
        written=[] if may_decide else list(_written(typed, staff)),
    )  # fmt: skip


def gone_page(repository: Repository, frame: TeamFrame, typed: Typed) -> str:
    """The page of a request that went while a member decided it, with what they typed, to be copied.

    Args:
        repository: The transaction.
        frame: What stands around the page.
        typed: What they typed.
    """
    written = list(_written(typed, names(repository, frame.team_id)))
    return team_page("decision_gone", frame, TITLE, sentence=typed.sentence, written=written)


def _form(
    repository: Repository, asked: AskedRequest, staff_id: str, frame: TeamFrame, typed: Typed
) -> list[dict[str, object]]:
    """The fields of the form in order, each with its choices or how many rows it has."""
    options = {
        "outcome": list((_choice("decision", "outcome") or {}).items()),
        "to": list(_others(repository, asked, staff_id, frame)),
    }
    return [
        {
            "name": name,
            "label": forms.label("decision", name) if name != "to" else "Who decides instead?",
            "only": _ONLY.get(name, ""),
            "options": options.get(name),
            "rows": 4 if name in BIG else 1,
            "value": typed.values.get(name, ""),
        }
        for name in ("outcome", *WORDS)
    ]


def _others(repository: Repository, asked: AskedRequest, staff_id: str, frame: TeamFrame) -> Iterator[tuple[str, str]]:
    """To whom a member can pass it on: whoever may say yes to it."""
    staff = {one.staff_id: one for one in repository.staff(frame.team_id)}
    roles = {one.staff_id: one.role for one in staff.values()}
    by, highest = Decider(staff_id, roles.get(staff_id, "")), limits(repository, frame.team_id)
    for to in passed_on(highest, asked.about, by, roles) if asked.about else ():
        yield to, f"{staff[to].name}, {staff[to].role}" if to in staff else record_words.THE_PANEL


def names(repository: Repository, team_id: str) -> dict[str, str]:
    """The names of everybody in a team by staff id."""
    return {one.staff_id: one.name for one in repository.staff(team_id)}


def _choice(of: str, name: str) -> Mapping[str, str] | None:
    found = forms.field(of, name)
    return found.options if found else None


def _line(asked: AskedRequest) -> tuple[str, ...]:
    """Budget, amount, who pays, promised day and risk."""
    return words.budget(asked), words.amount(asked), words.who_pays(asked), words.promised(asked), words.risk(asked)


def _decided(decision: Mapping[str, object]) -> str:
    day = dates.in_words(str(decision.get("decided_on") or ""))
    outcome = forms.show("decision", "outcome", str(decision.get("outcome") or ""))
    return f"{outcome}, {day}, {decision.get('decided_name') or record_words.UNKNOWN}"


def _address(frame: TeamFrame, asked: AskedRequest) -> str:
    return f"/team/{frame.team_id}/decisions/{asked.row.record_id}"


def _facts(repository: Repository, asked: AskedRequest, frame: TeamFrame) -> Iterator[tuple[str, str]]:
    staff = names(repository, frame.team_id)
    yield "The budget", words.budget(asked)
    yield "Version", str(asked.version.number) if asked.version else record_words.UNKNOWN
    yield "Amount", words.amount(asked)
    yield "Who pays", words.who_pays(asked)
    yield "Answer promised by", words.promised(asked)
    yield "Asked on", dates.in_words(str(asked.values.get("asked_on") or ""))
    yield "Asked by", ", ".join(staff.get(one, "Someone who left") for one in asked.asked_by)
    values = {name: value for name, value in asked.values.items() if name not in _HIDDEN}
    yield from record_words.fields("request", values, {}, staff)
    if (last := decided_before(repository, frame.team_id, asked)) and asked.version:
        decision, then = last
        yield "Decided before", f"{_decided(decision)}. {amounts_since(then, asked.version)}"
    if asked.is_open:
        yield "Look out", "Two people wrote different things in this request. The team has to choose first."


def _lines(asked: AskedRequest) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each line of the budget: its name, its amount, and how it was worked out, sentence by sentence."""
    kept = asked.version_values.get("lines")
    for line in version_content.read_lines(kept if isinstance(kept, str) else "") or ():
        yield line.label or line.id, pounds(line.pence), line.working


def _plan(asked: AskedRequest) -> Iterator[tuple[str, list[list[tuple[str, str]]]]]:
    """The agreed plan: each kind of record with the fields of its records."""
    kept = asked.plan_values.get("plan")
    try:
        found = json.loads(kept) if isinstance(kept, str) and kept else {}
    except (ValueError, RecursionError):
        return
    for kind, records in found.items() if isinstance(found, dict) else ():
        each = records.values() if isinstance(records, dict) else ()
        yield (
            record_words.kind(kind),
            [record_words.fields(kind, values, {}, {}) for values in each if isinstance(values, dict)],
        )


def _told(decision: Mapping[str, object], staff: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    told = ("outcome", "decided_name", "decided_on", *WORDS)
    values = {name: str(decision[name]) for name in told if decision.get(name) and name != "learning"}
    yield from record_words.fields("decision", values, {}, staff)


def _written(typed: Typed, staff: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What a member typed, where no form can hold it any more."""
    values = {name: typed.values[name] for name in ("outcome", *WORDS) if typed.values.get(name)}
    yield from record_words.fields("decision", values, {}, staff)
