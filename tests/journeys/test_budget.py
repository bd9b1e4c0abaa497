"""Budgets built at the table by keyboard: a newcomer's one-off one, and one that three organisations pay together."""

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from phb_tui.content import forms
from phb_tui.services.budget import budgets
from phb_tui.services.records import record_lists
from tests import counts
from tests.domain.budget import examples
from tests.journeys import laptops
from tests.journeys.kept import Value
from tests.journeys.keyboard_driver import KeyboardDriver
from tests.journeys.scenarios import WAITS
from tests.journeys.terminal import Terminal

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
        terminal.wait("In all 1,008.83")
        assert nurse.seconds < TEN_MINUTES
        nurse.press("f6", "504.42", "504.41")
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
    example = examples.e()
    own = {"name": "Term and holidays", **{name: text for name, text in example.budget.items() if name != "id"}}
    own["term_dates"] = own["term_dates"].strip()
    (nia,) = example.workers
    with Terminal(["--data", str(data)], 160, 48) as terminal:
        nurse = Newcomer(terminal)
        laptops.to_the_person(terminal)
        nurse.to_a_new_budget()
        nurse.fill("budget", own)
        nurse.back("The budget: Term and holidays")
        nurse.choose("Add someone who is paid", forms.form("worker").pages[0].fields[0].label)
        nurse.fill("worker", {name: text for name, text in nia.items() if name != "id"})
        nurse.back("The budget:")
        above = {f"budget.{name}": text for name, text in own.items()}
        for kind, lines in (("shift", example.shifts), ("cost", example.costs)):
            for each in lines:
                values = {name: text for name, text in each.items() if name != "id" and text}
                if "worker_id" in values:
                    values["worker_id"] = "1"
                nurse.add(kind, values, above)
        terminal.wait("334.57", "18,315.75")
        terminal.press("ctrl+q")
        assert terminal.finish() == 0
    assert worked(data) == (1831575, {"health": 895669, "social": 604728, "education": 264264}, ())
