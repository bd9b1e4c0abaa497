"""Makes the payments of an approved version of a budget, and says what stands against it."""

from collections.abc import Mapping
from datetime import timedelta

from phb_tui.domain.calendar import dates
from phb_tui.domain.payments import approved
from phb_tui.domain.payments.schedule import Due, is_less
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record, Value
from phb_tui.errors import RuleBroken
from phb_tui.i18n import _
from phb_tui.services.budget import team_figures
from phb_tui.services.payments import approvals
from phb_tui.services.payments.approvals import PAYMENT, Approvals, ApprovedVersion
from phb_tui.services.records import editing
from phb_tui.services.session import Session

_MOST_DIGITS = 3
"""Digits of a number of days; more are taken as damaged."""


def stands_against(session: Session, there: Approvals, version: ApprovedVersion) -> str:
    """Why payments of a version cannot be made, as a sentence that says what to do; "" when they can."""
    if not version.is_confirmed:
        return _("The team server has not confirmed this decision yet, so nothing can be paid. Sync first: F5.")
    content = approved.read(version.approved)
    if content is None:
        return _("This version of the budget cannot be read here. Ask your IT team for the newest version.")
    found = there.schedule_of(version)
    if not found.payments and not found.earlier:
        return _("Nothing of this budget is paid out: the NHS pays for it directly.")
    return taken_over(there, version) or _not_told(there, version) or too_soon(session, there, version)


def taken_over(there: Approvals, version: ApprovedVersion) -> str:
    """That a newer version is paid instead of one; "" when none is."""
    is_over = any(version.version.record_id in found.before for _newer, found in there.running)
    return _("A newer version of this budget is being paid.") if is_over else ""


def _not_told(there: Approvals, version: ApprovedVersion) -> str:
    """That an amount falls and nobody wrote down when the person was told (rule R21)."""
    if version.told_on is not None or not is_less(version.approved, [each.approved for each in there.made]):
        return ""
    return _("The person gets less than before. Write down first when they were told of this decision.")


def too_soon(session: Session, there: Approvals, version: ApprovedVersion) -> str:
    """Why an amount cannot fall on the day that is written; "" when it can.

    The person is told so many days before it, by local policy (rule R21). Who was not told yet can be told today.
    """
    content = approved.read(version.approved)
    if content is None or not is_less(version.approved, [each.approved for each in there.made]):
        return ""
    earliest = (version.told_on or session.today) + timedelta(days=notice_days(session))
    if content.period.first >= earliest:
        return ""
    day = dates.in_full(earliest.isoformat())
    if version.told_on is None:
        return _(
            "The person gets less than before. Told today, it can begin on {day}. Until then the payments stay as "
            "they are. Make a budget that begins then, and ask about that one."
        ).format(day=day)
    return _(
        "The person gets less than before, and was told on {told}. It can begin on {day}. Until then the payments "
        "stay as they are. Make a budget that begins then, and ask about that one."
    ).format(told=dates.in_full(version.told_on.isoformat()), day=day)


def notice_days(session: Session) -> int:
    """Days between telling a person that they get less and the first day of it; 0 where the team's policy has none."""
    kept = str(team_figures.policy(session).text.get("notice_days") or "")
    return int(kept) if kept.isascii() and kept.isdecimal() and len(kept) <= _MOST_DIGITS else 0


def make(session: Session, person_id: str, version_id: str) -> int:
    """Make the payments of a version, all or none; those that are there already stay as they are.

    Returns:
        How many are new.

    Raises:
        RuleBroken: Something stands against it; nothing was made.
        NotSaved: The disk refuses; nothing was made.
    """
    there = approvals.of_person(session, person_id)
    version = next((each for each in there.versions if each.version.record_id == version_id), None)
    if version is None:
        raise RuleBroken(_("Nobody has said yes to this version of the budget, so nothing can be paid."), PAYMENT)
    if say := stands_against(session, there, version):
        raise RuleBroken(say, PAYMENT)
    edits: list[tuple[Record, Mapping[str, Value]]] = []
    for due in there.schedule_of(version).payments:
        record = record_of(session, person_id, due)
        values = fields_of(due)
        if any(record.fields.get(name) != value for name, value in values.items()):
            edits.append((record, values))
    editing.save_all(session, edits)
    return len(edits)


def record_of(session: Session, person_id: str, due: Due) -> Record:
    """The record of a payment; empty until it is made."""
    return editing.read(session, PAYMENT, record_ids.payment_id(due.version_id, due.number), person_id)


def fields_of(due: Due) -> dict[str, Value]:
    """The fields of a payment that the program writes: number and pence as `int`, the day as 2026-11-30."""
    return {
        "budget_version_id": due.version_id,
        "number": due.number,
        "what": due.what,
        "due_on": due.due_on.isoformat(),
        "due": due.pence,
        "way": due.way,
    }
