"""When what is typed is kept: a draft while somebody types, a change as soon as they type elsewhere."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

from phb_tui.screens.base.autosave import AT_MOST, Autosaver
from phb_tui.services.session import Session


class FakeApp:
    """What the autosave needs of the app; its timers only say when they would go off."""

    def __init__(self, session: Session | None = None) -> None:
        self.session, self.saved, self.family, self.visited_person_id = session, "", False, ""
        self.delays: list[float] = []

    def set_timer(self, delay: float, _then: object) -> SimpleNamespace:
        """Note after how many seconds."""
        self.delays.append(delay)
        return SimpleNamespace(stop=lambda: None)

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


def test_who_types_without_a_pause_is_kept_every_two_seconds() -> None:
    """However fast the keys come, the draft is due two seconds after the first of them at the latest."""
    clock, app = [100.0], FakeApp()
    saver, field = autosaver(app, clock), Field("words", [])
    for _key in range(12):
        saver.typed(field)
        assert clock[0] + app.delays[-1] <= 100.0 + AT_MOST + 0.1
        clock[0] += 0.1
    clock[0] = 101.9
    saver.typed(field)
    assert round(app.delays[-1], 3) == 0.1


def test_typing_in_another_field_keeps_the_one_before(session: Session) -> None:
    """The words of the field before become a change before anything is noted of the next field."""
    kept: list[str] = []
    saver, one, two = autosaver(FakeApp(session), [1.0]), Field("words", kept), Field("wants", kept)
    saver.typed(one)
    assert kept == []
    saver.typed(two)
    assert kept == ["words"]
    assert not one.changed
