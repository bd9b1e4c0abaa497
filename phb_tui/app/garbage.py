"""Keeps full garbage collections out of the way of typing.

A full collection looks through every object there is: after a hundred screens it held up a key for a fifth of a second.
What stays until the process ends is therefore frozen, so that no collection looks at it again, and a full collection is
made when nobody types. What it then looks at are the screens that are open and what closed ones left.
"""

import gc
from collections.abc import Callable

from textual._styles_cache import StylesCache

SELDOM = 30
"""Collections of the middle generation after which a full one is made although somebody types without a pause.

Some fifteen screens were then opened and closed, and memory does not grow without bound.
"""

DUE = 3
"""Collections of the middle generation from which on a full one is worth while: about what one screen leaves."""


class GarbageCollection:
    """Full garbage collections of the process, by hand.

    Of one app alone in its process: freezing and the thresholds hold for the whole process.
    """

    def __init__(self) -> None:
        young, middle, _full = gc.get_threshold()
        gc.set_threshold(young, middle, SELDOM)
        self._waits = False

    def freeze_imports(self) -> None:
        """Freeze what was imported for the first frame. Nothing that a person said is among it yet."""
        gc.freeze()

    def freeze_all(self) -> None:
        """Collect once and freeze what is left.

        Collected first: the unlock screen, which held the passphrase, is not to stay.
        """
        _collect()
        gc.freeze()

    def collect_if_due(self, when_idle: Callable[[Callable[[], object]], object]) -> None:
        """Collect once nobody types, if enough has been left since the last time.

        Args:
            when_idle: Calls something once there was no input for a moment.
        """
        if not self._waits and gc.get_count()[2] >= DUE:
            self._waits = True
            when_idle(self._collect_now)

    def _collect_now(self) -> None:
        self._waits = False
        _collect()


def _collect() -> None:
    # Textual remembers the colours around the last 1,024 widgets by the widgets' own painted lines, which so stay in
    # memory after their screens were closed: a person's words among them.
    StylesCache.get_inner_outer.cache_clear()
    gc.collect()
