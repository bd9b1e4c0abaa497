"""What every test of a screen is given."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phb_tui.services.session import Session
from tests.screens import pilot_idle, stylesheets
from tests.screens.screen_harness import unlocked_laptop
from tests.screens.team_harness import TwoLaptops, disagreeing

pilot_idle.install()
stylesheets.install()


@pytest.fixture
def anyio_backend() -> str:
    """Textual runs on asyncio."""
    return "asyncio"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An unlocked laptop."""
    with unlocked_laptop(tmp_path) as found:
        yield found


@pytest.fixture
def laptop(session: Session) -> Session:
    """The same, by the name that tests of one screen use."""
    return session


@pytest.fixture
def both(tmp_path: Path) -> Iterator[TwoLaptops]:
    """Two laptops whose users wrote different phone numbers for one person."""
    with disagreeing(tmp_path) as found:
        yield found
