"""Budgets of the worked examples on a laptop, written by the services and not by keys."""

from pathlib import Path

from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.records.changes import Record
from phb_tui.services.budget import budgets, versions
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.journeys import laptops


def write(session: Session, person_id: str, example: Records, **own: str) -> Record:
    """An example's budget, with its workers, hours and costs.

    Args:
        session: The laptop.
        person_id: Whose budget it is.
        example: One of `tests.domain.budget.examples`.
        own: Fields of the budget that the example leaves open.
    """
    ids: dict[str, str] = {}

    def add(kind: str, texts: dict[str, str], link: dict[str, str]) -> Record:
        values = {name: ids.get(text, text) if name == "worker_id" else text for name, text in texts.items()}
        values.pop("id")
        made = editing.save(session, record_lists.new(session, kind, person_id), {**link, **values})
        ids[texts["id"]] = made.record_id
        return made

    for texts in example.workers:
        add("worker", dict(texts), {})
    budget = add("budget", {**example.budget, **own}, {})
    link = record_lists.parent_link(budget, "shift")
    for kind, each in (("shift", example.shifts), ("cost", example.costs)):
        for texts in each:
            add(kind, dict(texts), link)
    return budget


def keep(session: Session, budget: Record) -> Record:
    """Keep a version of a budget to which the person said yes."""
    draft = versions.being_kept(session, budget)
    values = {"agreed_by": "Ann Example", "agreed_how": "said", "agreed_on": "today", "lacking": "No needs yet"}
    found = editing.save(session, draft, {**record_lists.parent_link(budget, versions.KIND), **values})
    return versions.keep(session, versions.candidate(session, budget), found)


def newest(data: Path, person_id: str) -> Record:
    """The newest version of the only budget on a laptop."""
    with laptops.opened(data) as session:
        (budget,) = budgets.all_of(session, person_id)
        return versions.all_of(session, budget)[0]


def only_person(session: Session) -> str:
    """The id of the only person on a laptop."""
    (row,) = session.store.db.query("SELECT record_id FROM record WHERE kind = 'person'")
    return str(row["record_id"])
