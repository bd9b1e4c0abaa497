"""What a request is about: the newest kept version of a budget, the newest agreed plan, and the amounts."""

from dataclasses import dataclass

from phb_tui.domain.budget.version_content import FINAL
from phb_tui.domain.decision import contents
from phb_tui.domain.decision.asked_version import read_version
from phb_tui.domain.decision.authority import Asked, ask_anew
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.services.budget import budgets, versions
from phb_tui.services.decision import standing
from phb_tui.services.decision.standing import Standing
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session
from phb_tui.store import change_log, records

"""Purpose of a budget that nobody is asked about."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a request would be about.

    Attributes:
        budget: The budget.
        version: Its newest kept version, which is final; None where there is none.
        plan: The newest agreed version of the plan; None where there is none.
    """

    budget: Record
    version: Record | None
    plan: Record | None


def all_of(session: Session, person_id: str) -> list[Subject]:
    """What a request could be about: each budget that is no "what if", the newest first.

    Those with a final version that nobody has asked about yet come before others.
    """
    plan = next(iter(plan_versions.versions(session, person_id)), None)
    found = [Subject(budget, _final(session, budget), plan) for budget in reversed(budgets.meant(session, person_id))]
    asked_about = {each.request.text("version_id") for each in standing.of_person(session, person_id)}

    def order(subject: Subject) -> tuple[bool, bool]:
        return subject.version is None, subject.version is not None and subject.version.record_id in asked_about

    return sorted(found, key=order)


def of_version(session: Session, version: Record) -> Subject | None:
    """What a request about a kept version is about; None when its budget is gone."""
    person_id = version.person_id or ""
    found = (each for each in all_of(session, person_id) if each.budget.record_id == version.text("budget_id"))
    return next(found, None)


def asked(session: Session, subject: Subject, risk: str) -> Asked | None:
    """What whoever uses this laptop would ask for; None while there is no version that can be read."""
    return about(subject.version, risk, {session.nurse.id}) if subject.version is not None else None


def about(
    version: Record, risk: str, who_asked: set[str], *, is_newest: bool = True, plan_is_newest: bool = True
) -> Asked | None:
    """What is asked for with a kept version; None when it cannot be read, and then nobody may decide."""
    read = read_version(version.fields)
    if read is None:
        return None
    involved = read.built_by | who_asked
    return Asked(
        read.nature, read.weekly, read.first, risk, involved, is_newest=is_newest, plan_is_newest=plan_is_newest
    )


def version_of(session: Session, request: Record) -> Record | None:
    """The kept version of the budget that a request is about; None when it is not on this laptop or was removed."""
    found = records.get(session.store.db, session.team_id, request.text("version_id"))
    fits = found is not None and found.kind == versions.KIND and found.person_id == request.person_id
    return found if found is not None and fits and record_lists.is_listed(found) else None


def asked_by(session: Session, request: Record) -> set[str]:
    """Staff ids of those who asked."""
    return change_log.authors(session.store.db, session.team_id, request.record_id, contents.DECIDED_ABOUT)


def asked_of(session: Session, request: Record) -> Asked | None:
    """What a request asks for, by its version and by what is newest on this laptop; None when that cannot be read."""
    version = version_of(session, request)
    if version is None:
        return None
    person_id, plan_id = request.person_id or "", request.text("plan_id")
    kept = record_lists.of(session, versions.KIND, person_id)
    of_budget = [each for each in kept if each.text("budget_id") == version.text("budget_id")]
    newest = next(iter(versions.newest_first(of_budget)), None)
    plan = next(iter(plan_versions.versions(session, person_id)), None)
    return about(
        version,
        request.text("risk"),
        asked_by(session, request),
        is_newest=newest is not None and newest.record_id == version.record_id,
        plan_is_newest=not plan_id or (plan is not None and plan.record_id == plan_id),
    )


def overtaken_shortly(session: Session, there: Standing) -> str:
    """What came after a waiting request, and what to do, in a few words; "" where nobody has to ask anew."""
    about = asked_of(session, there.request)
    if not there.is_waiting or about is None or not ask_anew(about):
        return ""
    if not about.is_newest:
        return _("There is a newer version: ask about it")
    return _("The plan was agreed again: ask anew")


def overtaken(session: Session, there: Standing) -> str:
    """What to do about a waiting request that nobody can say yes to any more, as a sentence; "" for any other."""
    about = asked_of(session, there.request) if there.is_waiting else None
    return ask_anew(about) if about is not None else ""


def waiting_about(session: Session, budget: Record) -> list[tuple[Standing, Record]]:
    """The requests about a budget that nobody has said yes or no to, each with its version, newest first."""
    found = standing.of_person(session, budget.person_id or "")
    about = ((there, version_of(session, there.request)) for there in found if there.is_waiting)
    return [(there, kept) for there, kept in about if kept and kept.text("budget_id") == budget.record_id]


def _final(session: Session, budget: Record) -> Record | None:
    """A budget's newest kept version if that is final."""
    newest = next(iter(versions.all_of(session, budget)), None)
    return newest if newest is not None and newest.text("for") == FINAL else None
