"""Base class of all screens: head, saved line, key hints, focus and navigation."""

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
from phb_tui.screens.frame.head import AlertBar, HeadBar
from phb_tui.screens.frame.hint_bar import HintBar
from phb_tui.screens.frame.saved_bar import SavedBar, stale
from phb_tui.screens.frame.styled_screen import StyledScreen
from phb_tui.screens.widgets.text_field import TextField

if TYPE_CHECKING:
    from phb_tui.domain.records.changes import Record
    from phb_tui.services.person.banner import Banner
    from phb_tui.services.session import Session
    from phb_tui.services.start.last_place import Place
    from phb_tui.services.sync.sync_service import Progress


class BaseScreen(StyledScreen):
    """Base screen: shows the head, the saved line and the key hints around a middle that subclasses compose.

    A subclass composes its middle in `compose_body`, sets `TITLE` and the help text `HELP`, and saves its fields in
    `save_field`.
    """

    AUTO_FOCUS = "TextField, OptionList, PeopleList, Input"
    ALLOW_SELECT = False
    BEFORE_UNLOCKING: ClassVar[bool] = False
    """Whether the screen is shown while the store is closed; one cannot go back to it."""
    FAMILY_SAFE: ClassVar[bool] = False
    """Whether the screen may be shown in family view."""
    READ_TOGETHER: ClassVar[bool] = False
    """Whether the person and family look at the screen when it is opened, so that staff alerts are only counted."""
    uncovered = False
    """Whether staff asked to see everything while a visit is open; lasts until the screen is left."""
    started_empty = False
    """Whether its record was new when the screen was opened: it then cannot reveal anything and is not covered."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "uncover", N_("Show it"), id="uncover", tooltip=N_("Show what only staff may read")),
        Binding("escape", "back", N_("Back"), id="back", tooltip=N_("Go back; everything is kept")),
    ]

    @property
    def phb_app(self) -> AppProtocol:
        """The app, typed as screens may use it."""
        return cast("AppProtocol", self.app)

    @property
    def session(self) -> Session:
        """The session of the unlocked laptop."""
        return self.phb_app.session

    def compose(self) -> ComposeResult:
        """Compose the frame around the middle."""
        self.set_size_before_styling()
        family_cover.inherit(self)
        yield HeadBar(id="head")
        yield AlertBar(id="alerts-head")
        yield Static("", id="cover", classes="title hidden", markup=False)
        with Vertical(id="body"):
            yield from self.compose_body()
        yield SavedBar(id="saved")
        yield HintBar(id="hints")

    def compose_body(self) -> ComposeResult:
        """Compose the middle; subclasses override this."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Fill the frame and the middle."""
        if self.phb_app.saved:
            self.phb_app.autosaver.forget_date()
        self.reload()
        self.refresh_frame()
        self.on_ready()
        self.was_transferred()

    def on_ready(self) -> None:
        """Called once the screen is filled. Not another `on_mount`: Textual would run both, and fill twice."""

    ready_for_keys = False
    """Whether the screen is mounted and takes keys."""

    def on_screen_resume(self) -> None:
        """Read everything again when the screen is shown again."""
        if self.ready_for_keys:
            self.reload_unless_transferred()
            self.refresh_frame()
        # Textual gives the focus in its own handler of the same message, after this one.
        self.call_later(self._settle)

    def _settle(self) -> None:
        self.ready_for_keys = True

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the hints of the newly focused widget's bindings."""
        del event
        self.query_one(HintBar).show(self)

    def on_screen_suspend(self) -> None:
        """Save the field in use when another screen is shown."""
        self.phb_app.autosaver.save_all()
        if not self.staff_only():
            self.uncovered = False

    @property
    def hides(self) -> bool:
        """Whether what only staff may read must be hidden: in family view, and while a visit is open."""
        return family_cover.hides(self)

    def staff_only(self) -> bool:
        """Whether everything that the screen shows is for staff only."""
        return False

    def action_uncover(self) -> None:
        """Show what only staff may read; the laptop is turned to them."""
        family_cover.uncover(self)

    def reload(self) -> None:
        """Read what the screen shows; called on mount, on resume and when changes were received."""

    arriving = False
    """Whether changes from other laptops are being shown: no line may then be highlighted that nobody chose."""

    def reload_remote_changes(self) -> None:
        """Read the screen again after changes from other laptops were received."""
        self.arriving = True
        try:
            self.reload_unless_transferred()
        finally:
            self.arriving = False

    def reload_unless_transferred(self) -> None:
        """Read what the screen shows, unless its person was transferred to another team."""
        if not self.was_transferred():
            self.reload()

    def person(self) -> Record | None:
        """The person's record; None on screens about nobody.

        Raises:
            UnknownRecord: They are not on this laptop, or not any more.
        """
        return None

    last_known: Record | None = None
    """The person's record as last read."""

    def was_transferred(self) -> bool:
        """Whether another team now has the screen's person; if so, save what was typed and show a notice."""
        return transferred_person.was_transferred(self)

    def heading(self) -> str:
        """The place in the process, for the head of the screen."""
        return _(str(self.TITLE or ""))

    def help_words(self) -> str:
        """The text that F1 shows about the screen."""
        return _(str(getattr(self, "HELP", "")))

    def place(self) -> Place | None:
        """Where to return to after unlocking; None leaves the last place unchanged."""
        return None

    def refresh_frame(self) -> None:
        """Write the head, the saved line and the hints again."""
        self._about = None
        self.refresh_head()
        self.query_one(SavedBar).show(self.phb_app.saved, self.phb_app.status, family=self.phb_app.family)
        self.query_one(HintBar).show(self)

    _about: tuple[Record | None, Banner | None, bool] | None = None
    """Person, banner and whether a visit is open, as last read."""

    def refresh_head(self) -> None:
        """Write the head again with the person as last read."""
        if self._about is None:
            person = transferred_person.person_of(self)
            self._about = person, self._banner(person), family_cover.visit_is_open(self, person)
        person, banner, is_open = self._about
        old = stale(self.phb_app.status, self.session.now()) if self.phb_app.status else ""
        family, staff = self.phb_app.family, self.uncovered
        self.query_one(HeadBar).show(person, self.heading(), family=family, visit=is_open, staff=staff)
        folded = (is_open or self.READ_TOGETHER) and not staff
        self.query_one(AlertBar).show(banner, family=family, folded=folded, stale=old)
        family_cover.show(self)

    def _banner(self, person: Record | None) -> Banner | None:
        if person is None:
            return None
        from phb_tui.services.person import banner  # noqa: PLC0415 - the unlock screen has this base and needs no services

        return banner.of(self.session, person)

    def save_field(self, field: TextField) -> Record | None:
        """Save a field that was left; return the saved record, or None when the field is of no record.

        Raises:
            PhbError: It could not be kept; the words stay.
        """
        from phb_tui.services.records import editing  # noqa: PLC0415 - the unlock screen has this base and needs no services

        if field.record is None:
            return None
        return editing.save(self.session, field.record, {field.field: field.text})

    def typed(self, field: TextField) -> None:
        """Pass a key in a field to autosave.

        A direct call and not a message, so that no other message comes in between.
        """
        self.phb_app.autosaver.typed(field)

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's own
        """Move the focus; the field that is left is saved before another one can take a key."""
        before = self.focused
        super().set_focus(widget, scroll_visible, from_app_focus)
        if isinstance(before, TextField) and self.focused is not before:
            self.phb_app.autosaver.save_field(before)

    @on(TextField.HistoryRequested)
    def _history(self, event: TextField.HistoryRequested) -> None:
        if event.words.record is not None and self.phb_app.autosaver.save_field(event.words):
            self.phb_app.show_history(event.words.record, event.words.field)

    def progress(self, progress: Progress) -> None:
        """Handle the progress of an exchange; screens that show it override this."""

    def exchanged(self, problem: PhbError | None) -> None:
        """Handle the end of an exchange, with its error if it failed; screens that show it override this."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable going back on the first screen, and uncovering in family view."""
        del parameters
        if action == "uncover":
            return not self.phb_app.family and family_cover.is_covered(self)
        return action != "back" or self.can_go_back

    @property
    def can_go_back(self) -> bool:
        """Whether a screen other than the unlock screen lies below this one."""
        under = self.app.screen_stack[-2:-1]
        return any(isinstance(screen, BaseScreen) and not screen.BEFORE_UNLOCKING for screen in under)

    def action_back(self) -> None:
        """Go back one screen."""
        if not self.phb_app.autosaver.save_all() or not self.can_go_back:
            return
        under = self.app.screen_stack[-2]
        if self.phb_app.family and not getattr(under, "FAMILY_SAFE", False):
            self.phb_app.toggle_family_view(then_back=True)
            return
        self.app.pop_screen()

    def close_screens(self, most: int | None = None) -> None:
        """Close this screen and those below it, as far as one can go back.

        Args:
            most: How many at most; None for all that lie over the list of people.
        """
        closed = 0
        while self.can_go_back and (most is None or closed < most):
            self.app.pop_screen()
            closed += 1

    def show_end_reached(self, words: str) -> None:
        """Say that there is no next or previous page, and remove the focus.

        Whoever did not notice that the page stayed would write over what is on it: a digit would choose another answer.
        """
        self.show_message(words)
        self.set_focus(None)

    def show_message(self, words: str) -> None:
        """Show a message that must be noticed, in the line for errors."""
        self.query_one(SavedBar).notice(words)

    def show_error(self, error: PhbError) -> None:
        """Show an error in the saved line, without changing anything else."""
        self.query_one(SavedBar).problem(error.sentence)
