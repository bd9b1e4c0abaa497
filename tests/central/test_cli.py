"""The `phb-central` command."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from phb_tui.central import cli
from phb_tui.central.http import token_hash
from phb_tui.central.storage import Storage
from phb_tui.services.opening import read_code


def run(capsys: pytest.CaptureFixture[str], *arguments: str, database: Path) -> str:
    cli.main([*arguments, "--database", str(database)])
    return capsys.readouterr().out


def test_a_laptop_is_added_with_a_code_a_nurse_can_paste(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The printed code says where central is and lets exactly this laptop in."""
    database = tmp_path / "central.db"
    run(capsys, "add-team", "north", "North team", database=database)
    text = run(capsys, "add-device", "north", "laptop-1", "Sam's laptop", database=database)
    joining = read_code(text.splitlines()[-1])
    storage = Storage.on_sqlite(database)
    device = storage.device_by_token(token_hash(joining.token))
    storage.close()
    assert device
    assert (joining.team_id, joining.device_id, device.label) == ("north", "laptop-1", "Sam's laptop")


def test_the_token_is_not_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Central has only the token's hash."""
    database = tmp_path / "central.db"
    run(capsys, "add-team", "north", "North team", database=database)
    token = read_code(run(capsys, "add-device", "north", "l", "L", database=database).splitlines()[-1]).token
    assert all(token.encode() not in path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        ("add-device", "nowhere", "l", "L"),
        ("add-team", "north", "again"),
        ("serve", "--host", "0.0.0.0"),  # noqa: S104 - it must be refused
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    arguments: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown team, a team twice and an open address each end with a sentence."""
    database = tmp_path / "central.db"
    run(capsys, "add-team", "north", "North team", database=database)
    with pytest.raises(SystemExit) as caught:
        cli.main([*arguments, "--database", str(database)])
    assert str(caught.value).endswith(".") or "add-team" in str(caught.value)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions elsewhere")
def test_centrals_file_is_private(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody else on the machine can read what has arrived."""
    run(capsys, "add-team", "north", "North team", database=tmp_path / "deep" / "central.db")
    assert (tmp_path / "deep" / "central.db").stat().st_mode & 0o077 == 0


def test_serving_says_where_and_ends_when_asked(tmp_path: Path) -> None:
    """The command prints its address once it listens, and ends on a signal without a traceback."""
    command = [sys.executable, "-m", "phb_tui.central", "serve", "--port", "0", "--database", str(tmp_path / "c.db")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline().startswith("Central is listening on http://127.0.0.1:")
    process.terminate()
    _, stderr = process.communicate(timeout=10)
    assert stderr == ""
