"""A laptop and a request with everything filled in, which the tests of one file share."""

from collections.abc import Iterator

import pytest

from phb_tui.domain.records.changes import Record
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.screens.screen_harness import somebody, unlocked_laptop
from tests.services.decision.samples import agreed_plan, confirm, kept_version, request_for, set_staff
from tests.services.documents.letter_samples import ASKED, LOCAL


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A laptop that the tests share; each has a person of its own."""
    with unlocked_laptop(tmp_path_factory.mktemp("letters")) as found:
        set_staff(found)
        editing.save(found, record_lists.single(found, "local", None), dict(LOCAL))
        yield found


@pytest.fixture(scope="module")
def asked(laptop: Session) -> Record:
    """What somebody asked for, with everything filled in, of example B."""
    person_id = somebody(laptop, known_as="Annie").record_id
    version = kept_version(laptop, person_id, examples.b(), name="From December")
    request = request_for(laptop, version, plan_id=agreed_plan(laptop, person_id).record_id, **ASKED)
    confirm(laptop, version, request)
    return request
