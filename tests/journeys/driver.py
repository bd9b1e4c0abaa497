"""What a nurse does at phb-tui, in words; how each is done is the keyboard's or the mouse's."""

import re
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

from phb_tui.content import forms, sections
from phb_tui.content.forms import FormField
from tests.journeys import laptops
from tests.journeys.kept import Kept, Value, asked_pages, fits
from tests.journeys.terminal import PATIENCE, NotSeen, Terminal

LISTS = {
    "people": "People",
    "access": "Staying safe",
    "consent": "Consent",
    "details": "Name, address",
}
"""The lines of the person's screen that lead to a section."""
STEERING = "\x00\x07\x1b\x7f\u0084\u009b\u202e\u2066"
"""Control characters, and what would turn the direction of writing."""


def hostile_paste(words: str) -> str:
    """Words as a terminal pastes them from an e-mail: something that steers before each space, a line break at one."""
    first, *others = words.split(" ")
    broken = first + "".join(
        f"{STEERING[number % len(STEERING)]}{chr(13) + chr(10) if number == 1 else ' '}{word}"
        for number, word in enumerate(others)
    )
    return f"\x1b[200~{broken}\x1b[201~"


class Driver(ABC):
    """Somebody at a laptop.

    Args:
        terminal: Where phb-tui runs.
        pastes: Whether each field is filled by a paste that would steer the terminal, and not by typing.
    """

    def __init__(self, terminal: Terminal, *, pastes: bool = False) -> None:
        self.terminal = terminal
        self.pastes = pastes

    # -- how it is done

    @abstractmethod
    def press(self, key: str, *then: str) -> None:
        """Press a key that the screen names, then wait for words."""

    @abstractmethod
    def choose(self, label: str, *then: str) -> None:
        """Open the line with these words, wherever it is in its list, then wait for words.

        Raises:
            NotSeen: There is no such line.
        """

    @abstractmethod
    def choose_far(self, label: str, *then: str) -> None:
        """Open a line of a long list whose lines take several rows, then wait for words."""

    @abstractmethod
    def into(self, label: str) -> None:
        """Go into the field whose label begins with these words."""

    @abstractmethod
    def answer(self, number: str) -> None:
        """Choose the answer to a statement by its digit."""

    @abstractmethod
    def select(self, asked: FormField, codes: Sequence[str]) -> None:
        """Choose among the options of a field."""

    @abstractmethod
    def put_in(self, asked: FormField, value: Value | None) -> None:
        """Fill in a field of a form that is gone through in order; None leaves it as it is."""

    @abstractmethod
    def go_on(self, button: str, *then: str) -> None:
        """Go on from the last field or from the button that has the focus, then wait for words."""

    @abstractmethod
    def append(self, words: str, more: str) -> None:
        """In the field that was opened, write more after the words that stand in it."""

    @abstractmethod
    def read_down(self, last: str) -> str:
        """Read a list from its first line to the one with these words; all that was on the screen on the way."""

    @abstractmethod
    def find_person(self, typed: str, name: str, *then: str) -> None:
        """Find somebody by a few letters, and open them."""

    @abstractmethod
    def wake(self) -> None:
        """Touch the keyboard or the mouse, which changes nothing."""

    @abstractmethod
    def add_held(self, kind: str, held: str) -> None:
        """From anywhere in a form, open the form of a new record that belongs to its record."""

    # -- what is done

    def unlock(self) -> None:
        """Type the passphrase at the unlock screen."""
        self.terminal.wait("Passphrase")
        self.terminal.type(laptops.PASSPHRASE)
        self.go_on("Unlock")

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
        """Put words in the field that has the focus."""
        if words:
            self.terminal.type(hostile_paste(words) if self.pastes else words)

    def back(self, *then: str) -> None:
        """Go back one screen."""
        self.press("esc", *then)

    def open_step(self, step: int) -> None:
        """Open a step from the person's page."""
        self.terminal.wait("Six steps")
        title = next(section.title for section in sections.sections() if section.step == step)
        self.choose(title, "Talk about this step")

    # -- the visit

    def start_visit(self) -> None:
        """From the page of a visit that has not begun: start it, reading the alerts where there are any."""
        self.choose("Start today's visit")
        if "I have read these" in self.terminal.wait_for_one("I have read these", "Close the visit"):
            self.press("enter")
        self.terminal.wait("Close the visit")

    def read_alerts(self, *then: str) -> None:
        """Say that the alerts are read, as often as the page asks for it; without any, there is no such page."""
        until = time.monotonic() + PATIENCE
        while not all(words in self.terminal.text() for words in then) and time.monotonic() < until:
            if "Read these before the visit" in self.terminal.text():
                self.press("enter")
            self.terminal.read(0.05)
        self.terminal.wait(*then)

    def talk(self, step: int, answers: Mapping[int, tuple[str, str]]) -> None:
        """From the person's screen: answer statements of a step by number, each with the person's words."""
        self.open_step(step)
        self.choose("Talk about this step")
        self.read_alerts("statement 1 of")
        at = 1
        for number, (key, words) in sorted(answers.items()):
            for passed in range(at + 1, number + 1):
                self.press("pgdn", f"statement {passed} of")
            at = number
            self.answer(key)
            self.into("In your own words")
            self.put(words)
            self.terminal.read(0.05)
        self.back("Talk about this step")
        self.back("Today's visit", "The plan to keep")

    # -- forms

    def fill(
        self,
        kind: str,
        values: Mapping[str, Value],
        child: Mapping[str, Value] | None = None,
        above: Mapping[str, str] | None = None,
    ) -> None:
        """Fill in the form that is open, page by page, ending on the last page that has something to fill in.

        Args:
            kind: The kind of record.
            values: What is written, by field.
            child: What is written in the fields of its first child that stand among its own.
            above: What decides which pages are asked, of its parent and the like, as "kind.field".
        """
        left = {("", name): value for name, value in values.items()}
        left |= {("child", name): value for name, value in (child or {}).items()}
        for number, fields in enumerate(asked_pages(kind, values, above or {})):
            if number:
                self.press("pgdn", fields[0][1].label[:60])
            for of, asked in fields:
                self.put_in(asked, left.pop((of, asked.name), None))
            if not left:
                return
        raise NotSeen(f"{kind} has no {sorted(left)}")

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
            self.press("esc")
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
            self.add_held(kept.kind, held.kind)
            self._written(held)
            self.back(forms.form(held.kind).many)

    def agree(self) -> None:
        """Press the button that agrees the plan, say why what is missing can wait, and press it again."""
        button = "Agree this plan"
        self.go_on(button)
        asked = self.terminal.wait_for_one("Why can it wait?", "agreed by")
        if "Why can it wait?" not in asked:
            return
        count = int(found[1]) if (found := re.search(r"\b1 of (\d+)", asked[: asked.index("Why can")])) else 1
        for number in range(count):
            if number:
                self.terminal.wait(f"{number + 1} of {count}")
            self.terminal.type(f"It can wait, {number}")
            self.go_on("Continue")
        self.terminal.wait(button)
        self.go_on(button)

    def about_me(self, words: Sequence[str]) -> None:
        """From the person's screen: write under the seven headings."""
        self.choose("About me", "1 of 7")
        for number, written in enumerate(words, start=1):
            self.put(written)
            self.press("pgdn", f"{number + 1} of 7" if number < len(words) else "About this page")
        self.back("Today's visit", "The plan to keep")
