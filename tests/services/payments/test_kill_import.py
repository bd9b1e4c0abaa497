"""Killing the app while it keeps a statement."""

from pathlib import Path

from phb_tui.domain.records.changes import Record
from phb_tui.services.payments import spending, statement_import
from phb_tui.services.payments.statement_import import State
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session
from phb_tui.store import change_log
from tests import killed
from tests.screens.screen_harness import somebody, unlocked_laptop

pytestmark = killed.NEEDS_FORK
FILE = "Date,Description,Amount\n" + "".join(f"{day}/11/2026,Bus,-2.{day}\n" for day in range(10, 20))
ROWS = 10


def importing(person_id: str) -> killed.Act:
    """Read the file, look at it and keep all that is new, as a nurse does again after a restart."""

    def act(session: Session) -> int:
        found = statement_import.preview(session, person_id, statement_import.read(session, FILE.encode()))
        new = [(each, "") for each in found.candidates if each.state is State.NEW]
        return statement_import.keep(session, person_id, new)

    return act


def test_a_kill_while_a_statement_is_kept_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    """Killed before its commit, an import has kept nothing; after it, all; and keeping again makes each row once."""
    with unlocked_laptop(tmp_path / "laptop") as session:
        person_id = somebody(session).record_id
    doing = killed.killable(tmp_path / "laptop", importing(person_id), tmp_path)
    found = {}
    for moment in doing.moments:
        data = tmp_path / str(moment)
        killed.kill(doing, moment, data)
        with killed.opened(data) as session:
            found[moment] = len(_purchases(session, person_id))
            assert doing.act(session) == ROWS - found[moment]
            kept = _purchases(session, person_id)
            assert len(kept) == ROWS
            changes = [change_log.pending_of_record(session.store.db, session.team_id, r.record_id) for r in kept]
            assert [len(each) for each in changes] == [1] * ROWS, "a row was kept twice"
            assert change_log.verify(session.store.db, session.team_id) == 0
    assert found == {moment: ROWS if moment > doing.commits else 0 for moment in doing.moments}


def _purchases(session: Session, person_id: str) -> list[Record]:
    return record_lists.of(session, spending.PURCHASE, person_id)
