"""A central with one laptop, and a folder that stands for a stick."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.world import World, world_in


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made
