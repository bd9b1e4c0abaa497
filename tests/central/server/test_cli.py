"""The `phb-central` command."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from phb_tui.central import cli
from phb_tui.central.admin.devices import code_hash
from phb_tui.central.storage.repository import Storage
from phb_tui.services.sync.enrolment import read_code


def run(capsys: pytest.CaptureFixture[str], *arguments: str, database: Path) -> str:
    cli.main([*arguments, "--database", str(database), "--key-file", str(database.parent / "central.key")])
    return capsys.readouterr().out


def team(capsys: pytest.CaptureFixture[str], database: Path) -> None:
    run(capsys, "add-team", "north", "North team", database=database)
    run(capsys, "staff", "north", "sam", "Sam Okafor", "--role", "PHB officer", database=database)


def test_a_code_says_whose_laptop_it_will_be_and_where_central_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The printed code holds everything a nurse would otherwise type."""
    database = tmp_path / "central.db"
    team(capsys, database)
    joining = read_code(run(capsys, "code", "north", "sam", database=database).splitlines()[-1])
    assert (joining.address, joining.team_id, joining.nurse.name, joining.nurse.role) == (
        cli.ADDRESS, "north", "Sam Okafor", "PHB officer",
    )  # fmt: skip


def test_only_the_codes_hash_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody who reads central's file cannot join with what is in it."""
    database = tmp_path / "central.db"
    team(capsys, database)
    secret = read_code(run(capsys, "code", "north", "sam", database=database).splitlines()[-1]).code
    assert all(secret.encode() not in path.read_bytes() for path in tmp_path.iterdir())
    storage = Storage.on_sqlite(database)
    assert storage.read({"north"}, lambda repository: repository.code("north", code_hash(secret)))
    storage.close()


@pytest.mark.parametrize(
    "arguments",
    [
        ("code", "nowhere", "sam"),
        ("code", "north", "nobody"),
        ("code", "north", "sam", "--device", "none"),
        ("staff", "nowhere", "sam", "Sam"),
        ("add-team", "north", "again"),
        ("add-team", "a team", "with a space"),
        ("lock", "north", "none"),
        ("revoke", "north", "none"),
        ("sign-in", "north", "nobody", "sub"),
        ("sign-in", "nowhere", "sam", "sub"),
        ("sign-in", "north", "sam"),
        ("remove-staff", "north", "nobody"),
        ("serve", "--sign-in", "http://provider.example", "--client-id", "central"),
        ("serve", "--sign-in", "https://provider.example"),
        ("serve", "--host", "0.0.0.0"),  # noqa: S104 - it must be refused
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    arguments: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown team, somebody unknown, a team twice and an open address each end with a sentence."""
    database = tmp_path / "central.db"
    team(capsys, database)
    with pytest.raises(SystemExit) as caught:
        run(capsys, *arguments, database=database)
    assert str(caught.value).endswith(".") or "phb-central" in str(caught.value)


def test_somebody_is_let_sign_in_and_leaves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Linked, unlinked and removed, each with a sentence, and each in the audit."""
    database = tmp_path / "central.db"
    team(capsys, database)
    assert "can sign in now" in run(capsys, "sign-in", "north", "sam", "sub-sam", database=database)
    assert "Nobody can sign in" in run(capsys, "sign-in", "north", "sam", "--remove", database=database)
    assert "Nobody can sign in" in run(capsys, "sign-in", "north", "sam", "", database=database)
    assert "access has ended" in run(capsys, "remove-staff", "north", "sam", database=database)
    audit = run(capsys, "audit", "north", database=database)
    for words in ("let sign in sam", "let sign in no more sam", "ended somebody's access sam"):
        assert words in audit
    assert "sub-sam" not in audit


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions elsewhere")
def test_centrals_file_is_private(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody else on the machine can read what has arrived."""
    run(capsys, "add-team", "north", "North team", database=tmp_path / "deep" / "central.db")
    assert (tmp_path / "deep" / "central.db").stat().st_mode & 0o077 == 0


def test_serving_says_where_and_ends_when_asked(tmp_path: Path) -> None:
    """The command prints its address once it listens, and ends on a signal without a traceback."""
    command = [sys.executable, "-m", "phb_tui.central", "serve", "--port", "0", "--database", str(tmp_path / "c.db")]
    command += ["--key-file", str(tmp_path / "c.key")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline().startswith("Central is listening on http://127.0.0.1:")
    process.terminate()
    _, stderr = process.communicate(timeout=10)
    assert stderr == ""
