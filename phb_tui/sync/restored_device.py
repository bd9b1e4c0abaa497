"""Continues a laptop restored from a backup under a new device id, keeping all changes that exist only on it."""

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
    """A connection to central that signs its requests with one device id."""

    def succeed(self, succession: Succession) -> Common:
        """Request a new device id.

        Raises:
            PutBack: Central does not know the old device id.
            SyncProblem: Central did not answer; repeating the request is safe.
        """


def adopt_new_device_id(
    local: LocalSide, connect: Callable[[str], AbstractContextManager[Line]], why: PutBack, new_id: Callable[[], str]
) -> LocalSide:
    """Get a new device id from central and re-chain the changes that central does not have; their content stays.

    The new id is stored before central is asked, so that after an interruption the same one is requested again.

    Args:
        local: This laptop, with its old device id.
        connect: Opens a connection to central that signs with the given device id.
        why: Central's refusal that led here.
        new_id: Generates a device id.

    Returns:
        This laptop, with its new device id.

    Raises:
        SyncProblem: It did not succeed; nothing was changed.
        NotSaved: The disk refuses.
    """
    db = local.db
    names = _predecessors(db) if why.unknown else [local.device_id]
    if not names:
        raise why
    intended = key_values.get(db, "successor") or (local.device_id if why.unknown else new_id())
    key_values.put(db, {"successor": intended})
    for name in reversed(names):
        try:
            with connect(name) as central:
                common = _ask(local, central, name, intended)
        except PutBack as unknown:
            if unknown.unknown:
                continue
            raise
        with transaction(db):
            change_log.rechain(db, local.team_id, common.last, intended)
            change_log.mark_quarantined(db, local.team_id, {one.op_no: one.why for one in common.refused})
            before = [*_predecessors(db), name] if name not in _predecessors(db) else _predecessors(db)
            key_values.put_within(db, {"device_id": intended, "successor": "", "predecessors": json.dumps(before)})
        return replace(local, device_id=intended)
    raise why


def _ask(local: LocalSide, central: Line, name: str, intended: str) -> Common:
    first = max(change_log.first_pending(local.db, local.team_id) - 1, 1)
    common = central.succeed(Succession(local.team_id, name, intended, _hashes(local, first)))
    if common.last < 0:
        common = central.succeed(Succession(local.team_id, name, intended, _hashes(local, 1)))
    return common


def _hashes(local: LocalSide, first: int) -> tuple[tuple[int, str], ...]:
    return tuple(change_log.sent_hashes(local.db, local.team_id, first, MOST_HASHES))


def _predecessors(db: Database) -> Sequence[str]:
    return [str(name) for name in json.loads(key_values.get(db, "predecessors") or "[]")]
