"""What every letter shares: whose it is, what stands on each page, and how to ask again, complain and get help."""

from collections.abc import Iterator, Sequence

from phb_tui.content import forms
from phb_tui.documents.model import Block, Document, Facts, Heading, Plain, Undecided
from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import YES, Record
from phb_tui.i18n import N_, _
from phb_tui.services.documents.document_head import DocumentHead
from phb_tui.services.documents.document_values import Changes, DocumentValues
from phb_tui.services.person import caseload
from phb_tui.services.records import record_lists, roster
from phb_tui.services.session import Session

TOLD = N_("You are told by this letter. We can also go through it with you, in the way that suits you.")
PANEL = "panel"
"""Stands where a staff id would for the panel, and is the role of its members."""


class Letter:
    """A letter that is being written: the records of a person, read with every version of what is in conflict.

    Args:
        session: The session.
        person_id: To whom it is, or about whom.

    Raises:
        UnknownRecord: The person is not on this laptop, or not any more.
    """

    def __init__(self, session: Session, person_id: str) -> None:
        person = caseload.person(session, person_id)
        self.session, self.person_id = session, person_id
        self.everything = {**record_lists.everything(session, person_id, undecided=True), "person": [person]}
        self.values = DocumentValues(session, person_id, self.everything, agreed="", changes=Changes(), ids=False)
        self._head = DocumentHead(session, self.values, self.everything)

    def record(self, kind: str, record_id: str) -> Record | None:
        """A record about the person; None when there is none of this kind with this id."""
        return next((each for each in self.everything.get(kind, ()) if each.record_id == record_id), None)

    def words(self, record: Record | None, name: str) -> str:
        """A field as it is written; "" when it is empty, and when two versions of it stand in a box."""
        if record is None or self.values.is_open(record, name):
            return ""
        return self.values.words(record, name).strip()

    def line(self, record: Record | None, name: str) -> str:
        """A field on one line."""
        return " ".join(self.words(record, name).split())

    def day(self, record: Record | None, name: str) -> str:
        """A day with its weekday; what is no day as it is written."""
        return dates.in_full(record.text(name)) if record is not None and self.words(record, name) else ""

    def boxes(self, record: Record | None) -> Iterator[Undecided]:
        """A box for each field of a record that has two versions, without what only staff may read."""
        if record is None:
            return
        for name in self.values.open_names(record):
            field = forms.field(record.kind, name)
            box = self.values.conflict_box(record, name)
            if box is not None and not (field is not None and field.staff_only):
                yield box

    def somebody(self, staff_id: str) -> str:
        """Who a staff id is, or the panel; "" when the name is not known, for an id is never printed."""
        if staff_id == PANEL:
            return _("the panel")
        return roster.printed_names(self.session).get(staff_id, "")

    def whom_to_ask(self) -> str:
        """Whom to ask, as the service says it now."""
        return self._head.whom_to_ask() or _("your nurse advisor or PHB officer")

    def document(self, title: str, dated: str, blocks: Sequence[Block], warning: str = "") -> Document:
        """The letter as a paper.

        Args:
            title: What it is about.
            dated: A sentence with its day.
            blocks: What it says.
            warning: What has to be known before it is relied on; conflicts are added.
        """
        standing = _("{dated} Printed on {today}. To ask about this letter: {contact}").format(
            dated=dated, today=dates.in_full(self.session.today.isoformat()), contact=self.whom_to_ask()
        )
        warnings = "\n".join(words for words in (warning, self.values.warning()) if words)
        name, who = self._head.preferred_name(), self._head.identity()
        return Document(title, name, standing.strip(), tuple(blocks), warnings, who)


def chapter(title: str, words: str) -> Iterator[Block]:
    """A heading with what somebody wrote below it; nothing where that is empty."""
    if words:
        yield Heading(1, title)
        yield Plain(words)


def facts(*rows: tuple[str, str]) -> Iterator[Facts]:
    """Pairs of label and value, without those that are empty; nothing when all are."""
    if there := tuple((label, words) for label, words in rows if words):
        yield Facts(there)


def who(letter: Letter, decision: Record, title: str) -> Iterator[Block]:
    """Who made a decision, with the role, under a heading."""
    name = letter.line(decision, "decided_name") or letter.somebody(decision.text("decided_by"))
    role = letter.line(decision, "decided_role")
    yield Heading(1, title)
    yield from facts(
        (_("Name"), name or _("not written down: ask us")),
        (_("Role"), _("member of the panel") if role == PANEL else role),
    )


def urgent(letter: Letter, request: Record) -> tuple[str, str]:
    """That a request was urgent, as a label and a value; "" for the value where it was not."""
    return _("Urgent"), _("yes") if letter.values.has_value(request, "urgent", YES) else ""


def is_later(kept: str, promised: str) -> bool:
    """Whether a day is after the one that was promised; false where one of them is not known."""
    day, last = dates.first_day(kept), dates.last_day(promised)
    return day is not None and last is not None and day > last


def if_you_do_not_agree(letter: Letter, decision: Record) -> Iterator[Block]:
    """How to ask again, how to complain and who helps, as the decision copied it when it was made."""
    appeal = letter.words(decision, "appeal")
    yield Heading(1, _("If you do not agree"))
    yield Plain(
        _(
            "You can ask us to look at this again. You can give us something new to look at, such as a letter. "
            "We must tell you what comes of it, and why."
        )
    )
    yield Plain(appeal or _("How to ask was not written down. Ask the person who gave you this letter."))
    yield from complain_and_help(letter, decision)


def complain_and_help(letter: Letter, decision: Record) -> Iterator[Block]:
    """How to complain and who helps, as the decision copied it when it was made."""
    complaint, advocacy = (letter.words(decision, name) for name in ("complaint", "advocacy"))
    yield Heading(2, _("How to complain"))
    yield Plain(complaint or _("You can complain at any time. Ask us how to do it."))
    yield Heading(2, _("Who helps"))
    yield Plain(_("Someone who does not work for us can help you to say what you want."))
    yield Plain(advocacy or _("Who does that was not written down. Ask us, and we find someone."))
