"""What the team server can only refuse again is not offered to be written again."""

import pytest

from phb_tui.errors import RuleBroken
from phb_tui.screens.payments.payments import PaymentsScreen
from phb_tui.screens.sync.quarantine import QuarantineScreen
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.sync import outbox
from tests.screens.screen_harness import choose, lines, opened_screen, somebody
from tests.screens.sync.test_sync_screen import keep_aside

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        ("payment", "Open the payments"),
        ("decision", "Open what was asked and decided"),
        ("request", "Open what was asked and decided"),
        ("plan_version", "Mark as dealt with"),
        ("budget_version", "Mark as dealt with"),
        ("need", "Write it again"),
    ],
)
async def test_only_what_may_be_taken_can_be_written_again(laptop: Session, kind: str, first: str) -> None:
    """A payment, a decision or a change of what is sealed would come back: the line leads to where it is mended."""
    person_id = somebody(laptop).record_id
    editing.save(laptop, record_lists.new(laptop, kind, person_id), {"note": "x"})
    keep_aside(laptop, 2)
    (found,) = outbox.quarantined(laptop)
    async with opened_screen(laptop, QuarantineScreen()) as pilot:
        offered = lines(pilot, "#what-next")
        assert offered[0] == first
        assert ("Write it again" in offered) is (kind == "need")
        if kind == "payment":
            await choose(pilot, "#what-next", first)
            assert isinstance(pilot.app.screen, PaymentsScreen)
    if kind != "need":
        with pytest.raises(RuleBroken, match="cannot be written again"):
            outbox.save_again(laptop, found)
