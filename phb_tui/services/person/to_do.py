"""What is to be done for a person, counted in one way: tasks, and actions of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass

from phb_tui.content import statuses
from phb_tui.content.statuses import NOT_NEEDED
from phb_tui.domain.calendar import timestamps, whole_days
from phb_tui.domain.records.changes import YES, Record
from phb_tui.i18n import _
from phb_tui.services.records import editing, record_lists, set_up_tasks
from phb_tui.services.session import Session


@dataclass(frozen=True, slots=True)
class Counts:
    """The tasks and actions of a person, by how they stand.

    Attributes:
        open: Those that wait to be done.
        done: Those that are over.
        dropped: Tasks of setting up that are not needed any more, in their order.
    """

    open: Sequence[Record]
    done: Sequence[Record]
    dropped: Sequence[Record]

    @property
    def words(self) -> str:
        """How many are done of all that are needed; "" where there is none."""
        all_of_them = len(self.open) + len(self.done)
        return _("{done} of {all} done").format(done=len(self.done), all=all_of_them) if all_of_them else ""


def counts(session: Session, person_id: str) -> Counts:
    """Every task and every action of a person's plan."""
    everything = [each for kind in ("task", "action") for each in record_lists.of(session, kind, person_id)]
    places = set_up_tasks.rank(person_id)
    over = [each for each in everything if record_lists.has_ended(session, each)]
    dropped = [each for each in over if each.text(NOT_NEEDED) and each.text("done") != YES]
    dropped.sort(key=lambda each: places.get(each.record_id, len(places)))
    done = [each for each in over if each not in dropped]
    return Counts([each for each in everything if each not in over], done, dropped)


def over_since(session: Session, record: Record) -> str:
    """The day on which it was written that something is over, in short; "" where nobody knows."""
    over = {"done": {YES}, "status": {statuses.code(record)}} if statuses.code(record) else {"done": {YES}}
    found = [
        version.at
        for name, values in over.items()
        for version in editing.history(session, record, name)[:1]
        if version.value in values
    ]
    written = timestamps.local(max(found)) if found else None
    return whole_days.in_shortest(written.date().isoformat(), session.today) if written is not None else ""
