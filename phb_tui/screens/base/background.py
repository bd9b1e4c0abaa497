"""Runs slow work on a thread and always calls back on the app's thread, with the result or with an error."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from phb_tui.errors import PhbError, StoreProblem
from phb_tui.i18n import N_

if TYPE_CHECKING:
    from phb_tui.screens.base.protocols import AppProtocol

Result = TypeVar("Result")

DISK = N_(
    "A file or folder that phb-tui needs could not be read or written. Is the disk full, or may it not be written? "
    "Try again; if it stays so, ask your IT team."
)
UNEXPECTED = N_(
    "phb-tui met a problem it did not expect, and this was not done. Try again; if it stays so, ask your IT team."
)


def run_in_background(
    app: AppProtocol,
    work: Callable[[], Result],
    done: Callable[[Result], object],
    failed: Callable[[PhbError], object],
) -> None:
    """Run a function on a thread of its own, then call exactly one of two callbacks on the app's thread.

    Args:
        app: The app. It may end meanwhile; then nobody is told, and the thread ends with the process.
        work: What is done. It may not touch a screen nor the screens' connection to the store.
        done: Called with what it gave.
        failed: Called with a sentence when it, or `done`, raised anything: the screen can be used again then.
    """

    def tell(result: Result) -> None:
        try:
            done(result)
        except PhbError as error:
            failed(error)

    def run() -> None:
        try:
            outcome = partial(tell, work())
        except Exception as error:  # noqa: BLE001 - the app is told of every one
            outcome = partial(_failed, app, error, failed)
        _deliver(app, outcome)

    threading.Thread(target=run, daemon=True, name="beside").start()


def report(app: AppProtocol, error: BaseException) -> str:
    """Store a crash report in the encrypted store; without an open store it is kept nowhere.

    Returns:
        The report's number; "" when it was not kept.
    """
    if not app.is_open:
        return ""
    from phb_tui.services.start import crash_reports  # noqa: PLC0415 - the store is open, so it is imported

    number = f"{time.time_ns():X}"
    kept = crash_reports.keep(app.session, number, "".join(traceback.format_exception(error)))
    return number if kept else ""


def _failed(app: AppProtocol, error: Exception, failed: Callable[[PhbError], object]) -> None:
    """Call the failure callback on the app's thread."""
    if isinstance(error, PhbError):
        failed(error)
        return
    report(app, error)
    failed(StoreProblem(DISK) if isinstance(error, OSError) else PhbError(UNEXPECTED))


def _deliver(app: AppProtocol, outcome: Callable[[], object]) -> None:
    """Schedule a callback on the app's thread, unless the app has ended."""
    try:
        app.call_later(outcome)
    except RuntimeError:  # its loop was closed: the process is ending
        return
