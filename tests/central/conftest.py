"""What the tests of central share."""

from collections.abc import Iterator

import pytest

from tests.oidc import running


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """A real provider that people sign in with."""
    with running.provider() as address:
        yield address
