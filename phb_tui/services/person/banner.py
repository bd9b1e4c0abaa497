"""The banner of a person, shown on every screen: alerts, must-know facts, communication needs, adjustments."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from phb_tui.content import forms
from phb_tui.domain.people import person_facts
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _, n_
from phb_tui.services.decision import standing
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

TAKE_CARE = "take_care"
"""The person's field about taking care when visiting; it is shown as a lone-worker alert."""

SAFEGUARDING, LONE_WORKER, OTHER, MUST_KNOW = "safeguarding", "visit", "risk_other", "must_know"
_NAMES = {
    SAFEGUARDING: N_("Safeguarding"),
    LONE_WORKER: N_("Lone-worker alert"),
    OTHER: N_("Staff alert"),
    MUST_KNOW: N_("Must know"),
}
_KINDS = ("flag", "must_know", "accessible_need", "adjustment", standing.REQUEST)


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that must be read: a staff alert, or a must-know fact such as an allergy.

    Attributes:
        id: Stable id: the record's, or the person's id and the field's name.
        record: The record of the alert.
        sort: "safeguarding", "visit", "risk_other" or "must_know".
        name: The title.
        words: The text, on one line.
        staff: Whether only staff may read it.
        brief: The alert with its shortest title and without its source, for where there is little room.
    """

    id: str
    record: Record
    sort: str
    name: str
    words: str
    staff: bool
    brief: str = ""

    @property
    def line(self) -> str:
        """The alert on one line; a staff-only one begins with "!"."""
        words = f"{self.name}: {self.words}"
        return f"! {words}" if self.staff else words

    @property
    def short(self) -> str:
        """The alert as `line` has it, in fewer words."""
        words = self.brief or f"{self.name}: {self.words}"
        return f"! {words}" if self.staff else words


@dataclass(frozen=True, slots=True)
class Banner:
    """What must be shown about a person, each text as it was written.

    Attributes:
        alerts: Staff alerts, safeguarding first, then lone-worker alerts, then the others.
        must_know: Allergies, where a ReSPECT form is kept and the like, with source and date.
        communicate: How to communicate with the person (Accessible Information Standard).
        others: How to communicate with somebody else: "Carer: large print".
        differently: Reasonable adjustments.
        died: That the person has died, and when; "" else.
        died_for_all: The same without words that only staff may read.
        not_valid: Decisions that the team server did not take, each as a sentence.
        not_valid_for_all: The same without why, which is for staff.
    """

    alerts: tuple[Alert, ...]
    must_know: tuple[Alert, ...]
    communicate: tuple[str, ...]
    others: tuple[str, ...]
    differently: tuple[str, ...]
    died: str = ""
    died_for_all: str = ""
    not_valid: tuple[str, ...] = ()
    not_valid_for_all: tuple[str, ...] = ()

    @property
    def all_alerts(self) -> tuple[Alert, ...]:
        """Everything that has to be read before a visit starts."""
        return (*self.alerts, *self.must_know)

    def first(self, *, family: bool, folded: bool = False, short: bool = False) -> Iterator[str]:
        """The alerts and must-know facts, one a line.

        Args:
            family: Whether family view is on: staff-only alerts are left out without a trace.
            folded: Whether the family may be reading: only the number of staff alerts.
            short: Whether titles are as short as they can be, for a narrow window.
        """
        if self.died:
            died = self.died_for_all if family or folded else self.died
            yield died if family else _("{died} Reviews and tasks are no longer due.").format(died=died)
        yield from self.not_valid_for_all if family or folded else self.not_valid
        staff = [alert for alert in self.all_alerts if alert.staff]
        if folded and staff and not family:
            words = n_("! {count} staff alert: F8", "! {count} staff alerts: F8", len(staff))
            yield words.format(count=len(staff))
        elif not family:
            yield from (alert.short if short else alert.line for alert in staff)
        yield from (alert.short if short else alert.line for alert in self.must_know if not alert.staff)

    def support(self, *, short: bool = False) -> Iterator[str]:
        """A line for each communication need and adjustment, which everybody may read.

        Args:
            short: Whether titles are as short as they can be, for a narrow window.
        """
        if self.communicate:
            words = _("Communicate: {words}") if short else _("How to communicate: {words}")
            yield words.format(words=_joined(self.communicate))
        yield from self.others
        if self.differently:
            words = _("Adjustments: {words}") if short else _("Reasonable adjustments: {words}")
            yield words.format(words=_joined(self.differently))


def _joined(needs: Iterable[str]) -> str:
    """Needs on one line, divided by semicolons; a full stop before one is left out."""
    return "; ".join(need.removesuffix(".") for need in needs)


def of(session: Session, person: Record) -> Banner:
    """Build the banner of a person, from their own record and from their other records that have not ended."""
    found: dict[str, list[Record]] = {kind: [] for kind in _KINDS}
    for record in record_lists.of_kinds(session, _KINDS, person.record_id):
        if not record_lists.has_ended(session, record):
            found[record.kind].append(record)
    needs = found["accessible_need"]
    alerts = [*_lone_worker_alert(person), *(_flag(record) for record in found["flag"])]
    aside = standing.kept_aside_of(session, found[standing.REQUEST])
    order = list(_NAMES)
    return Banner(
        alerts=tuple(sorted((a for a in alerts if a.words), key=lambda alert: order.index(alert.sort))),
        must_know=tuple(alert for alert in map(_must_know, found["must_know"]) if alert.words),
        communicate=_written(
            [_versions(person, "communication"), *(_versions(n, "need") for n in needs if _is_own(n))]
        ),
        others=_written(map(_need_of_somebody_else, (need for need in needs if not _is_own(need)))),
        differently=_written(_versions(record, "what") for record in found["adjustment"]),
        died=person_facts.death(person),
        died_for_all=person_facts.death(person, staff=False),
        not_valid=tuple(standing.not_taken(each) for each in aside),
        not_valid_for_all=tuple(standing.not_taken(each, with_why=False) for each in aside),
    )


def _lone_worker_alert(person: Record) -> Iterator[Alert]:
    words = _versions(person, TAKE_CARE)
    yield Alert(f"{person.record_id}:{TAKE_CARE}", person, LONE_WORKER, _(_NAMES[LONE_WORKER]), words, staff=True)


def _flag(record: Record) -> Alert:
    kind = record.text("kind")
    sort = kind if kind in {SAFEGUARDING, LONE_WORKER} else OTHER
    return Alert(record.record_id, record, sort, _(_NAMES[sort]), _versions(record, "what"), staff=True)


def _must_know(record: Record) -> Alert:
    """The alert of a must-know record, with its sort, source and date; without text it says so."""
    words = what = _versions(record, "what")
    sort = forms.show(MUST_KNOW, "sort", record.text("sort"))
    source = _one_line(record.text("source"))
    when = forms.show(MUST_KNOW, "as_of", record.text("as_of"))
    beside = ", ".join(part for part in (source, when) if part)
    if words and beside:
        words = f"{words} ({beside})"
    name = _(_NAMES[MUST_KNOW]) if not sort else _("Must know, {sort}").format(sort=sort)
    brief = f"{sort or name}: {what}" if what else ""
    return Alert(record.record_id, record, MUST_KNOW, name, words, record_lists.for_staff(record), brief)


def _is_own(need: Record) -> bool:
    return need.text("whose") in {"", "person"}


def _need_of_somebody_else(need: Record) -> str:
    """Somebody else's need, labelled with whose it is, so that it is not taken for the person's."""
    words = _versions(need, "need")
    return f"{forms.show('accessible_need', 'whose', need.text('whose'))}: {words}" if words else ""


def _versions(record: Record, name: str) -> str:
    """A field's words on one line; all versions of it while they are not decided, so that none is overlooked."""
    sides = (str(side.value or "") for side in record.open.get(name, ()))
    found = list(dict.fromkeys(_written([record.text(name), *sides])))
    words = _(" or: ").join(found)
    return _("Not decided yet: {words}").format(words=words) if len(found) > 1 else words


def _written(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(words for words in map(_one_line, texts) if words)


def _one_line(text: str) -> str:
    return " ".join(text.split())
