"""Head of the plan document: identity, version, period of validity, how to ask for a change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from phb_tui.domain.calendar import dates
from phb_tui.domain.people import person_facts
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.services.documents.document_values import DocumentValues
from phb_tui.services.person import overdue_reviews
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session


class DocumentHead:
    """Builds the head of a document.

    Args:
        session: The session.
        values: Reads the fields, with every version of those in conflict.
        everything: The records by kind.
    """

    def __init__(self, session: Session, values: DocumentValues, everything: Mapping[str, Sequence[Record]]) -> None:
        self._session, self._values = session, values
        self._person = everything["person"][0]
        self._plan = next(iter(everything.get("care_plan", ())), None)
        self._local = record_lists.single(session, "local", None)

    def preferred_name(self) -> str:
        """The person's preferred name."""
        names = (self._values.words(self._person, name) for name in ("known_as", "given_name"))
        return next((words for words in names if words), "") or person_facts.full_name(self._person)

    def identity(self) -> str:
        """Full name, date of birth and NHS number."""
        words = self._values.words
        names = (words(self._person, name) for name in ("given_name", "family_name"))
        return _("{name}, born {born}, NHS number {number}").format(
            name=" ".join(name for name in names if name) or person_facts.full_name(self._person),
            born=words(self._person, "date_of_birth") or _("(not written yet)"),
            number=words(self._person, "nhs_number") or _("(not written yet)"),
        )

    def version_line(self, version: Record | None, since: str) -> str:
        """Version, date and how to ask for changes.

        Args:
            version: The agreed version; None for the plan as it is now.
            since: Number of the version since which changes are marked; "" when none are.
        """
        today = dates.in_full(self._session.today.isoformat())
        if version is not None:
            which = _("Version {number}, agreed on {date} by {name}. Printed on {today}.").format(
                number=version.text("number"), date=dates.in_full(version.text("agreed_on")),
                name=version.text("agreed_by") or _("(not written yet)"), today=today,
            )  # fmt: skip
        elif since:
            which = _(
                "Version {number} with what has changed since, marked. The changes are not agreed yet. "
                "Printed on {today}."
            ).format(number=since, today=today)
        else:
            which = _("A draft of {today}, not agreed yet.").format(today=today)
        return f"{which} {self.ask_for_change()}"

    def whom_to_ask(self) -> str:
        """Whom to ask: the service, else the care coordinator; "" when neither is written."""
        words = self._values.words(self._local, "contact") or self._coordinator("coordinator_contact")
        return " ".join(words.split())

    def ask_for_change(self) -> str:
        """How to ask for a change."""
        return _("To ask for a change: {contact}").format(contact=self.whom_to_ask() or _somebody())

    def last_day_of_validity(self) -> str:
        """The last day of validity, and whom to ask."""
        found = self._values.dates(self._plan, "review_date") if self._plan else []
        contact = ", ".join(self._contact()) or _somebody()
        if self._plan is None or not found:
            words = _("No review date is agreed yet. Check that this is still right: {contact}")
            return words.format(contact=contact)
        review, last = self._values.words(self._plan, "review_date"), [self._last_day(kept) for kept in found]
        if len(found) == 1 and last[0] and not dates.is_date(found[0]):
            review = f"{dates.in_full(last[0].isoformat())} ({review})"
        if None in last:
            words = _('The review is written as "{review}". Check that this is still right: {contact}')
        elif any(day < self._session.today for day in last if day):
            words = _("The review was due on {review}. Before using this paper, check: {contact}")
        else:
            words = _("Use until {review}. After that, or when something changes, check: {contact}")
        return words.format(review=review, contact=contact)

    def _last_day(self, kept: str) -> date | None:
        """The last day before a review is overdue; an interval counts as in the reminders."""
        if dates.is_date(kept) or self._plan is None:
            return dates.last_day(kept)
        plan = replace(self._plan, fields={**self._plan.fields, "review_date": kept})
        return overdue_reviews.due_date(self._session, plan, "review_date")

    def _contact(self) -> Iterator[str]:
        """The care coordinator with contact details or, without one, the service's."""
        named = [self._coordinator(name) for name in ("coordinator", "coordinator_contact")]
        found = [words for words in named if words] or [self._values.words(self._local, "contact")]
        return (" ".join(words.split()) for words in found if words)

    def _coordinator(self, name: str) -> str:
        return self._values.words(self._plan, name) if self._plan is not None else ""


def _somebody() -> str:
    return _("my nurse advisor or PHB officer")
