"""How a request stands: asked, decided here, confirmed by central or kept aside by it, put off, passed on, told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from phb_tui.domain.budget.version_content import FINAL
from phb_tui.domain.calendar import dates
from phb_tui.domain.decision.authority import DEFERRED, ESCALATED, PASSING_ON, PAYABLE
from phb_tui.domain.decision.contents import MOST_DECISIONS
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import REMOVED, YES, Change, Record
from phb_tui.i18n import _
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session
from phb_tui.store import change_log, records
from phb_tui.store.database import transaction

REQUEST, DECISION, TELLING = "request", "decision", "telling"
NOT_VALID = "not valid"
"""Words with which central's sentences say that a decision does not count."""


@dataclass(frozen=True, slots=True)
class Approval:
    """A decision after which money may be paid, once central holds it.

    Attributes:
        request: The request.
        decision: The newest decision about it.
        is_confirmed: Whether central holds the decision, its request and the version; nothing may be paid before.
    """

    request: Record
    decision: Record
    is_confirmed: bool

    @property
    def outcome(self) -> str:
        """Approved or conditions."""
        return self.decision.text("outcome")


@dataclass(frozen=True, slots=True)
class KeptAside:
    """A change about a request or a decision that central did not take.

    Attributes:
        change: The change, with all that was written.
        why: Central's sentence.
    """

    change: Change
    why: str

    @property
    def is_decision(self) -> bool:
        """Whether it is a decision, and not what was asked."""
        return self.change.kind == DECISION

    @property
    def request_id(self) -> str:
        """The request that it is about."""
        named = self.change.fields.get("request_id") or self.change.before.get("request_id") or ""
        return str(named) if self.is_decision else self.change.record_id

    @property
    def day(self) -> str:
        """The day on which it was decided or asked, as kept."""
        return str(self.change.fields.get("decided_on" if self.is_decision else "asked_on") or "")


@dataclass(frozen=True, slots=True)
class Standing:
    """One request with everything that came of it.

    Attributes:
        request: The request.
        decisions: What was decided, oldest first; each but the last put it off or passed it on.
        is_confirmed: Whether central holds the newest decision; false where there is none.
        kept_aside: What central did not take of it, oldest first, and nobody has dealt with.
        told: How the person was told, oldest first.
        days_left: Days until the promised day; below nought when it is past, None when there is no such day.
    """

    request: Record
    decisions: tuple[Record, ...]
    is_confirmed: bool
    kept_aside: tuple[KeptAside, ...]
    told: tuple[Record, ...]
    days_left: int | None

    @property
    def newest(self) -> Record | None:
        """The newest decision; None while it waits for its first."""
        return self.decisions[-1] if self.decisions else None

    @property
    def outcome(self) -> str:
        """The outcome of the newest decision; "" for none."""
        return self.decisions[-1].text("outcome") if self.decisions else ""

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to decide: nobody has, or it was put off or passed on."""
        return not self.decisions or self.outcome in PASSING_ON

    @property
    def number(self) -> int:
        """The number of the next decision, from 1."""
        return len(self.decisions) + 1

    @property
    def to(self) -> str:
        """Who decides next: a staff id or "panel"; "" when it was not said."""
        passed = [each.text("to") for each in self.decisions if each.text("outcome") == ESCALATED and each.text("to")]
        return passed[-1] if passed else self.request.text("to")

    @property
    def put_off_until(self) -> str:
        """The day until which it was put off, as kept; "" when it is not."""
        return self.decisions[-1].text("until") if self.outcome == DEFERRED else ""

    @property
    def may_ask_again(self) -> bool:
        """Whether it is decided, so that it may be looked at again: also a yes can be too little, or the wrong way."""
        return not self.is_waiting


def approval(session: Session, version: Record) -> Approval | None:
    """The approval of a kept version of a budget; None when nobody has approved it.

    Only the newest decision about a request counts, and only for a version that was kept to be decided about. Where
    several requests were approved, one that central has confirmed comes first, then the newest.

    Args:
        session: The session.
        version: The kept version, as this laptop shows it.
    """
    if version.text("for") != FINAL or not version.text("number"):
        return None
    found = record_lists.of_kinds(session, (REQUEST, DECISION), version.person_id or "")
    there = {record.record_id: record for record in found if record.kind == DECISION}
    approvals = [
        Approval(request, made[-1], _is_confirmed(session, request, made[-1]))
        for request in found
        if request.kind == REQUEST and request.text("version_id") == version.record_id
        if (made := decisions_of(there, request)) and made[-1].text("outcome") in PAYABLE
    ]
    return max(approvals, key=_order, default=None)


def of_person(session: Session, person_id: str) -> list[Standing]:
    """How each of a person's requests stands, newest first; one that is being written is not asked yet."""
    found = record_lists.of_kinds(session, (REQUEST, DECISION, TELLING), person_id)
    aside = kept_aside(session, person_id)
    requests = [record for record in found if record.kind == REQUEST and record.text("asked_on")]
    standings = [_of(session, request, found, aside) for request in requests]
    return sorted(standings, key=lambda each: (dates.sort_key(each.request.text("asked_on")), each.request.record_id),
                  reverse=True)  # fmt: skip


def withdrawn(session: Session, person_id: str) -> list[Record]:
    """A person's requests that were asked and then withdrawn, newest first; one that was entered in error is none."""
    found = records.of_person(session.store.db, session.team_id, person_id, REQUEST)
    gone = [each for each in found if each.text("asked_on") and not record_lists.is_listed(each)]
    gone = [each for each in gone if not record_lists.is_in_error(each)]
    return sorted(gone, key=lambda each: (dates.sort_key(each.text("asked_on")), each.record_id), reverse=True)


def of(session: Session, request: Record) -> Standing:
    """How one request stands."""
    person_id = request.person_id or ""
    found = record_lists.of_kinds(session, (DECISION, TELLING), person_id)
    return _of(session, request, found, kept_aside(session, person_id))


def day_of(kept: str) -> date | None:
    """The last day that a stored date can mean; None when it is no date."""
    return dates.last_day(kept) if kept else None


def decisions_of(decisions: Mapping[str, Record], request: Record) -> tuple[Record, ...]:
    """The decisions about a request, oldest first; one under an id of chance, or without an outcome, is none.

    One with an outcome that is not known here ends the list: it is decided, and nothing is approved.

    Args:
        decisions: Decisions by their id; others may be among them.
        request: The request.
    """
    return tuple(_in_turn(decisions, request))


def kept_aside(session: Session, person_id: str) -> list[KeptAside]:
    """What central did not take of a person's requests and decisions, and nobody has dealt with; oldest first."""
    return kept_aside_of(session, records.of_person(session.store.db, session.team_id, person_id, REQUEST))


def kept_aside_of(session: Session, requests: Sequence[Record]) -> list[KeptAside]:
    """What central did not take of some requests of one person and of the decisions about them, oldest first."""
    if not requests:
        return []
    db, team_id, person_id = session.store.db, session.team_id, requests[0].person_id or ""
    there = {each.record_id: each for each in records.of_person(db, team_id, person_id, DECISION)}
    ids = [each.record_id for each in requests]
    for request in requests:
        made = len(decisions_of(there, request))
        ids += [record_ids.decision_id(request.record_id, number) for number in range(1, made + 2)]
    found = change_log.quarantined(db, team_id, ids)
    return [KeptAside(change, why) for change, why in found if _counts(change)]


def not_taken(aside: KeptAside, *, with_why: bool = True) -> str:
    """That the team server did not take a decision or a request, and that it is not valid.

    Args:
        aside: What was not taken.
        with_why: Whether to say why; not while the family may be reading.
    """
    what = (
        _("The team server did not take the decision of {day}.")
        if aside.is_decision
        else _("The team server did not take the request of {day}.")
    ).format(day=dates.in_words(aside.day))
    why = _(aside.why) if with_why else ""
    end = "" if NOT_VALID in why else _("It is not valid.")  # central's own sentence often ends so
    return " ".join(part for part in (what, why, end) if part)


def mark_dealt_with(session: Session, aside: KeptAside) -> None:
    """Mark what central did not take as dealt with; it stays in the log here and at central.

    Raises:
        NotSaved: The disk refuses.
    """
    with transaction(session.store.db):
        change_log.mark_handled(session.store.db, session.team_id, aside.change.op_no)


def _counts(change: Change) -> bool:
    """Whether a change decides or asks; half-written words that were not taken are no such thing."""
    return (change.kind == DECISION and bool(change.fields.get("outcome"))) or (
        change.kind == REQUEST and bool(change.fields.get("asked_on"))
    )


def _in_turn(decisions: Mapping[str, Record], request: Record) -> Iterator[Record]:
    for number in range(1, MOST_DECISIONS + 1):
        made = decisions.get(record_ids.decision_id(request.record_id, number))
        if made is None or not made.text("outcome") or made.text(REMOVED) == YES:
            return
        yield made
        if made.text("outcome") not in PASSING_ON:
            return


def _of(session: Session, request: Record, found: Sequence[Record], aside: Sequence[KeptAside]) -> Standing:
    made = decisions_of({each.record_id: each for each in found if each.kind == DECISION}, request)
    promised = day_of(request.text("promised_by"))
    return Standing(
        request,
        made,
        is_confirmed=bool(made) and _holds(session, request, made[-1]),
        kept_aside=tuple(each for each in aside if each.request_id == request.record_id),
        told=tuple(each for each in found if each.kind == TELLING and each.text("request_id") == request.record_id),
        days_left=None if promised is None else (promised - session.today).days,
    )


def _holds(session: Session, request: Record, decision: Record) -> bool:
    """Whether central holds a decision about a request as this laptop shows it."""
    held = records.held(session.store.db, session.team_id, decision.record_id)
    same = all(held.get(name) == decision.fields.get(name) for name in ("outcome", "decided_by", "decided_on"))
    return same and bool(held.get("outcome")) and held.get("request_id") == request.record_id and not decision.open


def _is_confirmed(session: Session, request: Record, decision: Record) -> bool:
    """Whether central holds a decision, and the request and the version that it is about."""
    db, team_id, version_id = session.store.db, session.team_id, request.text("version_id")
    asked = records.held(db, team_id, request.record_id)
    version = records.held(db, team_id, version_id)
    return (
        _holds(session, request, decision)
        and asked.get("version_id") == version_id
        and asked.get(REMOVED) != YES
        and "version_id" not in request.open
        and bool(version.get("number"))
        and version.get("for") == FINAL
    )


def _order(found: Approval) -> tuple[bool, str, str]:
    return found.is_confirmed, dates.sort_key(found.decision.text("decided_on")), found.request.record_id
