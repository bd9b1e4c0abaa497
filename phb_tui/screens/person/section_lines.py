"""Lines of a section: those of a step, the state of one of its parts, and what was removed from its lists.

A part of a step keeps its digit or letter whatever comes and goes above it: what differs takes none, and a part that
is hidden from the family leaves its own free.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from textual.content import Content
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.content.sections import Part, Section
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _, n_
from phb_tui.screens.base.person_view import View
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.lists.line_list import KEYS, NO_KEY, Line, gap
from phb_tui.screens.lists.row import Row
from phb_tui.screens.person import part_states
from phb_tui.screens.person.person_lines import NOT_STARTED, state_words
from phb_tui.services.decision import ways
from phb_tui.services.person import entered_in_error, to_do
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import step_progress

REMOVED = "removed"
"""Id of the line that leads to what was removed."""
TALK, EXPECT, DONE, DIFFERS = "talk", "expect", "completed", "differs-"
"""Ids of the lines that are no parts; the last one begins those of what differs."""
SET_UP = "setup"
"""The kind of record with the way of managing that was agreed."""
TASK = "task"


def stated(title: str, state: str, option_id: str, key: str = "") -> Line:
    """Line of a part of a step with its state at the right, as shape and word; "" when nothing is written.

    Args:
        title: The part.
        state: How far it is.
        option_id: The line's id.
        key: The digit or letter that opens it; "" for the next one that is free.
    """
    if state:
        return Line(Row(title, state_words(SHAPES.begun, state, "$blue")), option_id, key)
    return Line(Row(title, state_words(SHAPES.not_started, NOT_STARTED, "$quiet")), option_id, key)


def kinds_of(parts: Iterable[Part]) -> frozenset[str]:
    """The kinds of record of some parts, with those that belong to them."""
    kinds = [part.kind for part in parts if part.kind]
    return frozenset(kind for named in kinds for kind in (named, *forms.form(named).holds))


def removed(session: Session, person_id: str, kinds: Collection[str], *, hides: bool) -> Iterable[Option]:
    """Line that leads to what was taken off the lists, so that it can be put back; none where nothing was.

    Args:
        session: The session.
        person_id: The person.
        kinds: The kinds of record that are listed.
        hides: Whether what only staff may read is left out now.
    """
    found = entered_in_error.removed(session, person_id, kinds) if kinds else []
    count = sum(not (hides and record_lists.for_staff(mistake.record)) for mistake in found)
    if count:
        yield gap()
        words = n_("{count} removed: look, or restore it", "{count} removed: look, or restore one", count)
        yield Option(Content.styled(words.format(count=count), "$quiet"), id=REMOVED)


def of_step(view: View, section: Section, parts: Sequence[Part]) -> Iterator[Option]:
    """The lines of a step.

    Args:
        view: The person, and who may be reading.
        section: The step, with all its parts.
        parts: Those that may be shown now.
    """
    session, person_id = view.session, view.person_id
    talk, keys = KEYS[0], KEYS[1 : len(section.parts) + 3]
    told = step_progress.progress(session, person_id)[section.step - 1]
    words = _("{said} of {all} answered").format(said=told.said, all=told.of)
    yield stated(_("Talk about this step"), words if told.said else "", TALK, talk)
    yield gap()
    yield from _differences(session, person_id, parts)
    for part, key in zip(section.parts, keys, strict=False):
        if part in parts:
            yield of_part(session, view.person, part, key)
    yield from removed(session, person_id, kinds_of(section.parts), hides=view.hides)
    yield gap()
    yield Line(_("What to expect in this step: read together"), id=EXPECT, key=keys[-2])
    if not view.family:
        done = step_progress.step_record(session, person_id, section.step).text("completed") == "yes"
        words = _("Mark step as not complete") if done else _("Mark step as complete")
        yield Line(words, id=DONE, key=keys[-1])


def of_part(session: Session, person: Record, part: Part, key: str = "") -> Line:
    """Line of one part: its name and its number of records.

    Args:
        session: The session.
        person: The person.
        part: The part.
        key: The digit or letter that opens it; "" for the next one that is free.
    """
    person_id = person.record_id
    if part.screen:
        state = part_states.state(session, person, part.screen)
        return Line(Row(part.title, state), id=f"screen:{part.screen}", key=key)
    form = forms.form(part.kind)
    if form.single:
        written, asked = forms.filled(record_lists.single(session, part.kind, person_id))
        words = _("{written} of {all} filled in").format(written=written, all=asked) if written else ""
        return stated(form.title, words, f"one:{part.kind}", key)
    if part.kind == TASK:
        return stated(form.many, to_do.counts(session, person_id).words, f"list:{part.kind}", key)
    count = len(record_lists.of(session, part.kind, person_id))
    words = n_("{count} written", "{count} written", count).format(count=count) if count else ""
    return stated(form.many, words, f"list:{part.kind}", key)


def _differences(session: Session, person_id: str, parts: Sequence[Part]) -> Iterator[Option]:
    """Lines that say where the agreed way is not what was preferred, decided or signed; an older policy first."""
    if any(part.kind == SET_UP for part in parts):
        mark = Content.styled(f"{SHAPES.late} ", "bold $red")
        if older := ways.policy_is_older(session, person_id):
            yield Option(Row(mark + Content(older)), disabled=True)
        for number, sentence in enumerate(ways.differences(session, person_id)):
            yield Line(Row(mark + Content(sentence)), id=f"{DIFFERS}{number}", key=NO_KEY)
