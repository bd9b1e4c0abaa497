"""Somebody who wanders through the app, types, is interrupted in every way we know, and remembers what they typed."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from phb_tui.app.phb_app import PhbApp
from phb_tui.content import toml_loader
from phb_tui.domain.records.changes import Value
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.person import caseload
from phb_tui.services.records import record_lists
from phb_tui.settings import Settings
from tests import stores
from tests.screens.app_harness import planned
from tests.screens.screen_harness import NOW
from tests.screens.team_harness import PASSPHRASE, Team, somebody, write

Step = tuple[Any, ...]
MARK = "zq"


@contextmanager
def older_forms() -> Iterator[None]:
    """An older version of phb-tui, whose forms lack the last field of every page."""
    whole = toml_loader._toml

    def lacking(file: str) -> dict[str, Any]:
        written = whole(file)
        if "page" in written:
            pages = [
                {**page, "fields": page["fields"][:-1] or page["fields"]}
                for page in written["page"]
                if "fields" in page
            ]
            written["page"] = pages or written["page"]
            left = [field["name"] for page in pages for field in page["fields"]]
            for page in pages:  # in that version the first record under this one is not on its page
                page.pop("child", None)
            if "line" in written:
                written["line"] = [name for name in written["line"] if name in left] or left[:1]
            written["needs"] = [need for need in written.get("needs", ()) if set(need["any"]) <= set(left)]
        return written

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(toml_loader, "_toml", lacking)
        toml_loader._read.cache_clear()
        try:
            yield
        finally:
            patch.undo()
            toml_loader._read.cache_clear()


class RandomWalk:
    """A nurse at the keyboard of the real app over a real store, with a colleague on another laptop and a central.

    Args:
        folder: Where the laptops are.
        team: The team; its first laptop is the nurse's, with one person who wants something.
    """

    def __init__(self, folder: Path, team: Team) -> None:
        self.team = team
        self.typed: list[str] = []
        self.crashes = 0
        self.session = team.laptop(1, "Ada Okafor")
        self.colleague = team.laptop(2, "Bea Example")
        self.folder = folder / "device-1"
        planned(self.session, somebody(self.session))
        team.exchange(self.session, self.colleague)
        team.stop(self.session)

    async def walk(self, steps: list[Step]) -> None:
        """Do the steps; every lock, crash and upgrade starts the app again."""
        rest = list(steps)
        older = False
        while True:
            if older:
                with older_forms():
                    ended = await self._run(rest)
            else:
                ended = await self._run(rest)
            if ended == "upgrade":
                older = not older
            if not ended:
                return

    async def _run(self, rest: list[Step]) -> str:
        self.session = stores.unlock(self.folder / "stores", PASSPHRASE, now=lambda: NOW)
        app = PhbApp(Settings(self.folder, sync_every=0))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            app.opened(self.session)
            await pilot.pause()
            while rest:
                step = rest.pop(0)
                if step[0] in {"lock", "crash", "upgrade"}:
                    await self._end(app, pilot, step[0])
                    return str(step[0])
                await self._do(app, pilot, step)
            await self._end(app, pilot, "lock")
        return ""

    async def _end(self, app: PhbApp, pilot: Pilot[int], how: str) -> None:
        if how != "crash":
            app.action_lock()
            await pilot.pause()
            return
        app.autosaver.save_draft()  # half a second has passed since the last key
        self.crashes += 1
        after = self.folder.with_name(f"crash-{self.crashes}")
        shutil.copytree(self.folder, after)  # what the disk holds at this moment
        app._session, app._ending = None, True  # a process that was killed does nothing more
        self.session.close()
        self.folder = after

    async def _do(self, app: PhbApp, pilot: Pilot[int], step: Step) -> None:
        match step:
            case ("press", key):
                await pilot.press(key)
            case ("type",):
                await self._type(app, pilot)
            case ("size", width, height):
                await pilot.resize_terminal(width, height)
            case ("open", name):
                self._open(app, name)
            case ("arrive", newer, seen):
                self._arrive(app, newer=newer, seen=seen)
        await pilot.pause()

    async def _type(self, app: PhbApp, pilot: Pilot[int]) -> None:
        field = app.focused
        if not isinstance(field, TextField) or field.record is None:
            return
        word = f"{MARK}{len(self.typed)}x"
        field.move_cursor(field.document.end)
        await pilot.press("space", *word)
        await pilot.pause()
        if app.focused is field and word in field.text:
            self.typed.append(word)

    def _open(self, app: PhbApp, name: str) -> None:
        if app.family:
            return
        person_id = caseload.lines(self.session, 0, 1)[0].person_id
        kind = name.removeprefix("new:")
        if kind != name:
            app.push_screen(FormScreen(record_lists.new(self.session, kind, person_id)))
        else:
            app.open_part(person_id, name)

    def _arrive(self, app: PhbApp, *, newer: bool, seen: bool) -> None:
        """A colleague wrote in the field that is typed in, or in one of a newer version beside it, and it comes in."""
        field = app.focused
        if not isinstance(field, TextField) or field.record is None:
            return
        if seen:
            self.team.exchange(self.session, self.colleague)
        word = f"{MARK}{len(self.typed)}y"
        values: dict[str, Value] = {"from_a_newer_version" if newer else field.field: word}
        write(self.colleague, field.record, values)
        self.typed.append(word)
        self.team.exchange(self.colleague, self.session)
        screen: Any = app.screen
        screen.reload()

    def lost(self) -> list[str]:
        """What was typed, here or on the other laptop, and is nowhere in the store."""
        session = stores.unlock(self.folder / "stores", PASSPHRASE, now=lambda: NOW)
        try:
            tables: Callable[[str], Iterator[Any]] = lambda name: session.store.db.table(name).rows  # noqa: E731
            there = json.dumps(
                [row for name in ("record", "change_log", "received") for row in tables(name)], default=str
            )
        finally:
            session.close()
        return [word for word in self.typed if word not in there]
