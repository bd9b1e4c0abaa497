"""Outbox: changes not yet sent, and changes that central quarantined."""

from dataclasses import dataclass

from phb_tui.content import forms
from phb_tui.domain.people import person_facts
from phb_tui.domain.records.changes import HANDOVER, Change
from phb_tui.domain.records.merge import SEALED_BY
from phb_tui.errors import RuleBroken
from phb_tui.i18n import _
from phb_tui.services.budget import kept_aside, versions
from phb_tui.services.decision import standing
from phb_tui.services.payments.approvals import PAYMENT
from phb_tui.services.person import caseload
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.store import change_log, records
from phb_tui.store.database import transaction

NOT_TO_READ = {"plan_version": {"plan"}, versions.KIND: versions.NOT_TO_READ}
"""Fields with what a kept version holds as a whole, which is not made to be read line by line."""
VERSIONS = ("plan_version", versions.KIND)
"""Kinds of record that are kept versions."""
DECISIONS = (standing.REQUEST, standing.DECISION)
"""Kinds of record that are mended on the person's screen of decisions, where it is said what to do."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Waiting changes about one person.

    Attributes:
        name: Their name; "" for what is about nobody.
        changes: How many changes.
        what: The kinds of record they are in, by name.
    """

    name: str
    changes: int
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuarantinedChange:
    """A change that central rejected and kept in quarantine.

    Attributes:
        op_no: Its number here.
        name: The person's name; "" for nobody's.
        what: The kind of record, by name.
        why: Central's sentence.
        words: What was written, each field by name with its value in words.
        change: The change.
    """

    op_no: int
    name: str
    what: str
    why: str
    words: tuple[tuple[str, str], ...]
    change: Change

    @property
    def version(self) -> bool:
        """Whether it is a kept version of a plan or a budget, which can only be saved again as the next version."""
        return self.change.kind in VERSIONS and bool(self.change.fields.get(SEALED_BY[self.change.kind]))

    @property
    def may_be_written_again(self) -> bool:
        """Whether the same words can be taken another time; what is sealed, decided or paid would be refused again."""
        return self.version or self.change.kind not in {*SEALED_BY, *DECISIONS, PAYMENT}

    @property
    def is_about_a_payment(self) -> bool:
        """Whether it is about a payment, which is mended where the person's payments are."""
        return self.change.kind == PAYMENT and bool(self.change.person_id)

    @property
    def is_about_a_decision(self) -> bool:
        """Whether it asks for a decision or is one, which is mended where the person's decisions are."""
        return self.change.kind in DECISIONS and bool(self.change.person_id)


def waiting(session: Session) -> list[Waiting]:
    """Waiting changes grouped by person, in order of name."""
    found = [
        Waiting(_name(session, person_id), count, tuple(dict.fromkeys(_kind(kind) for kind in kinds)))
        for person_id, count, kinds in change_log.pending_by_person(session.store.db, session.team_id)
    ]
    return sorted(found, key=lambda one: one.name.casefold())


def quarantined(session: Session) -> list[QuarantinedChange]:
    """Quarantined changes that nobody has handled, oldest first."""
    return [
        QuarantinedChange(
            change.op_no,
            _name(session, change.person_id),
            _kind(change.kind),
            _(why),
            tuple(
                (forms.label(change.kind, name), record_lists.in_words(session, change.kind, name, value))
                for name, value in change.fields.items()
                if name not in NOT_TO_READ.get(change.kind, ())
            ),
            change,
        )
        for change, why in change_log.quarantined(session.store.db, session.team_id)
    ]


def save_again(session: Session, found: QuarantinedChange) -> None:
    """Save the values of a quarantined change again, as a new change of the current record.

    Raises:
        RuleBroken: It cannot be saved as it is; it still needs attention.
        NotSaved: The disk refuses; it still needs attention.
    """
    change = found.change
    if not found.may_be_written_again:
        raise RuleBroken(_("This cannot be written again as it is: the team server would not accept it."), change.kind)
    if found.version:
        keep_again = kept_aside.keep_again if change.kind == versions.KIND else plan_versions.agree_again
        keep_again(session, change.person_id or "", change.fields)
        mark_handled(session, found)
        return
    record = editing.read(session, change.kind, change.record_id, change.person_id)
    editing.save(session, record, dict(change.fields))
    mark_handled(session, found)


def mark_handled(session: Session, found: QuarantinedChange) -> None:
    """Mark a quarantined change as handled; it stays in the log here and at central.

    Raises:
        NotSaved: The disk refuses.
    """
    with transaction(session.store.db):
        change_log.mark_handled(session.store.db, session.team_id, found.op_no)


def _name(session: Session, person_id: str | None) -> str:
    person = records.get(session.store.db, session.team_id, person_id) if person_id else None
    if person_id and (team := caseload.transferred_to(session, person_id)):
        return _("Someone who is with {team} now").format(team=team)
    return person_facts.full_name(person) if person else ""


def _kind(kind: str) -> str:
    if kind == HANDOVER:
        return _("Handing over to another team")
    if not forms.known(kind):
        return kind
    form = forms.form(kind)
    return form.many or form.title  # a kind of which there is only one has no word for several
