"""A nurse who does with the mouse all that is not words typed in a field: clicks on what is seen, and the wheel."""

import re
import time
from collections.abc import Callable, Sequence

from phb_tui.content import forms
from phb_tui.content.forms import FormField
from tests.journeys.driver import Driver
from tests.journeys.kept import Value
from tests.journeys.terminal import PATIENCE, NotSeen

Place = tuple[int, int]
"""Column and row on the screen, from 0."""
CAPS = {"esc": "Esc", "pgdn": "PgDn", "pgup": "PgUp", "enter": "Enter", "ctrl+l": "Ctrl+L", "ctrl+q": "Ctrl+Q"}
"""What stands on the caps of the last row; function keys stand there by their name in capitals."""
HELD = 0.03
"""Seconds for which the button is held down."""
NOTCHES, TURNS = 3, 40
"""Notches of one turn of the wheel, and most turns in one direction."""


class MouseDriver(Driver):
    """Somebody with a mouse. It is told to the program as xterm does: SGR, mode 1006, positions from 1."""

    def click(self, place: Place) -> None:
        """Move to a place, press the button and let it go."""
        x, y = place[0] + 1, place[1] + 1
        self.terminal.type(f"\x1b[<35;{x};{y}M\x1b[<0;{x};{y}M")
        self.terminal.read(HELD)
        self.terminal.type(f"\x1b[<0;{x};{y}m")

    def wheel(self, by: int) -> bool:
        """Turn the wheel down (1) or up (-1) over the middle of the screen; whether anything moved."""
        screen, before = self.terminal.screen, self.terminal.text()
        self.terminal.type(f"\x1b[<{64 if by < 0 else 65};{screen.columns // 3};{screen.lines // 2}M" * NOTCHES)
        self.terminal.quiet()
        return self.terminal.text() != before

    def _seek(self, find: Callable[[], Place | None], what: str) -> Place:
        """Where something stands, turning the wheel to both ends until it is seen.

        Raises:
            NotSeen: It is nowhere.
        """
        until = time.monotonic() + PATIENCE
        self.terminal.quiet()
        while time.monotonic() < until:
            for by in (1, -1):
                for _ in range(TURNS):
                    if found := find():
                        return found
                    if not self.wheel(by):
                        break
        raise NotSeen(f"no {what!r} in:\n{self.terminal.text()}")

    def _until(self, seen: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not seen():
            self.terminal.read(0.02)
            if time.monotonic() > until:
                raise NotSeen(f"in vain in:\n{self.terminal.text()}")

    def _rows(self) -> list[str]:
        """The rows between the head and the keys."""
        return ["", *self.terminal.screen.display[1:-1], ""]

    def _line(self, words: str) -> Place | None:
        """The line of a list with these words, if there is one with a digit or letter before it; else the words.

        Words in the line round a panel are its title, and not a line.
        """
        with_key = re.compile(rf"\b[a-z1-9]  \W{{0,2}}{re.escape(words)}")
        for pattern in (with_key, re.compile(re.escape(words))):
            for y, row in enumerate(self._rows()):
                for found in pattern.finditer(row):
                    if not re.search("[─━] [^─━│┃]*$", row[: found.start()]):
                        return found.end() - 1, y
        return None

    def _label(self, words: str) -> Place | None:
        """The label of a field: in the line around it or, if it is long, above it."""
        found: Place | None = None
        for y, row in enumerate(self._rows()):
            if at := re.search(rf"[─━] {re.escape(words)}( [─━])?", row):
                if at[1]:
                    return at.start() + 3, y
                found = found or (at.start() + 3, y)
            elif row.strip("│┃ ").startswith(words[:40]) and len(words) > 40:
                return row.index(words[:40]), y
        return found

    def _option(self, label: str, words: str, mark: str = " •x") -> Place | None:
        """An option of the field with a label, whose own first row may have been scrolled out above."""
        top = self._label(label)
        for y, row in list(enumerate(self._rows()))[top[1] if top else 0 :]:
            if found := re.search(rf"[(\[][{mark}][)\]] [1-9 ]  {re.escape(words[:40])}", row):
                return found.end() - 1, y
            if re.search("[╰┗]", row):
                return None
        return None

    # -- what a driver does

    def press(self, key: str, *then: str) -> None:
        """Click a key's cap in the last row or, if it is not there, its line in the menu."""
        self.terminal.quiet()
        self._until(lambda: self.terminal.screen.display[-1].strip() != "")  # the last row is painted
        cap = CAPS.get(key, key.upper())
        if (place := self._cap(cap)) is None:
            self.click(self._seek(lambda: self._cap("F9"), "F9"))
            self.terminal.wait("What would you like to do?")
            place = self._seek(lambda: self._menu_line(cap), cap)
        self.click(place)
        self.terminal.wait(*then)

    def _cap(self, cap: str) -> Place | None:
        """The cap of a key in the last row."""
        found = re.search(rf" {re.escape(cap)} ", self.terminal.screen.display[-1])
        return (found.start() + 1, self.terminal.screen.lines - 1) if found else None

    def _menu_line(self, cap: str) -> Place | None:
        found = ((re.search(rf"\. {re.escape(cap)} ", row), y) for y, row in enumerate(self.terminal.screen.display))
        return next(((at.start(), y) for at, y in found if at), None)

    def choose(self, label: str, *then: str) -> None:
        """Click the line with these words."""
        self.terminal.wait()
        self.click(self._seek(lambda: self._line(label), label))
        self.terminal.wait(*then)

    def choose_far(self, label: str, *then: str) -> None:
        """Turn the wheel to the line, and click it."""
        self.choose(label, *then)

    def into(self, label: str) -> None:
        """Click the label of a field, and see the line around it become heavy."""
        place = self._seek(lambda: self._label(label), label)
        in_line = self.terminal.screen.display[place[1]][place[0] - 2] in "─━"
        self.click(place)
        if in_line:
            self.terminal.wait(f"━ {label}")

    def answer(self, number: str) -> None:
        """Click an answer to a statement."""
        self.click(self._seek(lambda: self._line(f"( ) {number}"), number))
        self.terminal.wait(f"(•) {number}")

    def select(self, asked: FormField, codes: Sequence[str]) -> None:
        """Click the options with these codes."""
        for code in codes:
            words = (asked.options or {})[code]
            self._seek(lambda: self._label(asked.label), asked.label)
            self.click(self._seek(lambda words=words: self._option(asked.label, words), words))  # type: ignore[misc]
            self._until(lambda words=words: bool(self._option(asked.label, words, "•x")))  # type: ignore[misc]

    def put_in(self, asked: FormField, value: Value | None) -> None:
        """Click into a field and type, or click its options."""
        if value is None:
            return
        if asked.type in {"choice", "ticks"}:
            self.select(asked, [value] if isinstance(value, str) else value)
            return
        self.into(asked.label)
        self.put(str(value))

    def go_on(self, button: str, *then: str) -> None:
        """Click a button."""
        self.choose(button, *then)

    def put(self, words: str) -> None:
        """Type, and see the words stand before the cursor: only then does the page no longer move."""
        super().put(words)
        self._until(lambda: self._before_cursor().endswith(words[-3:]))

    def _before_cursor(self) -> str:
        at = self.terminal.screen.cursor
        return self.terminal.screen.display[at.y][: at.x]

    def append(self, words: str, more: str) -> None:
        """Click behind the words, and type."""
        last = " ".join(words.split()[-2:])  # a paste has broken the line before
        x, y = self._seek(lambda: self._line(last), last)
        self.click((x + 1, y))
        self.put(more)

    def read_down(self, last: str) -> str:
        """Turn the wheel from the first line to the last."""
        self.terminal.quiet()
        read, until = self.terminal.text(), time.monotonic() + PATIENCE
        while self.wheel(1) or (last not in self.terminal.text() and time.monotonic() < until):  # it may be busy
            read += f"\n{self.terminal.text()}"
        assert last in read, read
        return read

    def find_person(self, typed: str, name: str, *then: str) -> None:
        """Type into the field that F3 leads to, and click the person."""
        self.press("f3", "Your people")
        super().put(typed)  # the cursor goes to the person found
        self.choose(name, *then)

    def wake(self) -> None:
        """Click the head of the screen."""
        self.click((0, 0))

    def add_held(self, kind: str, held: str) -> None:
        """Turn back to the first page, and click the line that adds something."""
        if len(forms.form(kind).pages) > 1:
            self.press("pgdn")
            for _ in forms.form(kind).pages:
                self.press("pgup")
            self.terminal.wait("This is the first page.")
        self.choose(f"+ {forms.form(held).add}")
