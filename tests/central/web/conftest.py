"""A team with members of a panel, its central, and a browser in which one of them has signed in."""

from collections.abc import Iterator

import pytest

from phb_tui.central.auth import roles
from phb_tui.domain.records import record_ids
from tests import postgres
from tests.central.decision.office import Office
from tests.oidc.running import Browser, add_user, browser, central


@pytest.fixture(scope="module", params=postgres.ENGINES)
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    with postgres.storage_on(request.param) as storage:
        made = Office(storage)
        for name in ("pat", "quin"):
            add_user(storage, "north", name, roles.PANEL)
        made.nia.send(
            made.nia.write(record_ids.single_id("north", "local"), {"appeal": "Write."}, "local", person_id=None)
        )
        yield made


@pytest.fixture(scope="module")
def address(office: Office) -> Iterator[str]:
    with central(office.storage) as found:
        yield found


@pytest.fixture
def pat(address: str) -> Iterator[Browser]:
    with browser(address, "sub-pat") as who:
        yield who
