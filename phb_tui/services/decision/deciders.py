"""Who may decide, by the team's policy and its staff as this laptop knows them, and how old that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.calendar import dates, timestamps
from phb_tui.domain.decision import authority, to_whom
from phb_tui.domain.decision.authority import Asked, Decider
from phb_tui.domain.decision.limits import PANEL, Highest, Limits, read_limits
from phb_tui.i18n import _
from phb_tui.services.budget import team_figures
from phb_tui.services.records import editing, record_lists, roster
from phb_tui.services.session import Session
from phb_tui.store import sync_state

ONE_OFF = "one_off"
"""Nature of a budget for which the policy's tiers say who decides."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who may decide what is asked for.

    Attributes:
        id: Staff id, or "panel".
        name: Their name.
        role: Their role; "" for the panel.
        reach: Up to which amount they decide, in words; "" where no amount is said.
    """

    id: str
    name: str
    role: str
    reach: str

    @property
    def words(self) -> str:
        """One line: name, role and how far it reaches."""
        who = f"{self.name}, {self.role}" if self.role else self.name
        return f"{who}: {self.reach}" if self.reach else who


def limits(session: Session) -> Limits:
    """Who may decide what, by the team's policy as central last sent it."""
    return read_limits(team_figures.policy(session).text)


def me(session: Session) -> Decider:
    """Whoever uses this laptop, in the role that central last sent."""
    return Decider(session.nurse.id, roster.roles(session).get(session.nurse.id, session.nurse.role))


def why_not_me(session: Session, asked: Asked, outcome: str = authority.APPROVED) -> str:
    """Why whoever uses this laptop may not decide, as a sentence; "" when they may."""
    return authority.may_decide(limits(session), asked, me(session), outcome)


def choices(session: Session, asked: Asked) -> list[Choice]:
    """Everybody who may say yes to what is asked for, as close to the person as possible first; the panel last.

    For something one-off the role that the policy's tier names comes first; else the smaller limit does.
    """
    found, names, staff = limits(session), roster.printed_names(session), _roles(session)
    reaching = [Decider(each, role) for each, role in staff.items() if to_whom.may_be_asked(found, asked, each, staff)]
    wanted = tier_role(found, asked)
    reaching.sort(key=lambda each: (each.role != wanted, _limit(found, asked, each), names.get(each.staff_id, "")))
    made = [
        Choice(each.staff_id, roster.name_of(names, each.staff_id), each.role, _reach(found, asked, each))
        for each in reaching
    ]
    panel = [Choice(PANEL, _("The panel"), "", "")] if to_whom.may_be_asked(found, asked, PANEL, staff) else []
    return [*panel, *made] if wanted == PANEL else [*made, *panel]


def first_asked(asked: Asked, found: Sequence[Choice]) -> str:
    """Who is asked where nobody was chosen: the first who had no part in it, and only without one somebody who had."""
    others = [each for each in found if each.id not in asked.involved]
    return next((each.id for each in (*others, *found)), "")


def why_not_to(session: Session, asked: Asked, to: str) -> str:
    """Why whoever uses this laptop cannot pass a request on to somebody, as a sentence; "" when they can."""
    return to_whom.why_not_to(limits(session), asked, to, me(session), _roles(session))


def _roles(session: Session) -> Mapping[str, str]:
    """Everybody's role by staff id, as central last sent it, with whoever uses this laptop."""
    return {**roster.roles(session), session.nurse.id: me(session).role}


def reach(session: Session, asked: Asked) -> str:
    """Up to which amount whoever uses this laptop decides, in words; "" where no amount is said."""
    return _reach(limits(session), asked, me(session))


def tier_role(found: Limits, asked: Asked) -> str:
    """The role that the policy's tiers name for a one-off amount; "" for none."""
    if asked.nature != ONE_OFF:
        return ""
    return next((tier.by for tier in found.tiers if tier.to is None or asked.first <= tier.to), "")


def policy_age(session: Session) -> str:
    """Which policy decides here, when it came, and when this laptop last exchanged; a newer one at central counts."""
    version = team_figures.policy(session).version
    if not version:
        return _("Your team has no policy for money yet. Amounts can be worked out; nothing can be decided.")
    record = record_lists.single(session, "policy", None)
    written = next((each.at for each in editing.history(session, record, "version")), "")
    last = _day(sync_state.read(session.store.db, session.team_id).last_at)
    words = _("By version {version} of your team's policy, of {day}.").format(
        version=version, day=_day(written) or _("a day that is not known")
    )
    heard = (
        _("This laptop last heard from the team server on {day}; a newer policy there counts.").format(day=last)
        if last
        else _("This laptop has not heard from the team server since; a newer policy there counts.")
    )
    return f"{words} {heard}"


def _day(at: str) -> str:
    moment = timestamps.local(at)
    return dates.in_words(moment.date().isoformat()) if moment else ""


def _limit(found: Limits, asked: Asked, who: Decider) -> tuple[int, ...]:
    """The lowest of somebody's limits, for their order; the amount that is asked for says which one it is."""
    amounts = [
        amount
        for highest in _highest(found, asked, who)
        for amount in (highest.weekly if asked.weekly else highest.first,)
        if amount is not None
    ]
    return (0, min(amounts)) if amounts else (1,)


def _reach(found: Limits, asked: Asked, who: Decider) -> str:
    """Up to which amount somebody decides, in words."""
    highest = _highest(found, asked, who)
    weekly = [each.weekly for each in highest if each.weekly is not None]
    first = [each.first for each in highest if each.first is not None]
    if weekly and asked.weekly:
        return _("up to \N{POUND SIGN}{sum} a week").format(sum=shown(min(weekly)))
    return _("up to \N{POUND SIGN}{sum}").format(sum=shown(min(first))) if first else ""


def _highest(found: Limits, asked: Asked, who: Decider) -> tuple[Highest, ...]:
    own = found.by_person.get((who.staff_id, asked.nature))
    built = found.own.get((who.role, asked.nature), ()) if who.staff_id in asked.involved else ()
    return (*found.by_role.get((who.role, asked.nature), ()), *((own,) if own else ()), *built)
