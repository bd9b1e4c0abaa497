"""Lines of the person's page: what is next, the six steps, and everything else there is about them."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.budget.amounts.pence import pounds
from phb_tui.domain.calendar import dates, whole_days
from phb_tui.domain.people import person_facts
from phb_tui.i18n import N_, _, n_
from phb_tui.screens.base.person_view import View
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.lists.chip_row import Chip
from phb_tui.screens.lists.line_list import Line
from phb_tui.screens.lists.row import Row, bar, column
from phb_tui.screens.sync import sync_phrases
from phb_tui.services.decision import standing, subjects, to_tell, waiting
from phb_tui.services.payments import due
from phb_tui.services.person import overdue_reviews, possible_duplicates, reminders, unreadable_records
from phb_tui.services.records import field_conflicts, record_lists
from phb_tui.services.visit import step_progress, visits

SAME = "same:"
"""Prefix of the id of a line that opens a possible duplicate."""

OVERDUE = "overdue"
"""Id of the line that opens the form in which the overdue review is recorded."""

NOT_STARTED, BEGUN, DONE = N_("Not started"), N_("Begun"), N_("Done")

FREE_KEYS = "89bdfijlmqruwxyz"
"""Keys for lines under "Next" that have none of their own; the other digits and letters belong to lines that have."""

NAME, STATE = 24, 16
"""Columns of a step's name and of its state."""


def next_lines(view: View) -> Iterable[Option]:
    """Lines of what is next; the first one, which Enter opens unread, is always today's visit."""
    died = person_facts.has_died(view.person)
    begun = visits.todays(view.session, view.person_id) is not None
    state = state_words(SHAPES.begun, BEGUN, "$blue") if begun else state_words(SHAPES.not_started, NOT_STARTED)
    yield Line(Row(_("Today's visit"), "" if died and not begun else state), "visit", "7")
    yield from () if view.hides else _possible_duplicates(view)
    if view.family:
        return
    yield from _decisions(view)
    yield from _overdue(view)
    yield from _late_money(view)
    if open_conflicts := field_conflicts.conflicts(view.session, view.person_id):
        everyday = sum(1 for conflict in open_conflicts if conflict.low_risk)
        words = Content.styled(f"{SHAPES.two_versions} ", "$purple")
        yield Line(Row(words + sync_phrases.to_decide(len(open_conflicts), everyday)), "conflicts")
    if count := len(unreadable_records.of_person(view.session, view.person_id)):
        words_of = n_(
            "{count} record cannot be shown as it should", "{count} records cannot be shown as they should", count
        )
        yield Line(Row(words_of.format(count=count)), "odd")


def state_words(shape: str, words: str, style: str = "") -> Content:
    """A state: its shape and its word in one colour."""
    return Content.styled(f"{shape} {_(words)}", style)


def _decisions(view: View) -> Iterable[Option]:
    """A decision that was not taken, one that came and is to be told, and one that is asked of whoever is here."""
    if standing.kept_aside(view.session, view.person_id):
        mark = Content.styled(f"{SHAPES.late} ", "bold $red")
        yield Line(Row(mark + _("A decision is not valid: see why, and what to do")), "decisions")
    found = standing.of_person(view.session, view.person_id)
    for there in to_tell.among(view.session, found):
        words = _("A decision came: tell {name}").format(name=person_facts.preferred_name(view.person))
        outcome = Content(forms.show(standing.DECISION, "outcome", there.outcome))
        line = Row(Content.styled(f"{SHAPES.late} ", "bold $red") + Content(words), outcome)
        yield Line(line, f"decisions:{there.request.record_id}")
    for there in waiting.among(view.session, found):
        late = there.days_left is not None and there.days_left < 0
        day = whole_days.in_short(there.request.text("promised_by"))
        state = Content.styled(f"{SHAPES.late} {day}", "bold $red") if late else Content(day)
        if subjects.overtaken(view.session, there):
            yield Line(Row(_("What waits for you is about an older version"), state), "decisions")
        else:
            yield Line(Row(_("A decision waits for you"), state), f"decide:{there.request.record_id}")


def _overdue(view: View) -> Iterable[Option]:
    held = {kind: record_lists.single(view.session, kind, view.person_id) for kind in overdue_reviews.KINDS}
    for review in overdue_reviews.overdue(view.session, view.person, held)[:1]:
        words = f"{dates.in_short(review.due.isoformat())}: {_(review.why)}"
        mark = Content.styled(f"{SHAPES.late} ", "bold $red")
        yield Line(Row(mark + _("Review overdue"), Content.styled(words, "bold $red")), OVERDUE)


def _late_money(view: View) -> Iterable[Option]:
    """Money that should have come and did not; it leads to the payments."""
    late = due.of_person(view.session, view.person_id).late if view.of("payment") else []
    if late:
        words = pounds(sum(each.to_pay for each in late))
        mark = Content.styled(f"{SHAPES.late} ", "bold $red")
        yield Line(Row(mark + _("Late: money that should have come"), Content.styled(words, "bold $red")), "payments")


def _possible_duplicates(view: View) -> Iterable[Option]:
    for other in possible_duplicates.of_person(view.session, view.person_id):
        words = _("The same person? {words}").format(words=other.sentence)
        yield Line(Row(Content(words)), f"{SAME}{other.person.record_id}")


def step_lines(view: View) -> Iterable[Option]:
    """A line for each of the six steps: its state as shape and word, and how many statements are answered."""
    for step in step_progress.progress(view.session, view.person_id):
        text = view.session.content.step(step.number)
        said = _("{said} of {all} answered").format(said=step.said, all=step.of)
        if step.completed:
            shape, style, state = SHAPES.done, "$green", _(DONE)
        elif step.said:
            shape, style, state = SHAPES.begun, "$blue", said
        elif step.written:
            shape, style, state = SHAPES.begun, "$blue", _(BEGUN)
        else:
            shape, style, state = SHAPES.not_started, "$quiet", _(NOT_STARTED)
        left = Content.styled(f"{shape} ", style) + Content.styled(
            column(text.short, NAME) + column(state, STATE), "" if step.has_begun else "$quiet"
        )
        filled = (step.of, step.of) if step.completed else (step.said, step.of)
        yield Line(Row(left, bar(*filled), spare=True), f"section:step-{step.number}", str(step.number))


def index_chips(view: View) -> list[Chip]:
    """Everything else there is about the person, each with its letter and how much of it there is."""
    about = record_lists.single(view.session, "about_me", view.person_id)
    written = sum(1 for field in forms.form("about_me").fields() if field.code and about.text(field.name))
    people = sum(len(view.of(kind)) for kind in ("contact", "professional"))
    found = [
        ("g", _("My goals"), len(view.of("goal")), "list:goal"),
        ("a", _("About me"), written, "about_me"),
        ("t", _("To do"), len(reminders.to_do(view.session, view.person_id)), "to_do"),
        ("k", _("The plan to keep"), 0, "plan"),
        ("p", _("People"), people, "section:people"),
        ("e", _("Contingency plans"), len(view.of("contingency")), "list:contingency"),
        ("s", _("Staying safe"), 0, "section:access"),
    ]
    if not view.family:
        found += [
            ("c", _("Consent"), 0, "section:consent"),
            ("n", _("Name, address"), 0, "section:details"),
            ("o", _("Hand over"), 0, "hand_over"),
        ]
    return [Chip(part, key, f"{key}  {words}{f' {count}' if count else ''}") for key, words, count, part in found]
