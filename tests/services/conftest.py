"""A central with one laptop, and a folder that stands for a stick."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phb_tui.services.session import Session
from tests.screens.screen_harness import somebody, unlocked_laptop
from tests.services.environment import Environment, environment_in


@pytest.fixture
def env(tmp_path: Path) -> Iterator[Environment]:
    with environment_in(tmp_path) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An unlocked laptop without a central."""
    with unlocked_laptop(tmp_path / "alone") as found:
        yield found


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Session]:
    """An unlocked laptop in the test's own folder."""
    with unlocked_laptop(tmp_path) as found:
        yield found


@pytest.fixture
def person_id(laptop: Session) -> str:
    """A person on that laptop."""
    return somebody(laptop).record_id
