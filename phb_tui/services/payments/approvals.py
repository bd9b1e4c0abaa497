"""Which versions of a person's budgets were approved, and which of them are being paid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from phb_tui.domain.calendar import dates
from phb_tui.domain.decision.authority import PAYABLE
from phb_tui.domain.payments.approved import Approved
from phb_tui.domain.payments.schedule import Schedule, schedule
from phb_tui.domain.records.changes import Record
from phb_tui.services.budget import versions
from phb_tui.services.decision import standing
from phb_tui.services.decision.standing import Standing
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session
from phb_tui.store import records

PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class ApprovedVersion:
    """A version of a budget that somebody approved.

    Attributes:
        version: Its record.
        is_confirmed: Whether central holds the decision; nothing may be paid before.
        approved: What the rule of payments reads of it, as central holds it.
        decision: The decision that counts.
        told_on: The day on which the person was told; None when nobody wrote it down.
    """

    version: Record
    is_confirmed: bool
    approved: Approved
    decision: Record
    told_on: date | None


@dataclass(frozen=True, slots=True)
class Approvals:
    """A person's approved versions.

    Attributes:
        versions: All of them, by budget and number.
        payments: Every payment of the person that was made, also one that somebody removed: what is due does not
            depend on it.
    """

    versions: Sequence[ApprovedVersion]
    payments: Sequence[Record]

    @property
    def made(self) -> list[ApprovedVersion]:
        """Those of which payments were made."""
        there = {each.text("budget_version_id") for each in self.payments}
        return [each for each in self.versions if each.is_confirmed and each.version.record_id in there]

    def schedule_of(self, version: ApprovedVersion) -> Schedule:
        """What a version gives after those of which payments were made."""
        return schedule(version.approved, [each.approved for each in self.made])

    @property
    def running(self) -> list[tuple[ApprovedVersion, Schedule]]:
        """Those that are being paid, each with what is due by it; one that another follows is in that one's."""
        found = [(each, self.schedule_of(each)) for each in self.made]
        gone = {version_id for _each, there in found for version_id in there.before}
        return [(each, there) for each, there in found if each.version.record_id not in gone]

    @property
    def to_make(self) -> list[ApprovedVersion]:
        """Those of which payments are still to be made; not one that a newer one has taken the place of."""
        running = self.running
        gone = {version_id for each in self.versions if each.is_confirmed for version_id in self._before(each)}
        there = {each.version.record_id for each, _found in running} | gone
        return [each for each in self.versions if each.version.record_id not in there]

    @property
    def newest(self) -> list[ApprovedVersion]:
        """The confirmed versions whose lines count: those that are being paid, and first ones that are not yet."""
        running = [each for each, _found in self.running]
        ids = {each.version.record_id for each in running}
        return running + [each for each in self.to_make if each.is_confirmed and not self._before(each) & ids]

    def _before(self, version: ApprovedVersion) -> frozenset[str]:
        """Ids of the confirmed versions that one follows or takes the place of."""
        return schedule(version.approved, [each.approved for each in self.versions if each.is_confirmed]).before


def of_person(session: Session, person_id: str) -> Approvals:
    """A person's approved versions and the payments that were made."""
    db, team_id = session.store.db, session.team_id
    kept = [each for each in record_lists.of(session, versions.KIND, person_id) if each.text("number")]
    there = standing.of_person(session, person_id) if kept else []
    found = (_approved(session, version, there) for version in kept)
    payments = [
        each for each in records.of_person(db, team_id, person_id, PAYMENT) if each.fields.get("due") is not None
    ]
    order = sorted(
        filter(None, found), key=lambda each: (each.version.text("budget_id"), versions.number(each.version))
    )
    return Approvals(order, payments)


def _approved(session: Session, version: Record, there: Iterable[Standing]) -> ApprovedVersion | None:
    approval = standing.approval(session, version)
    if approval is None:
        return None
    about = [
        each
        for each in there
        if each.request.text("version_id") == version.record_id and each.outcome in PAYABLE and each.newest
    ]
    held = records.held(session.store.db, session.team_id, version.record_id) if approval.is_confirmed else {}
    days = [each.newest.text("decided_on") for each in about if each.newest and each.is_confirmed]
    decided = min(filter(dates.is_date, days), key=dates.sort_key, default=approval.decision.text("decided_on"))
    told = [day for each in about for telling in each.told if (day := dates.first_day(telling.text("told_on")))]
    return ApprovedVersion(
        version,
        approval.is_confirmed,
        Approved(version.record_id, held or version.fields, decided),
        approval.decision,
        min(told, default=None),
    )
