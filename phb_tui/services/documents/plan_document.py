"""Builds the plan document: the person's own words first, then what was agreed, then contacts."""

from collections.abc import Iterator
from pathlib import Path

from phb_tui.documents.model import Block, Document, Heading, Items, Layout, Plain
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.services.documents import budget_document, front_sheet, if_not_agreed
from phb_tui.services.documents.document_head import DocumentHead
from phb_tui.services.documents.document_values import Changes, DocumentValues
from phb_tui.services.documents.record_blocks import RecordBlocks
from phb_tui.services.person import caseload
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session
from phb_tui.system import print_folder

MONEY = N_("The money")
CHAPTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("About me"), ("about_me",)),
    (N_("How to communicate with me"), ("accessible_need", "adjustment")),
    (N_("What is good, and what already works"), ("strength",)),
    (N_("What is hard, and what I need"), ("need", "formulation")),
    (N_("My goals"), ("goal",)),
    (N_("Positive risk taking"), ("risk",)),
    (N_("If something goes wrong"), ("contingency",)),
    (N_("Healthcare tasks done by personal assistants"), ("delegated_task",)),
    (N_("Other plans"), ("additional_plan",)),
    (MONEY, ("money_choice", "setup", "excluded_spend")),
    (N_("What happens next"), ("task",)),
    (N_("About this plan"), ("care_plan",)),
    (N_("People around me"), ("contact", "professional", "gp")),
)
"""Chapters of the person's copy in order, each with its kinds of record."""

FULL: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Name, numbers, address"), ("person", "address", "contact_detail", "equality")),
    (N_("What was explained to me, and how my needs were assessed"), ("information", "assessment")),
    (N_("Consent"), ("consent",)),
)
"""Further chapters of the professionals' copy."""


def plan(session: Session, person_id: str, *, full: bool = False, version: Record | None = None) -> Document:
    """Build the plan document.

    Args:
        session: The session.
        person_id: Whose plan it is.
        full: The copy for professionals: every field, with numbers and codes.
        version: A version that was agreed; None for the plan as it is now, with what changed since the last one marked.

    Raises:
        UnknownRecord: The person is not on this laptop, or not any more.
    """
    person = caseload.person(session, person_id)
    everything = record_lists.everything(session, person_id, undecided=True)
    everything["person"] = [person]
    changes, unchanged = Changes(), version
    if version is not None:
        # What is not part of the plan, such as answers to equality questions, is as it is now.
        beside = {kind: found for kind, found in everything.items() if kind not in plan_versions.plan_kinds()}
        agreed = plan_versions.snapshot(version, person)
        everything = {**beside, **agreed, "person": agreed.get("person") or [person]}
    elif last := next(iter(plan_versions.versions(session, person_id)), None):
        found = plan_versions.changed(session, person_id)
        changes = Changes.of(last.text("number"), found)
        unchanged = None if found else last
    number = version.text("number") if version is not None else ""
    values = DocumentValues(session, person_id, everything, agreed=number, changes=changes, ids=full)
    head = DocumentHead(session, values, everything)
    front = front_sheet.blocks(session, values, everything, full=full)
    writer = RecordBlocks(values, everything, full=full)
    chapters = (*CHAPTERS, *FULL) if full else CHAPTERS
    blocks: list[Block] = []
    for title, kinds in chapters:
        chapter = [*writer.chapter(_(title), kinds)]
        if title == MONEY and (budgets := [*budget_document.chapter(session, values, everything)]):
            chapter = [*(chapter or [Heading(1, _(title))]), *budgets]
        blocks += chapter
    blocks = [
        *_removed_since(session, person, changes, {kind for _title, kinds in chapters for kind in kinds}),
        *blocks,
    ]
    if version is not None and not plan_versions.is_readable(version):
        blocks.insert(0, Plain(_("What was agreed in this version cannot be read on this laptop.")))
    blocks += [
        Heading(1, _("If I do not agree")),
        Plain(_("I can ask for a review of this plan at any time.")),
        *if_not_agreed.blocks(session, values),
    ]
    title, called, standing, until = (
        _("My plan"),
        head.preferred_name(),
        head.version_line(unchanged, changes.since),
        head.last_day_of_validity(),
    )
    return Document(title, called, standing, tuple(blocks), values.warning(), head.identity(), until, front)


def team_values(session: Session) -> DocumentValues:
    """Reader of the team's own record, for a page that is about no person."""
    return DocumentValues(session, "", {}, agreed="", changes=Changes(), ids=False)


def _removed_since(session: Session, person: Record, changes: Changes, kinds: set[str]) -> Iterator[Block]:
    """Blocks about what was removed from the plan since it was agreed, for kinds that have a chapter."""
    gone = [one for one in changes.gone if one.kind in kinds]
    found = [words.before for words in plan_versions.in_words(session, person, gone)]
    if found:
        yield Heading(1, _("Removed from the plan since version {number}").format(number=changes.since))
        yield Items(tuple(found))


def save(session: Session, paper: Document, layout: Layout, kind: str, name: str = "plan") -> Path:
    """Write a copy to print into the session's private folder, which is emptied when the app ends.

    Args:
        session: The session.
        paper: The paper.
        layout: How it looks.
        kind: html, pdf or txt.
        name: What the file's name begins with.

    Returns:
        The file, which is not encrypted.

    Raises:
        OSError: The disk refuses.
        PaperProblem: It cannot be made in this form, or there is no private folder for it.
    """
    from phb_tui.documents import html, pdf, text  # noqa: PLC0415 - only when something is printed

    match kind:
        case "pdf":
            data = pdf.write(paper, layout)
        case "html":
            data = html.write(paper, layout)
        case _:
            data = text.write(paper).encode()
    # No name of a person's in a file's name: names are listed where the words in the file are not.
    return session.copies_folder.write(f"{name}-{layout}-{session.new_id()[-6:]}.{kind}", data)


def clear(session: Session) -> str:
    """Remove the copies to print now.

    Returns:
        A sentence about those that could not be removed; "" when all are gone.
    """
    return print_folder.sentence(session.copies_folder.clear())
