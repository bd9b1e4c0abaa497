"""A person as those who read the screen now may see them: their records, their words, the people around them."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import NamedTuple

from textual.content import Content

from phb_tui.domain.people import person_facts
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _, n_
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import conversation

MOST_DUE, MOST = 8, 5
"""Most reminders, and most lines of other things, in a panel; the screens they come from list all."""

WORDS_ROWS = 120
"""Most letters of the person's words on their page."""


class View(NamedTuple):
    """What the page is about and who may be reading it.

    Attributes:
        session: The session of the unlocked laptop.
        person: The person's record.
        family: Whether family view is on.
        hides: Whether what only staff may read must be hidden.
    """

    session: Session
    person: Record
    family: bool
    hides: bool

    @property
    def person_id(self) -> str:
        """The person's id."""
        return self.person.record_id

    def of(self, kind: str) -> list[Record]:
        """The person's records of a kind that may be shown now."""
        found = record_lists.of(self.session, kind, self.person_id)
        return [record for record in found if not record_lists.for_staff(record)] if self.hides else found


class Panel(NamedTuple):
    """A panel beside the lists: its title, its lines, and its state in the lower line."""

    title: str
    lines: tuple[Content, ...]
    state: str = ""


def own_words(view: View) -> Panel | None:
    """What matters most to the person, in their own words of About me; without them, what they said last."""
    name = person_facts.preferred_name(view.person)
    title = _("What matters to {name}").format(name=name) if name else _("What matters most")
    about = record_lists.single(view.session, "about_me", view.person_id)
    if words := about.text("important_to_me"):
        return Panel(title, _quote(words))
    answers = [record for record in conversation.all_answers(view.session, view.person_id) if record.text("words")]
    if not answers:
        return None
    title = _("What {name} said last").format(name=name) if name else _("Said last")
    return Panel(title, _quote(answers[-1].text("words")))


def _quote(words: str) -> tuple[Content, ...]:
    line = " ".join(words.split())
    short = line if len(line) <= WORDS_ROWS else line[:WORDS_ROWS].rsplit(" ", 1)[0] + SHAPES.cut
    return (Content.styled(short, "bold $bold"),)


def people(view: View) -> Panel:
    """The people around the person with their phone numbers."""
    found = [record for kind in ("contact", "professional") for record in view.of(kind)]
    there = [record for record in found if not record_lists.has_ended(view.session, record)]
    lines = (Content(record_lists.line(view.session, record)) for record in there[:MOST])
    return Panel(_("People"), tuple(lines), more_rows(len(there)))


def more_rows(count: int) -> str:
    """How many lines of a panel there are beyond those that it shows; "" for none."""
    more = count - MOST
    return (
        n_("{shape} {count} more", "{shape} {count} more", more).format(shape=SHAPES.more, count=more)
        if more > 0
        else ""
    )


def quoted(view: View, width: int) -> Iterator[Content]:
    """The person's own words in a width, with the bar beside every row of them."""
    own = own_words(view)
    if own is None:
        return
    yield Content("")
    bar = Content.styled(f"{SHAPES.own_words} ", "$blue")
    for said in own.lines:
        yield from (bar + Content.styled(part, "bold $bold") for part in wrap(said.plain, width - 2))
