"""One request with everything that was asked and decided, to be read."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from phb_tui.content import forms
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.screens.base.reader import Reader
from phb_tui.screens.decision import words
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.services.decision import about_request, standing, subjects
from phb_tui.services.decision.standing import Standing
from phb_tui.services.records import editing, record_lists, roster

SAID = ("reasons", "conditions", "alternatives", "until", "way_decided", "learning", "appeal", "complaint", "advocacy")
"""Fields of a decision that are read, in their order."""


class DecisionPageScreen(Reader):
    """Shows one request: what the person asked for, what was looked at, each decision in full, and the telling.

    Args:
        person_id: The person.
        request_id: The request.
    """

    TITLE = N_("What was asked and decided")
    HELP = N_("All of one request and of what was decided about it. The arrows and PgDn move down. Esc goes back.")

    def __init__(self, person_id: str, request_id: str) -> None:
        super().__init__(person_id)
        self._request_id = request_id

    def words(self) -> Content:
        """The text of the page."""
        request = editing.read(self.session, "request", self._request_id, self.person_id)
        return Content("\n").join(self._lines(standing.of(self.session, request)))

    def _lines(self, there: Standing) -> Iterator[Content]:
        request, about = there.request, subjects.asked_of(self.session, there.request)
        yield Content.styled(words.sums(about) if about is not None else _("The amounts cannot be read here."), "bold")
        who = about_request.who_asked(self.session, request)
        yield Content(_("Asked by {name} on {day}.").format(name=who, day=words.day(request.text("asked_on"))))
        if promised := request.text("promised_by"):
            yield Content(_("Answer promised by {day}.").format(day=words.day(promised)))
        if waits := words.waits(self.session, there):
            yield Content(f"{waits}.")
        yield from (Content(line) for line in about_request.lines(self.session, there))
        for name in ("wish", "evidence"):
            yield from self._quote(forms.printed_label("request", name), request.text(name))
        for decision in there.decisions:
            yield from self._decision(there, decision)
        for told in there.told:
            yield Content("")
            yield Content.styled(forms.form("telling").title, "bold")
            yield Content(record_lists.line(self.session, told))
            yield from self._quote(forms.printed_label("telling", "said_back"), told.text("said_back"))

    def _decision(self, there: Standing, decision: Record) -> Iterator[Content]:
        yield Content("")
        yield Content.styled(words.decided(self.session, decision), "bold")
        if decision is there.newest and not there.is_confirmed:
            open_words = _("The team server has not confirmed it yet: do not pay.")
            yield Content.styled(f"{SHAPES.late} {open_words}", "bold $red")
        if to := decision.text("to"):
            yield Content(_("Passed on to: {name}").format(name=roster.decider_name(self.session, to)))
        for name in SAID:
            field = forms.field("decision", name)
            if decision.text(name).strip() and not (self.hides and field is not None and field.staff_only):
                yield Content.styled(forms.printed_label("decision", name), "$quiet")
                yield Content(record_lists.display(self.session, decision, name))

    def _quote(self, label: str, said: str) -> Iterator[Content]:
        if said.strip():
            yield Content.styled(label, "$quiet")
            yield Content.styled(f"{SHAPES.own_words} ", "$blue") + Content.styled(said, "bold $bold")
