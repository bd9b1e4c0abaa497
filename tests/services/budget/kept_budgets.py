"""Keeps a worked example of the budget as records of a person, as its screens would."""

from collections.abc import Mapping, Sequence

from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.records.changes import Record
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session

LINKS = {"id", "worker_id", "replaces_id"}


def keep(session: Session, person_id: str, example: Records, **more: str) -> Record:
    """Keep an example; more fields are the budget's own."""
    workers = dict(_keep(session, person_id, "worker", [(texts, {}) for texts in example.workers]))
    ((_, budget_id),) = _keep(session, person_id, "budget", [(example.budget, more)])
    for kind, lines in (("shift", example.shifts), ("cost", example.costs)):
        links = [{"worker_id": workers[texts["worker_id"]]} if "worker_id" in texts else {} for texts in lines]
        rows = [(texts, {"budget_id": budget_id, **link}) for texts, link in zip(lines, links, strict=True)]
        _keep(session, person_id, kind, rows)
    return editing.read(session, "budget", budget_id, person_id)


def _keep(
    session: Session, person_id: str, kind: str, rows: Sequence[tuple[Mapping[str, str], Mapping[str, str]]]
) -> list[tuple[str, str]]:
    """Keep records of a kind in their order, with more fields of each; the id in the example, and the kept one.

    Ids of one millisecond have no order, and lists go by id, so they are sorted first.
    """
    new = sorted((record_lists.new(session, kind, person_id) for _ in rows), key=lambda record: record.record_id)
    for record, (texts, more) in zip(new, rows, strict=True):
        editing.save(session, record, {**{name: text for name, text in texts.items() if name not in LINKS}, **more})
    return [(texts["id"], record.record_id) for record, (texts, _) in zip(new, rows, strict=True)]
