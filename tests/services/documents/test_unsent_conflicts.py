"""What a colleague wrote has arrived, and what was written here without seeing it waits: papers show both."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from phb_tui.documents import text
from phb_tui.domain.records.changes import Record
from phb_tui.services.documents import plan_document
from phb_tui.services.records import editing, field_conflicts, record_lists
from phb_tui.services.sync import sync_service
from phb_tui.sync.protocol import SyncReply, SyncRequest
from tests.screens.team_harness import TwoLaptops, disagreeing, write
from tests.services.documents.test_undecided_values import BOXED, FORTY, TWENTY, boxes, missing, plan_for


@pytest.fixture
def both(tmp_path: Path) -> Iterator[TwoLaptops]:
    with disagreeing(tmp_path) as found:
        yield found


class Meanwhile:
    """A central during whose answer somebody writes on the laptop that asks."""

    def __init__(self, both: TwoLaptops, do: Callable[[], object]) -> None:
        self.both, self.do = both, do

    def sync(self, request: SyncRequest) -> SyncReply:
        reply = self.both.team.central.sync(request)
        self.do()
        self.do = lambda: None
        return reply


def written_meanwhile(both: TwoLaptops, plan: Record, do: Callable[[], object]) -> None:
    """One colleague's dose arrives on the other's laptop while she does something there."""
    write(both.one, plan, {"response": FORTY})
    both.team.exchange(both.one)
    sync_service.sync_now(both.two, lambda _: None, Meanwhile(both, do))
    assert sync_service.status(both.two).waiting == 1


@pytest.mark.parametrize("full", [False, True])
def test_a_dose_that_arrived_under_one_that_waits_is_printed_beside_it(both: TwoLaptops, *, full: bool) -> None:
    """Before central has said that two doses differ, and after, every form of a paper has both and warns first."""
    plan = plan_for(both, response="30 mg")
    written_meanwhile(both, plan, lambda: write(both.two, plan, {"response": TWENTY}))
    for _sent in range(2):
        paper = plan_document.plan(both.two, both.person.record_id, full=full)
        assert missing(paper, BOXED, FORTY, TWENTY, "Not decided yet") == []
        (box,) = [box for box in boxes(paper) if box.what == "What to do"]
        assert {words for words, _by in box.versions} == {FORTY, TWENTY}
        both.team.exchange(both.two)


def test_what_waits_to_be_taken_off_is_printed_with_what_arrived(both: TwoLaptops) -> None:
    """A record that is taken off here unseen of a colleague's new dose stays on paper, with a note."""
    plan = plan_for(both, response="30 mg")
    written_meanwhile(both, plan, lambda: record_lists.remove(both.two, plan))
    paper = plan_document.plan(both.two, both.person.record_id)
    assert missing(paper, FORTY, "Kept or removed") == []


def test_what_was_seen_before_it_was_changed_stands_alone(both: TwoLaptops) -> None:
    """A dose written over one that was on the screen is no conflict, sent or not."""
    plan = plan_for(both, response=FORTY)
    shown = editing.read(both.two, "contingency", plan.record_id, plan.person_id)
    editing.save(both.two, editing.save(both.two, shown, {"response": "30 mg"}), {"response": TWENTY})
    paper = plan_document.plan(both.two, both.person.record_id)
    assert (boxes(paper), paper.warning) == ([], "")
    assert FORTY not in text.write(paper)
    assert {one.name for one in field_conflicts.on_paper(both.two, both.person.record_id)} == {"phone"}
