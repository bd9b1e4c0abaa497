"""Finder (Ctrl+P): people, what can be opened here, and words in the record of the person who is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets.option_list import Option

from phb_tui.content import steps
from phb_tui.domain.text import line_filter
from phb_tui.i18n import N_, _
from phb_tui.screens.base import transferred_person
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.frame.hint_bar import key_name, keys_here
from phb_tui.screens.lists.line_list import heading
from phb_tui.screens.lists.row import Row
from phb_tui.screens.navigation import found_places
from phb_tui.screens.shell.filter_list import FilterList, FilterScreen
from phb_tui.screens.widgets.read_only import named, shortened
from phb_tui.services.person import caseload, word_search
from phb_tui.services.person.word_search import Place

if TYPE_CHECKING:
    from phb_tui.domain.records.changes import Record
    from phb_tui.screens.base.protocols import AppProtocol

MOST, EACH = 12, 4
"""Maximum number of lines, and of each group's while the others have as many."""
WIDTH, MARGINS = 68, 12
"""Largest width of a line, and the columns kept free for the border, in columns."""

Opens = Callable[["AppProtocol"], None]
"""Opens what was found, after the finder has closed."""


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the finder.

    Attributes:
        option_id: The line's id, from a record or a place, never from what somebody wrote.
        words: What it is.
        beside: What stands beside it, such as its key; "" for nothing.
        opens: Opens it.
    """

    option_id: str
    words: str
    beside: str
    opens: Opens


class FinderScreen(FilterScreen[Opens]):
    """One field that finds people, screens and words; returns what opens the chosen line, or None.

    In family view and while a visit is open, no other people are found and nothing that only staff may read.

    Args:
        below: The screen that it was opened from.
    """

    TITLE = N_("Find anything")
    HELP = N_(
        "Type part of a name, of a screen or of what was written about the person who is open. Enter opens the line "
        "you are on. Esc takes out what you typed, then closes this."
    )
    CSS_PATH = "finder.tcss"
    AUTO_FOCUS = "#typed"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", N_("Close"), id="back", tooltip=N_("Go back; nothing happens")),
        Binding("ctrl+p", "dismiss(None)", N_("Close"), show=False),
    ]

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        self._below = below
        self._shown: dict[str, Found] = {}

    def compose(self) -> ComposeResult:
        """Compose the field and the list."""
        found = FilterList(self._lines, id="found")
        found.border_title = _("Find a person, a screen or a word")
        yield found

    @on(FilterList.Chosen)
    def _chosen(self, event: FilterList.Chosen) -> None:
        self.dismiss(self._shown[event.option_id].opens)

    # -- what may be found

    @property
    def _phb_app(self) -> AppProtocol:
        return self._below.phb_app  # type: ignore[attr-defined, no-any-return]

    @cached_property
    def _hides(self) -> bool:
        """Whether what only staff may read, and all other people, must not be found."""
        app = self._phb_app
        return app.family or app.locked_to_sync or (isinstance(self._below, BaseScreen) and self._below.hides)

    @cached_property
    def _person(self) -> Record | None:
        """The person who is open; nobody while the laptop is locked until it has been synced."""
        if self._phb_app.locked_to_sync or not isinstance(self._below, BaseScreen):
            return None
        return transferred_person.person_of(self._below)

    @cached_property
    def _here(self) -> list[Found]:
        """The keys that work on the screen below, and the screens about the person or about everybody."""
        keys = [
            Found(f"key:{key}", words, key_name(key), found_places.presses(key))
            for key, words, _more in keys_here(self._below)
            if key != "ctrl+p"
        ]
        if self._person is None:
            places = [] if self._hides else found_places.of_everybody()
        else:
            places = found_places.of_person(self._person.record_id, hides=self._hides)
        return [*(Found(f"place:{name}", title, "", opens) for name, title, opens in places), *keys]

    @cached_property
    def _places(self) -> list[Place]:
        if self._person is None:
            return []
        return word_search.places(self._phb_app.session, self._person.record_id, staff=not self._hides)

    # -- lines

    def _lines(self, typed: str) -> Sequence[Option]:
        groups = (
            (_("People"), self._people(typed)),
            (_("Open"), self._matching_here(typed)),
            (_("Words"), [*self._words(typed), *self._glossary(typed)]),
        )
        room = _rooms([len(found) for _title, found in groups])
        options: list[Option] = []
        self._shown = {}
        for (title, found), most in zip(groups, room, strict=True):
            if most:
                options.append(heading(title))
            for one in found[:most]:
                self._shown[one.option_id] = one
                options.append(Option(self._line(one), id=one.option_id))
        return options or [Option(_("Nothing found. Esc takes out what you typed."), disabled=True)]

    def _line(self, found: Found) -> Row:
        width = min(self.app.size.width - MARGINS, WIDTH) - cell_len(found.beside)
        return Row(shortened(found.words, width), found.beside)

    def _people(self, typed: str) -> list[Found]:
        if self._hides or not typed.strip():
            return []
        session = self._phb_app.session
        ids = caseload.find(session, typed)[:MOST]
        return [
            Found(
                f"person:{line.person_id}",
                line.name,
                "  ".join(part for part in (line.born, line.nhs_number) if part),
                found_places.opens_person(line.person_id),
            )
            for line in caseload.lines_of(session, ids)
        ]

    def _matching_here(self, typed: str) -> list[Found]:
        return [self._here[n] for n in line_filter.matching(typed, [f"{o.words} {o.beside}" for o in self._here])]

    def _words(self, typed: str) -> Iterable[Found]:
        for number, place in enumerate(word_search.matching(self._places, typed, MOST)):
            words = named(place.label, word_search.around(place.words, typed))
            yield Found(f"word:{number}", words, "", found_places.opens_record(place.record, place.field))

    def _glossary(self, typed: str) -> Iterable[Found]:
        """With nobody open, the words that help explains."""
        if self._person is not None or not typed.strip():
            return
        terms = steps.load().glossary
        for number in line_filter.matching(typed, [term.term for term in terms]):
            term = terms[number]
            yield Found(f"term:{number}", f"{term.term}: {term.meaning}", "", found_places.presses("f1"))


def _rooms(counts: Sequence[int]) -> list[int]:
    """How many lines each group gets: a few each, and what others leave, in their order."""
    rooms = [min(count, EACH) for count in counts]
    for index, count in enumerate(counts):
        rooms[index] += min(count - rooms[index], MOST - sum(rooms))
    return rooms
