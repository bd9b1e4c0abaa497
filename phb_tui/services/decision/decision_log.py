"""The log of decisions for learning, without names: what was decided about which sort of budget, and why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from phb_tui.content import forms
from phb_tui.domain.budget import version_content
from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.calendar import dates
from phb_tui.domain.decision import contents
from phb_tui.domain.decision.nameless import names_nobody
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.services.decision import subjects
from phb_tui.services.decision.standing import DECISION
from phb_tui.services.records import record_lists, roster
from phb_tui.services.session import Session
from phb_tui.store import records

WEEKLY_BANDS, FIRST_BANDS = (50_000, 100_000, 200_000), (25_000, 100_000, 500_000, 2_500_000)
"""Upper ends of the bands of amounts in pence, a week and in all; an exact amount could tell who it was about."""
NAMED = ("contact", "professional", "worker", "gp")
"""Kinds of record with names of people around a person."""
OWN_NAMES = ("given_name", "family_name", "known_as", "previous_name")


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision without names.

    Attributes:
        outcome: What was decided, in words.
        nature: Which sort of budget, in words.
        band: About how much, in words.
        month: When, as 2026-11, for the order.
        what: What the money is for, by its sort.
        asked: What was asked, in the person's words; "" where they might name somebody.
        why: Why it was decided so; "" where the words might name somebody.
        learning: What the team should learn from it; "" for nothing, or where it might name somebody.
    """

    outcome: str
    nature: str
    band: str
    month: str
    what: tuple[str, ...]
    asked: str
    why: str
    learning: str

    @property
    def text(self) -> str:
        """Everything of it, to be searched."""
        parts = (self.outcome, self.nature, self.band, *self.what, self.asked, self.why, self.learning)
        return " ".join(parts).casefold()


def entries(session: Session) -> list[Entry]:
    """Every decision of the team that is on this laptop, the newest month first."""
    db, team_id = session.store.db, session.team_id
    made = [each for each in records.of_kind(db, team_id, DECISION) if each.text("outcome")]
    found = [entry for each in made if record_lists.is_listed(each) if (entry := _entry(session, each)) is not None]
    return sorted(found, key=lambda entry: entry.month, reverse=True)


def matching(found: Sequence[Entry], typed: str) -> list[Entry]:
    """The entries in which every typed word stands."""
    wanted = typed.casefold().split()
    return [entry for entry in found if all(word in entry.text for word in wanted)]


def _entry(session: Session, decision: Record) -> Entry | None:
    request = records.get(session.store.db, session.team_id, decision.text("request_id"))
    if request is None or not record_lists.is_listed(request):
        return None
    version = subjects.version_of(session, request)
    names = list(_known(session, decision.person_id or ""))
    return Entry(
        outcome=forms.show(DECISION, "outcome", decision.text("outcome")),
        nature=_nature(version),
        band=_band(decision),
        month=_month(decision.text("decided_on")),
        what=tuple(_what(version)),
        asked=_without_names(request.text("wish"), names),
        why=_without_names(decision.text("reasons"), names),
        learning=_without_names(decision.text("learning"), names),
    )


def _without_names(text: str, names: Iterable[str]) -> str:
    words = " ".join(text.split())
    return words if names_nobody(words, names) else ""


def _known(session: Session, person_id: str) -> Iterator[str]:
    """Names of the person, of everybody around them and of the team."""
    person = records.get(session.store.db, session.team_id, person_id)
    yield from (person.text(name) for name in OWN_NAMES if person is not None)
    for record in records.of_person(session.store.db, session.team_id, person_id, *NAMED):
        yield record.text("name")
    yield from roster.printed_names(session).values()


def _nature(version: Record | None) -> str:
    inputs = version_content.read_inputs(version.text("inputs")) if version is not None else None
    code = inputs.budget.get("nature", "").strip() if inputs is not None else ""
    return forms.show("budget", "nature", code or "ongoing") if inputs is not None else _("not known")


def _what(version: Record | None) -> Iterator[str]:
    """What the money is for, by the sort of each line, each once; names and descriptions are left out."""
    inputs = version_content.read_inputs(version.text("inputs")) if version is not None else None
    if inputs is None:
        return
    if inputs.shifts:
        yield _("Hours of support")
    yield from dict.fromkeys(words for cost in inputs.costs if (words := forms.show("cost", "kind", cost.get("kind"))))


def _band(decision: Record) -> str:
    value, weekly = decision.fields.get("value"), decision.text("measure") == contents.WEEKLY
    if type(value) is not int:
        return _("amount not known")
    bands = WEEKLY_BANDS if weekly else FIRST_BANDS
    top = next((band for band in bands if value <= band), None)
    words = _("up to \N{POUND SIGN}{sum}") if top is not None else _("above \N{POUND SIGN}{sum}")
    amount = words.format(sum=shown(top if top is not None else bands[-1]))
    return _("{amount} a week").format(amount=amount) if weekly else amount


def _month(kept: str) -> str:
    day = dates.first_day(kept)
    return day.isoformat()[:7] if day is not None else ""
