"""Two laptops and a real central: what is asked on one is decided on the other, and counts once central holds it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phb_tui.central.exchange.own_changes import OwnChanges
from phb_tui.domain.records.changes import Record, canonical
from phb_tui.services.decision import deciding, requests, standing, subjects, waiting
from phb_tui.services.person import banner, caseload
from phb_tui.services.records import editing
from phb_tui.services.session import Nurse, Session
from tests import factories, stores
from tests.screens.screen_harness import somebody
from tests.screens.team_harness import NOW, PASSPHRASE, TEAM, Team, team_in
from tests.services.decision.samples import agreed_plan, kept_version

LEAD = Nurse("lead-1", "Ann Invented", "team lead")
LIMIT = {"role": "team lead", "nature": "one_off"}


def policy(first: int) -> str:
    """A policy in which team leads decide up to an amount in pence."""
    return canonical({"limits": [{**LIMIT, "first": first}], "panel": ["pat"], "days": {"one_off": 5}})


class Office:
    """A nurse's laptop, a team lead's laptop and their central."""

    def __init__(self, team: Team, folder: Path) -> None:
        self.team, self.own = team, OwnChanges(team.storage, lambda: NOW)
        self.nurse = team.laptop(1, "Ada Okafor")
        factories.admit(team.storage, TEAM, "device-9", LEAD)
        at = folder / "device-9" / "stores"
        stores.set_up(at, PASSPHRASE, factories.joining("http://127.0.0.1:8765", TEAM, "device-9", LEAD))
        self.lead: Session = stores.unlock(at, PASSPHRASE, lambda: NOW)
        team.laptops.append(self.lead)
        self.own.write_policy(TEAM, policy(150_000), "2026-11-01", 0)

    def ask(self) -> Record:
        """The nurse asks for 1,008.83, and both laptops have exchanged since."""
        person_id = somebody(self.nurse).record_id
        self.team.exchange(self.nurse, self.lead)
        kept_version(self.nurse, person_id)
        agreed_plan(self.nurse, person_id)
        subject = subjects.all_of(self.nurse, person_id)[0]
        draft = editing.save(self.nurse, requests.begun(self.nurse, person_id), {"wish": "A gym", "risk": "ordinary"})
        request = requests.ask(self.nurse, subject, draft, LEAD.id)
        self.team.exchange(self.nurse, self.lead)
        return request

    def decide(self, request: Record, outcome: str = "approved") -> None:
        """The lead decides on their laptop."""
        there = standing.of(self.lead, request)
        begun = deciding.draft(self.lead, there)
        words = {"reasons": "It fits the plan.", "alternatives": "Walks."}
        deciding.decide(self.lead, request, editing.save(self.lead, begun, {**deciding.link(there), **words}), outcome)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with team_in(tmp_path) as team:
        yield Office(team, tmp_path)


def test_a_decision_counts_on_every_laptop_once_central_has_confirmed_it(office: Office) -> None:
    """Asked by the nurse, found by the lead, decided there without central, and confirmed at the next exchange."""
    request = office.ask()
    person_id = request.person_id or ""
    assert [there.request.record_id for there in waiting.of_person(office.lead, person_id)] == [request.record_id]
    version = subjects.version_of(office.lead, request)
    assert version is not None
    office.decide(request)
    found = standing.approval(office.lead, version)
    assert found is not None
    assert not found.is_confirmed
    assert standing.approval(office.nurse, version) is None
    office.team.exchange(office.lead, office.nurse)
    for laptop in (office.lead, office.nurse):
        found = standing.approval(laptop, version)
        assert found is not None
        assert found.is_confirmed
    assert standing.kept_aside(office.lead, person_id) == []


def test_a_limit_that_was_lowered_meanwhile_leaves_no_decision(office: Office) -> None:
    """Decided above the new limit by an old policy: kept aside, no approval, said at the top, and then passed on."""
    request = office.ask()
    person_id = request.person_id or ""
    version = subjects.version_of(office.lead, request)
    assert version is not None
    office.own.write_policy(TEAM, policy(100_000), "2026-11-23", 1)
    office.decide(request)
    office.team.exchange(office.lead, office.nurse)
    assert standing.approval(office.lead, version) is None
    (aside,) = standing.kept_aside(office.lead, person_id)
    (words,) = banner.of(office.lead, caseload.person(office.lead, person_id)).not_valid
    assert "in the first year is above what you may decide" in words
    assert words.count("not valid") == 1
    there = standing.of(office.lead, request)
    begun = deciding.take_words(office.lead, there, aside)
    begun = editing.save(office.lead, begun, {"to": "panel"})
    assert begun.text("reasons") == "It fits the plan."
    assert deciding.others(office.lead, request) == []  # nobody on the staff list is a member of the panel yet
    factories.admit(office.team.storage, TEAM, "device-8", Nurse("pat", "Pat Panel", "panel"))
    office.team.exchange(office.lead)
    deciding.decide(office.lead, request, begun, "escalated")
    office.team.exchange(office.lead, office.nurse)
    (there,) = standing.of_person(office.nurse, person_id)
    assert (there.outcome, there.to, there.is_confirmed, there.is_waiting) == ("escalated", "panel", True, True)
    assert standing.kept_aside(office.lead, person_id) == []


def test_a_no_is_asked_about_again_as_a_request_of_its_own(office: Office) -> None:
    """After a No the person asks again with what is new, and a yes to that is the approval of the version."""
    request = office.ask()
    person_id = request.person_id or ""
    office.decide(request, "declined")
    office.team.exchange(office.lead, office.nurse)
    declined = standing.of_person(office.nurse, person_id)[0].newest
    assert declined is not None
    subject = subjects.all_of(office.nurse, person_id)[0]
    draft = requests.begun(office.nurse, person_id, declined)
    values = {
        **requests.again_link(draft, declined),
        "wish": "A gym",
        "risk": "ordinary",
        "evidence": "A letter of the doctor.",
    }
    again = requests.ask(office.nurse, subject, editing.save(office.nurse, draft, values), LEAD.id, declined)
    office.team.exchange(office.nurse, office.lead)
    office.decide(again)
    office.team.exchange(office.lead, office.nurse)
    assert subject.version is not None
    found = standing.approval(office.nurse, subject.version)
    assert found is not None
    assert (found.request.record_id, found.is_confirmed) == (again.record_id, True)
