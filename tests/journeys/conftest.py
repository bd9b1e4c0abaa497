"""What the journeys share."""

from collections.abc import Iterator

import pytest

from phb_tui.central.server.factory import build_central
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage.repository import Storage
from tests import factories
from tests.journeys import laptops


@pytest.fixture
def central() -> Iterator[tuple[Storage, str]]:
    """The real service on a free loopback port, and codes for two laptops."""
    storage = Storage.on_sqlite(None)
    laptops.join(storage, "laptop-1", "laptop-2")
    with serve_in_thread(build_central(storage, factories.KEY)) as address:
        yield storage, address
    storage.close()
