"""What a nurse does with the keyboard, in words: choose a line by its label, fill in a form, answer a statement."""

import re
import time
from collections.abc import Mapping, Sequence

from phb_tui.content import forms, sections
from phb_tui.content.forms import FormField
from phb_tui.screens.design.shapes import SHAPES
from tests.journeys.highlight import line_words, moved
from tests.journeys.kept import Kept, Value, fits, rows
from tests.journeys.terminal import PATIENCE, NotSeen, Terminal

LISTS = {
    "people": "People",
    "access": "Staying safe",
    "consent": "Consent",
    "details": "Name, address",
}
"""The lines of the person's screen that lead to a section."""
MOST_LINES = 60


class KeyboardDriver:
    """Somebody at the keyboard.

    Args:
        terminal: Where phb-tui runs.
    """

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal

    def here(self) -> tuple[int, str]:
        """The highlighted line of the list that has the focus: its row and its words; (-1, "") when there is none."""
        screen = self.terminal.screen
        found = ((y, row.find(SHAPES.here)) for y, row in enumerate(screen.display) if SHAPES.here in row)
        y, x = next(found, (-1, 0))
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

    def open_step(self, step: int) -> None:
        """Open a step from the person's page, by its digit."""
        self.terminal.wait("Six steps")
        self.terminal.quiet()
        self.terminal.type(str(step))
        self.terminal.wait("Talk about this step")

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

    def start_visit(self) -> None:
        """From the page of a visit that has not begun: start it, reading the alerts where there are any."""
        self.choose("Start today's visit")
        if "I have read these" in self.terminal.wait_for_one("I have read these", "Close the visit"):
            self.terminal.press("enter")
        self.terminal.wait("Close the visit")

    def sees(self, *wanted: str) -> None:
        """Wait until these words are on the screen, wherever their lines break.

        Raises:
            NotSeen: They are not.
        """
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.terminal.read(0.02)
            shown = " ".join(re.sub("[\u2500-\u259f]", " ", self.terminal.text()).split())
            if all(words in shown for words in wanted):
                return
        raise NotSeen(f"{wanted} in:\n{self.terminal.text()}")

    def put(self, words: str) -> None:
        """Put words in the field that has the focus: by typing them."""
        self.terminal.type(words)

    def back(self, *then: str) -> None:
        """Go back one screen."""
        self.terminal.press("esc")
        self.terminal.wait(*then)

    # -- forms

    def fill(self, kind: str, values: Mapping[str, Value], child: Mapping[str, Value] | None = None) -> None:
        """Fill in the form that is open, page by page, ending on the last page that has something to fill in.

        Args:
            kind: The kind of record.
            values: What is written, by field.
            child: What is written in the fields of its first child that stand among its own.
        """
        left = {("", name): value for name, value in values.items()}
        left |= {("child", name): value for name, value in (child or {}).items()}
        for number, page in enumerate(forms.form(kind).pages):
            if number:
                self.terminal.press("pgdn")
                self.terminal.wait(page.fields[0].label[:60])
            for of, asked in rows(page):
                if (of, asked.name) in left:
                    self._enter(asked, left.pop((of, asked.name)))
                self.terminal.press("tab", pause=0.01)
            if not left:
                return
        raise NotSeen(f"{kind} has no {sorted(left)}")

    def _enter(self, asked: FormField, value: Value) -> None:
        if asked.type in {"choice", "ticks"}:
            codes = list(asked.options or {})
            for code in [value] if isinstance(value, str) else value:
                self._tick(codes.index(code))
            return
        assert isinstance(value, str)
        self.put(value)
        self.terminal.read(0.01)

    def _tick(self, index: int) -> None:
        if index < 9:
            self.terminal.type(str(index + 1))
        else:
            self.terminal.press("home", *["down"] * index, "enter", pause=0.01)
        self.terminal.read(0.02)

    def write(self, kept: Kept) -> None:
        """From the person's screen: write a record and what belongs to it, and come back."""
        form = forms.form(kept.kind)
        section = next(s for s in sections.sections() if any(part.kind == kept.kind for part in s.parts))
        if section.step:
            self.open_step(section.step)
            self.choose(form.title if form.single else form.many)
        else:
            self.choose(LISTS[section.id])
            if form.single:
                self.choose(form.title)
        if not form.single:
            self.choose(f"+ {form.add}")
        self._written(kept)
        for _ in range(3 if section.step and not form.single else 2):
            self.terminal.press("esc")
        self.terminal.wait("Today's visit", "The plan to keep")

    def _written(self, kept: Kept) -> None:
        """Fill in the form that is open, then what belongs to the record; the form stays open."""
        first = forms.form(kept.kind).pages[0]
        self.terminal.wait(first.fields[0].label[:60])
        short = [held for held in kept.held if fits(held, first)][:1]
        self.fill(kept.kind, kept.values, short[0].values if short else None)
        for held in kept.held:
            if held in short:
                continue
            self._to_list(kept.kind, held.kind)
            self.terminal.press("enter")
            self._written(held)
            self.back(forms.form(held.kind).many)

    def _to_list(self, kind: str, held: str) -> None:
        """From anywhere in a form of several pages to the line of a list on its first page that adds something."""
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

    def agree(self) -> None:
        """Press the button that agrees the plan, say why what is missing can wait, and press it again."""
        self.terminal.press("enter")
        asked = self.terminal.wait_for_one("Something is missing", "agreed by")
        if "Something is missing" not in asked:
            return
        count = int(found[1]) if (found := re.search(r"missing: 1 of (\d+)", asked)) else 1
        for number in range(count):
            if number:
                self.terminal.wait(f"missing: {number + 1} of {count}")
            self.put(f"It can wait, {number}")
            self.terminal.press("enter")
        self.terminal.wait("Agree this plan")
        self.terminal.press("enter")

    # -- the conversation

    def read_alerts(self, *then: str) -> None:
        """Say that the alerts are read, as often as the page asks for it; without any, there is no such page."""
        until = time.monotonic() + PATIENCE
        while not all(words in self.terminal.text() for words in then) and time.monotonic() < until:
            if "Read these before the visit" in self.terminal.text():
                self.terminal.press("enter")
            self.terminal.read(0.05)
        self.terminal.wait(*then)

    def talk(self, step: int, answers: Mapping[int, tuple[str, str]]) -> None:
        """From the person's screen: answer statements of a step by number, each with the person's words."""
        self.open_step(step)
        self.choose("Talk about this step")
        self.read_alerts("statement 1 of")
        at = 1
        for number, (key, words) in sorted(answers.items()):
            for _ in range(number - at):
                self.terminal.press("pgdn")
            at = number
            self.terminal.wait(f"statement {number} of")
            self.terminal.type(key)
            self.terminal.wait(f"(•) {key}")
            self.terminal.press("tab")
            self.put(words)
            self.terminal.read(0.05)
        self.back("Talk about this step")
        self.back("Today's visit", "The plan to keep")

    def about_me(self, words: Sequence[str]) -> None:
        """From the person's screen: write under the seven headings."""
        self.choose("About me", "1 of 7")
        for written in words:
            self.put(written)
            self.terminal.press("pgdn")
        self.back("Today's visit", "The plan to keep")
