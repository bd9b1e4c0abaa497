"""Random histories of two laptops that ask, decide, change the budget and pay, with this central and an older one."""

import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from phb_tui.central.exchange.guards import Guards
from phb_tui.central.exchange.money.money_guards import KINDS
from phb_tui.domain.decision.authority import OUTCOMES, PAYABLE
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Change, Record, RecordState
from phb_tui.domain.records.record_codec import state_of
from phb_tui.errors import PhbError
from phb_tui.services.budget import budgets, versions
from phb_tui.services.decision import deciding, requests, standing, subjects
from phb_tui.services.payments import making
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests import counts
from tests.screens.screen_harness import somebody
from tests.screens.team_harness import TEAM, team_in
from tests.services.decision.samples import AGREED, agreed_plan, kept_version
from tests.services.decision.test_with_central import LEAD, Office, policy

STEPS = 40
SEEDS = range(max(2, counts.HISTORIES // 40))
LIMITS = (50_000, 150_000, 500_000, 500_000)
"""Pence up to which team leads decide; what is asked for is around 1,000 pounds."""
PRICES = ("10.00", "120.00", "379.00", "900.00")


class History:
    """Two laptops with their central, and what chance does with them."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office, self.chance = office, random.Random(seed)
        self.person_id = somebody(office.nurse).record_id
        self.policies = 1
        self.made = 0
        office.team.exchange(office.nurse, office.lead)
        kept_version(office.nurse, self.person_id)
        agreed_plan(office.nurse, self.person_id)
        office.team.exchange(office.nurse, office.lead)

    @property
    def laptop(self) -> Session:
        """One of the two."""
        return self.chance.choice((self.office.nurse, self.office.lead))

    def play(self, steps: int) -> None:
        """Do something by chance, again and again; what a rule refuses is not done."""
        once = (self.keep, self.limit)
        doing = (*once, *(self.exchange, self.ask, self.decide, self.pay) * 3)
        for _ in range(steps):
            with suppress(PhbError):
                self.chance.choice(doing)()
            self.nothing_is_paid_too_early()

    def exchange(self) -> None:
        self.office.team.exchange(self.laptop)

    def ask(self) -> None:
        laptop = self.office.nurse  # whoever asks does not decide
        subject = subjects.all_of(laptop, self.person_id)[0]
        draft = editing.save(laptop, requests.begun(laptop, self.person_id), {"wish": "A gym", "risk": "ordinary"})
        requests.ask(laptop, subject, draft, LEAD.id)

    def decide(self) -> None:
        lead = self.office.lead
        waiting = [each for each in standing.of_person(lead, self.person_id) if each.is_waiting]
        if waiting:
            there = waiting[0]
            begun = deciding.draft(lead, there)
            words = {"reasons": "r", "alternatives": "a", "conditions": "c", "until": "2027-01-04"}
            draft = editing.save(lead, begun, {**deciding.link(there), **words})
            deciding.decide(lead, there.request, draft, self.chance.choice([*sorted(OUTCOMES), *["approved"] * 4]))

    def keep(self) -> None:
        laptop = self.office.nurse  # of two laptops' prices a person would have to choose one first
        budget = budgets.all_of(laptop, self.person_id)[0]
        cost = budgets.read(laptop, budget).costs[0]
        editing.save(laptop, cost, {"price": self.chance.choice(PRICES)})
        link = record_lists.parent_link(budget, versions.KIND)
        draft = editing.save(laptop, versions.being_kept(laptop, budget), {**link, **AGREED})
        versions.keep(laptop, versions.candidate(laptop, budget), draft)

    def limit(self) -> None:
        self.office.own.write_policy(TEAM, policy(self.chance.choice(LIMITS)), "2026-11-23", self.policies)
        self.policies += 1

    def pay(self) -> None:
        laptop = self.laptop
        budget = budgets.all_of(laptop, self.person_id)[0]
        version = self.chance.choice(versions.all_of(laptop, budget)[:2])
        self.made += making.make(laptop, self.person_id, version.record_id)

    # -- what has to hold

    def held(self, record_id: str) -> RecordState | None:
        """A record as central has it."""
        rows = self.office.team.storage.read({TEAM}, lambda tables: tables.rows(TEAM, [record_id]))
        return state_of(TEAM, rows[0]) if rows else None

    def nothing_is_paid_too_early(self) -> None:
        """Each payment on either laptop is of a version that central holds a yes to."""
        for laptop in (self.office.nurse, self.office.lead):
            for payment in record_lists.of(laptop, "payment", self.person_id):
                assert self.is_approved(laptop, payment.text("budget_version_id")), payment.fields

    def is_approved(self, laptop: Session, version_id: str) -> bool:
        asked = [each for each in record_lists.of(laptop, "request", self.person_id) if each.text("asked_on")]
        return any(self.is_yes(each) for each in asked if each.text("version_id") == version_id)

    def is_yes(self, request: Record) -> bool:
        for number in range(1, STEPS):
            state = self.held(record_ids.decision_id(request.record_id, number))
            outcome = state.fields["outcome"].value if state and "outcome" in state.fields else None
            if outcome in PAYABLE:
                return True
            if outcome is None:
                break
        return False


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with team_in(tmp_path) as team:
        yield Office(team, tmp_path)


@pytest.mark.parametrize("central", ["this", "an older one"])
@pytest.mark.parametrize("seed", SEEDS)
def test_no_laptop_pays_what_central_holds_no_yes_to(
    seed: int, central: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is asked, decided, lowered and kept meanwhile; an older central judges nothing of the money."""
    if central != "this":
        judged = Guards.reject_reason

        def as_before(guards: Guards, change: Change, *others: object) -> str:
            return "" if change.kind in KINDS else judged(guards, change, *others)  # type: ignore[arg-type]

        monkeypatch.setattr(Guards, "reject_reason", as_before)
    history = History(office, seed)
    history.play(STEPS)
    office.team.exchange(office.nurse, office.lead, office.nurse)
    history.nothing_is_paid_too_early()


def test_the_histories_pay_something(office: Office) -> None:
    """A history in which nothing is ever paid would prove nothing."""
    history = History(office, 0)
    for _ in range(STEPS):
        history.play(10)
        if history.made:
            break
    assert history.made


def test_a_laptop_that_does_not_wait_for_central_is_noticed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a rule that pays before central has confirmed the decision, a history fails."""
    monkeypatch.setattr(standing, "_is_confirmed", lambda *_asked: True)
    history = History(office, 0)
    with pytest.raises(AssertionError):
        history.play(6 * STEPS)
