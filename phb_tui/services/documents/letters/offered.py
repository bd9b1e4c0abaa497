"""Which letters to a person there are, and why one has to wait."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from phb_tui.documents.model import Document
from phb_tui.domain.calendar import dates
from phb_tui.domain.decision.authority import PAYABLE
from phb_tui.domain.records.changes import Record
from phb_tui.errors import UnknownRecord
from phb_tui.i18n import _
from phb_tui.services.decision import outcomes, standing
from phb_tui.services.decision.standing import Standing
from phb_tui.services.documents.letters import agreement_letter, change_letter, decision_letter
from phb_tui.services.payments import approvals
from phb_tui.services.payments.approvals import Approvals
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

DECISION, CHANGE, AGREEMENT = "decision:", "change:", "agreement:"
"""Begin the name of a letter; the id of its record follows, for a change that of the decision that made it."""
KINDS = (DECISION, CHANGE, AGREEMENT)


@dataclass(frozen=True, slots=True)
class Offered:
    """A letter that there is, or will be.

    Attributes:
        name: Its name: one of `KINDS` and the id of the record that it is about.
        title: What it is called.
        wait: Why it cannot be read or printed yet; "" when it can.
        make: Makes the paper.
    """

    name: str
    title: str
    wait: str
    make: Callable[[], Document]

    def is_about(self, record: Record) -> bool:
        """Whether it is about a record and can be made now."""
        return not self.wait and self.name.partition(":")[2] == record.record_id


def is_letter(name: str) -> bool:
    """Whether a name is that of a letter, and not of a budget or a plan."""
    return name.startswith(KINDS)


def of_person(session: Session, person_id: str) -> list[Offered]:
    """The letters to a person, the newest decision first, then what was signed; no two are called the same."""
    found = of_decisions(session, person_id, standing.of_person(session, person_id))
    return _told_apart([*found, *_agreements(session, person_id)])


def _told_apart(found: Sequence[Offered]) -> list[Offered]:
    """Letters with a number after the name where several have the same one; the oldest, which is last, is number 1."""
    named: list[Offered] = []
    count = Counter(each.title for each in found)
    left = Counter(count)
    for each in found:
        title = each.title
        if count[title] > 1:
            title = _("{letter}, number {number}").format(letter=title, number=left[title])
        left[each.title] -= 1
        named.append(replace(each, title=title))
    return named


def of_decisions(session: Session, person_id: str, found: Sequence[Standing]) -> list[Offered]:
    """The letters about decisions and what they change, in the order of the requests, each newest decision first.

    Args:
        session: The session.
        person_id: Whose requests they are.
        found: How each request stands.
    """
    approved = approvals.of_person(session, person_id) if any(map(_is_approved, found)) else None
    letters: list[Offered] = []
    for each in found:
        before = outcomes.approved_before(lambda kind, record_id: _of_standings(found, kind, record_id), each.request)
        is_new = before is None or not outcomes.is_same_version(before, each.request)
        letters += _decisions(session, each, approved if is_new else None)
    return letters


def _of_standings(found: Sequence[Standing], kind: str, record_id: str) -> Record | None:
    """A request or a decision by its id."""
    there = (record for each in found for record in (each.request, *each.decisions))
    return next((each for each in there if each.kind == kind and each.record_id == record_id), None)


def find(session: Session, person_id: str, name: str) -> Offered | None:
    """A letter by its name; None when there is none of this name."""
    return next((each for each in of_person(session, person_id) if each.name == name), None)


def paper(session: Session, person_id: str, name: str) -> Document:
    """A letter as a paper.

    Raises:
        UnknownRecord: There is no such letter on this laptop, or it has to wait.
    """
    found = find(session, person_id, name)
    if found is None:
        raise UnknownRecord("This letter is not on this laptop. Press F5 to get the newest changes, then look again.")
    if found.wait:
        raise UnknownRecord(found.wait)
    return found.make()


def _is_approved(found: Standing) -> bool:
    return found.newest is not None and found.is_confirmed and found.outcome in PAYABLE


def _decisions(session: Session, found: Standing, approved: Approvals | None) -> Iterator[Offered]:
    for decision in reversed(found.decisions):
        yield _decision(session, found.request, decision, is_confirmed=found.is_confirmed)
    if approved is not None and found.newest is not None and _is_approved(found):
        yield from _change(session, approved, found.request, found.newest)


def _decision(session: Session, request: Record, decision: Record, *, is_confirmed: bool) -> Offered:
    day = dates.in_words(decision.text("decided_on")) or _("(not written yet)")
    outcome = record_lists.display(session, decision, "outcome")
    wait = ""
    if decision.text("outcome") not in decision_letter.DECIDED:
        wait = _("This version of phb-tui cannot read what was decided. Ask your IT team for the newest version.")
    elif not is_confirmed:
        wait = _("It can be printed when the team server has confirmed the decision. Press F5.")
    return Offered(
        f"{DECISION}{decision.record_id}",
        _("the letter about the decision of {day}: {outcome}").format(day=day, outcome=outcome),
        wait,
        lambda: decision_letter.document(session, request, decision),
    )


def _change(session: Session, approved: Approvals, request: Record, decision: Record) -> Iterator[Offered]:
    change = change_letter.find(approved, request, decision)
    if change is not None:
        day = dates.in_words(decision.text("decided_on")) or _("(not written yet)")
        yield Offered(
            f"{CHANGE}{decision.record_id}",
            _("the letter of {day} about the change of the money").format(day=day),
            change_letter.wait(session, approved, change),
            lambda: change_letter.document(session, approved, change),
        )


def _agreements(session: Session, person_id: str) -> Iterator[Offered]:
    for agreement in reversed(record_lists.of(session, "agreement", person_id)):
        yield _agreement(session, agreement)


def _agreement(session: Session, agreement: Record) -> Offered:
    signed = dates.in_words(agreement.text("signed_on"))
    title = (
        _("the letter about the agreement that was signed on {day}").format(day=signed)
        if signed
        else _("the letter about the agreement that is not signed yet")
    )
    return Offered(
        f"{AGREEMENT}{agreement.record_id}",
        title,
        "",
        lambda: agreement_letter.document(session, agreement),
    )
