"""Five whole lives from first contact to an agreed plan, by keyboard, offline, then on a second laptop."""

import re
import shutil
import socket
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from phb_tui.central.server.factory import build_central
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage.repository import Storage
from phb_tui.content import forms
from phb_tui.services.documents import plan_document
from phb_tui.services.plan import plan_versions
from phb_tui.services.session import Session
from tests import counts, factories
from tests.journeys import laptops
from tests.journeys.kept import Kept
from tests.journeys.keyboard_driver import KeyboardDriver
from tests.journeys.scenarios import LIVES, WAITS, Scenario
from tests.journeys.terminal import Terminal, copies
from tests.journeys.test_together import exchange, words_on

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform == "win32", reason="drives a pseudo-terminal, which Windows has not"),
]


ORDER = ["recovery", "attorney", "wheelchair", "adult at home", "seventeen"]
"""Which lives are lived first where not all of them are."""
assert set(ORDER) == set(LIVES)

WINDOWS = {"wheelchair": (160, 48)}
"""Lives that are lived in a large window; the others at 80x24."""


@pytest.fixture
def port() -> int:
    """A loopback port on which nothing listens yet."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def live(nurse: KeyboardDriver, life: Scenario) -> None:
    """Everything from the empty list of people to an agreed plan and a printed copy."""
    nurse.terminal.wait("Your people")
    nurse.terminal.press("f7")
    nurse.terminal.wait("First name")
    nurse.fill("person", life.person)
    nurse.back("Today's visit", "The plan to keep")
    nurse.choose("Today's visit", "Start today's visit")
    nurse.start_visit()
    nurse.back("The plan to keep")
    for step, answers in life.talk.items():
        nurse.talk(step, answers)
    nurse.about_me(life.about_me)
    for kept in life.records:
        nurse.write(kept)
    nurse.choose("The plan to keep", "Read the plan together")
    nurse.choose("Agree the plan", "Who agreed to the plan?")
    nurse.fill("plan_version", life.agreed)
    nurse.agree()
    nurse.terminal.wait("Version 1,", "agreed by")
    nurse.choose("Make a copy", "This will be version 1")
    nurse.choose("PDF, ordinary print", "The copy is here")
    nurse.back("Copies that were given")
    nurse.back("Today's visit")


def typed(life: Scenario) -> Iterator[str]:
    """What was typed in the plan and has to be found in the printed copy."""
    yield from (words for words in life.about_me if words)
    for kept in life.records:
        yield from _typed(kept)


def _typed(kept: Kept) -> Iterator[str]:
    if forms.form(kept.kind).print and kept.kind not in FULL_ONLY:
        for name, value in kept.values.items():
            field = forms.field(kept.kind, name)
            if field and field.type == "words" and not field.staff_only and name not in _details(kept.kind):
                yield str(value)
    for held in kept.held:
        yield from _typed(held)


def _details(kind: str) -> set[str]:
    """Fields of the pages with more details, which only the copy for professionals has."""
    return {name for page in forms.form(kind).pages if page.extra for field in page.fields for name in field.names()}


FULL_ONLY = {kind for _title, kinds in plan_document.FULL for kind in kinds} | {"capacity", "best_interests"}


def letters(words: str) -> str:
    """Words without what a page's layout changes: spaces, line ends, hyphens."""
    return re.sub(r"[\s\u00ad\u2010\ufffe-]+", "", words)


def stands_in(words: str, printed: str) -> bool:
    """Whether words were printed; a word that runs from right to left may be read back in the order it is seen."""
    if letters(words) in printed:
        return True
    return all(part in printed or part[::-1] in printed for part in map(letters, words.split()))


def read_pdf(file: Path) -> str:
    """Every word of a PDF."""
    document = pypdfium2.PdfDocument(file)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def text_of(session: Session) -> str:
    """The agreed plan as it is printed."""
    person = next(session.store.db.query("SELECT record_id FROM record WHERE kind = 'person'"))["record_id"]
    version = plan_versions.versions(session, person)[0]
    assert plan_versions.changed(session, person) == []
    return "\n".join(str(block) for block in plan_document.plan(session, person, version=version).blocks)


@pytest.mark.skipif(counts.LIVES == 0, reason=WAITS)
@pytest.mark.parametrize("name", ORDER[: max(counts.LIVES, 1)])
def test_a_whole_life_by_keyboard(name: str, port: int, tmp_path: Path) -> None:
    """From first contact to an agreed, printed plan offline; then a second laptop shows the same plan."""
    life = LIVES[name]
    address = f"http://127.0.0.1:{port}"
    one = laptops.set_up(tmp_path / "one", "laptop-1", address)
    two = laptops.set_up(tmp_path / "two", "laptop-2", address)
    storage = Storage.on_sqlite(None)
    laptops.join(storage, "laptop-1", "laptop-2")
    with Terminal(["--data", str(one)], *WINDOWS.get(name, (80, 24))) as terminal:
        laptops.unlock(terminal)
        live(KeyboardDriver(terminal), life)
        (copy,) = copies(one)
        kept = tmp_path / f"{name.replace(' ', '-')}.pdf"
        shutil.copy(copy, kept)
        with serve_in_thread(build_central(storage, factories.KEY), port):
            terminal.press("f5")
            terminal.wait("Done.", "Up to date")
            exchange(two)
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
    assert not copies(one)
    with laptops.opened(one) as first, laptops.opened(two) as second:
        assert words_on(first) == words_on(second)
        assert text_of(first) == text_of(second)
    printed = letters(unicodedata.normalize("NFKC", read_pdf(kept)))
    assert [words for words in typed(life) if not stands_in(words, printed)] == []
    storage.close()
