"""Budgets built by keyboard at the table: by a newcomer, by nurse and officer together, for three who pay."""

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from phb_tui.central.storage.repository import Storage
from phb_tui.content import forms
from phb_tui.domain.budget.reading.records import Records
from phb_tui.services.budget import budgets, versions
from phb_tui.services.records import editing, record_lists
from phb_tui.services.sync import sync_service
from tests import counts
from tests.domain.budget import examples
from tests.journeys import laptops
from tests.journeys.kept import Value
from tests.journeys.keyboard_driver import KeyboardDriver
from tests.journeys.scenarios import WAITS
from tests.journeys.terminal import Terminal
from tests.journeys.test_together import exchange

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform == "win32", reason="drives a pseudo-terminal, which Windows has not"),
    pytest.mark.skipif(counts.LIVES == 0, reason=WAITS),
]
LETTER, KEY = 0.5, 2.5
"""Seconds in which somebody who is new to it types a letter, and finds and presses any other key."""
TEN_MINUTES = 600


class Newcomer(KeyboardDriver):
    """Somebody at the keyboard whose keys are counted."""

    def __init__(self, terminal: Terminal) -> None:
        super().__init__(terminal)
        self.seconds = 0.0
        typed, pressed = terminal.type, terminal.press

        def type_(text: str) -> None:
            self.seconds += LETTER * len(text)
            typed(text)

        def press(*keys: str, pause: float = 0.05) -> None:
            self.seconds += KEY * len(keys)
            pressed(*keys, pause=pause)

        terminal.type, terminal.press = type_, press  # type: ignore[method-assign]

    def put(self, words: str) -> None:
        """Type, with Enter at the end of each line."""
        super().put(words.replace("\n", "\r"))

    def to_a_new_budget(self) -> None:
        """From the person's page to the form of a new budget."""
        self.open_step(3)
        self.choose(forms.form("budget").many, f"+ {forms.form('budget').add}")
        self.choose(f"+ {forms.form('budget').add}", "Page 1 of")

    def add(self, kind: str, values: Mapping[str, Value], above: Mapping[str, str]) -> None:
        """From the screen of the budget: add something, and come back."""
        form = forms.form(kind)
        self.choose(f"+ {form.add}", form.pages[0].fields[0].label)
        self.fill(kind, values, above=above)
        self.back("The budget:")


def worked(data: Path) -> tuple[int, Mapping[str, int], tuple[object, ...]]:
    """The first year of the only budget on a laptop, by who pays, and what is wrong with it."""
    with laptops.opened(data) as session:
        person = next(session.store.db.query("SELECT record_id FROM record WHERE kind = 'person'"))["record_id"]
        (budget,) = record_lists.of(session, "budget", person)
        found = budgets.worked(session, budgets.read(session, budget))
    return found.totals.first, found.by_stream, found.problems


def test_a_newcomer_builds_a_one_off_budget_in_ten_minutes(tmp_path: Path) -> None:
    """Example C: a range told first, four things to buy, shared half and half; the sum stands under the lines."""
    data = laptops.set_up(tmp_path / "one")
    laptops.add_person(data)
    above = {"budget.nature": "one_off", "budget.health": "50"}
    with Terminal(["--data", str(data)]) as terminal:
        nurse = Newcomer(terminal)
        laptops.to_the_person(terminal)
        nurse.seconds = 0
        nurse.to_a_new_budget()
        own = {"name": "Support to recover", "nature": "one_off", "start_date": "7 12 2026", "end_date": "5 12 2027",
               "health": "50", "social": "50", "range_from": "900", "range_to": "1,100",
               "told_on": "today"}  # fmt: skip
        nurse.fill("budget", own)
        nurse.back("The budget: Support to recover", "In all 0.00")
        for each in examples.c().costs:
            values = {name: each[name] for name in ("what", "kind", "price", "many") if each.get(name)}
            nurse.add("cost", values, above)
        terminal.wait("In all 1,008.83", "504.42", "504.41")
        assert nurse.seconds < TEN_MINUTES
        nurse.press("f6", "How it was worked out", "12 x 29.99 = 359.88")
        nurse.back("In all 1,008.83")
        nurse.press("f2", "Family view")
        terminal.wait("In all 1,008.83")
        terminal.press("f2")
        terminal.type("staff")
        terminal.press("enter")
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
    assert worked(data) == (100883, {"health": 50442, "social": 50441, "education": 0}, ())


def test_a_budget_that_three_organisations_pay_together(tmp_path: Path) -> None:
    """Example E: a child's hours in terms and holidays, what each pays alone, and the shares of all the rest."""
    data = laptops.set_up(tmp_path / "one")
    laptops.add_person(data)
    with Terminal(["--data", str(data)], 160, 48) as terminal:
        nurse = Newcomer(terminal)
        laptops.to_the_person(terminal)
        build(nurse, examples.e(), "Term and holidays")
        terminal.wait("334.57", "18,315.75")
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
    assert worked(data) == (1831575, {"health": 895669, "social": 604728, "education": 264264}, ())


def test_a_nurse_and_an_officer_build_a_budget_on_two_laptops(central: tuple[Storage, str], tmp_path: Path) -> None:
    """Example B: typed by the officer, linked to needs by the nurse, not enough, asked again, kept as a version."""
    _, address = central
    one, two = (laptops.set_up(tmp_path / name, name, address) for name in ("laptop-1", "laptop-2"))
    person = laptops.add_person(one)
    with laptops.opened(one) as session:
        for words in ("Getting up and dressed takes two hours", "The nights are long"):
            editing.save(session, record_lists.new(session, "need", person), {"words": words})
    exchange(one)
    exchange(two)
    with Terminal(["--data", str(two)], 160, 48) as terminal:
        officer = Newcomer(terminal)
        laptops.to_the_person(terminal)
        build(officer, examples.b(), "From December")
        terminal.wait("818.88", "46,132.46")
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
    exchange(two)
    exchange(one)
    link_ask_and_keep(one)
    exchange(one)
    exchange(two)
    for data in (one, two):
        with laptops.opened(data) as session:
            (budget,) = record_lists.of(session, "budget", person)
            (version,) = versions.all_of(session, budget)
            assert (version.text("total_first"), version.text("agreed_by")) == ("4613246", "Ann Example")
            assert (budget.text("enough"), budget.text("enough_words")) == ("no", "Nobody comes when Tom is ill")
            assert [task.text("notes") for task in record_lists.of(session, "task", person)] != []
            assert sync_service.status(session).quarantined == 0


def link_ask_and_keep(data: Path) -> None:
    """The nurse links a line to a need, shows the family, writes that it is not enough, and keeps a version."""
    with Terminal(["--data", str(data)]) as terminal:
        nurse = Newcomer(terminal)
        laptops.to_the_person(terminal)
        nurse.open_step(3)
        nurse.choose(forms.form("budget").many, "From December")
        nurse.choose("From December", "46,132.46")
        nurse.choose("Tom: Night asleep", forms.form("shift").pages[0].fields[0].label)
        nurse.select(forms.form("shift").by_name["need_id"], ())
        terminal.type("2")
        terminal.wait("(\N{BULLET}) 2")
        nurse.back("The budget:")
        nurse.press("f2", "Family view", "46,132.46")
        terminal.press("f2")
        terminal.type("staff")
        nurse.press("enter", "818.88")
        terminal.type("e")
        terminal.wait("Is it enough?", "1 of 2")
        nurse.into(forms.form("budget").by_name["enough"].label)
        terminal.type("3")
        nurse.into(forms.form("budget").by_name["enough_words"].label)
        terminal.type("Nobody comes when Tom is ill")
        terminal.press("tab")
        nurse.choose("Ask for it to be looked at again", "Asked: ")
        nurse.choose("Keep this budget as version 1", "Who agreed")
        nurse.fill("budget_version", {"agreed_by": "Ann Example", "agreed_role": "The person", "agreed_on": "today"})
        nurse.go_on("Keep this as version 1", "Version 1 is kept")
        terminal.press("ctrl+q")
        assert terminal.finish() == 0


def build(nurse: Newcomer, example: Records, name: str) -> None:
    """From the person's page: build a budget with all its lines; at the end its screen is shown."""
    own = {
        "name": name,
        "purpose": "indicative",
        **{field: text for field, text in example.budget.items() if field != "id"},
    }
    own = {field: text.strip() for field, text in own.items()}
    workers = [texts["id"] for texts in example.workers]
    nurse.to_a_new_budget()
    nurse.fill("budget", own)
    nurse.back(f"The budget: {name}")
    for number, texts in enumerate(example.workers):
        form = forms.form("worker")
        if number:
            nurse.choose("Who is paid to help", f"+ {form.add}")
            nurse.choose(f"+ {form.add}", form.pages[0].fields[0].label)
        else:
            nurse.choose("Add someone who is paid", form.pages[0].fields[0].label)
        nurse.fill("worker", {field: text for field, text in texts.items() if field != "id"})
        nurse.press("esc")
        if number:
            nurse.press("esc")
        nurse.terminal.wait("The budget:")
    above = {f"budget.{field}": text for field, text in own.items()}
    for kind, lines in (("shift", example.shifts), ("cost", example.costs)):
        for texts in lines:
            values = {field: text for field, text in texts.items() if field != "id" and text}
            if "worker_id" in values:
                values["worker_id"] = str(workers.index(values["worker_id"]) + 1)
            nurse.add(kind, values, above)
