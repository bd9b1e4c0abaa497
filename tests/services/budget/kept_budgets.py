"""Keeps a worked example of the budget as records of a person, as its screens would."""

from collections.abc import Mapping

from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.records.changes import Record
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session

LINKS = {"id", "worker_id", "replaces_id"}


def keep(session: Session, person_id: str, example: Records, **more: str) -> Record:
    """Keep an example; more fields are the budget's own."""
    workers = {texts["id"]: _keep(session, person_id, "worker", texts).record_id for texts in example.workers}
    budget = _keep(session, person_id, "budget", example.budget, **more)
    for kind, lines in (("shift", example.shifts), ("cost", example.costs)):
        for texts in lines:
            worker = {"worker_id": workers[texts["worker_id"]]} if "worker_id" in texts else {}
            _keep(session, person_id, kind, texts, budget_id=budget.record_id, **worker)
    return budget


def _keep(session: Session, person_id: str, kind: str, texts: Mapping[str, str], **more: str) -> Record:
    own = {name: text for name, text in texts.items() if name not in LINKS}
    return editing.save(session, record_lists.new(session, kind, person_id), {**own, **more})
