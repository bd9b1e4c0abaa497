"""The frame every screen has."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.base import family_cover, transferred_person
from phb_tui.screens.base.protocols import AppProtocol
from phb_tui.screens.widgets.bars import HeadBar, HintBar, SavedBar, stale
from phb_tui.screens.widgets.styled_screen import StyledScreen
from phb_tui.screens.widgets.text_field import TextField

if TYPE_CHECKING:
    from phb_tui.domain.records.changes import Record
    from phb_tui.services.person.banner import Banner
    from phb_tui.services.session import Session
    from phb_tui.services.start.last_place import Place
    from phb_tui.services.sync.sync_service import Progress


class BaseScreen(StyledScreen):
    """A screen laid on the table: whose record, what is asked, what is saved, which keys.

    A subclass composes its middle in `compose_body`, names itself in `TITLE`, explains itself in `HELP`, and says in
    `keep` how a field of it is kept.
    """

    AUTO_FOCUS = "TextField, OptionList, PeopleList, Input"
    ALLOW_SELECT = False
    BEFORE_UNLOCKING: ClassVar[bool] = False
    """Whether the screen is shown while the store is closed: no way leads back to it."""
    FAMILY_SAFE: ClassVar[bool] = False
    """Whether the screen may be shown while the laptop is turned round."""
    staff = False
    """Whether staff turned the laptop to themselves while a visit is open: all is shown until the screen is left."""
    begun_here = False
    """Whether what the screen shows was begun on it, so that nothing is covered of which nobody knows yet."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "uncover", N_("Show it"), id="uncover", tooltip=N_("Show what only staff may read")),
        Binding("escape", "back", N_("Back"), id="back", tooltip=N_("Go back; everything is kept")),
    ]

    @property
    def host(self) -> AppProtocol:
        """The app."""
        return cast("AppProtocol", self.app)

    @property
    def session(self) -> Session:
        """The unlocked laptop."""
        return self.host.session

    def compose(self) -> ComposeResult:
        """The frame around the middle."""
        self.know_room()
        family_cover.inherit(self)
        yield HeadBar(id="head")
        yield Static("", id="cover", classes="title hidden", markup=False)
        with Vertical(id="body"):
            yield from self.compose_body()
        yield SavedBar(id="saved")
        yield HintBar(id="hints")

    def compose_body(self) -> ComposeResult:
        """The middle."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Fill the frame; subclasses fill the middle in `fill`."""
        if self.host.saved:
            self.host.autosaver.forget_date()
        self.reload()
        self.refresh_frame()
        self.on_ready()
        self.someone_left()

    def on_ready(self) -> None:
        """What a screen does once it is filled. Not another `on_mount`: Textual would run both, and fill twice."""

    settled = False
    """Whether the screen is there to take keys."""

    def on_screen_resume(self) -> None:
        """Coming back to a screen reads everything on it again."""
        if self.settled:
            self.read_again()
            self.refresh_frame()
        # Textual gives the focus in its own handler of the same message, after this one.
        self.call_later(self._settle)

    def _settle(self) -> None:
        self.settled = True

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Other keys work in another field."""
        del event
        self.query_one(HintBar).show(self)

    def on_screen_suspend(self) -> None:
        """Leaving a screen leaves its fields."""
        self.host.autosaver.leave_all()
        if not self.staff_only():
            self.staff = False

    @property
    def hides(self) -> bool:
        """Whether what only staff may read must not be shown: in family view, and while a visit is open."""
        return family_cover.hides(self)

    def staff_only(self) -> bool:
        """Whether all that the screen shows is for staff only."""
        return False

    def action_uncover(self) -> None:
        """Show what only staff may read; the laptop is turned to them."""
        family_cover.uncover(self)

    def reload(self) -> None:
        """Read what the screen shows. Called on mount, on coming back and when changes have arrived."""

    arriving = False
    """Whether what others wrote is being read in: nothing that nobody asked for may then be highlighted."""

    def arrive(self) -> None:
        """Others' words have come: read the screen again."""
        self.arriving = True
        try:
            self.read_again()
        finally:
            self.arriving = False

    def read_again(self) -> None:
        """Read what the screen shows, unless it is about somebody who is another team's by now."""
        if not self.someone_left():
            self.reload()

    def person(self) -> Record | None:
        """Whose record this is; None on screens about nobody.

        Raises:
            UnknownRecord: They are not on this laptop, or not any more.
        """
        return None

    last_known: Record | None = None
    """Whose record this is, as last read."""

    def someone_left(self) -> bool:
        """Whether another team has this screen's person now; if so, what was typed is kept and a page says it."""
        return transferred_person.someone_left(self)

    def heading(self) -> str:
        """Where in the process this is, for the head of the screen."""
        return _(str(self.TITLE or ""))

    def help_words(self) -> str:
        """What F1 says this screen is for."""
        return _(str(getattr(self, "HELP", "")))

    def place(self) -> Place | None:
        """Where to return to after unlocking; None leaves it as it was."""
        return None

    def refresh_frame(self) -> None:
        """Write the head, the saved line and the hints again."""
        self._about = None
        self.refresh_head()
        self.query_one(SavedBar).show(self.host.saved, self.host.status, family=self.host.family)
        self.query_one(HintBar).show(self)

    _about: tuple[Record | None, Banner | None, bool] | None = None
    """Whose record, what has to be seen and whether a visit is open, as last read."""

    def refresh_head(self) -> None:
        """Write the head again, about the same person as before."""
        if self._about is None:
            person = transferred_person.whose(self)
            self._about = person, self._banner(person), family_cover.visit_is_open(self, person)
        person, banner, is_open = self._about
        old = stale(self.host.status, self.session.now()) if self.host.status else ""
        self.query_one(HeadBar).show(
            person, self.heading(), banner, family=self.host.family, visit=is_open, staff=self.staff, stale=old
        )
        family_cover.show(self)

    def _banner(self, person: Record | None) -> Banner | None:
        if person is None:
            return None
        from phb_tui.services.person import banner  # noqa: PLC0415 - the unlock screen has this base and needs no services

        return banner.of(self.session, person)

    def keep(self, field: TextField) -> Record | None:
        """Keep a field that was left; what the record is then, or None when the field is not of a record.

        Raises:
            PhbError: It could not be kept; the words stay.
        """
        from phb_tui.services.records import editing  # noqa: PLC0415 - the unlock screen has this base and needs no services

        if field.record is None:
            return None
        return editing.save(self.session, field.record, {field.field: field.text})

    def typed(self, field: TextField) -> None:
        """Somebody typed in a field. Called, not posted: nothing comes between a key and the keeper."""
        self.host.autosaver.typed(field)

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's own
        """Move the focus; a field that is left is kept before another one can take a key."""
        before = self.focused
        super().set_focus(widget, scroll_visible, from_app_focus)
        if isinstance(before, TextField) and self.focused is not before:
            self.host.autosaver.leave(before)

    @on(TextField.History)
    def _history(self, event: TextField.History) -> None:
        if event.words.record is not None and self.host.autosaver.leave(event.words):
            self.host.show_history(event.words.record, event.words.field)

    def progress(self, progress: Progress) -> None:
        """An exchange has come further; screens that show it say so."""

    def exchanged(self, problem: PhbError | None) -> None:
        """An exchange has ended, well or with a problem; screens that show it say so."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no way back from the first screen, and nothing to uncover in family view."""
        del parameters
        if action == "uncover":
            return not self.host.family and family_cover.is_covered(self)
        return action != "back" or self.can_go_back

    @property
    def can_go_back(self) -> bool:
        """Whether a screen of ours lies under the one that is shown, past the unlock screen."""
        under = self.app.screen_stack[-2:-1]
        return any(isinstance(screen, BaseScreen) and not screen.BEFORE_UNLOCKING for screen in under)

    def action_back(self) -> None:
        """Go back one screen."""
        if not self.host.autosaver.leave_all() or not self.can_go_back:
            return
        under = self.app.screen_stack[-2]
        if self.host.family and not getattr(under, "FAMILY_SAFE", False):
            self.host.turn(then_back=True)
            return
        self.app.pop_screen()

    def close_screens(self, most: int | None = None) -> None:
        """Close the screen that is shown and those under it, as far as one can go back.

        Args:
            most: How many at most; None for all that lie over the list of people.
        """
        closed = 0
        while self.can_go_back and (most is None or closed < most):
            self.app.pop_screen()
            closed += 1

    def no_further(self, words: str) -> None:
        """Say that there is nothing further that way, and let go of the keys.

        Whoever did not notice that the page stayed would write over what is on it: a digit would choose another answer.
        """
        self.say(words)
        self.set_focus(None)

    def say(self, words: str) -> None:
        """Show something that has to be noticed, where problems are shown."""
        self.query_one(SavedBar).notice(words)

    def show_error(self, error: PhbError) -> None:
        """Show a problem where the nurse looks, without taking anything away."""
        self.query_one(SavedBar).problem(error.sentence)
