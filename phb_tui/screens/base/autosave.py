"""Autosave: a draft soon after each key, a change when the field is left.

Durable 0.4 s after the last key and at most 2 s after the first one, at once when the field or the screen is left,
the laptop locks, the window loses the focus or the terminal goes away.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from phb_tui.errors import PhbError
from phb_tui.i18n import _
from phb_tui.screens.base.timers import after

if TYPE_CHECKING:
    from asyncio import TimerHandle

    from phb_tui.screens.base.protocols import AppProtocol
    from phb_tui.screens.widgets.text_field import TextField

AFTER_LAST_KEY = 0.4
AT_MOST = 2.0
RETRY = 5.0


class Autosaver:
    """Autosave of the text fields of the current screen.

    Args:
        app: The app, for its timers and its session.
        clock: Seconds that only go forward.
        now: The time of day, for "Saved on this laptop 10:42".
    """

    def __init__(self, app: AppProtocol, clock: Callable[[], float], now: Callable[[], datetime]) -> None:
        self._app = app
        self._clock = clock
        self._now = now
        self._field: TextField | None = None
        self._drafted: TextField | None = None
        """The field of which a draft was saved last, until it is a change or its text is the saved one again."""
        self._first_key = 0.0
        self._timer: TimerHandle | None = None
        self._date_said = ""

    def typed(self, field: TextField) -> None:
        """Restart the draft timer after a key in a field."""
        if self._field is not field:
            self.save_all()
            self._field, self._first_key = field, 0.0
        now = self._clock()
        self._first_key = self._first_key or now
        delay = min(AFTER_LAST_KEY, max(0.0, self._first_key + AT_MOST - now))
        self._stop()
        self._timer = after(delay, self.save_draft, self._app)

    def save_draft(self) -> None:
        """Save the draft of the field now, without leaving it."""
        self._stop()
        field, self._first_key = self._field, 0.0
        if field is None or field.record is None:
            return
        try:
            self._as_draft(field)
        except PhbError as error:
            self._show_error(field, error)
            self._timer = after(RETRY, self.save_draft, self._app)
        else:
            self.note_saved()
            field.say_full()  # it stays while the field is full

    def save_field(self, field: TextField) -> bool:
        """Save a field that loses the focus as a change; return whether nothing is left unsaved."""
        if self._field is field:
            self._stop()
            self._field = None
        if field.record is None or not field.changed:
            if field is self._drafted:
                self._forget_draft(field)
            return True
        try:
            field.mark_saved(field.owner.save_field(field))
        except PhbError as error:
            self._field = field
            self._show_error(field, error)
            self._timer = after(RETRY, self.save_draft, self._app)
            return False
        except BaseException:
            self._field = field  # a mistake of ours ends the app; its last words are still to be kept
            raise
        self._drafted = None
        self._say()
        self._say_date(field)
        self._app.refresh_status()
        return True

    def _forget_draft(self, field: TextField) -> None:
        """Delete the draft of a field whose text is the saved one again; where the disk refuses, say so and go on."""
        try:
            self._as_draft(field)
        except PhbError as error:
            self._show_error(field, error)

    def save_all(self) -> bool:
        """Save the field that is being typed in; return whether nothing is left unsaved."""
        return self._field is None or self.save_field(self._field)

    @property
    def has_unsaved(self) -> bool:
        """Whether something was typed that is not yet a change."""
        return self._field is not None

    def save_before_exit(self) -> list[Exception]:
        """Save the field before the app ends: as a change or, if that fails, as a draft.

        Returns:
            What went wrong; `has_unsaved` says whether the words are lost.
        """
        self._stop()
        field, wrong = self._field, list[Exception]()
        if field is None or field.record is None or not (field.changed or field is self._drafted):
            self._field = None
            return wrong
        for keep in (self._as_change, self._as_draft) if field.changed else (self._as_draft,):
            try:
                keep(field)
            except Exception as error:  # noqa: BLE001 - given back to whoever called
                wrong.append(error)
            else:
                self._field = None
                break
        return wrong

    def _as_change(self, field: TextField) -> None:
        field.owner.save_field(field)

    def _as_draft(self, field: TextField) -> None:
        from phb_tui.services.records import editing  # noqa: PLC0415 - nothing is typed in a record before the store is open

        if field.record is None:
            return
        if field.changed:
            editing.save_draft(self._app.session, field.record, {**field.context, field.field: field.text})
            self._drafted = field
        else:
            editing.delete_draft(self._app.session, field.record, field.field, field.context)
            self._drafted = None

    def note_saved(self) -> None:
        """Show that something was saved: a draft, or what was not typed, such as a chosen answer."""
        self._say()
        self._app.refresh_status()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _say(self) -> None:
        from phb_tui.domain.calendar import timestamps  # noqa: PLC0415 - as above
        from phb_tui.services.records import editing  # noqa: PLC0415 - as above

        time = timestamps.clock(self._now())
        words = _("Saved on this laptop {time}").format(time=time)
        if editing.room_is_short(self._app.session):
            words = _("Saved on this laptop {time}, but the disk is full: make room on it now").format(time=time)
        self._app.saved = words

    def _say_date(self, field: TextField) -> None:
        """Show how a typed date was understood, or that it is none, whichever key left the field."""
        from phb_tui.content import forms  # noqa: PLC0415 - nothing is typed in a record before the store is open
        from phb_tui.domain.calendar import dates  # noqa: PLC0415 - likewise

        record = field.record
        if record is None or not forms.is_date(record.kind, field.field) or not record.text(field.field):
            return
        if forms.is_for_staff(record.kind, field.field) and (self._app.family or self._app.visited_at):
            return  # beside the field, where staff write it, it is said too
        label = forms.label(record.kind, field.field).rstrip("?")
        kept, today = record.text(field.field), self._app.session.today
        if forms.problem(record.kind, field.field, kept, today):
            shown = forms.typed(record.kind, field.field, kept)
            said = _('{label}: look at the date "{typed}"').format(label=label, typed=shown)
        else:
            said = f"{label}: {dates.explained(kept, today)}"
        self._app.saved = self._date_said = said

    def forget_date(self) -> None:
        """Clear the message about how a date was understood."""
        if self._date_said and self._app.saved == self._date_said:
            self._app.saved = ""
        self._date_said = ""

    def _show_error(self, field: TextField, error: PhbError) -> None:
        self._app.saved = ""
        field.owner.show_error(error)
