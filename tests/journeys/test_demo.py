"""The demo's folder goes when the demo ends well, and stays when what somebody typed may still be wanted."""

import shutil
import tempfile
from pathlib import Path

import pytest

from phb_tui import demo
from phb_tui.services.budget import budgets
from phb_tui.settings import Settings
from tests import counts
from tools.pictures import caseload


@pytest.mark.skipif(counts.LIVES == 0, reason="make long starts the whole demo")
@pytest.mark.parametrize("code", [1, 0])
def test_the_demo_keeps_its_folder_unless_it_ended_well(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a crash the demo's laptop is still there, and it is said where; after a proper end nothing is left."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ran: list[Path] = []

    def run(settings: Settings) -> int:
        ran.append(settings.data)
        return code

    assert demo.demo(run) == code
    assert ran[0].is_dir() == bool(code)
    assert (str(ran[0]) in capsys.readouterr().out) == bool(code)
    shutil.rmtree(ran[0], ignore_errors=True)


def test_the_demo_has_an_ongoing_and_a_one_off_budget() -> None:
    """They come out as examples B and C to the penny, and nothing of them is left out."""
    with caseload.laptop() as (session, _data):
        found = {}
        for name in ("Annie", "Femi"):
            person_id = caseload.somebody(session, name).record_id
            for budget in budgets.all_of(session, person_id):
                worked = budgets.worked(session, budgets.read(session, budget))
                found[budget.text("name")] = (worked.totals.first, worked.problems)
    assert found == {"From December": (4613246, ()), "Support to recover": (100883, ())}
