"""When what is typed is kept: a draft while somebody types, a change as soon as they type elsewhere."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from phb_tui.screens.base import autosave
from phb_tui.screens.base.autosave import AT_MOST, Autosaver
from phb_tui.services.session import Session


class FakeApp:
    """What the autosave needs of the app; its message loop never runs."""

    def __init__(self, session: Session | None = None) -> None:
        self.session, self.saved, self.family, self.visited_at = session, "", False, dict[str, float]()

    def call_next(self, _callback: object) -> None:
        """Nothing runs here."""

    def refresh_status(self) -> None:
        """Nothing is painted here."""


class Field:
    """A field with words that are not a change yet; keeping them is noted."""

    def __init__(self, name: str, kept: list[str]) -> None:
        self.field, self.text, self.changed, self.owner = name, "words", True, self
        self.record = SimpleNamespace(kind="answer", text=lambda _name: "")
        self._kept = kept

    def save_field(self, field: "Field") -> object:
        """Make a change of the field's words."""
        self._kept.append(field.field)
        return field.record

    def mark_saved(self, _record: object) -> None:
        """It is a change now."""
        self.changed = False


def autosaver(app: FakeApp, clock: list[float]) -> Any:
    return Autosaver(cast("Any", app), lambda: clock[0], lambda: datetime(2026, 11, 23, 9, 0))  # noqa: DTZ001


def noting_delays(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Note after how many seconds each draft is due, in place of a timer."""
    delays = list[float]()

    def after(seconds: float, _callback: object, _pump: object) -> SimpleNamespace:
        delays.append(seconds)
        return SimpleNamespace(cancel=lambda: None)

    monkeypatch.setattr(autosave, "after", after)
    return delays


def test_who_types_without_a_pause_is_kept_every_two_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """However fast the keys come, the draft is due two seconds after the first of them at the latest."""
    clock, delays = [100.0], noting_delays(monkeypatch)
    saver, field = autosaver(FakeApp(), clock), Field("words", [])
    for _key in range(12):
        saver.typed(field)
        assert clock[0] + delays[-1] <= 100.0 + AT_MOST + 0.1
        clock[0] += 0.1
    clock[0] = 101.9
    saver.typed(field)
    assert round(delays[-1], 3) == 0.1


def test_typing_in_another_field_keeps_the_one_before(monkeypatch: pytest.MonkeyPatch, session: Session) -> None:
    """The words of the field before become a change before anything is noted of the next field."""
    noting_delays(monkeypatch)
    kept: list[str] = []
    saver, one, two = autosaver(FakeApp(session), [1.0]), Field("words", kept), Field("wants", kept)
    saver.typed(one)
    assert kept == []
    saver.typed(two)
    assert kept == ["words"]
    assert not one.changed
