"""A budget that changes after it was kept: the law's figures arrive later, and two officers write one rate."""

import json
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from phb_tui import content
from phb_tui.central.exchange.own_changes import OwnChanges
from phb_tui.central.storage.repository import Storage
from phb_tui.content import forms
from phb_tui.services.records import editing, record_lists
from phb_tui.services.sync import sync_service
from tests import counts
from tests.domain.budget import examples
from tests.journeys import budget_records, laptops
from tests.journeys.keyboard_driver import KeyboardDriver
from tests.journeys.scenarios import WAITS
from tests.journeys.terminal import Terminal
from tests.journeys.test_together import exchange

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform == "win32", reason="drives a pseudo-terminal, which Windows has not"),
    pytest.mark.skipif(counts.LIVES == 0, reason=WAITS),
]

AGREED = {"agreed_by": "Ann Example", "agreed_role": "The person", "agreed_how": "said", "agreed_on": "today"}


def test_figures_that_arrive_later_change_a_kept_budget(central: tuple[Storage, str], tmp_path: Path) -> None:
    """The wage of April 2027 arrives: the person's page says what moved and what is below it, and version 2 holds."""
    storage, address = central
    data = laptops.set_up(tmp_path / "laptop-1", "laptop-1", address)
    person = laptops.add_person(data)
    with laptops.opened(data) as session:
        budget = budget_records.write(session, person, examples.b(), name="From December", purpose="final")
        budget_records.keep(session, budget)
    exchange(data)
    table = tomllib.loads((Path(content.__file__).parent / "data" / "rates.toml").read_text("utf-8"))
    more = {"nmw_21": {"2027-04-01": "13.45"}, "pension_low": {"2027-04-06": "6000.00"}}
    for rate in table["rate"]:
        rate["from"] |= more.get(rate["id"], {})
    OwnChanges(storage, lambda: datetime.now(UTC)).write_rates(2, json.dumps({**table, "version": 2}, default=str))
    exchange(data)
    with Terminal(["--data", str(data)]) as terminal:
        nurse = KeyboardDriver(terminal)
        laptops.to_the_person(terminal)
        nurse.choose("Today's visit", "Due now", "2027: + \N{POUND SIGN}0.14 a week", "13.45")
        nurse.choose("Look at the budget of Ann", "The budget: From December")
        rate = forms.form("shift").by_name["rate"].label
        nurse.choose("! Tom: Saturday and Sunday", rate, "13.45")
        nurse.into(rate)
        terminal.press("end", *["backspace"] * len("13.40"))
        terminal.type("13.50")
        nurse.back("The budget: From December")
        nurse.choose("Keep a version", "Version 2")
        nurse.fill("budget_version", AGREED)
        nurse.go_on("Keep this as version 2", "Version 2 is kept")
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
    exchange(data)
    version = budget_records.newest(data, person)
    assert (version.text("number"), version.text("rates")) == ("2", "2")
    with laptops.opened(data) as session:
        assert sync_service.status(session).quarantined == 0


def test_one_rate_in_two_versions_is_decided_before_a_version_is_kept(
    central: tuple[Storage, str], tmp_path: Path
) -> None:
    """Two officers write one rate apart: no version until somebody chose which is right, then one on both laptops."""
    _, address = central
    one, two = (laptops.set_up(tmp_path / name, name, address) for name in ("laptop-1", "laptop-2"))
    person = laptops.add_person(one)
    with laptops.opened(one) as session:
        budget_records.write(session, person, examples.b(), name="From December", purpose="indicative")
    exchange(one)
    exchange(two)
    for data, rate in ((one, "14.00"), (two, "14.20")):
        with laptops.opened(data) as session:
            shift = next(each for each in record_lists.of(session, "shift", person) if each.text("rate") == "13.20")
            editing.save(session, shift, {"rate": rate})
        exchange(data)
    exchange(one)
    with Terminal(["--data", str(one)]) as terminal:
        officer = KeyboardDriver(terminal)
        laptops.to_the_person(terminal)
        officer.open_step(3)
        officer.choose(forms.form("budget").many, "From December")
        officer.choose("From December", "Every week")
        officer.choose("Keep a version", "Choose which version is right first")
        officer.choose("! Choose which version", "Two versions: 1 of 1")
        officer.choose("Keep version 2: ", "Nothing left to decide")
        officer.choose("Go back", "Version 1: ", "Who agreed")
        officer.fill("budget_version", AGREED)
        officer.go_on("Keep this as version 1", "Version 1 is kept")
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
    exchange(one)
    exchange(two)
    for data in (one, two):
        version = budget_records.newest(data, person)
        assert '"rate":"14.20"' in version.text("inputs").replace(" ", "")
        assert "14.00" not in version.text("inputs")
