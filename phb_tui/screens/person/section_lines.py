"""Lines of a section: the state of one of its parts, and what was removed from the lists that stand in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from textual.content import Content
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.content.sections import Part
from phb_tui.i18n import n_
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.lists.line_list import Line, gap
from phb_tui.screens.lists.row import Row
from phb_tui.screens.person.person_lines import NOT_STARTED, state_words
from phb_tui.services.person import entered_in_error
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

REMOVED = "removed"
"""Id of the line that leads to what was removed."""


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
