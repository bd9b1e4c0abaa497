"""Killing the app between Decide and its commit."""

from pathlib import Path

import pytest

from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record
from phb_tui.errors import RuleBroken
from phb_tui.services.decision import deciding, standing
from phb_tui.services.decision.standing import DECISION
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.store import change_log
from tests import killed
from tests.screens.screen_harness import somebody, unlocked_laptop
from tests.services.decision.samples import ME, OTHER, POLICY, kept_version, request_for, set_policy, set_staff

pytestmark = killed.NEEDS_FORK
REASONS = "It helps her back to work."


def asked(session: Session) -> Record:
    """A request that a colleague built, with the reasons written by whoever decides."""
    set_staff(session)
    set_policy(session, {**POLICY, "self": [{"role": "nurse advisor", "nature": "one_off", "first": 150000}]})
    version = kept_version(session, somebody(session).record_id)
    request = request_for(session, editing.save(session, version, {"built_by": f'["{OTHER}"]'}), to=ME)
    there = standing.of(session, request)
    editing.save(session, deciding.draft(session, there), {**deciding.link(there), "reasons": REASONS})
    return request


def decide(session: Session, request: Record) -> Record:
    """Decide with the reasons that were written."""
    return deciding.decide(session, request, deciding.draft(session, standing.of(session, request)), "approved")


def decisions(session: Session, request: Record) -> list[Record]:
    """What was decided about a request."""
    found = record_lists.of(session, DECISION, request.person_id or "", request)
    return [each for each in found if each.text("outcome")]


def test_a_kill_at_decide_leaves_a_whole_decision_or_the_words_for_it(tmp_path: Path) -> None:
    """Killed before its commit, nothing is decided and the reasons stand; after it, all is, and not a second time."""
    with unlocked_laptop(tmp_path / "laptop") as session:
        request = asked(session)
    doing = killed.killable(tmp_path / "laptop", lambda laptop: decide(laptop, request), tmp_path)
    for moment in doing.moments:
        killed.kill(doing, moment, tmp_path / str(moment))
        with killed.opened(tmp_path / str(moment)) as session:
            there = standing.of(session, request)
            if moment > doing.commits:
                with pytest.raises(RuleBroken, match="decided already"):
                    decide(session, request)
            else:
                assert there.is_waiting
                assert decisions(session, request) == []
                assert deciding.draft(session, there).text("reasons") == REASONS
                decide(session, request)
            (made,) = decisions(session, request)
            assert made.record_id == record_ids.decision_id(request.record_id, 1)
            assert (made.text("reasons"), made.text("decided_by"), made.text("value")) == (REASONS, ME, "100883")
            changes = change_log.pending_of_record(session.store.db, session.team_id, made.record_id)
            assert len(changes) == 1, "half of it was decided first"
            assert change_log.verify(session.store.db, session.team_id) == 0
