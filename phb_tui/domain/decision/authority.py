"""Who may decide a request (rule R24): laptop and central ask the same function, so that the sentence is the same."""

from msgspec import Struct

from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.decision.limits import PANEL, Highest, Limits
from phb_tui.i18n import _

APPROVED, CONDITIONS, PART = "approved", "conditions", "part"
DECLINED, DEFERRED, ESCALATED = "declined", "deferred", "escalated"
APPROVING = frozenset({APPROVED, CONDITIONS, PART})
"""Outcomes that say yes to something, for which a limit has to reach."""
PAYABLE = frozenset({APPROVED, CONDITIONS})
"""Outcomes after which the version is paid as it is. A part is not: no figures say which, so it is kept as a version of
its own and decided."""
PASSING_ON = frozenset({DEFERRED, ESCALATED})
"""Outcomes after which the same request is decided again."""
OUTCOMES = APPROVING | PASSING_ON | {DECLINED}
ORDINARY = frozenset({"", "ordinary"})
"""Risks that a limit decides; any other word, also one that is not known here, counts as high."""


class Decider(Struct, frozen=True):
    """Somebody who wants to decide.

    Attributes:
        staff_id: Their staff id.
        role: Their role, at central from its staff list at that moment.
    """

    staff_id: str
    role: str

    @property
    def is_panel(self) -> bool:
        """Whether they decide as a member of the panel."""
        return self.role == PANEL


class Asked(Struct, frozen=True):
    """What is asked for, from the kept version of the budget and the request.

    Attributes:
        nature: ongoing, one_off or wheelchair.
        weekly, first: The version's amounts in pence, a week and in the first year.
        risk: As the request says.
        involved: Staff ids of those who built the version or asked.
        is_newest: Whether the version is the newest of its budget.
        plan_is_newest: Whether the plan is the newest agreed one; true where no plan is asked for.
    """

    nature: str
    weekly: int
    first: int
    risk: str = ""
    involved: frozenset[str] = frozenset()
    is_newest: bool = True
    plan_is_newest: bool = True

    @property
    def is_high_risk(self) -> bool:
        """Whether the risk is anything but ordinary."""
        return self.risk not in ORDINARY


def may_decide(limits: Limits, asked: Asked, who: Decider, outcome: str) -> str:
    """Why somebody may not decide a request with an outcome, as a sentence; "" when they may.

    Args:
        limits: The team's policy.
        asked: What is asked for.
        who: Who decides.
        outcome: One of `OUTCOMES`.
    """
    if not limits.there_is_one:
        return _("The team has no policy for money yet, so nothing can be decided.")
    if outcome not in OUTCOMES:
        return _("Choose what is decided.")
    if who.is_panel and who.staff_id not in limits.panel:
        return _("The team's policy does not name you as a member of the panel, so you cannot decide this.")
    if not who.is_panel and (sentence := _has_no_limit(limits, asked, who)):
        return sentence
    if outcome in PASSING_ON:
        return ""
    return (
        _too_risky(limits, asked, who)
        or _too_involved(limits, asked, who)
        or ("" if outcome == DECLINED else _not_approvable(limits, asked, who))
    )


def reaches(limits: Limits, asked: Asked, who: Decider) -> bool:
    """Whether somebody may approve what is asked for."""
    return not may_decide(limits, asked, who, APPROVED)


def overtaken(asked: Asked) -> str:
    """What came after what is asked for, so that nobody can say yes to it, as a sentence; "" while it is the newest."""
    if not asked.is_newest:
        return _("There is a newer version of this budget.")
    return "" if asked.plan_is_newest else _("The plan was agreed again since.")


def ask_anew(asked: Asked) -> str:
    """The same, with what to do."""
    if not asked.is_newest:
        return _("There is a newer version of this budget. Ask for a decision about that one.")
    if not asked.plan_is_newest:
        return _("The plan was agreed again since. Ask for a decision with the newest plan.")
    return ""


def _own_highest(limits: Limits, asked: Asked, who: Decider) -> tuple[Highest, ...]:
    """Every limit that counts for somebody: the role's and their own."""
    own = limits.by_person.get((who.staff_id, asked.nature))
    return (*limits.by_role.get((who.role, asked.nature), ()), *((own,) if own else ()))


def _has_no_limit(limits: Limits, asked: Asked, who: Decider) -> str:
    of_role = limits.by_role.get((who.role, asked.nature), ())
    if not of_role or any(highest.allows_nothing for highest in _own_highest(limits, asked, who)):
        return _("The team's policy does not say that you may decide about a budget of this kind.")
    return ""


def _too_risky(limits: Limits, asked: Asked, who: Decider) -> str:
    if who.is_panel or not asked.is_high_risk or limits.high_risk_to in {"", who.role}:
        return ""
    if limits.high_risk_to == PANEL:
        return _("The risk is high, so the panel decides this.")
    return _("The risk is high, so someone else decides this: {role}.").format(role=limits.high_risk_to)


def _too_involved(limits: Limits, asked: Asked, who: Decider) -> str:
    if who.staff_id not in asked.involved:
        return ""
    if who.is_panel:
        return _("You built this budget or asked for it, so another member of the panel decides.")
    own = limits.own.get((who.role, asked.nature), ())
    if own and all(highest.reaches(asked.weekly, asked.first) for highest in own):
        return ""
    return _("You built this budget or asked for it, so someone else decides.")


def _not_approvable(limits: Limits, asked: Asked, who: Decider) -> str:
    if (why := ask_anew(asked)) or who.is_panel:
        return why
    for highest in _own_highest(limits, asked, who):
        if not highest.reaches(asked.weekly, asked.first):
            return _above(asked, highest)
    return ""


def _above(asked: Asked, highest: Highest) -> str:
    if highest.weekly is not None and asked.weekly > highest.weekly:
        return _("\N{POUND SIGN}{sum} a week is above what you may decide: \N{POUND SIGN}{limit} a week.").format(
            sum=shown(asked.weekly), limit=shown(highest.weekly)
        )
    return _("\N{POUND SIGN}{sum} in the first year is above what you may decide: \N{POUND SIGN}{limit}.").format(
        sum=shown(asked.first), limit=shown(highest.first or 0)
    )
