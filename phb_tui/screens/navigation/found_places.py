"""What the finder can open: the screens about a person or about everybody, and the place of a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from phb_tui.content import forms, sections
from phb_tui.errors import PhbError
from phb_tui.i18n import _
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.caseload.due_this_week import DueThisWeekScreen
from phb_tui.screens.decision.decision_log import DecisionLogScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.navigation import router

if TYPE_CHECKING:
    from phb_tui.domain.records.changes import Record
    from phb_tui.screens.base.protocols import AppProtocol

Opens = Callable[["AppProtocol"], None]
FOR_STAFF = {"consent", "details"}
"""Sections that are not offered while the family may be reading."""
NOT_A_SCREEN = {"make_tasks"}
"""Parts of a section that do something instead of opening a screen."""


def of_everybody() -> list[tuple[str, str, Opens]]:
    """Screens about nobody: name, title, what opens it."""
    return [
        ("due", _("Due this week"), lambda app: _open(app, DueThisWeekScreen())),
        ("decision_log", _("What the team can learn from decisions"), lambda app: _open(app, DecisionLogScreen())),
    ]


def of_person(person_id: str, *, hides: bool) -> list[tuple[str, str, Opens]]:
    """Screens about a person: name, title, what opens it; each title once.

    Args:
        person_id: The person.
        hides: Whether the family may be reading: then nothing that is for staff alone is offered.
    """
    found: dict[str, str] = {}
    for name, title in _places(hides=hides):
        found.setdefault(title, name)
    return [(name, title, _opens_part(person_id, name)) for title, name in found.items()]


def opens_person(person_id: str) -> Opens:
    """Opens a person over the list of people, as choosing them there does."""
    return lambda app: router.open_person(app, person_id)


def opens_record(record: Record, field: str) -> Opens:
    """Opens the place of a field: an answer where it was given, anything else in its form."""
    person_id = record.person_id or record.record_id
    if record.kind in {"answer", "other_voice"}:
        what = "statement" if record.kind == "answer" else "voice"
        return _opens_part(person_id, f"{what}:{record.text('visit_id')}:{record.text('statement')}")
    if record.kind == "about_me":
        return _opens_part(person_id, "about_me")
    if record.kind == "request":
        return _opens_part(person_id, f"request:{record.record_id}")
    if record.kind == "decision":  # made only where its limits are asked, and read everywhere else
        made = bool(record.text("outcome"))
        return _opens_part(person_id, f"{'request' if made else 'decide'}:{record.text('request_id')}")
    return lambda app: _open(app, FormScreen(record, forms.page_of(record.kind, field)))


def presses(key: str) -> Opens:
    """Does what a key does on the screen below."""
    return lambda app: app.simulate_key(key)


def _places(*, hides: bool) -> Iterator[tuple[str, str]]:
    """Name and title of each screen about a person."""
    yield "visit", _("Today's visit")
    yield "last_time", _("Last time")
    for section in sections.sections():
        if hides and section.id in FOR_STAFF:
            continue
        yield f"section:{section.id}", section.title
        for part in section.parts:
            if hides and not part.family:
                continue
            if part.screen and part.screen not in NOT_A_SCREEN:
                yield part.screen, part.title
            elif part.kind and part.kind != "person":
                form = forms.form(part.kind)
                yield (f"one:{part.kind}", form.title) if form.single else (f"list:{part.kind}", form.many)
    yield "letters", _("Letters")
    if not hides:
        yield "hand_over", _("Hand over to another team")


def _opens_part(person_id: str, name: str) -> Opens:
    def opens(app: AppProtocol) -> None:
        if not app.autosaver.save_all():
            return
        try:
            app.open_part(person_id, name)
        except PhbError as error:  # such as an answer to a statement that only a newer version knows
            if isinstance(app.screen, BaseScreen):
                app.screen.show_error(error)

    return opens


def _open(app: AppProtocol, screen: BaseScreen) -> None:
    if app.autosaver.save_all():
        app.push_screen(screen)
