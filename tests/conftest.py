"""What every test shares: servers that are started once a run, and what is said at its end."""

import gc

import pytest
from hypothesis import HealthCheck, settings

from phb_tui.store import disk_reserve
from tests import left_out, postgres

SMALL = 64 * 1024


def pytest_configure(config: pytest.Config) -> None:
    """The run's processes share one folder, and the servers in it; a thousand laptops hold back little room each."""
    disk_reserve.SIZE = SMALL
    # How long an example takes says how busy the machine is, and nothing about the rule.
    settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("ours")
    if not hasattr(config, "workerinput"):
        postgres.begin_run()


def pytest_collection_finish() -> None:
    """What was imported stays: looking through it for garbage again and again takes a fifth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 20)  # a collection of a million objects would hold a test up for seconds


def pytest_unconfigure(config: pytest.Config) -> None:
    """What the run started, it ends."""
    if not hasattr(config, "workerinput"):
        postgres.end_run()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was left out, and why."""
    said = list(left_out.lines(terminalreporter.stats.get("skipped", ())))
    terminalreporter.section("left out")
    for line in said or ["Nothing."]:
        terminalreporter.write_line(line)
