"""Every screen in a made-up language, a third longer than English: nothing was forgotten and nothing is clipped.

`UPDATE_SNAPSHOTS=1 make test` writes the pictures again; read the difference before you commit it.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from phb_tui import i18n
from phb_tui.content import standards
from phb_tui.content.steps import load
from phb_tui.services.session import Session
from tests import counts
from tests.screens.app_harness import SCREENS, opened, rhys
from tests.screens.screen_harness import painted

pytestmark = pytest.mark.anyio
FOLDER = Path(__file__).with_name("snapshots") / "pseudo"
CHANCE = {"set up"}
QUOTES = {"earlier answers", "read back", "expectations", "conversation", "money"}
"""Screens that quote the national framework, which only its owner translates."""
DATA = (
    "South team West team device "
    "Rhys Price Ada Okafor Speak slowly Dog Go to choir again I miss singing and my friends Ask about a lift Bea "
    "Only a little A phone number yes said pageup pagedown Esc Enter phb1 nurse advisor https tmp stick "
    "It was written down twice Nobody told me At home choir"
)
"""What these people wrote, and names of keys."""


@pytest.fixture(autouse=True)
def pseudo() -> Iterator[None]:
    i18n.use(i18n.PSEUDO)
    yield
    i18n.use(i18n.ENGLISH)


def word_for_word() -> set[str]:
    """Words of the national framework."""
    content = load()
    texts = [item.words for item in standards.items()]
    texts += [text for step in content.steps for text in (step.title, *(s.text for s in step.statements))]
    texts += [text for option in content.money for text in (option.name, option.text)]
    return {word for text in texts for word in re.findall(r"[A-Za-z]+", text)}


@pytest.mark.parametrize("name", counts.some(sorted(SCREENS.keys() - CHANCE)))
async def test_every_word_is_looked_up(name: str, session: Session) -> None:
    """No word of ours on a screen stays as it was written in the code, and the screen is as it was last agreed."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        await app.push_screen(SCREENS[name](app, session, person))
        await pilot.pause()
        await pilot.pause()
        text = "\n".join(line.rstrip() for line in painted(pilot).splitlines()) + "\n"
    known = set(re.findall(r"[A-Za-z]+", DATA)) | (word_for_word() if name in QUOTES else set())
    plain = [word for word in re.findall(r"[A-Za-zÀ-ž]*[aeiou][A-Za-zÀ-ž]*", text) if word not in known]
    assert [word for word in plain if word.isascii() and len(word) > 1] == []  # one letter is a key
    file = FOLDER / f"{name.replace(' ', '_')}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")
