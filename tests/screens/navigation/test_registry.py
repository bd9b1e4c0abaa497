"""Screens by name: those of the plan and the money are imported when the first of them is opened."""

import subprocess
import sys

from phb_tui.screens.navigation import registry


def test_each_name_is_found_where_it_is_said_to_be() -> None:
    """A name that is imported later is in its module, every screen of such a module has a name, and none has two."""
    later = {name for found in {*registry.LATER.values()} for name in found()}
    assert later == {*registry.LATER}
    assert all(name in registry.LATER[name]() for name in later)
    assert not later & {*registry.SCREENS}


def test_the_list_of_people_imports_no_screen_of_plan_or_money() -> None:
    """What opens the list leaves the screens of plans, budgets, payments and decisions on the disk."""
    asked = "import sys, phb_tui.screens.navigation.router\nprint(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60)
    assert "phb_tui.screens.caseload.caseload_list" in found.stdout
    rooms = ("plan", "budget", "payments", "decision")
    assert not [
        name for name in found.stdout.split() if name.startswith(tuple(f"phb_tui.screens.{room}." for room in rooms))
    ]
