"""What stands behind the highlighted line of a step or a section: its records, its answers or its fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content

from phb_tui.content import forms
from phb_tui.content.steps import Step
from phb_tui.domain.calendar import dates
from phb_tui.domain.plan.i_statements import words_of
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.screens.base.person_view import View
from phb_tui.screens.person import person_panels
from phb_tui.screens.widgets.answer_list import level_of
from phb_tui.services.records import record_lists
from phb_tui.services.visit import conversation

Beside = tuple[str, Iterable[Content]]
"""Title and lines of the panel."""


def of_record(view: View, record: Record) -> Beside:
    """All fields of a record, and a line for each child record."""
    return forms.form(record.kind).title, _details(view, record)


def of_kind(view: View, kind: str) -> Beside:
    """A line for each record of a kind; of a kind with one record, its fields; without what is hidden now."""
    form = forms.form(kind)
    if form.single:
        record = record_lists.single(view.session, kind, view.person_id)
        hidden = view.hides and record_lists.for_staff(record)
        return form.title, () if hidden else _details(view, record)
    return form.many, (Content(f"- {record_lists.line(view.session, record)}") for record in view.of(kind))


def of_conversation(view: View, step: Step) -> Beside:
    """Every statement of a step with its newest answer and the person's words."""
    return _("What was answered"), _answers(view, step)


def of_step(step: Step) -> Beside:
    """What a step is for."""
    return step.short, (Content(step.purpose),)


def of_person(view: View) -> Beside:
    """The person's details."""
    panel = person_panels.details(view)
    return panel.title, panel.lines


def _answers(view: View, step: Step) -> Iterator[Content]:
    latest = conversation.latest(view.session, view.person_id)
    for statement in step.statements:
        answer, day = latest.get(statement.id, (None, ""))
        kept = answer.text("answer") if answer is not None else ""
        level = Content.styled(f"{level_of(kept)} ", "$blue" if answer is not None else "$quiet")
        words = f"{words_of(kept)}, {dates.in_full(day)}" if answer is not None else _("Not asked")
        yield level + Content.styled(words, "bold $bold" if answer is not None else "$quiet")
        yield Content(statement.text)
        if answer is not None and (said := answer.text("words")):
            yield Content.styled(f'"{said}"', "bold $bold")
        yield Content("")


def _details(view: View, record: Record) -> Iterator[Content]:
    form = forms.form(record.kind)
    for field in form.fields():
        shown = ", ".join(record_lists.ticked(record, field.name)) or record_lists.display(
            view.session, record, field.name
        )
        if shown and not (field.staff_only and view.hides):
            yield Content.styled(field.label, "$quiet")
            yield Content(f"{shown}\n")
    for kind in form.holds:
        for held in record_lists.of(view.session, kind, view.person_id, record):
            yield Content(f"- {record_lists.line(view.session, held)}")
