"""What every test shares: servers that are started once a run."""

import pytest

from tests import postgres


def pytest_configure(config: pytest.Config) -> None:
    """The run's processes share one folder, and the servers in it."""
    if not hasattr(config, "workerinput"):
        postgres.begin_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    """What the run started, it ends."""
    if not hasattr(config, "workerinput"):
        postgres.end_run()
