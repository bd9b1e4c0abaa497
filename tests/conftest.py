"""What every test shares: servers that are started once a run."""

import pytest

from phb_tui.store import ballast
from tests import postgres

SMALL = 64 * 1024


def pytest_configure(config: pytest.Config) -> None:
    """The run's processes share one folder, and the servers in it; a thousand laptops hold back little room each."""
    ballast.SIZE = SMALL
    if not hasattr(config, "workerinput"):
        postgres.begin_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    """What the run started, it ends."""
    if not hasattr(config, "workerinput"):
        postgres.end_run()
