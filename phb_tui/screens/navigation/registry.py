"""Registry of the screens about a person by name, so that no screen has to import another."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from phb_tui.content import forms, sections
from phb_tui.content.sections import Part, Section
from phb_tui.domain.records.changes import Record
from phb_tui.errors import ContentProblem, PhbError
from phb_tui.i18n import _, n_
from phb_tui.screens.base.protocols import AppProtocol
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.conflicts.resolve import ConflictScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.navigation.screen_factory import ScreenFactory
from phb_tui.screens.person.about_me import AboutMeScreen
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.person.section import SectionScreen
from phb_tui.screens.person.tasks import TasksScreen
from phb_tui.screens.person.transfer import TransferScreen
from phb_tui.screens.person.unreadable_records import UnreadableRecordsScreen
from phb_tui.screens.visit import visit_alerts
from phb_tui.screens.visit.conversation import ConversationScreen
from phb_tui.screens.visit.last_time import LastTimeScreen
from phb_tui.screens.visit.read_back import ReadBackScreen
from phb_tui.screens.visit.today import TodayScreen
from phb_tui.screens.visit.trend import TrendScreen
from phb_tui.services.person import reminders
from phb_tui.services.records import editing, record_lists, set_up_tasks
from phb_tui.services.visit import step_progress, visits


def open_part(app: AppProtocol, person_id: str, name: str) -> None:
    """Open a screen about a person.

    Args:
        app: The app.
        person_id: The person.
        name: The screen's name, optionally with an argument after a colon: "plan", "talk:2", "list:goal".

    Raises:
        ContentProblem: There is no such screen.
    """
    if isinstance(app.screen, BaseScreen) and app.screen.was_transferred():
        return
    what, _colon, which = name.partition(":")
    if what == "make_tasks":
        _make_tasks(app, person_id)
        return
    if what not in NAMES:
        raise ContentProblem(_("This part is from a newer phb-tui. Install the newest phb-tui to see it."))
    if what == "talk" or name == "told":  # both belong to today's visit
        visit_alerts.begin(app, person_id, lambda: _open(app, person_id, what, which))
    else:
        _open(app, person_id, what, which)


def _open(app: AppProtocol, person_id: str, what: str, which: str) -> None:
    app.push_screen(make_screen(app, person_id, what, which))
    app.refresh_status()


def _list(app: AppProtocol, person_id: str, kind: str) -> BaseScreen:
    """The list of a kind of record: the screen that its form names, else the list as of every kind."""
    if listed := forms.form(kind).list_screen:
        return make_screen(app, person_id, listed)
    return SectionScreen(person_id, Section(id=f"list-{kind}", title=forms.form(kind).many, parts=(Part(kind=kind),)))


def _talk(app: AppProtocol, person_id: str, step: str) -> BaseScreen:
    """The conversation at a step; without one, at the first step that is not completed."""
    told = step_progress.progress(app.session, person_id)
    number = int(step) if step else next((found.number for found in told if found.said < found.of), 1)
    return ConversationScreen(visits.todays_or_new(app.session, person_id), number)


def _visit(app: AppProtocol, person_id: str, visit_id: str) -> Record:
    """A visit by its id; today's, started or not, without one."""
    if not visit_id:
        return visits.todays_or_new(app.session, person_id)
    return editing.read(app.session, "visit", visit_id, person_id)


def _statement(app: AppProtocol, person_id: str, which: str, *, voice: bool = False) -> BaseScreen:
    visit_id, _colon, statement_id = which.rpartition(":")  # a colon may be in a visit's id
    step = app.session.content.statement(statement_id).step
    return ConversationScreen(_visit(app, person_id, visit_id), step, statement_id, voice=voice)


def _voice(app: AppProtocol, person_id: str, which: str) -> BaseScreen:
    """The conversation at a statement, showing what somebody other than the person said."""
    return _statement(app, person_id, which, voice=True)


SCREENS: Mapping[str, ScreenFactory] = {
    "person": lambda _app, person_id, _which: PersonOverviewScreen(person_id),
    "visit": lambda _app, person_id, _which: TodayScreen(person_id),
    "section": lambda _app, person_id, which: SectionScreen(person_id, sections.section(which)),
    "list": _list,
    "one": lambda app, person_id, kind: FormScreen(record_lists.single(app.session, kind, person_id)),
    "talk": _talk,
    "statement": _statement,
    "voice": _voice,
    "told": lambda app, person_id, which: ReadBackScreen(_visit(app, person_id, which)),
    "about_me": lambda _app, person_id, _which: AboutMeScreen(person_id),
    "to_do": lambda _app, person_id, _which: TasksScreen(person_id),
    "trend": lambda _app, person_id, _which: TrendScreen(person_id),
    "last_time": lambda _app, person_id, _which: LastTimeScreen(person_id),
    "hand_over": lambda _app, person_id, _which: TransferScreen(person_id),
    "odd": lambda _app, person_id, _which: UnreadableRecordsScreen(person_id),
    "conflicts": lambda _app, person_id, _which: ConflictScreen(person_id),
}


def _plans() -> Mapping[str, ScreenFactory]:
    from phb_tui.screens.navigation import plan_screens  # noqa: PLC0415 - imported when the first of them is opened

    return plan_screens.SCREENS


def _budgets() -> Mapping[str, ScreenFactory]:
    from phb_tui.screens.navigation import budget_screens  # noqa: PLC0415 - likewise

    return budget_screens.SCREENS


def _payments() -> Mapping[str, ScreenFactory]:
    from phb_tui.screens.navigation import payment_screens  # noqa: PLC0415 - likewise

    return payment_screens.SCREENS


def _decisions() -> Mapping[str, ScreenFactory]:
    from phb_tui.screens.navigation import decision_screens  # noqa: PLC0415 - likewise

    return decision_screens.SCREENS


LATER: Mapping[str, Callable[[], Mapping[str, ScreenFactory]]] = {
    **dict.fromkeys(("plan", "copies", "money", "expect"), _plans),
    **dict.fromkeys(
        ("budget", "working", "what_if", "money_pictures", "compare", "enough", "keep_budget", "kept_budget"), _budgets
    ),
    **dict.fromkeys(("payments", "spending", "import_statement"), _payments),
    **dict.fromkeys(
        ("request", "agreement", "ask", "ask_else", "decide", "decision", "decision_log", "decisions", "letters"),
        _decisions,
    ),
}
"""Where the screens of the plan and the money are found: not every visit opens one, and they are half of all."""
NAMES = frozenset({*SCREENS, *LATER})
"""The names of every screen."""


def make_screen(app: AppProtocol, person_id: str, name: str, which: str = "") -> BaseScreen:
    """Make a screen about a person.

    Args:
        app: The app.
        person_id: The person.
        name: One of `NAMES`.
        which: The part of a name after the colon.
    """
    return (LATER[name]() if name in LATER else SCREENS)[name](app, person_id, which)


def _make_tasks(app: AppProtocol, person_id: str) -> None:
    """Make the tasks of the agreed way of managing the money, and show how many are new."""
    screen = app.screen
    if not isinstance(screen, BaseScreen):
        return
    if not set_up_tasks.wanted(app.session, person_id):
        screen.show_error(
            PhbError(_("Choose under 'Set up your budget' which way was agreed. Then the tasks can be created."))
        )
        return
    try:
        made = reminders.make_tasks(app.session, person_id)
    except PhbError as error:
        screen.show_error(error)
        return
    words = n_("{count} task is new", "{count} tasks are new", made).format(count=made)
    app.saved = words if made else _("Every task that is needed is there")
    app.refresh_status()
    screen.reload()
