"""The plan as a paper to keep: the person's words first, then what was agreed, then who to turn to."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from phb_tui.content import forms
from phb_tui.content.forms import Form, FormField
from phb_tui.domain import dates, people
from phb_tui.domain.changes import Record
from phb_tui.keys.atomic import make_private_folder, write_private
from phb_tui.language import N_, _
from phb_tui.papers.document import Block, Facts, Heading, Items, Layout, Paper, Plain, Said
from phb_tui.services import caseload, listing, plans
from phb_tui.services.session import Session

CHAPTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("About me"), ("about_me",)),
    (N_("How to communicate with me"), ("accessible_need", "adjustment")),
    (N_("What is good, and what already works"), ("strength",)),
    (N_("What is hard, and what I need"), ("need", "formulation")),
    (N_("What I want to change or keep"), ("goal",)),
    (N_("Taking risks well"), ("risk",)),
    (N_("If something goes wrong"), ("contingency",)),
    (N_("Healthcare tasks done by personal assistants"), ("delegated_task",)),
    (N_("Other plans"), ("additional_plan",)),
    (N_("The money"), ("money_choice", "setup", "excluded_spend")),
    (N_("What happens next"), ("task",)),
    (N_("About this plan"), ("care_plan",)),
    (N_("People around me"), ("contact", "professional", "gp")),
)
"""The chapters of the person's own copy, in their order, and the kinds of record in each."""

FULL: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Name, numbers, address"), ("person", "address", "contact_detail", "equality")),
    (N_("What was explained, and how needs were looked at"), ("information", "assessment")),
    (N_("Consent"), ("consent",)),
)
"""What the full copy for professionals has beside that."""

_SHORT = 70
"""Letters of a record's first words that make a heading; longer words stand in full below it."""


def plan(session: Session, person_id: str, *, full: bool = False, version: Record | None = None) -> Paper:
    """The plan as a paper.

    Args:
        session: The session.
        person_id: Whose plan it is.
        full: The copy for professionals: every field, with numbers and codes.
        version: A version that was agreed; None for the plan as it is now.

    Raises:
        UnknownRecord: The person is not on this laptop, or not any more.
    """
    everything = listing.everything(session, person_id)
    person = caseload.person(session, person_id)
    if version is not None:
        # What is not part of the plan, such as answers to equality questions, is as it is now.
        beside = {kind: found for kind, found in everything.items() if kind not in plans.parts()}
        everything = {**beside, "person": [person], **plans.snapshot(version, person)}
    chapters = (*CHAPTERS, *FULL) if full else CHAPTERS
    writer = _Writer(session, everything, full=full)
    blocks = [block for title, kinds in chapters for block in writer.chapter(_(title), kinds)]
    standing = _standing(session, everything, version)
    return Paper(_("My plan"), people.called(person), standing, (*blocks, *_rights(session)))


def save(session: Session, paper: Paper, layout: Layout, kind: str) -> Path:
    """Write a copy to print into the private folder that is emptied when phb-tui ends.

    Args:
        session: The session.
        paper: The paper.
        layout: How it looks.
        kind: html, pdf or txt.

    Returns:
        The file, which is not encrypted.

    Raises:
        OSError: The disk refuses.
        PaperProblem: It cannot be made in this form.
    """
    from phb_tui.papers import html, pdf, text  # noqa: PLC0415 - only when something is printed

    match kind:
        case "pdf":
            data = pdf.write(paper, layout)
        case "html":
            data = html.write(paper, layout)
        case _:
            data = text.write(paper).encode()
    make_private_folder(session.copies)
    # No name of a person's in a file's name: names are listed where the words in the file are not.
    file = session.copies / f"plan-{layout}-{session.new_id()[-6:]}.{kind}"
    write_private(file, data)
    return file


def clear(session: Session) -> None:
    """Remove the copies to print now."""
    for file in session.copies.glob("plan-*") if session.copies.is_dir() else ():
        file.unlink(missing_ok=True)


def _standing(session: Session, everything: Mapping[str, Sequence[Record]], version: Record | None) -> str:
    """Which version this is, of when, and how to ask for changes."""
    today = dates.in_words(session.today.isoformat())
    if version is not None:
        which = _("Version {number}, agreed on {date} by {name}. Printed on {today}.").format(
            number=version.text("number"), date=dates.in_words(version.text("agreed_on")),
            name=version.text("agreed_by") or _("nobody named"), today=today,
        )  # fmt: skip
    else:
        which = _("A draft of {today}, not agreed yet.").format(today=today)
    contact = listing.single(session, "local", None).text("contact")
    coordinator = next((r.text("coordinator_contact") for r in everything.get("care_plan", ())), "")
    ask = contact or coordinator or _("your nurse advisor or PHB officer")
    return f"{which} " + _("To ask for a change: {contact}").format(contact=" ".join(ask.split()))


def _rights(session: Session) -> Iterator[Block]:
    """How to disagree, in the local service's own words."""
    local = listing.single(session, "local", None)
    yield Heading(1, _("If you do not agree"))
    yield Plain(_("You can ask for the plan to be looked at again at any time."))
    if appeal := local.text("appeal"):
        yield Plain(appeal)
    if advocacy := local.text("advocacy"):
        yield Facts(((_("Independent advocacy"), advocacy),))


class _Writer:
    """Turns records into blocks by their declaration."""

    def __init__(self, session: Session, everything: Mapping[str, Sequence[Record]], *, full: bool) -> None:
        self._session, self._everything, self._full = session, everything, full

    def chapter(self, title: str, kinds: Sequence[str]) -> Iterator[Block]:
        """A chapter with the records of these kinds; nothing when there are none."""
        blocks = [
            block for kind in kinds for record in self._everything.get(kind, ()) for block in self._record(record, 2)
        ]
        if kinds[0] == "accessible_need":
            blocks = [*self._communication(), *blocks]
        if blocks:
            yield Heading(1, title)
            yield from blocks

    def _communication(self) -> Iterator[Block]:
        words = self._everything["person"][0].text("communication")
        if words:
            yield Said(words)

    def _record(self, record: Record, level: int) -> Iterator[Block]:
        form = forms.form(record.kind)
        first = form.line[0] if form.line else ""
        name = self._shown(record, first) if first else ""
        below = level + 1 if first else level  # a level is never skipped: readers' software goes by them
        if first:
            yield Heading(level, self._heading(form, name))
        facts: list[tuple[str, str]] = []
        for field in self._fields(form):
            words = self._value(record, field)
            if not words or (field.name == first and words == self._heading(form, name)):
                continue
            if field.said:
                if facts:
                    yield Facts(tuple(facts))
                    facts = []
                if field.name != first:
                    yield Heading(below, field.label)
                yield Said(words)
            else:
                facts.append((field.label, words))
        if form.mark and record.text("done") == "yes":
            facts.append((form.mark, _("Yes")))
        if facts:
            yield Facts(tuple(facts))
        yield from self._held(record, form, below)

    def _held(self, record: Record, form: Form, level: int) -> Iterator[Block]:
        """What belongs to a record: a line each in the person's copy, everything in the full one."""
        for kind in form.holds:
            under = listing.parent_field(kind)
            found = [held for held in self._everything.get(kind, ()) if held.text(under) == record.record_id]
            if not found:
                continue
            yield Heading(level, forms.form(kind).many)
            if self._full:
                for held in found:
                    yield from self._record(held, level + 1)
            else:
                yield Items(tuple(map(self._line, found)))
                for held in found:
                    yield from self._held(held, forms.form(kind), level + 1)

    def _line(self, record: Record) -> str:
        """A record in one line, and below it what else is written about it."""
        form = forms.form(record.kind)
        more = [
            f"{field.label} {words}"
            for field in self._fields(form)
            if field.name not in form.line and (words := self._value(record, field))
        ]
        return "\n".join([listing.line(self._session, record), *more])

    def _fields(self, form: Form) -> list[FormField]:
        pages = (page for page in form.pages if self._full or not page.extra)
        return [field for page in pages for field in page.fields if self._full or not field.staff_only]

    def _value(self, record: Record, field: FormField) -> str:
        return (
            "\n".join(listing.ticked(record, field.name)) if field.type == "ticks" else self._shown(record, field.name)
        )

    def _shown(self, record: Record, name: str) -> str:
        return listing.shown(self._session, record, name)

    @staticmethod
    def _heading(form: Form, words: str) -> str:
        line = " ".join(words.split())
        return line if 0 < len(line) <= _SHORT else form.title
