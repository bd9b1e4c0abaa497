"""A budget from the request to the money: asked and decided on laptops of their own, paid, and read in a letter."""

import re
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from phb_tui.central.auth.roles import PANEL
from phb_tui.central.exchange.own_changes import OwnChanges
from phb_tui.central.server.factory import build_central
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage.repository import Storage
from phb_tui.central.web.views import decision_views
from phb_tui.content import forms
from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.records.changes import canonical
from phb_tui.services.records import record_lists
from phb_tui.services.sync import sync_service
from tests import counts, factories
from tests.domain.budget import examples
from tests.journeys import budget_records, laptops
from tests.journeys.keyboard_driver import KeyboardDriver
from tests.journeys.scenarios import WAITS
from tests.journeys.terminal import NotSeen, Terminal
from tests.journeys.test_budget import Newcomer
from tests.journeys.test_together import exchange
from tests.oidc.running import add_user, browser
from tests.oidc.running import central as serving
from tests.services.decision import samples

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform == "win32", reason="drives a pseudo-terminal, which Windows has not"),
    pytest.mark.skipif(counts.LIVES == 0, reason=WAITS),
]
REQUEST, DECISION = forms.form("request"), forms.form("decision")
ROLES = {"nurse": "nurse advisor", "lead": "team lead", "other": "nurse advisor"}
MOST_TABS, PAGES = 30, 12
THREE_MINUTES = 180
POLICY: dict[str, Any] = {**samples.POLICY, "panel": []}


def set_policy(storage: Storage, after: int, policy: Mapping[str, Any]) -> None:
    """Give the team another policy, as `phb-central policy` does."""
    OwnChanges(storage, lambda: datetime.now(UTC)).write_policy(
        laptops.TEAM, canonical(dict(policy)), "2026-11-01", after
    )


@pytest.fixture
def central() -> Iterator[tuple[Storage, str]]:
    """The real service on a free loopback port, with a policy, and codes for the laptops of a nurse and of a lead."""
    storage = Storage.on_sqlite(None)
    factories.invite(storage, laptops.TEAM, *((name, factories.nurse(name, role)) for name, role in ROLES.items()))
    set_policy(storage, 0, POLICY)
    with serve_in_thread(build_central(storage, factories.KEY)) as address:
        yield storage, address
    storage.close()


def kept(data: Path, example: Records, **own: str) -> str:
    """A person with a kept final version of an example's budget, and an agreed plan; their id."""
    person = laptops.add_person(data)
    exchange(data)
    with laptops.opened(data) as session:
        budget = budget_records.write(session, person, example, **{"name": "From December", "purpose": "final", **own})
        budget_records.keep(session, budget)
        samples.agreed_plan(session, person)
    exchange(data)
    return person


def push(driver: KeyboardDriver, button: str, *then: str) -> None:
    """Press Tab until a button is chosen, then Enter."""
    for _ in range(MOST_TABS):
        driver.terminal.quiet()
        if f"\N{BLACK RIGHT-POINTING POINTER}{button}" in driver.terminal.text():
            driver.press("enter", *then)
            return
        driver.terminal.press("tab")
    raise NotSeen(f"no button {button!r} in:\n{driver.terminal.text()}")


def quarantined(data: Path) -> int:
    """How many changes of a laptop central did not take."""
    with laptops.opened(data) as session:
        return sync_service.status(session).quarantined


def ask(data: Path, wish: str, who: str) -> None:
    """From the unlock screen: ask for a decision about the newest kept version of the only budget."""
    with Terminal(["--data", str(data)]) as terminal:
        driver = KeyboardDriver(terminal)
        laptops.to_the_person(terminal)
        driver.open_step(5)
        driver.choose("Ask for a decision", "Version 1 of the budget: ")
        driver.into(REQUEST.by_name["wish"].label)
        terminal.type(wish)
        driver.select(REQUEST.by_name["risk"], ["ordinary"])
        driver.select(REQUEST.by_name["considered:plan"], ["plan"])
        push(driver, "Ask", "Asked and decided", f"Waits for {who}")
        terminal.press("ctrl+q")
        assert terminal.finish() == 0


def decide(driver: KeyboardDriver, outcome: str, reasons: str, way: str = "") -> None:
    """On the screen of a decision: choose the answer, write why, and decide."""
    driver.select(DECISION.by_name["outcome"], [outcome])
    driver.into(DECISION.by_name["reasons"].label)
    driver.terminal.type(reasons)
    if way:
        driver.into(DECISION.by_name["way_decided"].label)
        driver.terminal.type(way)
    push(driver, "Decide: ", "Asked and decided", "not confirmed yet")


def says(data: Path, *words: str) -> str:
    """What the screen of what was asked and decided says."""
    with Terminal(["--data", str(data)]) as terminal:
        driver = KeyboardDriver(terminal)
        laptops.unlock(terminal)
        terminal.wait("Set up your support")
        driver.choose("What was asked and decided", "Asked and decided", *words)
        found = terminal.text()
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
    return found


def test_a_lead_decides_what_a_nurse_asks_and_the_money_comes(central: tuple[Storage, str], tmp_path: Path) -> None:
    """Example B is asked for by a nurse, decided by the team lead, confirmed, and told to the person."""
    _, address = central
    nurse, lead = (laptops.set_up(tmp_path / name, name, address) for name in ("nurse", "lead"))
    kept(nurse, examples.b())
    ask(nurse, "The same two people, every day", "Nurse lead")
    exchange(nurse)
    exchange(lead)
    with Terminal(["--data", str(lead)]) as terminal:
        driver = KeyboardDriver(terminal)
        laptops.to_the_person(terminal)
        driver.choose("A decision waits for you", "The same two people, every day", "818.88")
        decide(driver, "approved", "These two know you well.", "A direct payment, as you asked")
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
    exchange(lead)
    exchange(nurse)
    assert quarantined(nurse) == quarantined(lead) == 0
    assert "not confirmed" not in says(nurse, "Yes: Nurse lead, team lead", "confirmed")
    with Terminal(["--data", str(nurse)]) as terminal:
        driver = KeyboardDriver(terminal)
        laptops.unlock(terminal)
        terminal.wait("Set up your support")
        driver.choose("Payments and purchases", "+ List the payments: From December, version 1")
        driver.choose("+ List the payments:", "15 payments are listed", "3,275.54", "3,275.52", "275.16")
        terminal.press("esc")
        driver.choose("What was asked and decided", "Asked and decided")
        driver.choose("Read or print", "the letter about the decision of", ": Yes")
        driver.choose("Read it together on the screen", "Our decision about your budget")
        letter = terminal.text()
        for _ in range(PAGES):
            terminal.press("pgdn")
            terminal.quiet()
            letter += terminal.text()
        for words in ("These two know you well", "The same two people, every day", "3,275.54", "Nurse lead"):
            assert words in letter, words
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
    exchange(nurse)
    exchange(lead)
    assert quarantined(nurse) == 0
    with laptops.opened(lead) as session:
        payments = record_lists.of(session, "payment", budget_records.only_person(session))
    assert sum(int(each.text("due")) for each in payments) == 46132_46


def test_a_nurse_decides_a_small_one_off_budget_alone(central: tuple[Storage, str], tmp_path: Path) -> None:
    """A course for 144.95 is within what a nurse may decide of her own: asked and decided in one go, and it holds."""
    _, address = central
    nurse = laptops.set_up(tmp_path / "nurse", "nurse", address)
    small = Records(examples.c().budget, costs=[each for each in examples.c().costs if each["price"] == "144.95"])
    kept(nurse, small)
    with Terminal(["--data", str(nurse)]) as terminal:
        driver = Newcomer(terminal)
        laptops.to_the_person(terminal)
        driver.seconds = 0
        driver.open_step(5)
        driver.choose("Ask for a decision", "Version 1 of the budget: ")
        driver.into(REQUEST.by_name["wish"].label)
        terminal.type("A course in the garden")
        driver.select(REQUEST.by_name["risk"], ["ordinary"])
        driver.into("Who decides?")
        terminal.type("1")
        driver.select(REQUEST.by_name["considered:plan"], ["plan"])
        push(driver, "Ask", "A course in the garden", "you decide up to")
        decide(driver, "approved", "It helps you to get out again.", "A direct payment")
        assert driver.seconds < THREE_MINUTES
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
    exchange(nurse)
    assert quarantined(nurse) == 0
    assert "not confirmed" not in says(nurse, "Yes: Nurse nurse, nurse advisor", "confirmed")


def test_a_one_off_budget_above_what_anybody_may_decide_goes_to_the_panel(tmp_path: Path) -> None:
    """Example C is 8.83 above the tier of a thousand: the panel decides it on its page, and the nurse reads it."""
    storage = Storage.on_sqlite(None)
    factories.invite(
        storage, laptops.TEAM, ("nurse", factories.nurse("nurse")), ("lead", factories.nurse("lead", "team lead"))
    )
    add_user(storage, laptops.TEAM, "pat", PANEL)
    limits = [{**each, "first": min(each.get("first") or 0, 100000)} for each in POLICY["limits"]]
    tiers = [{"name": "Middle", "to": 100000, "by": "team lead"}, {"name": "Large", "to": None, "by": PANEL}]
    set_policy(storage, 0, {**POLICY, "limits": limits, "tiers": tiers, "panel": ["pat"]})
    with serving(storage) as address:
        nurse = laptops.set_up(tmp_path / "nurse", "nurse", address)
        kept(nurse, examples.c())
        ask(nurse, "To get fit again", "the panel")
        exchange(nurse)
        with laptops.opened(nurse) as session:
            [request] = record_lists.everything(session, budget_records.only_person(session))["request"]
        with browser(address, "sub-pat") as pat:
            place = f"/team/{laptops.TEAM}/decisions/{request.record_id}"
            page = pat.get(place).text
            assert "1,008.83" in page
            seen = dict(re.findall(r'name="(seen|decided)" value="(\d+)"', page))
            words = dict.fromkeys(decision_views.WORDS, "")
            written = {"outcome": "approved", "reasons": "It helps you to get well.", "way_decided": "One payment."}
            answer = pat.post(place, None, **{**words, **written, **seen})
            assert answer.status_code == 200
        exchange(nurse)
        assert "not confirmed" not in says(nurse, "Yes: Pat", "confirmed")
    storage.close()


def test_a_decision_above_a_lowered_limit_is_not_valid(central: tuple[Storage, str], tmp_path: Path) -> None:
    """Decided offline with an older policy, above what the newer one allows: kept aside, shown, and what to do."""
    storage, address = central
    nurse, lead = (laptops.set_up(tmp_path / name, name, address) for name in ("nurse", "lead"))
    person = kept(nurse, examples.b())
    ask(nurse, "The same two people, every day", "Nurse lead")
    exchange(nurse)
    exchange(lead)
    lowered = [{"role": "team lead", "nature": "ongoing", "weekly": 50000, "first": None}]
    set_policy(storage, 1, {**POLICY, "limits": lowered})
    with Terminal(["--data", str(lead)]) as terminal:
        driver = KeyboardDriver(terminal)
        laptops.to_the_person(terminal)
        driver.choose("A decision waits for you", "818.88")
        decide(driver, "approved", "These two know you well.", "A direct payment")
        terminal.press("f5")
        driver.choose("See changes the team server could not accept", "above what you may decide", "it is not valid")
        driver.choose("Open what was asked and decided", "Asked and decided", "it is not valid")
        while "Six steps" not in terminal.text():
            terminal.press("esc")
            terminal.quiet()
        terminal.wait("did not take the decision of", "A decision is not valid: see why, and what to do")
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
    exchange(nurse)
    says(nurse, "Waits for Nurse lead")
    with laptops.opened(nurse) as session:
        assert record_lists.of(session, "decision", person) == []
        assert record_lists.of(session, "payment", person) == []
