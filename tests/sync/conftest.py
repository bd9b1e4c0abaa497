"""What tests of the exchange are given: a central with one laptop, and copies of the laptop's disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.environment import Environment, environment_in
from tests.sync.disk_copies import Copies


@pytest.fixture
def env(tmp_path: Path) -> Iterator[Environment]:
    with environment_in(tmp_path) as made:
        yield made


@pytest.fixture
def copies(env: Environment) -> Copies:
    return Copies(env)
