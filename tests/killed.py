"""A laptop whose process is killed at a statement of SQL, and the same laptop opened again.

A process of its own opens the store, does one thing and is killed by SIGKILL just before its n-th statement, or just
after it was done. No handler runs, nothing is closed: what the next opening finds is what the disk has.
"""

import os
import shutil
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from phb_tui.services.session import Session
from tests import counts, stores
from tests.screens.screen_harness import NOW, PASSPHRASE

NEEDS_FORK = pytest.mark.skipif(
    sys.platform == "win32", reason="kills a process that was forked, which Windows has not"
)
Act = Callable[[Session], object]


class Killable(NamedTuple):
    """Something that is done on a laptop.

    Attributes:
        data: The laptop's folder, as it is before.
        act: What is done.
        statements: How many statements of SQL it takes.
        begins: The number of the one that begins to write.
        commits: The number of the one that commits.
    """

    data: Path
    act: Act
    statements: int
    begins: int
    commits: int

    @property
    def moments(self) -> list[int]:
        """Statements to be killed at: in `make test` in the middle of writing, before the commit, and after all."""
        if counts.KILLS == 1:
            return [(self.begins + self.commits + 1) // 2, self.commits, self.statements + 1]
        return list(range(1, self.statements + 2))


@contextmanager
def opened(data: Path) -> Iterator[Session]:
    """The laptop, opened as after a restart."""
    with stores.unlocked(data / "stores", PASSPHRASE, lambda: NOW) as session:
        yield session


def killable(data: Path, act: Act, tmp_path: Path) -> Killable:
    """Do something once on a copy of a laptop, to see how many statements it takes; it writes in one transaction."""
    shutil.copytree(data, tmp_path / "counted")
    seen: list[str] = []
    with opened(tmp_path / "counted") as session:
        session.store.db.conn.set_trace_callback(seen.append)
        act(session)
        session.store.db.conn.set_trace_callback(None)
    begins = [number for number, sql in enumerate(seen, 1) if sql.startswith("BEGIN")]
    commits = [number for number, sql in enumerate(seen, 1) if sql.startswith("COMMIT")]
    assert (len(begins), len(commits)) == (1, 1), "it is not one transaction"
    return Killable(data, act, len(seen), begins[0], commits[0])


def kill(doing: Killable, moment: int, data: Path) -> None:
    """Do it on a copy of the laptop in a process that is killed just before a statement; past the last one, after it.

    Args:
        doing: What is done.
        moment: The number of the statement, from 1.
        data: Where the copy is made.
    """
    shutil.copytree(doing.data, data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # newer Pythons warn of threads, of which none matters here
        process = os.fork()
    if process == 0:
        _in_the_process(doing, moment, data)
    _process, status = os.waitpid(process, 0)
    assert os.WIFSIGNALED(status), f"it ended by itself: {status}"
    assert os.WTERMSIG(status) == signal.SIGKILL


def _in_the_process(doing: Killable, moment: int, data: Path) -> None:
    """What the process does; it never returns."""
    try:
        session = stores.unlock(data / "stores", PASSPHRASE, lambda: NOW)
        seen = 0

        def statement(_sql: str) -> None:
            nonlocal seen
            seen += 1
            if seen == moment:
                os.kill(os.getpid(), signal.SIGKILL)

        session.store.db.conn.set_trace_callback(statement)
        doing.act(session)
        os.kill(os.getpid(), signal.SIGKILL)
    finally:
        os._exit(1)  # it failed: no fixture of the parent's may run here
