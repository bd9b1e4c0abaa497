"""What stands against asking for a decision, and what is only to be thought of before."""

from collections.abc import Iterator
from dataclasses import dataclass

from phb_tui.domain.budget.version_content import INDICATIVE
from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.services.budget import budgets, versions
from phb_tui.services.decision import deciders, standing, subjects
from phb_tui.services.decision.standing import Standing
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session


@dataclass(frozen=True, slots=True)
class Stop:
    """Something that stands against asking, or is only worth a thought.

    Attributes:
        say: What it is, in one sentence.
        place: The screen on which it is mended, by its name; "" where there is none.
        record: The record that is mended in its form; None where a screen is.
        field: The field in it.
        is_reminder: Whether one may ask all the same.
    """

    say: str
    place: str = ""
    record: Record | None = None
    field: str = ""
    is_reminder: bool = False


def standing_against(session: Session, subject: subjects.Subject | None, draft: Record) -> list[Stop]:
    """What stands against asking, and then what is only to be thought of.

    Args:
        session: The session.
        subject: What would be asked about; None where the person has no budget.
        draft: The request that is being written.
    """
    overtaken = _overtaken(session, subject) if subject is not None else ()
    return [*stops(session, subject, draft), *_reminders(session, draft.person_id or ""), *overtaken]


def stops(session: Session, subject: subjects.Subject | None, draft: Record) -> Iterator[Stop]:
    """What stands against asking; arguments as for `standing_against`."""
    person_id = draft.person_id or ""
    if not deciders.limits(session).there_is_one:
        yield Stop(_("Your team has no policy for money yet. Amounts can be worked out; nothing can be decided."))
    if subject is None:
        yield Stop(_("There is no budget yet. Work one out first."), "budget")
        return
    yield from _of_version(session, subject)
    yield from _of_plan(session, person_id, subject)
    yield from (Stop(say, "conflicts") for say in plan_versions.conflicts_to_resolve(session, person_id, staff=False))
    yield from _asked_already(session, subject, draft)


def _of_version(session: Session, subject: subjects.Subject) -> Iterator[Stop]:
    budget, version = subject.budget, subject.version
    place = f"keep_budget:{budget.record_id}"
    if version is None:
        yield Stop(_("No version of the budget is kept to be decided about. Keep one first."), place)
    elif subjects.asked(session, subject, "") is None:
        yield Stop(_("The kept version cannot be read on this laptop. Keep the budget again as a new version."), place)
    elif versions.is_changed(versions.candidate(session, budget), version):
        say = _("The budget is no longer what version {number} says. Keep it as a new version first.")
        yield Stop(say.format(number=version.text("number")), place)


def _of_plan(session: Session, person_id: str, subject: subjects.Subject) -> Iterator[Stop]:
    if subject.plan is None:
        yield Stop(_("The plan is not agreed yet. Agree it first."), "plan")
    elif plan_versions.changed_content(session, person_id):
        say = _("The plan was changed since version {number} was agreed. Agree it again first.")
        yield Stop(say.format(number=subject.plan.text("number")), "plan")


def _asked_already(session: Session, subject: subjects.Subject, draft: Record) -> Iterator[Stop]:
    """A request about the same version that waits, or its newest decision when none about it is looked at again."""
    found = standing.of_person(session, draft.person_id or "")
    about = [each for each in found if subject.version and each.request.text("version_id") == subject.version.record_id]
    for there in about:
        if there.is_waiting and not subjects.overtaken(session, there):
            say = _("A decision about this version was asked for on {day} and is not there yet.")
            yield Stop(say.format(day=dates.in_words(there.request.text("asked_on"))), "decisions")
    decided = [each for each in about if not each.is_waiting]
    if decided and not any(_looks_again_at(draft, each) for each in decided):
        say = _("This version was decided about on {day}. Choose 'Ask for another look' below that decision.")
        day = decided[0].newest.text("decided_on") if decided[0].newest else ""
        yield Stop(say.format(day=dates.in_words(day)), "decisions")


def _looks_again_at(draft: Record, there: Standing) -> bool:
    return bool(draft.text("again_id")) and draft.text("again_id") in {each.record_id for each in there.decisions}


def _overtaken(session: Session, subject: subjects.Subject) -> Iterator[Stop]:
    """Requests about the same budget that nobody can say yes to any more: they are worth being withdrawn."""
    for there, version in subjects.waiting_about(session, subject.budget):
        if subjects.overtaken(session, there):
            say = _("A decision about version {number} is still waited for. Withdraw that request.")
            yield Stop(say.format(number=version.text("number")), "decisions", is_reminder=True)


def _reminders(session: Session, person_id: str) -> Iterator[Stop]:
    """The indicative amount that was never told: it is worth a thought and stops nothing."""
    found = budgets.meant(session, person_id)
    kept = record_lists.of(session, versions.KIND, person_id)
    told = any(each.text("told_on") for each in found)
    if found and not told and not any(each.text("for") == INDICATIVE and each.text("number") for each in kept):
        say = _("Nothing says when the person was told about how much money there is.")
        yield Stop(say, record=found[-1], field="told_on", is_reminder=True)
