"""Decisions that came and that the person was not told yet, and what is wrong with the day of a telling."""

from collections.abc import Iterable, Iterator

from phb_tui.domain.decision import tellings
from phb_tui.domain.decision.tellings import Wrong
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.services.decision.standing import Standing
from phb_tui.services.session import Session

SAY = {
    Wrong.NO_DAY: N_("day missing"),
    Wrong.TO_COME: N_("day in the future"),
    Wrong.TOO_EARLY: N_("before it was decided"),
}


def among(session: Session, found: Iterable[Standing]) -> Iterator[Standing]:
    """Those of some requests whose final decision is confirmed and was not told, by a telling with a day."""
    for there in found:
        newest = there.newest
        if newest is None or there.is_waiting or not there.is_confirmed:
            continue
        decided = newest.text("decided_on")
        days = (each.text("told_on") for each in there.told)
        if all(tellings.wrong(day, decided, session.today) is not None for day in days):
            yield there


def wrong(session: Session, there: Standing, telling: Record) -> Wrong | None:
    """What is wrong with the day of a telling: it may be of any decision about the request, so of the first one on."""
    first = there.decisions[0].text("decided_on") if there.decisions else ""
    return tellings.wrong(telling.text("told_on"), first, session.today)


def what_is_wrong(session: Session, there: Standing, telling: Record) -> str:
    """The same in a few words; "" where nothing is."""
    found = wrong(session, there, telling)
    return _(SAY[found]) if found is not None else ""
