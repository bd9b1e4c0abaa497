"""The screen that makes copies: what has to be known before one is printed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phb_tui.screens.copies import CopiesScreen
from phb_tui.services import listing, writing
from tests.screens.support import Both, disagree, disagreeing, host, laid, shown

pytestmark = pytest.mark.anyio


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Both]:
    """Two laptops that do not agree about a dose."""
    with disagreeing(tmp_path) as found:
        new = listing.new(found.one, "contingency", found.person.record_id)
        plan = writing.keep(found.one, new, {"name": "Breathing", "triggers": "Breathless"})
        disagree(found.team, found.one, found.two, plan, ("response", "40 mg", "20 mg"))
        yield found


@pytest.mark.parametrize("family", [False, True])
async def test_it_says_what_is_not_decided_before_anything_is_printed(both: Both, *, family: bool) -> None:
    """Above the forms stands what has more than one version, also when the laptop is turned to the family."""
    async with laid(both.two, CopiesScreen(both.person.record_id)) as pilot:
        host(pilot).family = family
        screen = pilot.app.screen
        assert isinstance(screen, CopiesScreen)
        screen.fill()
        assert "Not decided yet" in shown(pilot, "#which")
        assert "What should happen then? (Breathing)" in shown(pilot, "#which")
        assert ("Phone" in shown(pilot, "#which")) is not family, "the person's copy has no phone of theirs"
