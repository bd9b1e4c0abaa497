"""First page of the plan for emergencies, for a reader who has never met the person."""

from collections.abc import Iterator, Mapping, Sequence

from phb_tui.documents.model import Block, Facts, Heading, Items, Plain, Undecided
from phb_tui.domain.records.changes import REMOVED, Record
from phb_tui.i18n import N_, _
from phb_tui.services.documents.document_values import DocumentValues
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

_STEPS = (
    (N_("Signs"), ("triggers", "signs")),
    (N_("What to do"), ("response",)),
    (N_("Kept ready"), ("medicines",)),
)
"""Headings of the first page and the fields of a contingency plan under each."""
_CALL_AFTER = 2
"""Number of these headings after which "who to call" follows."""

Everything = Mapping[str, Sequence[Record]]


def blocks(session: Session, values: DocumentValues, everything: Everything, *, full: bool) -> tuple[Block, ...]:
    """The blocks of the first page: must-know facts, signs, what to do, who to call, communication needs.

    Args:
        session: The session.
        values: How values are read.
        everything: The records by kind.
        full: Whether it is the copy for professionals, with what only staff may see.
    """
    made = _FrontSheet(session, values, everything, full=full)
    found = [*made.emergencies(), *made.people(), *made.communication()]
    known = list(made.must_know())
    if not found and not known:
        return ()
    unknown = Plain(_("Nothing is written here about allergies or a ReSPECT form. That does not mean there is none."))
    return (Heading(1, _("Read this first")), Heading(2, _("Must know")), *(known or [unknown]), *found)


class _FrontSheet:
    def __init__(self, session: Session, values: DocumentValues, everything: Everything, *, full: bool) -> None:
        self._session, self._values, self._everything, self._full = session, values, everything, full

    def must_know(self) -> Iterator[Block]:
        """Must-know facts, such as allergies or the place of a ReSPECT form, with source and date."""
        found = [r for r in self._not_ended("must_know") if self._full or not self._for_staff(r)]
        if found:
            yield Items(tuple(map(self._known, found)))
        yield from self._boxes(found, REMOVED, "what")

    def emergencies(self) -> Iterator[Block]:
        """Each contingency plan: its signs, what to do, who to call."""
        for plan in self._not_ended("contingency"):
            name = self._values.line_of(plan, "name") or _("In an emergency")
            yield Heading(2, f"{name}{self._values.mark(plan)}")
            yield from self._boxes([plan], REMOVED)
            yield from self._steps(plan, _STEPS[:_CALL_AFTER])
            call = [r for r in self._not_ended("emergency_contact") if self._belongs(r, plan)]
            if call:
                yield Facts(((_("Who to call"), "\n".join(map(self._values.line, call))),))
                yield from self._boxes(call, REMOVED)
            yield from self._steps(plan, _STEPS[_CALL_AFTER:])

    def _steps(self, plan: Record, steps: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[Block]:
        for label, names in steps:
            lines = (self._values.words(plan, name) for name in names if not self._values.is_open(plan, name))
            if written := "\n".join(line for line in lines if line.strip()):
                yield Facts(((f"{_(label)}{self._values.mark(plan, *names)}", written),))
            boxes = (self._values.conflict_box(plan, name, _(label)) for name in names)
            yield from (box for box in boxes if box)

    def people(self) -> Iterator[Block]:
        """Family, carers and friends with contact details, when no contingency plan says who to call."""
        if self._not_ended("emergency_contact"):
            return
        reached = [r for r in self._not_ended("contact") if any(self._values.values(r, "contact"))]
        if reached:
            yield Heading(2, _("Who to call"))
            yield Items(
                tuple(_joined(self._values.words(r, n) for n in ("name", "relationship", "contact")) for r in reached)
            )

    def communication(self) -> Iterator[Block]:
        """Communication needs of the person, and of a carer, marked as theirs."""
        person = self._everything["person"][0]
        needs = self._not_ended("accessible_need")
        lines = (
            []
            if self._values.is_open(person, "communication")
            else self._values.words(person, "communication").split("\n")
        )
        lines += [self._need(need) for need in needs]
        boxes = [box for box in (self._values.conflict_box(person, "communication"),) if box]
        if any(line.strip() for line in lines) or boxes:
            yield Heading(2, _("Talking with me"))
            yield from boxes
            if written := tuple(line for line in lines if line.strip()):
                yield Items(written)

    def _known(self, record: Record) -> str:
        what = self._values.line_of(record, "what")
        beside = ", ".join(part for name in ("source", "as_of") if (part := self._values.line_of(record, name)))
        sort = self._values.line_of(record, "sort")
        words = f"{sort}: {what}" if sort else what
        return f"{words} ({beside})" if beside else words

    def _need(self, need: Record) -> str:
        words, whose = self._values.line_of(need, "need"), self._values.line_of(need, "whose")
        own = all(value in {None, "", "person"} for value in self._values.values(need, "whose"))
        return words if own or not words else f"{whose}: {words}"

    def _boxes(self, found: Sequence[Record], *names: str) -> Iterator[Block]:
        """Boxes with the conflicts in some fields, each with its record's name."""
        for record in found:
            for name in names:
                if box := self._values.conflict_box(record, name):
                    yield Undecided(box.title, f"{box.what} ({self._values.line(record)})", box.versions)

    def _not_ended(self, kind: str) -> list[Record]:
        """Records of a kind that have not ended, or whose end is in conflict."""
        return [
            record
            for record in self._everything.get(kind, ())
            if not record_lists.has_ended(self._session, record)
            or self._values.is_open(record, "end_date")
            or self._values.is_open(record, "done")
            or self._values.is_open(record, "not_needed")
        ]

    def _belongs(self, record: Record, plan: Record) -> bool:
        return self._values.has_value(record, record_lists.parent_field(record.kind), plan.record_id)

    def _for_staff(self, record: Record) -> bool:
        return record_lists.for_staff(record) or self._values.has_value(record, "only_staff", "yes")


def _joined(parts: Iterator[str]) -> str:
    return " - ".join(line for part in parts if (line := " ".join(part.split())))
