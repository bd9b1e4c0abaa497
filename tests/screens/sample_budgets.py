"""A budget with lines, needs and a kept version, for screens of the harness."""

from phb_tui.domain.budget import version_content
from phb_tui.domain.records.changes import Record
from phb_tui.errors import RuleBroken
from phb_tui.services.budget import budgets, versions
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session

NAME = "At home and choir"
HOURS = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "7:00")


def budget(session: Session, person: Record) -> Record:
    """A budget with hours for one need, a cost for none, and a need that nothing meets; made once."""
    if there := [each for each in budgets.all_of(session, person.record_id) if each.text("name") == NAME]:
        return there[0]

    def add(kind: str, /, **values: str) -> Record:
        return editing.save(session, record_lists.new(session, kind, person.record_id), dict(values))

    def add_all(kind: str, *each: dict[str, str]) -> list[Record]:
        """Records in this order: ids of one moment are in an order of chance."""
        new = sorted((record_lists.new(session, kind, person.record_id) for _values in each), key=lambda r: r.record_id)
        return [editing.save(session, record, dict(values)) for record, values in zip(new, each, strict=True)]

    words = ("Go to choir again", "Ask about a lift", "A phone number")
    needs = add_all("need", *({"words": each} for each in words))
    editing.save(session, needs[1], {"met": "unpaid"})
    add("contact", name="Bea", is_carer="yes")
    worker = add("worker", name="Ada Okafor", age="22_plus")
    made = add(
        "budget", name=NAME, purpose="final", start_date="2026-12-07", end_date="2027-12-05", contingency_weeks="4",
        enough="partly", enough_words="Only a little",
    )  # fmt: skip
    link = record_lists.parent_link(made, "shift")
    add("shift", **link, **HOURS, worker_id=worker.record_id, rate="13.20", need_id=needs[0].record_id)
    cost = {**link, "what": "choir", "kind": "activity"}
    add_all("cost", {**cost, "price": "29.99", "often": "month"}, {**cost, "need_id": needs[0].record_id})
    return made


def version(session: Session, person: Record) -> Record:
    """A version of it that was kept before the last line was begun."""
    made = budget(session, person)
    if there := versions.all_of(session, made):
        return there[0]
    cost = budgets.read(session, made).costs[-1]
    editing.save(session, cost, {"price": "10.00", "often": "week"})
    values = {"agreed_by": "Rhys Price", "agreed_how": "said", "agreed_on": "2026-11-20", "lacking": "Only a little"}
    link = record_lists.parent_link(made, versions.KIND)
    draft = editing.save(session, versions.being_kept(session, made), {**link, **values})
    found = versions.candidate(session, made)
    try:
        kept = versions.keep(session, found, draft)
    except RuleBroken:  # what chance has written stands against it
        content = {**draft.fields, **version_content.content(found.texts, found.worked)}
        kept = versions.save_kept(session, person.record_id, made.record_id, content, draft)
    editing.save(session, cost, {"price": ""})
    return kept
