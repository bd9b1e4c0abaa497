"""Page with what was said and agreed last time, to read before or at a visit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from phb_tui.content import forms
from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.screens.base.reader import Reader
from phb_tui.screens.widgets.read_only import named
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import record_lists
from phb_tui.services.visit import last_time
from phb_tui.services.visit.last_time import LastTime

CLOSING = ("read_back", "person_says", "left_with", "next_visit")
"""Fields of the closing that are shown, in order."""


class LastTimeScreen(Reader):
    """Read-only page: the last visit, what was agreed, what is still open.

    Args:
        person_id: The person.
    """

    TITLE = N_("Last time")
    HELP = N_(
        "The last visit: when it was, who was there and what was agreed. Then what is not done yet, and what someone "
        "asked to talk about. Nothing can be changed here. Esc goes back."
    )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable opening this page from itself."""
        return action != "last_time" and super().check_action(action, parameters)

    def words(self) -> Content:
        """The page."""
        return Content("\n").join(self._lines(last_time.of_person(self.session, self.person())))

    def _lines(self, told: LastTime) -> Iterable[Content]:
        yield from self._visit(told)
        yield from self._agreed(told)
        yield from self._list(_("Not done yet"), told.to_do)
        yield from self._list(_("Asked to talk about"), told.to_talk_about)

    def _visit(self, told: LastTime) -> Iterable[Content]:
        if told.visit is None:
            yield Content(_("There was no visit yet."))
            return
        parts = (dates.in_full(told.visit.text("date")), told.visit.text("time"), told.visit.text("place"))
        yield Content.styled(", ".join(part for part in parts if part), "bold")
        yield from self._list(_("Who was there"), told.present)
        shown = [(told.closing, name) for name in CLOSING] if told.closing else []
        shown += [] if self.hides else [(told.visit, "notes")]
        for record, name in shown:
            if words := record_lists.display(self.session, record, name):
                yield Content("\n" + named(forms.label(record.kind, name), words))

    def _agreed(self, told: LastTime) -> Iterable[Content]:
        yield Content.styled("\n" + _("What was agreed"), "bold underline")
        if told.version is None:
            yield Content(_("No plan has been agreed yet."))
            return
        yield Content(
            _("Version {number}, {date}, agreed by {name}").format(
                number=told.version.text("number"),
                date=dates.in_words(told.version.text("agreed_on")),
                name=told.version.text("agreed_by"),
            )
        )
        if not plan_versions.is_readable(told.version):
            yield Content(_("This version is from a newer phb-tui. Install the newest phb-tui to read it."))
        for goal, actions in told.goals:
            yield Content.styled(record_lists.line(self.session, goal), "bold")
            yield from (Content(f"  - {record_lists.line(self.session, action)}") for action in actions)

    def _list(self, title: str, records: Sequence[Record]) -> Iterable[Content]:
        """A heading and a line for each record; nothing when there is none that may be shown."""
        hides = self.hides
        shown = [record for record in records if not (hides and record_lists.for_staff(record))]
        if shown:
            yield Content.styled(f"\n{title}", "bold underline")
        yield from (Content(f"- {record_lists.line(self.session, record)}") for record in shown)
