"""What a nurse wants to have read before a visit: the person's words, what to bring, last time, whom to ring."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.screens.base.person_view import MOST_DUE, View, people, quoted
from phb_tui.screens.lists.side_panel import titled_lines
from phb_tui.services.person import banner
from phb_tui.services.records import record_lists
from phb_tui.services.visit import last_time


def preparation(view: View, width: int) -> Iterator[Content]:
    """The lines of the panel beside today's visit, for a width in columns."""
    yield from list(quoted(view, width))[1:]
    told = last_time.of_person(view.session, view.person)
    bring = (f"- {record.text('bring')}" for record in told.to_talk_about if record.text("bring"))
    yield from titled_lines(_("Things to bring"), map(Content, bring))
    support = banner.of(view.session, view.person).support()
    yield from titled_lines(_("How to communicate, adjustments"), (Content(f"- {line}") for line in support))
    if told.visit is not None:
        when = dates.in_full(told.visit.text("date"))
        place = [Content(", ".join(filter(None, (when, told.visit.text("place")))))]
        yield from titled_lines(_("Last time"), [*place, *_listed(view, told.present)])
    yield from titled_lines(_("Not done yet"), _listed(view, told.to_do[:MOST_DUE]))
    around = people(view)
    yield from titled_lines(around.title, around.lines)


def _listed(view: View, records: list[Record]) -> list[Content]:
    shown = [record for record in records if not (view.hides and record_lists.for_staff(record))]
    return [Content(f"- {record_lists.line(view.session, record)}") for record in shown]
