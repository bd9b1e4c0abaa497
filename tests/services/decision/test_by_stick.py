"""What is asked and decided without any network goes to central by a stick, under the same rules."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phb_tui.central.server.factory import build_central
from phb_tui.services.decision import standing, subjects
from phb_tui.services.session import Session
from phb_tui.services.sync import usb_exchange
from phb_tui.sync import bundle
from tests import factories
from tests.screens.team_harness import TEAM, team_in
from tests.services.decision.test_with_central import LEAD, Office, policy


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with team_in(tmp_path) as team:
        made = Office(team, tmp_path)
        factories.invite(team.storage, TEAM, ("device-1", made.nurse.nurse), ("device-9", LEAD))
        yield made


def by_stick(office: Office, laptop: Session, folder: Path) -> None:
    """One round: what waits goes to central, and its answer comes back."""
    file = usb_exchange.write(laptop, str(folder))
    answer = build_central(office.team.storage, factories.KEY).bundles.answer(file.read_bytes())
    file.with_suffix(bundle.ANSWER).write_bytes(answer)
    usb_exchange.read(laptop, str(folder))


@pytest.mark.parametrize("limit", [100_882, 100_883])
def test_nobody_decides_above_their_limit_by_a_stick(office: Office, folder: Path, limit: int) -> None:
    """A yes to 1,008.83 by a limit of a penny less is kept aside with its sentence; by just that it counts."""
    request = office.ask()
    version = subjects.version_of(office.lead, request)
    assert version is not None
    office.own.write_policy(TEAM, policy(limit), "2026-11-23", 1)
    office.decide(request)
    by_stick(office, office.lead, folder)
    by_stick(office, office.nurse, folder)
    asides = standing.kept_aside(office.lead, request.person_id or "")
    for laptop in (office.lead, office.nurse):
        found = standing.approval(laptop, version)
        assert (found is not None and found.is_confirmed) == (limit == 100_883)
    assert ["above what you may decide" in aside.why for aside in asides] == [True] * (limit == 100_882)
