"""The style sheets of all screens are loaded once nobody types, so that no key waits for them."""

from pathlib import Path

import pytest
from textual.css.stylesheet import Stylesheet

from phb_tui.app import styles
from phb_tui.app.garbage import GarbageCollection
from phb_tui.app.phb_app import PhbApp
from phb_tui.services.session import Session
from phb_tui.settings import Settings
from tests.screens.app_harness import SCREENS, rhys

pytestmark = pytest.mark.anyio


async def test_a_screen_that_is_opened_for_the_first_time_parses_nothing(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the list of people is at rest every style sheet is there, and opening screens reads none and parses none."""
    person = rhys(session)
    app = PhbApp(Settings(tmp_path, sync_every=0), GarbageCollection())
    app.key_queue.still = 0
    (tmp_path / "stores" / "one").mkdir(parents=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.opened(session)
        await pilot.pause()
        files = list(styles.FOLDER.rglob("*.tcss"))
        assert len(files) > 20
        assert [file for file in files if not app.stylesheet.has_source(str(file))] == []
        parsed: list[Stylesheet] = []
        monkeypatch.setattr(Stylesheet, "reparse", parsed.append)
        for name in ("person overview", "budget", "payments", "decisions", "plan"):
            await app.push_screen(SCREENS[name](app, session, person))
            await pilot.pause()
            await app.pop_screen()
        assert parsed == []
        app._session = None  # the test closes the store


def test_what_was_read_is_not_parsed_again(tmp_path: Path) -> None:
    """Loading twice reads nothing the second time."""
    stylesheet = Stylesheet()
    (tmp_path / "one.tcss").write_text("Static { color: red; }", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(styles, "FOLDER", tmp_path)
        styles.load_all(stylesheet)
        before = stylesheet.rules
        styles.load_all(stylesheet)
    assert len(before) == 1
    assert stylesheet.rules is before
