"""The demo's folder goes when the demo ends well, and stays when what somebody typed may still be wanted."""

import shutil
import tempfile
from pathlib import Path

import pytest

from phb_tui import demo
from phb_tui.settings import Settings
from tests import counts


@pytest.mark.parametrize("code", counts.some([1, 0]))
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
