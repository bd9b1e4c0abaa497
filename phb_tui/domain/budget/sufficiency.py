"""Whether a budget is enough: which need is met by what, and which lines are for no need (rule R18)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from phb_tui.domain.records.changes import Record

COMMISSIONED, UNPAID, NOT_NOW, OTHER_BUDGET = "commissioned", "unpaid", "not_now", "other_budget"
EMPLOYING = frozenset({
    "training_time", "training_course", "insurance", "payroll", "managed_account_fee", "management_fee",
    "recruitment", "dbs", "ending_employment",
})  # fmt: skip
"""Sorts of cost that come with employing or with the way of managing, and are for no need of their own."""


class Standing(StrEnum):
    """How a need stands."""

    COVERED = "covered"
    OTHERWISE = "otherwise"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Plan:
    """What of the plan the rule reads.

    Attributes:
        supports: Support under goals, as records.
        contacts: The people in somebody's life, carers among them.
    """

    needs: Sequence[Record]
    goals: Sequence[Record] = ()
    supports: Sequence[Record] = ()
    contacts: Sequence[Record] = ()


@dataclass(frozen=True, slots=True)
class NeedMet:
    """A need, and what meets it.

    Attributes:
        need: The need.
        standing: How it stands.
        lines: The shifts and costs that name it or a goal of it, and count.
        supports: Unpaid support of a goal of it that counts.
        how: What meets it outside the budget: commissioned, unpaid, not_now or other_budget; "" for none of these.
        to_ask: Carers on whom it rests of whom nobody has written whether they are willing to go on.
    """

    need: Record
    standing: Standing
    lines: tuple[Record, ...] = ()
    supports: tuple[Record, ...] = ()
    how: str = ""
    to_ask: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """How every need stands, and the lines that are for none."""

    needs: tuple[NeedMet, ...]
    orphans: tuple[Record, ...]

    @property
    def not_covered(self) -> tuple[NeedMet, ...]:
        """The needs that nothing meets yet."""
        return tuple(each for each in self.needs if each.standing is Standing.NOTHING)


def sufficiency(
    plan: Plan, lines: Sequence[Record], counting: Collection[str], elsewhere: Iterable[Record] = ()
) -> Sufficiency:
    """Say of each need what meets it, and which lines are for no need.

    Args:
        plan: Needs, goals, support and the people in somebody's life.
        lines: The budget's shifts and costs.
        counting: Ids of those that can be worked out and are in the budget; another meets nothing yet.
        elsewhere: Lines of the person's other budgets that were kept and still run.
    """
    needs = tuple(_need_met(plan, need, lines, counting, elsewhere) for need in plan.needs)
    known = {record.record_id for record in (*plan.needs, *plan.goals)}
    orphans = (line for line in lines if line.text("kind") not in EMPLOYING and not known & _links(line))
    return Sufficiency(needs, tuple(orphans))


def _need_met(
    plan: Plan, need: Record, lines: Sequence[Record], counting: Collection[str], elsewhere: Iterable[Record]
) -> NeedMet:
    goals = {goal.record_id for goal in plan.goals if goal.text("need_id") == need.record_id}
    names = {need.record_id, *goals}
    meets = tuple(line for line in lines if line.record_id in counting and names & _links(line))
    unpaid = [each for each in plan.supports if each.text("goal_id") in goals and each.text("kind") == UNPAID]
    counted = tuple(each for each in unpaid if _asked(plan, each.text("provider")))
    if meets or counted:
        return NeedMet(need, Standing.COVERED, meets, counted)
    how = need.text("met")
    if how in {COMMISSIONED, NOT_NOW} or (how == UNPAID and _asked(plan, need.text("met_words"))):
        return NeedMet(need, Standing.OTHERWISE, how=how)
    if any(names & _links(line) for line in elsewhere):
        return NeedMet(need, Standing.OTHERWISE, how=OTHER_BUDGET)
    rests_on = [each.text("provider") for each in unpaid] + ([need.text("met_words")] if how == UNPAID else [])
    to_ask = {each.record_id: each for words in rests_on for each in _to_ask(plan, words)}
    return NeedMet(need, Standing.NOTHING, how=how if how == UNPAID else "", to_ask=tuple(to_ask.values()))


def _links(line: Record) -> set[str]:
    return {line.text("need_id"), line.text("goal_id")} - {""}


def _carers(plan: Plan, words: str) -> list[Record]:
    """The people whom some words name; the carers when they name nobody."""
    said = words.casefold()
    named = [each for each in plan.contacts if (name := each.text("name").strip().casefold()) and name in said]
    return named or [each for each in plan.contacts if each.text("is_carer") == "yes"]


def _to_ask(plan: Plan, words: str) -> list[Record]:
    return [carer for carer in _carers(plan, words) if not carer.text("carer_willing").strip()]


def _asked(plan: Plan, words: str) -> bool:
    """Whether it is written of everybody on whom unpaid support rests whether they are willing to go on."""
    return bool(_carers(plan, words)) and not _to_ask(plan, words)
