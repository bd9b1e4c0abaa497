"""One laptop for all tests of a file, each with a person of its own: a team with a policy and staff."""

from collections.abc import Iterator

import pytest

from phb_tui.services.session import Session
from tests.screens.screen_harness import somebody, unlocked_laptop
from tests.services.decision.samples import set_policy, set_staff


@pytest.fixture(scope="module", name="team_laptop")
def shared_laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with unlocked_laptop(tmp_path_factory.mktemp("team")) as found:
        yield found


@pytest.fixture
def laptop(team_laptop: Session) -> Session:
    """The shared laptop with the usual policy and staff."""
    set_policy(team_laptop)
    set_staff(team_laptop)
    return team_laptop


@pytest.fixture
def person_id(laptop: Session) -> str:
    return somebody(laptop).record_id
