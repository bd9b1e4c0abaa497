"""A laptop that was put back to an older copy goes on under another name, with everything that is only on it."""

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Protocol

from phb_tui.errors import PutBack
from phb_tui.store import change_log, key_values
from phb_tui.store.database import Database, transaction
from phb_tui.sync.engine import LocalSide
from phb_tui.sync.restore_messages import MOST_HASHES, Common, Succession


class Line(Protocol):
    """Central, by a line that signs as one name."""

    def succeed(self, asked: Succession) -> Common:
        """Ask to go on under another name.

        Raises:
            PutBack: Central does not know this name.
            SyncProblem: It did not answer; asking again is safe.
        """


def put_right(
    here: LocalSide, line: Callable[[str], AbstractContextManager[Line]], why: PutBack, new_id: Callable[[], str]
) -> LocalSide:
    """Take another name at central and number anew what it does not have; nothing of what was written changes.

    The name is kept before central is asked, so that a laptop that is cut off in between asks for the same one.

    Args:
        here: This laptop, by the name it has.
        line: Opens a line to central that signs as the given name.
        why: How central answered.
        new_id: Makes a name.

    Returns:
        This laptop, by the name it has now.

    Raises:
        SyncProblem: It could not be done; everything is as it was.
        NotSaved: The disk refuses.
    """
    db = here.db
    names = _predecessors(db) if why.unknown else [here.device_id]
    if not names:
        raise why
    intended = key_values.get(db, "successor") or (here.device_id if why.unknown else new_id())
    key_values.put(db, {"successor": intended})
    for name in reversed(names):
        try:
            with line(name) as central:
                common = _ask(here, central, name, intended)
        except PutBack as unknown:
            if unknown.unknown:
                continue
            raise
        with transaction(db):
            change_log.number_anew(db, here.team_id, common.last, intended)
            change_log.note_refused(db, here.team_id, {one.op_no: one.why for one in common.refused})
            before = [*_predecessors(db), name] if name not in _predecessors(db) else _predecessors(db)
            key_values.put_within(db, {"device_id": intended, "successor": "", "predecessors": json.dumps(before)})
        return replace(here, device_id=intended)
    raise why


def _ask(here: LocalSide, central: Line, name: str, intended: str) -> Common:
    first = max(change_log.first_waiting(here.db, here.team_id) - 1, 1)
    common = central.succeed(Succession(here.team_id, name, intended, _hashes(here, first)))
    if common.last < 0:
        common = central.succeed(Succession(here.team_id, name, intended, _hashes(here, 1)))
    return common


def _hashes(here: LocalSide, first: int) -> tuple[tuple[int, str], ...]:
    return tuple(change_log.sent_hashes(here.db, here.team_id, first, MOST_HASHES))


def _predecessors(db: Database) -> Sequence[str]:
    return [str(name) for name in json.loads(key_values.get(db, "predecessors") or "[]")]
