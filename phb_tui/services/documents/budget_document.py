"""The budget on paper: the chapter in the plan, and a statement of its own."""

from collections.abc import Iterator, Mapping, Sequence

from phb_tui.documents.model import Block, Document, Facts, Heading, Plain
from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record
from phb_tui.errors import UnknownRecord
from phb_tui.i18n import _
from phb_tui.services.budget import statement
from phb_tui.services.budget.statement import Statement
from phb_tui.services.documents import budget_blocks, decided_blocks, if_not_agreed
from phb_tui.services.documents.budget_amounts import Where
from phb_tui.services.documents.document_head import DocumentHead
from phb_tui.services.documents.document_values import Changes, DocumentValues
from phb_tui.services.person import caseload
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

NAMED = ("need", "goal", "worker", "shift", "cost")
"""Kinds of record that are named beside an amount."""

Everything = Mapping[str, Sequence[Record]]


def chapter(session: Session, values: DocumentValues, everything: Everything) -> Iterator[Block]:
    """What a plan says about each budget, and about the newest agreement.

    Of a budget that is its newest kept version, or what was told first where none was kept, and the newest decision.

    Args:
        session: The session.
        values: Reads the fields.
        everything: The person's records by kind.
    """
    records = _named(everything)
    for budget, version in statement.chosen(everything, session):
        where = Where(values, records, 3)
        found = (
            list(budget_blocks.in_plan(statement.of_version(session, budget, version), where))
            if version is not None
            else list(budget_blocks.told_first(budget, where))
        )
        found += decided_blocks.decision(session, values, everything, budget)
        if found:
            yield Heading(2, _("Budget: {name}").format(name=_title(values, budget)))
            yield from found
    yield from decided_blocks.agreement(session, values, everything)


def budget_statement(
    session: Session, person_id: str, budget_id: str, *, as_it_is: bool = False, version_id: str = ""
) -> Document:
    """A statement about one budget: its newest kept version, or the budget as it is now where none was kept.

    Args:
        session: The session.
        person_id: Whose budget it is.
        budget_id: The budget.
        as_it_is: Whether to print the budget as it is now although a version was kept.
        version_id: Of the version to print; "" for the one that counts.

    Raises:
        UnknownRecord: The person or the budget is not on this laptop, or not any more.
    """
    person = caseload.person(session, person_id)
    everything = {**record_lists.everything(session, person_id, undecided=True), "person": [person]}
    budget = next((each for each in everything.get("budget", ()) if each.record_id == budget_id), None)
    if budget is None:
        raise UnknownRecord("This budget is not on this laptop. Press F5 to get the newest changes, then look again.")
    chosen = next((each for each in statement.versions_of(everything, budget) if each.record_id == version_id), None)
    version = None if as_it_is else chosen or statement.kept_version(session, budget)
    values = DocumentValues(session, person_id, everything, agreed="", changes=Changes(), ids=False)
    head = DocumentHead(session, values, everything)
    found = (
        statement.of_version(session, budget, version) if version is not None else statement.of_budget(session, budget)
    )
    blocks = [
        *budget_blocks.blocks(found, Where(values, _named(everything), 1)),
        *_ask_again(session, values),
    ]
    title = _("My budget, {name}").format(name=_title(values, budget))
    standing = f"{_standing(session, found)} {head.ask_for_change()}"
    return Document(title, head.preferred_name(), standing, tuple(blocks), values.warning(), head.identity())


def _named(everything: Everything) -> dict[str, Record]:
    return {record.record_id: record for kind in NAMED for record in everything.get(kind, ())}


def _title(values: DocumentValues, budget: Record) -> str:
    return values.line_of(budget, "name") or _("the budget")


def _standing(session: Session, found: Statement) -> str:
    today = dates.in_full(session.today.isoformat())
    if found.version is None:
        return _("As it is written on {today}. It was not kept as a version yet.").format(today=today)
    return _("Version {number}. Printed on {today}.").format(number=found.version.text("number"), today=today)


def _ask_again(session: Session, values: DocumentValues) -> Iterator[Block]:
    local = record_lists.single(session, "local", None)
    yield Heading(1, _("If it is not enough"))
    yield Plain(_("I can ask for this budget to be looked at again at any time, and say why it is not enough."))
    rows = [
        (label, words)
        for name, label in (("contact", _("Whom to ask")), ("response", _("How long an answer takes")))
        if (words := values.words(local, name))
    ]
    if rows:
        yield Facts(tuple(rows))
    yield from if_not_agreed.blocks(session, values)
