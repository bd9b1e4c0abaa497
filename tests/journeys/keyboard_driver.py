"""A nurse who does everything with the keyboard: moves to a line by its words, goes from field to field by Tab."""

import re
import time
from collections.abc import Sequence

from phb_tui.content import forms
from phb_tui.content.forms import FormField
from phb_tui.screens.design.shapes import SHAPES
from tests.journeys.driver import Driver
from tests.journeys.highlight import line_words, moved
from tests.journeys.kept import Value, rows
from tests.journeys.terminal import PATIENCE, NotSeen

MOST_LINES, MOST_FIELDS = 60, 20
DIGITS = "123456789"


class KeyboardDriver(Driver):
    """Somebody at the keyboard."""

    def here(self) -> tuple[int, str]:
        """The highlighted line of the list that has the focus: its row and its words; (-1, "") when there is none."""
        screen = self.terminal.screen
        marks = [(y, row.find(SHAPES.here)) for y, row in enumerate(screen.display) if SHAPES.here in row]
        focused = [(y, x) for y, x in marks if x and screen.display[y][x - 1] == "\N{BOX DRAWINGS HEAVY VERTICAL}"]
        y, x = next(iter([*focused, *marks]), (-1, 0))  # a list that only shows a place has a mark too, in a thin line
        if y < 0:
            return -1, ""
        ground = screen.buffer[y][x].bg  # a line may have several rows, and a row several lines side by side
        words: list[str] = []
        while y + len(words) < screen.lines and screen.buffer[y + len(words)][x].bg == ground:
            row = screen.buffer[y + len(words)]
            end = next((at for at in range(x, screen.columns) if row[at].bg != ground), screen.columns)
            words.append(screen.display[y + len(words)][x:end])
        return y, line_words(" ".join(word.strip() for word in words))

    def choose(self, label: str, *then: str) -> None:
        """Move in the list to the line with these words and press Enter; then wait for the words that follow.

        Raises:
            NotSeen: There is no such line.
        """
        self.terminal.wait(label)
        if key := self._key_of(label):
            self.terminal.type(key)
        else:
            self.walk_to(label)
            self.terminal.press("enter")
        self.terminal.wait(*then)

    def choose_far(self, label: str, *then: str) -> None:
        """Move to the line, waiting at each until it is painted, and press Enter."""
        self.walk_to(label, rows=True)
        self.press("enter", *then)

    def _key_of(self, label: str) -> str:
        """The letter of a thing in the row at the bottom of the person's page; "" if there is no such thing."""
        self.terminal.quiet()
        found = re.search(rf"^  .*\b([a-z])  {re.escape(label)}", self.terminal.text(), re.MULTILINE)
        return found[1] if found else ""

    def walk_to(self, label: str, *, rows: bool = False) -> str:
        """Move down in the list to the line with these words, wherever it is; what was on the screen on the way.

        A screen is painted row by row: while the screen before still shows its highlight below, or half of a line looks
        like another one, an arrow too many would be on its way, and Enter would open the line after.

        Args:
            label: Part of the line.
            rows: Lines take several rows: wait at each until it is painted whole.

        Raises:
            NotSeen: There is no such line.
        """
        seen = ""
        self.terminal.quiet()
        for _ in range(MOST_LINES):
            before = self._highlighted()
            seen += f"\n{self.terminal.text()}"
            if label in before[1]:
                self.terminal.quiet()
                if label in self.here()[1]:
                    return seen
                continue
            self.terminal.press("down", pause=0)  # from the last line it goes to the first
            self._wait_moved(before)
            if rows:
                self.terminal.quiet()
        raise NotSeen(f"no line {label!r} in:\n{self.terminal.text()}")

    def _wait_moved(self, before: tuple[int, str]) -> None:
        """Wait until the highlight is on another line than it was."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if moved(before, self.here(), line_words(self.terminal.screen.display[before[0]])):
                return
            self.terminal.read(0.01)

    def _highlighted(self) -> tuple[int, str]:
        """The highlighted line, once there is one."""
        until = time.monotonic() + PATIENCE
        while not (found := self.here())[1] and time.monotonic() < until:
            self.terminal.read(0.02)
        return found

    # -- what a driver does

    def press(self, key: str, *then: str) -> None:
        """Press a key."""
        self.terminal.press(key)
        self.terminal.wait(*then)

    def open_step(self, step: int) -> None:
        """Type the step's digit."""
        self.terminal.wait("Six steps")
        self.terminal.quiet()
        self.terminal.type(str(step))
        self.terminal.wait("Talk about this step")

    def into(self, label: str) -> None:
        """Press Tab until the line around the field is heavy."""
        for _ in range(MOST_FIELDS):
            self.terminal.quiet()
            if f"━ {label}" in self.terminal.text():
                return
            self.terminal.press("tab")
        raise NotSeen(f"no field {label!r} in:\n{self.terminal.text()}")

    def answer(self, number: str) -> None:
        """Type the digit."""
        self.terminal.type(number)
        self.terminal.wait(f"(•) {number}")

    def select(self, asked: FormField, codes: Sequence[str]) -> None:
        """Go to the field and type the digits."""
        self.into(asked.label)
        self._tick(asked, codes)

    def put_in(self, asked: FormField, value: Value | None) -> None:
        """Fill in the field that has the focus, and press Tab."""
        if value is not None and asked.type in {"choice", "ticks"}:
            self._tick(asked, [value] if isinstance(value, str) else value)
        elif value is not None:
            self.put(str(value))
            self.terminal.read(0.01)
        self.terminal.press("tab", pause=0.01)

    def _tick(self, asked: FormField, codes: Sequence[str]) -> None:
        """Type the digits of options, or move to those that have none."""
        for index in map(list(asked.options or {}).index, codes):
            if index < len(DIGITS):
                self.terminal.type(DIGITS[index])
            else:
                self.terminal.press("home", *["down"] * index, "enter", pause=0.01)
            self.terminal.read(0.02)

    def go_on(self, button: str, *then: str) -> None:
        """Press Enter."""
        del button
        self.press("enter", *then)

    def append(self, words: str, more: str) -> None:
        """Press End and type."""
        self.sees(words)
        self.terminal.press("end")
        self.put(more)

    def read_down(self, last: str) -> str:
        """Press the down arrow from line to line."""
        return self.walk_to(last, rows=True)

    def find_person(self, typed: str, name: str, *then: str) -> None:
        """Press F3, type, and press Enter once they are found."""
        self.press("f3", "Your people")
        self.put(typed)
        self.terminal.wait(name)
        self.press("enter", *then)

    def wake(self) -> None:
        """Press Tab."""
        self.terminal.press("tab")

    def add_held(self, kind: str, held: str) -> None:
        """Turn back to the first page, and press Tab until the list that adds something has the focus."""
        form = forms.form(kind)
        self.terminal.press("pgdn", *["pgup"] * len(form.pages))
        self.terminal.wait("This is the first page.")  # no field has the keys there: Tab goes to the first one
        details = any(map(form.is_detail, range(len(form.pages))))  # their line stands between the fields and the lists
        tabs = 1 + len(rows(form.pages[0])) + details + form.holds.index(held)
        self.terminal.press(*["tab"] * tabs, "end", pause=0.01)
        until = time.monotonic() + PATIENCE
        while forms.form(held).add not in self.here()[1]:
            self.terminal.read(0.02)
            if time.monotonic() > until:
                raise NotSeen(f"no way to add {held}:\n{self.terminal.text()}")
        self.terminal.press("enter")
